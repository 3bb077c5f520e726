/**
 * The names of properties that were read last. Maps in one result mostly have the same names, and a string that is made
 * anew has to be looked up among all names that the engine knows before it can be one.
 */

import { makeList } from '../runtime/list';

/** The number of names that are kept, a power of two. */
const KEPT = 64;

/** The length of the longest name that is kept. */
const LONGEST = 64;

export class Names {
  readonly #kept = makeList<string>(KEPT);

  constructor() {
    this.#kept.fill('');
  }

  /** Returns the part of `text` between these offsets, which are inside of it. */
  take(text: string, begin: number, end: number): string {
    const length = end - begin;
    if (length === 0 || length > LONGEST) return text.substring(begin, end);
    const place = (length + 7 * text.charCodeAt(begin) + 31 * text.charCodeAt(end - 1)) & (KEPT - 1);
    const kept = this.#kept[place] as string;
    if (kept.length === length && text.startsWith(kept, begin)) return kept;
    return (this.#kept[place] = text.substring(begin, end));
  }
}
