/** How deep lists may be nested. */
export const MAX_DEPTH = 256;

/** The most elements that a list can have, and the most bytes of a string: their lengths are `u32`s. */
export const MAX_LENGTH = 0xffffffff;
