/**
 * After the call: what Rust changed in copied lists goes back into them. Before the call every such list's bytes are
 * copied once more, and only elements whose bytes differ from that copy are stored. Either all of them are, or none.
 */

import type { Chunk } from './chunk';
import { rangeError, typeError } from './errors';
import type { Frame, Snapshot } from './frame';
import type { Run } from './leaves';
import { Elements } from './lists';
import { placeOf } from './place';
import { isScalarValue, wideFromHalves, type Scalar } from './scalars';

/** Copies every chunk that holds lists Rust may change. Call it when all arguments are packed. */
export function takeSnapshots(frame: Frame): void {
  const { leaves, snapshots } = frame;
  for (const { chunk } of leaves.runs) {
    if (!snapshots.some((snapshot) => snapshot.chunk === chunk)) snapshots.push(takeSnapshot(frame, chunk));
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
  const { leaves } = frame;
  const progress: Progress = { list: 0, k: 0 };
  try {
    for (const run of leaves.runs) storeRun(frame, run, progress);
  } catch (error) {
    for (let i = 0; i <= progress.list; i++) {
      restore(frame, i, i < progress.list ? leaves.length(i) : progress.k);
    }
    throw explain(frame, progress, error);
  }
}

/** Where storing is, for the case that it throws. */
interface Progress {
  list: number;
  k: number;
}

function snapshotOf(frame: Frame, chunk: Chunk): Snapshot {
  return frame.snapshots.find((snapshot) => snapshot.chunk === chunk) as Snapshot;
}

function storeRun(frame: Frame, run: Run, progress: Progress): void {
  const { leaves } = frame;
  const { chunk, scalar } = run;
  const { before, delta } = snapshotOf(frame, chunk);
  const shift = delta / scalar.size;
  for (let i = run.first; i < run.end; i++) {
    const list = leaves.lists[i] as unknown[];
    const length = leaves.length(i);
    const first = leaves.offset(i) / scalar.size;
    progress.list = i;
    progress.k = 0;
    if (list.length !== length) throw lengthChanged(frame, run);
    if (scalar.name === 'f64')
      storeF64(list as number[], length, chunk.f64, first, before.f64, first + shift, progress);
    else if (scalar.kind === 'wide')
      storeWide(frame, run, list, length, leaves.elements(i), first, before, shift, progress);
    else storeNarrow(frame, run, list, length, first, before, shift, progress);
  }
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

function storeWide(
  frame: Frame,
  run: Run,
  list: unknown[],
  length: number,
  elements: Elements,
  first: number,
  before: Chunk,
  shift: number,
  progress: Progress,
): void {
  const now = run.chunk.i32;
  const then = before.i32;
  for (let k = 0; k < length; k++) {
    if (elements === Elements.Short) {
      k = storeShort(list, k, length, now, 2 * first, then, 2 * (first + shift), progress);
      if (k === length) return;
    }
    const at = 2 * (first + k);
    if (now[at] === then[at + 2 * shift] && now[at + 1] === then[at + 2 * shift + 1]) continue;
    progress.k = k;
    list[k] = decodeWide(frame, run, elements, first + k, k);
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

function storeNarrow(
  frame: Frame,
  run: Run,
  list: unknown[],
  length: number,
  first: number,
  before: Chunk,
  shift: number,
  progress: Progress,
): void {
  const { chunk, scalar } = run;
  const now = chunk[scalar.view];
  const then = before[scalar.view];
  const isFloat = scalar.kind === 'float';
  for (let k = 0; k < length; k++) {
    const value = now[first + k] as number;
    const old = then[first + k + shift] as number;
    if (isFloat ? Object.is(value, old) : value === old) continue;
    progress.k = k;
    list[k] = decodeNarrow(frame, run, value, k);
  }
}

function decodeWide(
  frame: Frame,
  { chunk, scalar, argument }: Run,
  elements: Elements,
  at: number,
  k: number,
): number | bigint {
  if (elements === Elements.Big) return (scalar.signed ? chunk.i64 : chunk.u64)[at] as bigint;
  const value = wideFromHalves(chunk.i32[2 * at] as number, chunk.i32[2 * at + 1] as number, scalar.signed);
  if (typeof value === 'number') return value;
  throw rangeError(
    'ERR_RUSTDLL_RANGE',
    `${placeOf(frame.callee, argument)}: element ${k} became ${value}, which a number cannot hold; give a list of bigints`,
  );
}

function decodeNarrow(frame: Frame, { scalar, argument }: Run, value: number, k: number): unknown {
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
function restore(frame: Frame, index: number, count: number): void {
  const { leaves } = frame;
  const { chunk, scalar } = leaves.runOf(index);
  const { before, delta } = snapshotOf(frame, chunk);
  const list = leaves.lists[index] as unknown[];
  const { size } = scalar;
  for (let k = 0; k < count; k++) {
    const at = leaves.offset(index) + k * size;
    let same = true;
    for (let b = 0; b < size; b++) same &&= chunk.u8[at + b] === before.u8[at + delta + b];
    if (same) continue;
    try {
      list[k] = decodeOld(scalar, leaves.elements(index), before, at + delta);
    } catch {
      // A setter that refuses its own old value; the others still get theirs.
    }
  }
}

function decodeOld(scalar: Scalar, elements: Elements, before: Chunk, at: number): unknown {
  const value = before[scalar.view][at / scalar.size] as number | bigint;
  switch (scalar.kind) {
    case 'wide':
      return elements === Elements.Big ? value : Number(value);
    case 'bool':
      return value === 1;
    case 'char':
      return String.fromCodePoint(value as number);
    default:
      return value;
  }
}

function lengthChanged(frame: Frame, { argument }: Run): TypeError {
  return typeError(
    'ERR_RUSTDLL_WRITE_BACK',
    `${placeOf(frame.callee, argument)}: a list changed its length during the call; nothing was written back`,
  );
}

/** The engine's own error for an element that cannot be stored becomes ours; whatever a setter throws stays. */
function explain(frame: Frame, { list: index, k }: Progress, error: unknown): unknown {
  const list = frame.leaves.lists[index] as unknown[];
  const property = Object.getOwnPropertyDescriptor(list, k);
  const fixed = property === undefined ? !Object.isExtensible(list) : property.writable === false;
  if (!(error instanceof TypeError) || 'code' in error || !fixed) return error;
  return typeError(
    'ERR_RUSTDLL_WRITE_BACK',
    `${placeOf(frame.callee, frame.leaves.runOf(index).argument)}: Rust changed element ${k} of a list that is frozen; nothing was written back`,
  );
}
