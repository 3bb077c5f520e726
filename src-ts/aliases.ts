/** The same list given twice where Rust may change both: each would be copied, and only one could be written back. */

import { typeError } from './errors';
import type { Frame, Leaf } from './frame';
import { placeOf } from './place';

/** Up to here every pair is compared. */
const FEW = 8;
/** How many comparisons a list may cost on average before a Set takes over. */
const PATIENCE = 8;

// A hash table over what the lists contain, kept from call to call: one list has one content, so only lists that look
// alike have to be compared, and nothing is allocated for a list.
let heads = new Int32Array(0);
let nexts = new Int32Array(0);

/** @throws TypeError `ERR_RUSTDLL_ALIAS` when a list stands twice among those that are to be written back. */
export function refuseRepeatedLists(frame: Frame): void {
  const { leaves, leafCount } = frame;
  if (leafCount < 2) return;
  if (leafCount <= FEW) {
    for (let i = 1; i < leafCount; i++) {
      for (let j = 0; j < i; j++) compare(frame, leaves[i] as Leaf, leaves[j] as Leaf);
    }
    return;
  }
  if (nexts.length < leafCount) {
    const size = 2 ** Math.ceil(Math.log2(leafCount));
    heads = new Int32Array(2 * size);
    nexts = new Int32Array(size);
  }
  const mask = heads.length - 1;
  heads.fill(-1);
  let comparisons = 0;
  for (let i = 0; i < leafCount; i++) {
    const leaf = leaves[i] as Leaf;
    const slot = hash(leaf) & mask;
    const head = heads[slot] as number;
    for (let j = head; j >= 0; j = nexts[j] as number) {
      if (++comparisons > PATIENCE * leafCount) {
        refuseBySet(frame);
        return;
      }
      compare(frame, leaf, leaves[j] as Leaf);
    }
    nexts[i] = head;
    heads[slot] = i;
  }
}

/** Of the length, the first and the last element's bytes. */
function hash({ chunk, offset, length, scalar }: Leaf): number {
  const { u8, i32 } = chunk;
  const bytes = length * scalar.size;
  if (bytes < 4) return Math.imul(bytes ^ ((u8[offset] as number) << 8), 0x9e3779b1) >>> 8;
  const head = i32[offset >> 2] as number;
  const middle = i32[(offset + (bytes >> 1)) >> 2] as number;
  const tail = i32[(offset + bytes - scalar.size) >> 2] as number;
  return Math.imul(Math.imul(head ^ length, 0x85ebca6b) ^ Math.imul(middle, 0xc2b2ae35) ^ tail, 0x9e3779b1) >>> 8;
}

/** For lists that look alike in great number. */
function refuseBySet(frame: Frame): void {
  const seen = new Map<unknown, Leaf>();
  for (let i = 0; i < frame.leafCount; i++) {
    const leaf = frame.leaves[i] as Leaf;
    const earlier = seen.get(leaf.list);
    if (earlier !== undefined) compare(frame, leaf, earlier);
    seen.set(leaf.list, leaf);
  }
}

function compare(frame: Frame, later: Leaf, earlier: Leaf): void {
  if (later.list !== earlier.list) return;
  const where = earlier.argument === later.argument ? 'twice in it' : `in argument ${earlier.argument + 1} as well`;
  throw typeError(
    'ERR_RUSTDLL_ALIAS',
    `${placeOf(frame.callee, later.argument)}: the same list is ${where}, and Rust may change it`,
  );
}
