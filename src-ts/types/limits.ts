/** How deep lists may be nested. */
export const MAX_DEPTH = 256;

/** The most elements that a list can have. */
export const MAX_LENGTH = 0xffffffff;
