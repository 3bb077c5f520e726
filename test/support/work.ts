/** Counts the work that reading debug information is, which must not depend on what a damaged file claims. */

import type * as fs from 'node:fs';
import { Cursor } from '../../src-ts/debug/cursor';
import { Stream } from '../../src-ts/debug/pdb/msf';
import { Section } from '../../src-ts/debug/section';

/**
 * The most work that reading one function may be: the bytes that are read of files, and the numbers and pieces of sections
 * that are taken out of them, each of which takes a microsecond at most.
 */
export const MOST_BYTES = 10e6;

export const MOST_STEPS = 100_000;

export interface Work {
  bytes: number;
  steps: number;
  stop(): void;
}

/** Counts the bytes that are read of files, the numbers of variable length that are decoded, and the pieces of sections. */
export function countWork(): Work {
  const real = jest.requireActual<{ -readonly [Name in keyof typeof fs]: (typeof fs)[Name] }>('node:fs');
  const { readSync } = real;
  const { uleb, block } = Cursor.prototype;
  const { slice } = Section.prototype;
  const { slice: sliceOfStream } = Stream.prototype;
  const work: Work = {
    bytes: 0,
    steps: 0,
    stop() {
      real.readSync = readSync;
      Cursor.prototype.uleb = uleb;
      Cursor.prototype.block = block;
      Section.prototype.slice = slice;
      Stream.prototype.slice = sliceOfStream;
    },
  };
  real.readSync = ((...args: Parameters<typeof readSync>) => {
    const count = readSync(...args);
    work.bytes += count;
    return count;
  }) as typeof readSync;
  Cursor.prototype.uleb = function () {
    work.steps++;
    return uleb.call(this);
  };
  Section.prototype.slice = function (...args) {
    work.steps++;
    return slice.call(this, ...args);
  };
  Cursor.prototype.block = function (size) {
    work.steps++;
    return block.call(this, size);
  };
  Stream.prototype.slice = function (...args) {
    work.steps++;
    return sliceOfStream.call(this, ...args);
  };
  return work;
}
