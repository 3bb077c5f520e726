/** Code made at run time, so that each type has code of its own and one's values do not slow another's. */

/** Whether `new Function` is forbidden here, as under `--disallow-code-generation-from-strings`. */
function codeIsForbidden(): boolean {
  try {
    return new Function('return 1')() !== 1;
  } catch {
    return true;
  }
}

/** Whether {@link specialize} works. Where it does not, closures do the same more slowly. */
export const canSpecialize = !codeIsForbidden();

let count = 0;

/**
 * What `source`, the body of a function of `parts`, returns.
 *
 * @param source - Fragments of this package, numbers, and names written as JSON strings; nothing else of the user's.
 */
export function specialize<T>(parts: Readonly<Record<string, unknown>>, source: string): T {
  // Numbered: two equal texts would share what the engine learns of either's values.
  const body = `'use strict'; // ${++count}\nconst { ${Object.keys(parts).join(', ')} } = parts;\n${source}`;
  return (new Function('parts', body) as (parts: unknown) => T)(parts);
}
