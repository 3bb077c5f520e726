/** The symbols that the crate adds to a library, by which this package asks for its exported functions. */

/** The version of the contract between a library and this package. */
export const CONTRACT = 1;

/** A static, whose value names the version of the contract. */
export const CONTRACT_SYMBOL = 'rustdll_contract';

/** A framed function that gives the table. */
export const TABLE_SYMBOL = 'rustdll_table';

/** A C function that gives the address of the exported function at an index of the table. */
export const FUNCTION_SYMBOL = 'rustdll_function';

export const CONTRACT_SYMBOLS: ReadonlySet<string> = new Set([CONTRACT_SYMBOL, TABLE_SYMBOL, FUNCTION_SYMBOL]);
