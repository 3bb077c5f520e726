/**
 * The arguments of a call whose places are assigned one after the other during the call. Each is stored in the block
 * immediately. While code of the user's runs they are saved elsewhere, as it may make calls, which overwrite the block.
 */

import { BLOCK_FLOATS, BLOCK_INTS, BLOCK_STACK, STACK_WORDS, TEXTS } from './block';
import { Placement } from './convention';
import { doorbell } from './doorbell';

const { i32 } = doorbell;

/** The end of the arguments in the block. */
const END = BLOCK_STACK + 8 * STACK_WORDS;

/** The places of the arguments in the block. */
export const placement = new Placement();

/** Makes a list for strings. Filling a list that has only a length would run setters of its prototype. */
function placeholders(): string[] {
  return Array.from({ length: TEXTS }, () => '');
}

/** The strings among them that the addon has to encode, of which the first `count` are valid. */
export const texts = { list: placeholders(), count: 0 };

/** Arguments that were in the block. */
export class SavedArguments {
  readonly #words = new Int32Array(END >> 2);
  readonly #placement = new Placement();
  readonly #texts = placeholders();
  #textCount = 0;

  /** Copies all arguments that are in the block. */
  save(): void {
    this.#placement.take(placement);
    copyWords(i32, this.#words, placement);
    const { list, count } = texts;
    this.#textCount = count;
    for (let k = 0; k < count; k++) this.#texts[k] = list[k] as string;
  }

  /** Restores them. */
  restore(): void {
    placement.take(this.#placement);
    copyWords(this.#words, i32, placement);
    const count = this.#textCount;
    texts.count = count;
    for (let k = 0; k < count; k++) texts.list[k] = this.#texts[k] as string;
  }
}

/** Copies arguments as integers, since copying a float may change the bits of a NaN. */
function copyWords(from: Int32Array, to: Int32Array, { ints, floats, stackWords }: Placement): void {
  if (ints > 0) copyRange(from, to, BLOCK_INTS, ints);
  if (floats > 0) copyRange(from, to, BLOCK_FLOATS, floats);
  if (stackWords > 0) copyRange(from, to, BLOCK_STACK, stackWords);
}

function copyRange(from: Int32Array, to: Int32Array, offset: number, words: number): void {
  const first = offset >> 2;
  for (let at = first; at < first + 2 * words; at++) to[at] = from[at] as number;
}
