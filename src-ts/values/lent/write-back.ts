/**
 * Writes back into copied lists what Rust changed in them. Before the call a snapshot is taken of the bytes of all such
 * lists; after it, only elements whose bytes differ from the snapshot are stored. Either all of them are stored, or
 * none.
 */

import { rangeError, typeError } from '../../errors/errors';
import { placeOf } from '../../errors/words';
import type { Arena, Snapshot } from '../../memory/arena';
import type { Chunk } from '../../memory/chunk';
import type { Run } from '../../memory/noted-lists';
import { Elements } from '../../memory/site';
import { longer } from '../../runtime/list';
import { isCodePoint, wideFromHalves } from '../../types/bits';
import { MAX_DEPTH } from '../../types/limits';
import type { Scalar } from '../../types/scalar';

/** Copies every chunk with lists that Rust may change. All arguments must be packed already. */
export function takeSnapshots(arena: Arena): void {
  const { noted } = arena;
  for (let r = 0; r < noted.runCount; r++) {
    const { chunk } = noted.runs[r] as Run;
    if (arena.snapshotOf(chunk) === undefined) arena.addSnapshot(takeSnapshot(arena, chunk));
  }
}

function takeSnapshot(arena: Arena, chunk: Chunk): Snapshot {
  const start = arena.isShared(chunk) ? arena.base : 0;
  const end = chunk.top;
  arena.reserve(end - start);
  const { chunk: before, offset } = arena;
  if (before === chunk) chunk.u8.copyWithin(offset, start, end);
  else before.u8.set(chunk.u8.subarray(start, end), offset);
  return { chunk, before, delta: offset - start };
}

/**
 * Stores the changed elements. If that fails half-way (a frozen list, a setter that throws, an integer that no number
 * represents), the elements stored so far are restored and the error is thrown.
 */
export function writeBackLists(arena: Arena): void {
  const { noted } = arena;
  const progress: Progress = { list: 0, k: 0, replaced: [], replacedCount: 0 };
  try {
    for (let r = 0; r < noted.runCount; r++) storeRun(arena, noted.runs[r] as Run, progress);
  } catch (error) {
    for (let i = 0; i <= progress.list; i++) restore(arena, i, i < progress.list ? noted.length(i) : progress.k);
    while (progress.replacedCount > 0) {
      const { list, k, value } = progress.replaced[--progress.replacedCount] as Replaced;
      put(list, k, value);
    }
    throw explain(arena, progress, error);
  }
}

/** The progress of storing, from which it is undone if it throws. */
interface Progress {
  list: number;
  k: number;
  /** Only the first `replacedCount` are valid. */
  replaced: Replaced[];
  replacedCount: number;
}

/** An element that the snapshot does not represent exactly: a number that an f32 rounds, or -0 as an integer. */
interface Replaced {
  readonly list: unknown[];
  readonly k: number;
  readonly value: unknown;
}

function noteReplaced(progress: Progress, replaced: Replaced): void {
  if (progress.replacedCount === progress.replaced.length) progress.replaced = longer(progress.replaced);
  progress.replaced[progress.replacedCount++] = replaced;
}

/** Restores an element, and ignores an error: a setter may refuse even the value that its getter returned. */
function put(list: unknown[], k: number, value: unknown): void {
  try {
    list[k] = value;
  } catch {
    // The other elements are still restored.
  }
}

function storeRun(arena: Arena, run: Run, progress: Progress): void {
  const { noted } = arena;
  const { chunk, scalar } = run;
  const { before, delta } = arena.snapshotOf(chunk) as Snapshot;
  // Shifts instead of divisions, which would take most of the time of a short list.
  const log = 31 - Math.clz32(scalar.size);
  const shift = delta >> log;
  for (let i = run.first; i < run.end; i++) {
    const list = noted.lists[i] as unknown[];
    const length = noted.length(i);
    const first = noted.offset(i) >> log;
    progress.list = i;
    progress.k = 0;
    if (list.length !== length) throw lengthChanged(arena, progress);
    if (scalar.name === 'f64')
      storeF64(list as number[], length, chunk.f64, first, before.f64, first + shift, progress);
    else if (scalar.kind === 'wide')
      storeWide(arena, run, list, length, noted.elements(i), first, before, shift, progress);
    else storeNarrow(arena, run, list, length, first, before, shift, progress);
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
  let k = 0;
  try {
    for (; k < length; k++) {
      const value = now[first + k] as number;
      if (!Object.is(value, before[firstBefore + k])) list[k] = value;
    }
  } catch (error) {
    progress.k = k;
    throw error;
  }
}

function storeWide(
  arena: Arena,
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
    if (elements === Elements.Big) {
      list[k] = (run.scalar.signed ? run.chunk.i64 : run.chunk.u64)[first + k];
      continue;
    }
    const value = decodeWide(arena, run, first + k, progress);
    if (Object.is(list[k], -0)) noteReplaced(progress, { list, k, value: -0 });
    list[k] = value;
  }
}

/**
 * Stores changed elements from `k` on while they are int32s, and returns the index of the first that is not. All
 * elements were int32s when they were packed, so it suffices to compare their lower halves.
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
    // Two at a time, and numbers that are converted to int32s, as in packShort.
    const shift = (firstBefore - first) | 0;
    const end = (length - 1) | 0;
    k |= 0;
    let at = (first + 2 * k) | 0;
    while (k < end) {
      const a = now[at] as number;
      const b = now[(at + 2) | 0] as number;
      if (now[(at + 1) | 0] !== a >> 31 || now[(at + 3) | 0] !== b >> 31) break;
      if (a !== before[(at + shift) | 0]) list[k] = a;
      k = (k + 1) | 0;
      if (b !== before[(at + shift + 2) | 0]) list[k] = b;
      k = (k + 1) | 0;
      at = (at + 4) | 0;
    }
    for (; k < length; k++, at += 2) {
      const lo = now[at] as number;
      if (now[at + 1] !== lo >> 31) return k;
      if (lo !== before[at + shift]) list[k] = lo;
    }
    return length;
  } catch (error) {
    progress.k = k;
    throw error;
  }
}

function storeNarrow(
  arena: Arena,
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
  const isNumber = isFloat || scalar.kind === 'int';
  for (let k = 0; k < length; k++) {
    const value = now[first + k] as number;
    const old = then[first + k + shift] as number;
    if (isFloat ? Object.is(value, old) : value === old) continue;
    progress.k = k;
    if (!isNumber) {
      list[k] = decodeNarrow(arena, run, value, progress);
      continue;
    }
    const replaced = list[k];
    if (!Object.is(replaced, old)) noteReplaced(progress, { list, k, value: replaced });
    list[k] = value;
  }
}

function decodeWide(arena: Arena, { chunk, scalar }: Run, at: number, progress: Progress): number {
  const value = wideFromHalves(chunk.i32[2 * at] as number, chunk.i32[2 * at + 1] as number, scalar.signed);
  if (typeof value === 'number') return value;
  throw rangeError(
    'ERR_RUSTDLL_RANGE',
    `${placeOfElement(arena, progress)}: Rust made it ${value}, which a number cannot hold; give a list of bigints`,
  );
}

function decodeNarrow(arena: Arena, { scalar }: Run, value: number, progress: Progress): boolean | string {
  if (scalar.kind === 'bool') {
    if (value < 2) return value === 1;
  } else if (isCodePoint(value)) {
    return String.fromCodePoint(value);
  }
  throw typeError(
    'ERR_RUSTDLL_TYPE',
    `${placeOfElement(arena, progress)}: Rust made it 0x${value.toString(16)}, which is no ${scalar.name}`,
  );
}

/** Restores those of the first `count` elements of a list that Rust changed to their values before the call. */
function restore(arena: Arena, index: number, count: number): void {
  const { noted } = arena;
  const { chunk, scalar } = noted.runOf(index);
  const { before, delta } = arena.snapshotOf(chunk) as Snapshot;
  const list = noted.lists[index] as unknown[];
  const { size } = scalar;
  for (let k = 0; k < count; k++) {
    const at = noted.offset(index) + k * size;
    let same = true;
    for (let b = 0; b < size; b++) same &&= chunk.u8[at + b] === before.u8[at + delta + b];
    if (same) continue;
    put(list, k, decodeOld(scalar, noted.elements(index), before, at + delta));
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

function lengthChanged(arena: Arena, { list }: Progress): TypeError {
  return typeError(
    'ERR_RUSTDLL_WRITE_BACK',
    `${placeOfList(arena, list)}: the list changed its length during the call; nothing was written back`,
  );
}

/** Replaces the engine's error for a frozen list by one that names the element. An error from a setter is kept. */
function explain(arena: Arena, progress: Progress, error: unknown): unknown {
  if (!(error instanceof TypeError) || 'code' in error) return error;
  const list = arena.noted.lists[progress.list] as unknown[];
  const property = Object.getOwnPropertyDescriptor(list, progress.k);
  if (property === undefined ? Object.isExtensible(list) : property.set !== undefined || property.writable === true) {
    return error;
  }
  return typeError(
    'ERR_RUSTDLL_WRITE_BACK',
    `${placeOfElement(arena, progress)}: Rust changed this element of a list that is frozen; nothing was written back`,
  );
}

function placeOfElement(arena: Arena, { list, k }: Progress): string {
  return placeOfList(arena, list, k);
}

/** Names a list by its argument and path. The path is searched for only now, as hardly any call needs it. */
function placeOfList(arena: Arena, index: number, ...more: number[]): string {
  const { argument } = arena.noted.runOf(index);
  const path = pathTo(arena.values[argument], arena.noted.lists[index] as unknown[]) ?? [];
  return placeOf(arena.callee, argument, [...path, ...more]);
}

function pathTo(value: unknown, list: unknown[], depth = 0): number[] | null {
  if (value === list) return [];
  // Setters that ran meanwhile may have changed the lists in any way.
  if (!Array.isArray(value) || depth === MAX_DEPTH) return null;
  for (let k = 0; k < value.length; k++) {
    const path = pathTo(value[k], list, depth + 1);
    if (path !== null) return [k, ...path];
  }
  return null;
}
