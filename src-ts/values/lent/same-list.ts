/**
 * Refuses a list that is given twice where Rust may change it: it would be copied twice, and only one of the copies
 * could be written back.
 */

import { typeError } from '../../errors/errors';
import { placeOf } from '../../errors/words';
import type { Arena } from '../../memory/arena';
import type { Chunk } from '../../memory/chunk';
import type { Run } from '../../memory/noted-lists';

/** The most lists for which every pair is compared. */
const FEW = 8;

/** The most comparisons for each list on average before a Map is used instead. */
const PATIENCE = 8;

/** The most lists for which the hash table is kept after the call. */
const KEPT = 4096;

// A hash table of the lists by their packed contents, kept from call to call: the same list has the same contents, so
// only lists with equal hashes have to be compared, and nothing is allocated for a list. (A list whose contents differ
// from one reading to the next is not found to be the same.)
let heads = new Int32Array(0);

let nexts = new Int32Array(0);

/** @throws TypeError `ERR_RUSTDLL_ALIAS` if a list occurs twice among those that are to be written back. */
export function refuseRepeatedLists(arena: Arena): void {
  const { count } = arena.noted;
  if (count < 2) return;
  if (count <= FEW) {
    for (let i = 1; i < count; i++) {
      for (let j = 0; j < i; j++) compare(arena, i, j);
    }
    return;
  }
  const { runs, runCount } = arena.noted;
  for (let r = 1; r < runCount; r++) {
    if (runs[r]?.scalar === runs[0]?.scalar) continue;
    // Packed as two types, the same list has different contents, so hashes do not find it.
    refuseBySet(arena);
    return;
  }
  if (nexts.length < count) {
    const size = 2 ** Math.ceil(Math.log2(count));
    heads = new Int32Array(2 * size);
    nexts = new Int32Array(size);
  }
  heads.fill(-1);
  let patience = PATIENCE * count;
  for (let r = 0; r < runCount && patience >= 0; r++) patience = compareAlike(arena, runs[r] as Run, patience);
  if (patience < 0) refuseBySet(arena);
  if (count > KEPT) heads = nexts = new Int32Array(0);
}

/** Compares the lists of a run with earlier ones of the same hash, and adds them. Returns the comparisons left. */
function compareAlike(arena: Arena, { chunk, scalar, first, end }: Run, patience: number): number {
  const { noted } = arena;
  const mask = heads.length - 1;
  for (let i = first; i < end; i++) {
    const slot = hash(chunk, noted.offset(i), noted.length(i), scalar.size) & mask;
    const head = heads[slot] as number;
    for (let j = head; j >= 0; j = nexts[j] as number) {
      if (--patience < 0) return patience;
      compare(arena, i, j);
    }
    nexts[i] = head;
    heads[slot] = i;
  }
  return patience;
}

/** Hashes the length and the bytes of the first, a middle and the last element. */
function hash({ u8, i32 }: Chunk, offset: number, length: number, size: number): number {
  const bytes = length * size;
  if (bytes < 4) return Math.imul(bytes ^ ((u8[offset] as number) << 8), 0x9e3779b1) >>> 8;
  const head = i32[offset >> 2] as number;
  const middle = i32[(offset + (bytes >> 1)) >> 2] as number;
  const tail = i32[(offset + bytes - size) >> 2] as number;
  return Math.imul(Math.imul(head ^ length, 0x85ebca6b) ^ Math.imul(middle, 0xc2b2ae35) ^ tail, 0x9e3779b1) >>> 8;
}

/** Finds repeated lists by identity, for a great number of lists with equal hashes or for lists of several types. */
function refuseBySet(arena: Arena): void {
  const seen = new Map<unknown, number>();
  for (let i = 0; i < arena.noted.count; i++) {
    const list = arena.noted.lists[i];
    const earlier = seen.get(list);
    if (earlier !== undefined) compare(arena, i, earlier);
    seen.set(list, i);
  }
}

function compare(arena: Arena, later: number, earlier: number): void {
  const { noted } = arena;
  if (noted.lists[later] !== noted.lists[earlier]) return;
  const { argument } = noted.runOf(later);
  const other = noted.runOf(earlier).argument;
  const where = other === argument ? 'twice in it' : `in argument ${other + 1} as well`;
  throw typeError(
    'ERR_RUSTDLL_ALIAS',
    `${placeOf(arena.callee, argument)}: the same list is ${where}, and Rust may change it`,
  );
}
