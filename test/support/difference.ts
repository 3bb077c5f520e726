/** Compares long lists, for which Jest takes minutes. */

/** Returns the index of the first element in which two lists differ, or -1. */
export function difference(left: ArrayLike<unknown>, right: ArrayLike<unknown>): number {
  const length = Math.max(left.length, right.length);
  for (let k = 0; k < length; k++) if (!Object.is(left[k], right[k])) return k;
  return -1;
}
