/**
 * The copied lists of an arena that Rust may change, noted so that they can be written back. There can be thousands in
 * one call, so each takes one reference and three numbers; data that neighbours share is stored once, in a run.
 */

import type { Scalar } from '../types/scalar';
import { longer, makeList } from '../runtime/list';
import type { Chunk } from './chunk';
import type { Elements } from './site';

/** Consecutive lists in one chunk that belong to one argument. */
export interface Run {
  readonly argument: number;
  readonly chunk: Chunk;
  readonly scalar: Scalar;
  /** The lists from `first` up to, not including, `end`. */
  readonly first: number;
  end: number;
}

const NONE: unknown[] = [];

/** The run of no list, which stands in for a missing one. */
const NO_RUN = { argument: -1, chunk: null, scalar: null, first: 0, end: 0 } as unknown as Run;

/** The most lists for which the arrays keep room after a call. */
const KEPT = 4096;

/** The number of lists for which there is room initially. */
const FIRST = 16;

export class NotedLists {
  count = 0;
  /** The runs, of which the first `runCount` are valid. */
  runs = makeList<Run>(4);
  runCount = 0;
  /** The lists themselves, of which the first `count` are valid. */
  lists = makeList<unknown[]>(FIRST);
  #last = NO_RUN;
  /** Three numbers for each list: its offset in the chunk, its length, and the kind of its elements. */
  spans = new Uint32Array(3 * FIRST);

  add(
    list: unknown[],
    argument: number,
    chunk: Chunk,
    offset: number,
    length: number,
    scalar: Scalar,
    elements: Elements,
  ): void {
    const index = this.count++;
    if (3 * index === this.spans.length) this.#grow();
    this.lists[index] = list;
    this.spans[3 * index] = offset;
    this.spans[3 * index + 1] = length;
    this.spans[3 * index + 2] = elements;
    const last = this.#last;
    if (last.chunk === chunk && last.scalar === scalar && last.argument === argument) last.end = index + 1;
    else {
      if (this.runCount === this.runs.length) this.runs = longer(this.runs);
      this.runs[this.runCount++] = this.#last = { argument, chunk, scalar, first: index, end: index + 1 };
    }
  }

  #grow(): void {
    const spans = new Uint32Array(2 * this.spans.length);
    spans.set(this.spans);
    this.spans = spans;
    this.lists = longer(this.lists);
  }

  offset(index: number): number {
    return this.spans[3 * index] as number;
  }

  length(index: number): number {
    return this.spans[3 * index + 1] as number;
  }

  elements(index: number): Elements {
    return this.spans[3 * index + 2] as Elements;
  }

  /** Returns the run to which a list belongs. */
  runOf(index: number): Run {
    return this.runs.find((run) => index < run.end) as Run;
  }

  /** Removes all lists. */
  clear(): void {
    if (this.count > KEPT) {
      this.lists = makeList(FIRST);
      this.spans = new Uint32Array(3 * FIRST);
    } else {
      for (let i = 0; i < this.count; i++) this.lists[i] = NONE;
    }
    for (let i = 0; i < this.runCount; i++) this.runs[i] = NO_RUN;
    this.runCount = 0;
    this.#last = NO_RUN;
    this.count = 0;
  }
}
