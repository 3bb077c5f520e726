import type { RustDLL } from '../../src-ts/index';

export function checkByValue(dll: RustDLL): string[];
