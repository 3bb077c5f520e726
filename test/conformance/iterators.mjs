/** Iterators that stay in Rust. */

import assert from 'node:assert/strict';
import { RustDLL, RustError, RustPanic } from 'rustdll';
import { collect, paths, throws } from './context.mjs';

const lib = new RustDLL(paths.objects);
const { Counter, Shelf } = lib;

/** Returns how many iterators there are. */
const live = () => lib.iterators()[0];

export default {
  'items of several kinds, in batches and one by one'() {
    assert.deepEqual(
      [...lib.below(1000)],
      Array.from({ length: 1000 }, (_, i) => i),
    );
    assert.deepEqual([...lib.below_unbuffered(3)], [0, 1, 2]);
    assert.deepEqual([...lib.texts(3, 1)], ['é0x', 'é1x', 'é2x']);
    assert.deepEqual([...lib.nothings(2)], [undefined, undefined]);
    assert.deepEqual(
      [...lib.pieces(3, 100_000)].map((piece) => [piece.length, piece[0]]),
      [[100_000, 0], [100_000, 1], [100_000, 2]], // prettier-ignore
    );
    assert.equal([...lib.big_powers()].at(-1), 2n ** 63n);
    const [[first, none], [, some]] = lib.series(2);
    assert.deepEqual([first, none, [...some]], ['0', null, [0]]);
  },

  'it is an iterator as any other'() {
    const iterator = lib.below(3);
    assert.equal(iterator[Symbol.iterator](), iterator);
    assert.equal(Object.prototype.toString.call(iterator), '[object Rust Iterator]');
    const [head, ...rest] = iterator;
    assert.deepEqual([head, rest, iterator.next()], [0, [1, 2], { done: true, value: undefined }]);
    if (typeof globalThis.Iterator !== 'function') return;
    assert.ok(lib.below(1) instanceof Iterator);
    assert.deepEqual(
      lib
        .below(1e9)
        .map((number) => 2 * number)
        .take(3)
        .toArray(),
      [0, 2, 4],
    );
  },

  'leaving the loop drops it'() {
    const before = live();
    for (const number of lib.below(1e9)) if (number === 500) break;
    const [one] = lib.below(1e9);
    assert.throws(() => {
      for (const number of lib.below(1e9)) throw new Error(`at ${number}`);
    }, /^Error: at 0$/);
    const disposed = lib.below(10);
    assert.equal(disposed.next().value, one);
    disposed[Symbol.dispose]();
    assert.equal(disposed.next().done, true);
    assert.deepEqual(lib.below(3).return('x'), { done: true, value: 'x' });
    assert.equal(live(), before);
  },

  'an Err or a panic ends it, after the items before that'() {
    const before = live();
    const iterator = lib.integers('1 2 x');
    assert.deepEqual([iterator.next().value, iterator.next().value], [1, 2]);
    throws(() => iterator.next(), RustError, 'NAN');
    assert.deepEqual(iterator.next(), { done: true, value: undefined });
    const panicking = lib.panicking(3);
    for (const number of [0, 1, 2]) assert.equal(panicking.next().value, number);
    throws(() => panicking.next(), RustPanic, 'ERR_RUSTDLL_PANIC', /at 3/);
    throws(() => lib.no_iterator(), RustError, 'ERR_RUSTDLL_RUST', /^there is none$/);
    assert.equal(live(), before);
  },

  async 'it holds what it iterates over, and is dropped when it is collected'() {
    const before = live();
    const each = () => {
      const shelf = new Shelf();
      for (const counter of Counter.many(3)) shelf.put(counter);
      return shelf.each();
    };
    const held = each();
    await collect(() => false, 3);
    const counts = [];
    for (const counter of held) {
      counts.push(counter.count);
      counter.close();
    }
    assert.deepEqual(counts, [0, 1, 2]);
    assert.equal(each().next().value.count, 0);
    for (let i = 0; i < 10; i++) lib.below(5).next();
    await collect(() => live() <= before);
    assert.ok(live() <= before, `${live()} iterators, and ${before} before`);
  },

  async 'in the background'() {
    assert.deepEqual([...(await lib.async.below(300))].length, 300);
    const shelf = new Shelf();
    shelf.put(new Counter(7));
    assert.deepEqual(
      [...shelf.each()].map(({ count }) => count),
      [7],
    );
  },
};
