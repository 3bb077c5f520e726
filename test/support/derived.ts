/** Opens the library of derived types, with generated code and without. */

import type { RustDLL } from '../../src-ts/index';
import { WAYS, type Way } from './exported';
import { libraryPath } from './kernels';

/** For `describe.each`. */
export const DERIVED: readonly (readonly [string, { readonly rustdll: Way['rustdll']; readonly lib: RustDLL }])[] =
  WAYS.map(([name, { rustdll }]) => [name, { rustdll, lib: new rustdll.RustDLL(libraryPath('derived')) }]);
