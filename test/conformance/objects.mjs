/** Objects that stay in Rust. */

import assert from 'node:assert/strict';
import { RustDLL, RustDLLError, RustError, RustPanic } from 'rustdll';
import { outcome, paths, throws, until } from './context.mjs';

const lib = new RustDLL(paths.objects);
const { Counter, Shelf } = lib;

export default {
  'making, changing, reading and closing'() {
    const counter = new Counter(1);
    assert.equal(counter.add(2), 3);
    counter.count = 40;
    assert.equal(counter.count, 40);
    assert.equal(counter.exact(), 40n);
    assert.equal(counter.label('é', 'x'), 'é40x');
    const factors = new Float64Array([1, 0.5]);
    counter.scale(factors);
    assert.deepEqual([...factors], [40, 20]);
    lib.double(counter);
    assert.equal(counter.count, 80);
    assert.equal(counter.close(), undefined);
    counter.close();
    throws(() => counter.add(1), TypeError, 'ERR_RUSTDLL_RELEASED', /^Counter\.add: this: the Counter was closed$/);
  },

  'the class, and one that extends it'() {
    class Doubling extends Counter {
      add(by) {
        return super.add(2 * by);
      }
    }
    const counter = new Doubling(1);
    assert.equal(counter.add(3), 7);
    assert.ok(counter instanceof Counter && counter instanceof Doubling);
    assert.equal(Object.prototype.toString.call(counter), '[object Counter]');
    assert.deepEqual([Counter.name, Counter.length, Object.keys(counter)], ['Counter', 1, []]);
    assert.equal(lib.total([counter], null), 7);
    counter.close();
    assert.throws(() => Counter(1), TypeError);
    throws(() => new lib.Tally(), TypeError, 'ERR_RUSTDLL_TYPE', /^Tally has no constructor/);
  },

  'static functions, and constructors that fail'() {
    const counter = Counter.parse(' 5 ');
    assert.equal(counter.count, 5);
    throws(() => Counter.parse('x'), RustError, 'NAN');
    throws(() => new Counter('x'), TypeError, 'ERR_RUSTDLL_TYPE', /^new Counter: argument 1 \(count\)/);
    counter.close();
  },

  'the traits of an object'() {
    const [one, two, same] = [new Counter(1), new Counter(2), new Counter(1)];
    assert.equal(`${one}`, 'at 1');
    assert.deepEqual([one.equals(same), one.equals(two), one.compareTo(two)], [true, false, -1]);
    assert.equal(one.hashCode(), same.hashCode());
    for (const counter of [one, two, same]) counter.close();
  },

  'objects inside of other values'() {
    const counters = Counter.many(3);
    const shelf = new Shelf();
    for (const counter of counters) shelf.put(counter);
    const found = shelf.find(1);
    assert.equal(found.place, 1);
    found.counter.add(9);
    assert.deepEqual(
      shelf.all.map(({ count }) => count),
      [0, 10, 2],
    );
    assert.equal(shelf.find(77), null);
    const pair = lib.choose(counters.slice(0, 2));
    assert.deepEqual([pair.type, pair.first.count, pair.second.count], ['Two', 0, 10]);
    assert.equal(lib.total(lib.chosen(pair), counters[2]), 12);
    for (const counter of counters) counter.close();
    assert.equal(shelf.close('well'), 'closed well');
  },

  'an object that is in use, or was given away'() {
    const counter = new Counter(4);
    throws(
      () => counter.merge(counter),
      RustDLLError,
      'ERR_RUSTDLL_BUSY',
      /^Counter\.merge: the Counter is in use by Counter\.merge$/,
    );
    assert.equal(counter.finish(), 4);
    throws(() => counter.count, TypeError, 'ERR_RUSTDLL_RELEASED', /has been given away$/);
    counter.close();
  },

  'what is no object of the class'() {
    const counter = new Counter(1);
    const foreign = new RustDLL(paths.objects).tally(1);
    for (const other of [
      1,
      null,
      undefined,
      {},
      Counter.prototype,
      Object.create(counter),
      new Proxy(counter, {}),
      foreign,
    ]) {
      throws(() => counter.merge(other), TypeError, 'ERR_RUSTDLL_TYPE', /^Counter\.merge: argument 1 \(other\)/);
      throws(() => counter.add.call(other, 1), TypeError, 'ERR_RUSTDLL_TYPE', /^Counter\.add: this/);
    }
    counter.close();
  },

  'panics of methods and destructors'() {
    const counter = new Counter(5);
    throws(() => counter.explode(), RustPanic, 'ERR_RUSTDLL_PANIC', /^at 6$/);
    assert.equal(counter.add(-7), -1);
    throws(() => counter.close(), RustPanic, 'ERR_RUSTDLL_PANIC', /cannot be dropped/);
    counter.close();
  },

  'by Symbol.dispose'() {
    const counter = new Counter(1);
    counter[Symbol.dispose]();
    throws(() => counter.count, TypeError, 'ERR_RUSTDLL_RELEASED');
  },

  async 'methods in the background'() {
    const counter = await Counter.async.new(1);
    assert.ok(counter instanceof Counter);
    assert.equal(await counter.async.add(2), 3);
    const factors = [1, 0.5];
    await counter.async.scale(factors);
    assert.deepEqual(factors, [3, 1.5]);
    const other = await Counter.async.parse('5');
    await counter.async.merge(other);
    assert.equal(await lib.async.total([counter, other], other), 18);
    assert.equal(await lib.async.take(other), 5);
    assert.equal(await outcome(other.async.add(1)), 'ERR_RUSTDLL_RELEASED');
    assert.equal(await outcome(counter.async.explode()), 'ERR_RUSTDLL_PANIC');
    assert.equal(new Shelf().async.put, undefined);
    counter.close();
  },

  async 'calls that change one object run one after the other'() {
    const counter = new Counter(0);
    const calls = Array.from({ length: 100 }, (_, i) => counter.async.add_slowly(1, i % 10 === 0 ? 1 : 0));
    assert.deepEqual(
      await Promise.all(calls),
      calls.map((_, i) => i + 1),
    );
    counter.close();
  },

  async 'a synchronous call of an object in use, and one that is closed meanwhile'() {
    const counter = new Counter(1);
    const slow = counter.async.add_slowly(1, 300);
    await new Promise((resolve) => setTimeout(resolve, 100));
    throws(() => counter.add(1), RustDLLError, 'ERR_RUSTDLL_BUSY', /is in use by Counter\.add_slowly$/);
    const waiting = counter.async.add(1);
    counter.close();
    assert.deepEqual([await slow, await waiting], [2, 3]);
    assert.equal(await outcome(counter.async.add(1)), 'ERR_RUSTDLL_RELEASED');
  },

  async 'objects in results that nobody gets'() {
    const before = lib.live();
    const counters = Array.from({ length: 10 }, () => new Counter(1));
    const controller = new AbortController();
    const calls = Array.from({ length: 10 }, () => Counter.async.many(50, { signal: controller.signal }));
    controller.abort();
    for (const call of calls) assert.equal(await outcome(call), 'AbortError');
    for (const counter of counters) counter.close();
    await until(() => lib.live() <= before);
  },
};
