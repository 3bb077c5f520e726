/** Functions of JavaScript that Rust calls. */

import assert from 'node:assert/strict';
import { setTimeout as wait } from 'node:timers/promises';
import { RustDLL, RustDLLError } from 'rustdll';
import { collect, outcome, paths, throws, until } from './context.mjs';

const lib = new RustDLL(paths.callbacks);
const background = lib.async;

/** Asserts that `call` throws this very value. */
function throwsIt(call, value) {
  let thrown = {};
  try {
    call();
  } catch (error) {
    thrown = error;
  }
  assert.ok(Object.is(thrown, value), String(thrown?.stack ?? thrown));
}

/** Returns a function that throws this value. */
function throwing(value) {
  return () => {
    throw value;
  };
}

/** Waits until at most so many guards are left, since a thread drops its own after JavaScript has its result. */
const guardsAre = (count) => until(() => lib.guards() <= count);

export default {
  'a lent function gets and returns values of many kinds'() {
    assert.equal(
      lib.apply((x) => x * 2, 21),
      42,
    );
    assert.equal(
      lib.total(1000, (x) => x),
      499_500,
    );
    const words = [];
    assert.equal(
      lib.each(['x', 'Größe', '', '🦀'], (word) => words.push(word)),
      4,
    );
    assert.deepEqual(words, ['x', 'Größe', '', '🦀']);
    assert.equal(lib.maybe(1), 1);
    assert.equal(
      lib.maybe(1, (x) => x + 1),
      2,
    );
    const rows = [3, 1, 2].map((size) => ({ name: `n${size}`, size }));
    assert.deepEqual(
      lib.sort_by(rows, (a, b) => a.size < b.size),
      [rows[1], rows[2], rows[0]],
    );
    let given;
    const row = { name: 'Größe', size: 1.5 };
    const returned = lib.mix((...args) => {
      given = args;
      return [...args[3], { name: '🦀', size: -0 }];
    });
    assert.deepEqual(returned, [row, { name: '🦀', size: -0 }]);
    assert.deepEqual(given, [[1, -0.5], null, [true, 'ß'], [row], 2 ** 53 - 1, -8, Uint8Array.of(0, 255)]);
    assert.equal(
      lib.exact(2n ** 60n, (x) => x + 1n),
      2n ** 60n + 1n,
    );
    for (const count of [0, 1, 31, 32, 33, 65, 100_000]) {
      const result = lib.large(count, (list, text) => {
        assert.deepEqual([list.length, text], [count, 'ä'.repeat(count)]);
        return list.map((value) => `${value}ß`);
      });
      assert.deepEqual([result.length, result.at(-1)], [count, count === 0 ? undefined : `${count - 1}ß`]);
    }
  },

  'functions in records, kept and returned'() {
    const seen = [];
    const on = (name, value) => {
      seen.push(name, value);
      return name !== 'b';
    };
    const listeners = [
      { name: 'a', on, after: () => seen.push('after') },
      { name: 'b', on, after: null },
      { name: 'c', on },
    ];
    assert.equal(lib.notify(listeners, 1), 2);
    assert.deepEqual(seen, ['a', 1, 'after', 'b', 1]);
    const half = (x) => x / 2;
    lib.keep(half);
    assert.equal(lib.call_kept(3), 1.5);
    assert.equal(lib.kept_function(), half);
    lib.drop_kept();
    assert.equal(lib.kept_function(), null);
  },

  'what it throws is thrown by the call, the same value'() {
    const before = lib.guards();
    for (const value of [new RangeError('mine'), Object.freeze(new Error('frozen')), 5, 'text', null, undefined]) {
      throwsIt(() => lib.apply(throwing(value), 1), value);
      for (const name of ['passed_on', 'passed_on_as_error', 'passed_on_in_box']) {
        throwsIt(() => lib[name](throwing(value)), value);
      }
    }
    const mine = Object.assign(new TypeError('Größe 🦀'), { code: 'E_MINE' });
    assert.equal(lib.caught(throwing(mine)), 'TypeError / Größe 🦀 / Some("E_MINE")');
    assert.equal(lib.caught(throwing(null)), 'object / null / None');
    assert.ok(lib.guards() <= before);
  },

  'a result of the wrong type, and a promise in a synchronous call'() {
    throws(
      () => lib.apply(() => 'x', 1),
      TypeError,
      'ERR_RUSTDLL_TYPE',
      /^apply: the result of argument 1 \(f\): expected a number \(f64\), got string "x"$/,
    );
    throws(
      () => lib.large(1, () => ['a', 5]),
      TypeError,
      'ERR_RUSTDLL_TYPE',
      /^large: the result of argument 2 \(f\)\[1\]: /,
    );
    throws(
      () => lib.apply(() => Promise.reject(new Error('nobody sees it')), 1),
      TypeError,
      'ERR_RUSTDLL_TYPE',
      /call apply in the background, through lib\.async$/,
    );
    throws(() => lib.inexact((x) => x), RangeError, 'ERR_RUSTDLL_RANGE', /^inexact: the call of argument 1 \(f\): /);
  },

  'on another thread, while a synchronous call waits for it'() {
    const before = lib.guards();
    throws(() => lib.on_thread((x) => x, 1), RustDLLError, 'ERR_RUSTDLL_DEADLOCK', /through lib\.async$/);
    assert.ok(lib.guards() <= before);
  },

  'it may call the library, with short strings in both calls'() {
    const inner = [];
    const numbers = [1, 2];
    const result = lib.between('outer', numbers, (text) => {
      inner.push(lib.between('in', [9], (other) => inner.push(other)));
      inner.push(lib.between(`${text} of many more letters`, [], () => undefined));
      lib.each(['w'.repeat(300), 'ä'.repeat(300)], () => undefined);
      assert.equal(lib.large(200, (list) => list.map(String)).length, 200);
      throws(() => lib.apply(() => 'no number', 1), TypeError, 'ERR_RUSTDLL_TYPE');
    });
    assert.deepEqual([result, numbers], ['outer!', [2, 3]]);
    assert.deepEqual(inner, ['in', 'in!', 'outer of many more letters!']);
  },

  'endless recursion is a RangeError'() {
    const recurse = (x) => lib.apply(recurse, x);
    const inner = (x) => lib.apply(() => inner(x), x);
    const told = () => lib.large(3, told);
    for (const recursion of [recurse, inner, told]) {
      assert.throws(() => recursion(1), RangeError);
      assert.equal(
        lib.apply((x) => x, 7),
        7,
      );
    }
  },

  'the object whose method calls it is in use'() {
    const counter = new lib.Counter(1);
    assert.equal(
      counter.add((count) => count + 1),
      3,
    );
    throws(() => counter.add(() => counter.count), RustDLLError, 'ERR_RUSTDLL_BUSY', /is in use by Counter\.add$/);
    counter.close();
    let kept;
    const other = (object) => {
      kept = object;
      return new lib.Counter(object.count + 5);
    };
    assert.equal(lib.through(other), 6);
    assert.equal(kept.count, 1);
    kept.close();
  },

  async 'in the background, for any thread of Rust'() {
    assert.equal(await background.apply((x) => x * 3, 2), 6);
    assert.equal(await background.on_thread((x) => x * 3, 2), 6);
    assert.equal(await background.on_threads(4, 500, (x) => x), 1_999_000);
    assert.equal(await background.on_threads(3, 3, async (x) => wait(1).then(() => x + 1)), 45);
    const deep = async (x) => lib.apply((y) => y + 1, x) + (await background.apply((y) => y * 10, x));
    assert.equal(await background.apply(deep, 2), 23);
    const mine = new RangeError('mine');
    for (const call of [
      () => background.apply(throwing(mine), 1),
      () => background.apply(() => Promise.reject(mine), 1),
      () => background.passed_on(throwing(mine)),
    ]) {
      assert.equal(await call().catch((error) => error), mine);
    }
    assert.equal(await outcome(background.apply(() => 'x', 1)), 'ERR_RUSTDLL_TYPE');
  },

  async 'all threads wait for JavaScript, and others run in their place'() {
    const { threads } = RustDLL;
    RustDLL.threads = 2;
    try {
      let open;
      const all = new Promise((resolve) => (open = resolve));
      let count = 0;
      const meet = async (x) => {
        if (++count === 8) open();
        await all;
        return x;
      };
      const calls = Array.from({ length: 8 }, (_, k) => background.apply(meet, k));
      assert.deepEqual(await Promise.all(calls), [0, 1, 2, 3, 4, 5, 6, 7]);
    } finally {
      RustDLL.threads = threads;
    }
  },

  async 'a call that is cancelled gives up waiting'() {
    const before = lib.guards();
    const controller = new AbortController();
    let seen = 0;
    const { signal } = controller;
    const cancelled = background.until_cancelled(() => {
      if (++seen === 10) controller.abort();
    }, { signal }); // prettier-ignore
    assert.equal(await outcome(cancelled), 'AbortError');
    const never = new AbortController();
    const waiting = background.apply(() => new Promise(() => undefined), 1, { signal: never.signal });
    await wait(20);
    never.abort();
    assert.equal(await outcome(waiting), 'AbortError');
    await guardsAre(before);
    assert.equal(seen, 10);
  },

  async 'posts arrive in their order, before the result of the call that makes them'() {
    const seen = Array.from({ length: 4 }, () => 0);
    let isOrdered = true;
    const posted = await background.post(4, 3000, (thread, k) => {
      isOrdered &&= k === seen[thread]++;
    });
    assert.deepEqual([posted, seen, isOrdered], [12_000, [3000, 3000, 3000, 3000], true]);
  },

  async 'posts that come faster than they are taken wait, and timers go on'() {
    const texts = [];
    assert.equal(
      lib.post_until_full((text) => texts.push(text)),
      4096,
    );
    await until(() => texts.length === 4096);
    assert.deepEqual([texts[0], texts.at(-1)], ['n0', 'n4095']);
    let seen = 0;
    const before = lib.guards();
    lib.post_apart(30_000, () => seen++);
    let latest = 0;
    for (let k = 0; k < 10; k++) {
      const began = performance.now();
      await wait(10);
      latest = Math.max(latest, performance.now() - began);
    }
    // The machine may be busy with something else.
    assert.ok(latest < 2000, `${latest} ms`);
    await guardsAre(before);
    await until(() => seen === 30_000);
  },

  async 'a function that Rust has dropped on another thread can be collected'() {
    const keepOne = () => {
      const f = (x) => x;
      lib.keep(f);
      return new WeakRef(f);
    };
    const watched = keepOne();
    await collect(() => false, 3);
    assert.ok(watched.deref() !== undefined);
    lib.drop_kept_on_thread();
    await collect(() => watched.deref() === undefined);
    assert.equal(watched.deref(), undefined);
  },
};
