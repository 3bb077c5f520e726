/** The fixture library whose functions are those of a library in C. */

import { RustDLL } from '../../src-ts/index';
import { libraryPath } from './kernels';

/** A library of its own for each test file. */
export const cabi = new RustDLL(libraryPath('cabi'));
