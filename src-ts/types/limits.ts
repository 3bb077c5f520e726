/** The most lists inside one another where types are guessed. */
export const MAX_DEPTH = 256;

/** The most records and enums inside one another in an argument. Values that getters make may go on for ever. */
export const MAX_RECURSION = 100_000;

/** The most types inside one another in a declaration or table, without a named one in between. */
export const MAX_TYPE_DEPTH = 64;

/** The most elements that a list can have, and the most bytes of a string: their lengths are `u32`s. */
export const MAX_LENGTH = 0xffffffff;

/** The most UTF-16 units that strings are joined to before they are encoded; far below the longest string of every engine. */
export const MAX_JOINED_UNITS = 1 << 24;
