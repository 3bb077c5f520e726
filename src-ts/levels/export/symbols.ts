/** The symbols that the crate adds to a library, through which this package finds the exported functions. */

/** The versions of the contract between a library and this package that it knows. */
export const CONTRACTS: readonly number[] = [1, 2];

/** A static that contains the version of the contract. */
export const CONTRACT_SYMBOL = 'rustdll_contract';

/** A framed function that returns the table. */
export const TABLE_SYMBOL = 'rustdll_table';

/** A C function that returns the address of the exported function at an index of the table. */
export const FUNCTION_SYMBOL = 'rustdll_function';

/** A C function without parameters, on Windows only, that writes what Rust has printed. */
export const FLUSH_SYMBOL = 'rustdll_flush';

export const CONTRACT_SYMBOLS: ReadonlySet<string> = new Set([
  CONTRACT_SYMBOL,
  TABLE_SYMBOL,
  FUNCTION_SYMBOL,
  FLUSH_SYMBOL,
]);
