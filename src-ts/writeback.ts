/**
 * After the call: what Rust changed in copied lists goes back into them. Before the call every such list's bytes are
 * copied once more, and only elements whose bytes differ from that copy are stored. Either all of them are, or none.
 */

import type { Chunk } from './chunk';
import { rangeError, typeError } from './errors';
import type { Frame, Leaf, Snapshot } from './frame';
import { Elements } from './lists';
import { placeOf } from './place';
import { isScalarValue, wideFromHalves, type Scalar } from './scalars';

/** Copies every chunk that holds lists Rust may change. Call it when all arguments are packed. */
export function takeSnapshots(frame: Frame): void {
  const { leaves, leafCount, snapshots } = frame;
  let last: Chunk | null = null;
  for (let i = 0; i < leafCount; i++) {
    const { chunk } = leaves[i] as Leaf;
    if (chunk === last) continue;
    last = chunk;
    if (snapshots.some((snapshot) => snapshot.chunk === chunk)) continue;
    snapshots.push(takeSnapshot(frame, chunk));
  }
}

function takeSnapshot(frame: Frame, chunk: Chunk): Snapshot {
  const start = frame.isShared(chunk) ? frame.base : 0;
  const end = chunk.top;
  frame.reserve(end - start);
  const { chunk: before, offset } = frame;
  if (before === chunk) chunk.u8.copyWithin(offset, start, end);
  else before.u8.set(chunk.u8.subarray(start, end), offset);
  return { chunk, before, delta: offset - start };
}

/**
 * Stores what changed. When that fails half-way (a frozen list, a setter that throws, a number that cannot hold the
 * integer) what was stored is taken back, and the error thrown.
 */
export function writeBackLists(frame: Frame): void {
  const { snapshots } = frame;
  for (let i = 0; i < frame.leafCount; i++) {
    const leaf = frame.leaves[i] as Leaf;
    if ((leaf.list as unknown[]).length !== leaf.length) throw lengthChanged(frame, leaf);
  }
  let snapshot = snapshots[0] as Snapshot;
  let i = 0;
  const progress: Progress = { k: 0 };
  try {
    for (; i < frame.leafCount; i++) {
      const leaf = frame.leaves[i] as Leaf;
      if (leaf.chunk !== snapshot.chunk) snapshot = snapshotOf(snapshots, leaf);
      storeChanged(frame, leaf, snapshot, progress);
    }
  } catch (error) {
    const failed = frame.leaves[i] as Leaf;
    for (let j = 0; j <= i; j++) {
      const leaf = frame.leaves[j] as Leaf;
      restore(leaf, snapshotOf(snapshots, leaf), j < i ? leaf.length : progress.k);
    }
    throw explain(frame, failed, progress.k, error);
  }
}

function snapshotOf(snapshots: readonly Snapshot[], leaf: Leaf): Snapshot {
  return snapshots.find((snapshot) => snapshot.chunk === leaf.chunk) as Snapshot;
}

/** Which element is being stored, for the case that storing it throws. */
interface Progress {
  k: number;
}

function storeChanged(frame: Frame, leaf: Leaf, { before, delta }: Snapshot, progress: Progress): void {
  const list = leaf.list as unknown[];
  const { chunk, length, scalar } = leaf;
  const first = leaf.offset / scalar.size;
  const shift = delta / scalar.size;
  if (scalar.name === 'f64') storeF64(list as number[], length, chunk.f64, first, before.f64, first + shift, progress);
  else if (scalar.kind === 'wide') storeWide(frame, leaf, before, shift, progress);
  else storeNarrow(frame, leaf, first, before, shift, progress);
}

function storeF64(
  list: number[],
  length: number,
  now: Float64Array,
  first: number,
  before: Float64Array,
  firstBefore: number,
  progress: Progress,
): void {
  for (let k = 0; k < length; k++) {
    const value = now[first + k] as number;
    const old = before[firstBefore + k] as number;
    // 0 and -0 differ, a NaN that was not touched does not.
    if (value === old ? value !== 0 || Object.is(value, old) : value !== value && old !== old) continue;
    progress.k = k;
    list[k] = value;
  }
}

function storeWide(frame: Frame, leaf: Leaf, before: Chunk, shift: number, progress: Progress): void {
  const { list, chunk, length, offset } = leaf;
  const first = offset >> 2;
  let k = 0;
  while (k < length) {
    if (leaf.elements === Elements.Short) {
      k = storeShort(list as unknown[], k, length, chunk.i32, first, before.i32, first + 2 * shift, progress);
      if (k === length) return;
    }
    const at = first + 2 * k;
    if (chunk.i32[at] !== before.i32[at + 2 * shift] || chunk.i32[at + 1] !== before.i32[at + 2 * shift + 1]) {
      progress.k = k;
      (list as unknown[])[k] = decodeWide(frame, leaf, chunk, at >> 1, k);
    }
    k++;
  }
}

/**
 * Stores what is an int32 still, from element `k` on, and returns where it met something else. The elements were int32s
 * all, so that their lower halves tell whether they changed.
 */
function storeShort(
  list: unknown[],
  k: number,
  length: number,
  now: Int32Array,
  first: number,
  before: Int32Array,
  firstBefore: number,
  progress: Progress,
): number {
  try {
    for (; k < length; k++) {
      const lo = now[first + 2 * k] as number;
      const hi = now[first + 2 * k + 1] as number;
      if (hi !== lo >> 31) return k;
      if (lo !== before[firstBefore + 2 * k]) list[k] = lo;
    }
    return length;
  } catch (error) {
    progress.k = k;
    throw error;
  }
}

function storeNarrow(frame: Frame, leaf: Leaf, first: number, before: Chunk, shift: number, progress: Progress): void {
  const list = leaf.list as unknown[];
  const { chunk, length, scalar } = leaf;
  const now = chunk[scalar.view];
  const then = before[scalar.view];
  const isFloat = scalar.kind === 'float';
  for (let k = 0; k < length; k++) {
    const value = now[first + k] as number;
    const old = then[first + k + shift] as number;
    if (isFloat ? Object.is(value, old) : value === old) continue;
    progress.k = k;
    list[k] = decodeNarrow(frame, leaf, value, k);
  }
}

function decodeWide(frame: Frame, leaf: Leaf, chunk: Chunk, index: number, k: number): number | bigint {
  if (leaf.elements === Elements.Big) return (leaf.scalar.signed ? chunk.i64 : chunk.u64)[index] as bigint;
  const value = wideFromHalves(chunk.i32[2 * index] as number, chunk.i32[2 * index + 1] as number, leaf.scalar.signed);
  if (typeof value === 'number') return value;
  throw rangeError(
    'ERR_RUSTDLL_RANGE',
    `${placeOf(frame.callee, leaf.argument)}: element ${k} became ${value}, which a number cannot hold; give a list of bigints`,
  );
}

function decodeNarrow(frame: Frame, { scalar, argument }: Leaf, value: number, k: number): unknown {
  if (scalar.kind === 'bool') {
    if (value < 2) return value === 1;
  } else if (scalar.kind === 'char') {
    if (isScalarValue(value)) return String.fromCodePoint(value);
  } else {
    return value;
  }
  throw typeError(
    'ERR_RUSTDLL_TYPE',
    `${placeOf(frame.callee, argument)}: element ${k} became 0x${value.toString(16)}, which is no ${scalar.name}`,
  );
}

/** Puts back the first `count` elements of a list as they were when it was packed, where they were changed. */
function restore(leaf: Leaf, { before, delta }: Snapshot, count: number): void {
  const list = leaf.list as unknown[];
  const { size } = leaf.scalar;
  for (let k = 0; k < count; k++) {
    const at = leaf.offset + k * size;
    let same = true;
    for (let b = 0; b < size; b++) same &&= leaf.chunk.u8[at + b] === before.u8[at + delta + b];
    if (same) continue;
    try {
      list[k] = decodeOld(leaf.scalar, leaf.elements === Elements.Big, before, at + delta);
    } catch {
      // A setter that refuses its own old value; the others still get theirs.
    }
  }
}

function decodeOld(scalar: Scalar, big: boolean, before: Chunk, at: number): unknown {
  const value = before[scalar.view][at / scalar.size] as number | bigint;
  switch (scalar.kind) {
    case 'wide':
      return big ? value : Number(value);
    case 'bool':
      return value === 1;
    case 'char':
      return String.fromCodePoint(value as number);
    default:
      return value;
  }
}

function lengthChanged(frame: Frame, leaf: Leaf): TypeError {
  return typeError(
    'ERR_RUSTDLL_WRITE_BACK',
    `${placeOf(frame.callee, leaf.argument)}: the list changed its length during the call; nothing was written back`,
  );
}

/** The engine's own error for an element that cannot be stored becomes ours; whatever a setter throws stays. */
function explain(frame: Frame, leaf: Leaf, k: number, error: unknown): unknown {
  const list = leaf.list as unknown[];
  const property = Object.getOwnPropertyDescriptor(list, k);
  const fixed = property === undefined ? !Object.isExtensible(list) : property.writable === false;
  if (!(error instanceof TypeError) || 'code' in error || !fixed) return error;
  return typeError(
    'ERR_RUSTDLL_WRITE_BACK',
    `${placeOf(frame.callee, leaf.argument)}: Rust changed element ${k} of a list that is frozen; nothing was written back`,
  );
}
