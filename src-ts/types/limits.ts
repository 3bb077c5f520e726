/** The greatest depth of nested lists whose type is guessed. */
export const MAX_DEPTH = 256;

/** The greatest depth of nested records and enums in an argument. Getters may create values of infinite depth. */
export const MAX_RECURSION = 100_000;

/** The greatest depth of nested types in a declaration or table; a named type begins anew. */
export const MAX_TYPE_DEPTH = 64;

/** The most dimensions of an array. */
export const MAX_DIMENSIONS = 64;

/** The most parameters of an exported function, as many as a frame has slots. */
export const MAX_PARAMETERS = 32;

/** The most elements that a list can have, and the most bytes of a string: their lengths are `u32`s. */
export const MAX_LENGTH = 0xffffffff;

/**
 * The most UTF-16 units that strings are joined to before they are encoded; far below the longest string of every
 * engine.
 */
export const MAX_JOINED_UNITS = 1 << 24;
