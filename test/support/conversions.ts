/** Opens the library of types that are passed as others, with generated code and without. */

import type { RustDLL } from '../../src-ts/index';
import { WAYS, type Way } from './exported';
import { libraryPath } from './kernels';

/** For `describe.each`. */
export const CONVERSIONS: readonly (readonly [string, { readonly rustdll: Way['rustdll']; readonly lib: RustDLL }])[] =
  WAYS.map(([name, { rustdll }]) => [name, { rustdll, lib: new rustdll.RustDLL(libraryPath('conversions')) }]);
