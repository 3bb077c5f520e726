/** Calls that run on other threads. */

import assert from 'node:assert/strict';
import { AsyncLocalStorage } from 'node:async_hooks';
import { readFile } from 'node:fs/promises';
import { clearInterval, setInterval } from 'node:timers';
import { fileURLToPath } from 'node:url';
import { RustDLL, RustError, RustPanic } from 'rustdll';
import { paths } from './context.mjs';

const lib = new RustDLL(paths.exported);
const background = lib.async;

async function rejects(call, Class, code) {
  const error = await call.then(
    (value) => assert.fail(`fulfilled with ${value}`),
    (error) => error,
  );
  assert.ok(error instanceof Class, String(error));
  assert.equal(error.code, code);
  return error;
}

export default {
  async 'values of every kind'() {
    assert.equal(await background.add_i64(2 ** 40, -1), 2 ** 40 - 1);
    assert.equal(await background.echo_u64_bigint(2n ** 64n - 1n), 2n ** 64n - 1n);
    for (const text of ['', 'né', 'a\0b', 'x'.repeat(100_000), 'é'.repeat(100_000)]) {
      assert.equal(await background.echo_str(text), text);
    }
    assert.deepEqual(await background.words(' one  zwölf 語 '), ['one', 'zwölf', '語']);
    assert.equal(await background.sum(new Float64Array([1, 2.5])), 3.5);
    assert.deepEqual(await background.echo_points([{ x: 1, y: 2.5, label: 'é' }]), [{ x: 1, y: 2.5, label: 'é' }]);
    assert.deepEqual(await background.echo_map_map({ a: { b: 1, c: null }, é: {} }), { a: { b: 1, c: null }, é: {} });
    assert.equal((await background.zeros(300_000)).length, 300_000);
    assert.equal(await background.repeat('é', 1_000_000), 'é'.repeat(1_000_000));
  },

  async 'many at once'() {
    const results = await Promise.all(Array.from({ length: 5000 }, (_, i) => background.echo_string(`text ${i}`)));
    results.forEach((result, i) => assert.equal(result, `text ${i}`));
  },

  async 'what Rust changes is written back'() {
    for (const list of [[1, 3], new Float64Array([1, 3])]) {
      const call = background.normalize(list);
      assert.deepEqual([...list], [1, 3]);
      await call;
      assert.deepEqual([...list], [0.25, 0.75]);
    }
    const nested = [[1, 2], [], [3]];
    await background.py_scale(nested, 2);
    assert.deepEqual(nested, [[2, 4], [], [6]]);
  },

  async 'guessed and declared functions'() {
    const kernels = new RustDLL(paths.kernels);
    const list = [1, 2];
    assert.equal(
      await kernels.async.mixed_guess('é', 5, 2.5, list, true, [0.5]),
      kernels.mixed_guess('é', 5, 2.5, [1, 2], true, [0.5]),
    );
    assert.deepEqual(list, [2, 3]);
    assert.equal(await kernels.async.ints_10(...Array(10).fill(1), {}), kernels.ints_10(...Array(10).fill(1)));
    await rejects(kernels.async.hash_str('\ud800'), TypeError, 'ERR_RUSTDLL_SURROGATE');
    await rejects(kernels.async.add(1, { x: 2 }), TypeError, 'ERR_RUSTDLL_TYPE');
    const { mean } = kernels.declare('fn mean(v: &PyVec<f64>) -> f64').async;
    assert.equal(await mean([1, 2]), 1.5);
  },

  async errors() {
    await rejects(background.add_i64(1), TypeError, 'ERR_RUSTDLL_ARITY');
    await rejects(background.add_i64('1', 2), TypeError, 'ERR_RUSTDLL_TYPE');
    await rejects(background.fail_code(), RustError, 'E_SHAPE');
    const { location } = await rejects(background.panic_str(), RustPanic, 'ERR_RUSTDLL_PANIC');
    assert.match(location, /panics\.rs:\d+:\d+$/);
  },

  async 'the stack traces of errors have the functions that await the call'() {
    async function waiting(name, ...args) {
      return await background[name](...args);
    }
    async function outer(...args) {
      return await waiting(...args);
    }
    // An argument of the wrong type, an `Err`, a panic, and a list that can no longer be changed.
    const frozen = Object.freeze([1, 3]);
    for (const args of [['add_i64', '1', 2], ['fail_code'], ['panic_str'], ['normalize', frozen]]) {
      const { stack } = await outer(...args).catch((error) => error);
      assert.match(
        stack.split('\n').find((line) => /^\s+at (?!panic_str )/.test(line)),
        /at (async )?waiting/,
        stack,
      );
      assert.match(stack, /at (async )?outer/);
    }
  },

  async 'arguments are read at the call'() {
    const list = [1, 2, 3];
    const view = new Float64Array([1, 2, 3]);
    const points = [{ x: 3, y: 4, label: null }];
    const calls = [background.sum(list), background.sum(view), background.echo_points(points)];
    list.push(100);
    view.fill(100);
    points[0].x = 100;
    structuredClone(view.buffer, { transfer: [view.buffer] });
    assert.deepEqual(await Promise.all(calls), [6, 6, [{ x: 3, y: 4, label: null }]]);
  },

  async 'what can no longer be written back, and one memory twice'() {
    const view = new Float64Array([1, 3]);
    const list = [1, 3];
    const calls = [background.normalize(view), background.normalize(list)];
    structuredClone(view.buffer, { transfer: [view.buffer] });
    list.length = 1;
    for (const call of calls) call.catch(() => undefined);
    for (const call of calls) await rejects(call, Error, 'ERR_RUSTDLL_WRITE_BACK');
    assert.deepEqual(list, [1]);
    const twice = new Float64Array(4);
    await rejects(background.copy_into(twice, twice), TypeError, 'ERR_RUSTDLL_ALIAS');
  },

  async 'more calls than threads do not hold up files and timers'() {
    const controller = new AbortController();
    let over = 0;
    const calls = Array.from({ length: 4 * RustDLL.threads }, () =>
      background.until_cancelled([], { signal: controller.signal }).catch(() => over++),
    );
    await readFile(fileURLToPath(import.meta.url));
    await new Promise((resolve) => setTimeout(resolve, 1));
    assert.equal(over, 0);
    controller.abort();
    await Promise.all(calls);
    assert.equal(over, calls.length);
    const isRunning = () => lib.until_cancelled_calls()[0] !== lib.until_cancelled_calls()[1];
    while (isRunning()) await new Promise((resolve) => setTimeout(resolve, 1));
  },

  async 'a signal has one listener for all of its calls, and none when they are over'() {
    const { signal } = new AbortController();
    let listeners = 0;
    let most = 0;
    for (const [name, step] of [
      ['addEventListener', 1],
      ['removeEventListener', -1],
    ]) {
      const original = signal[name];
      signal[name] = (...args) => {
        listeners += step;
        most = Math.max(most, listeners);
        original.apply(signal, args);
      };
    }
    await Promise.all(Array.from({ length: 1000 }, (_, i) => background.add_i64(i, 1, { signal })));
    assert.deepEqual([most, listeners], [1, 0]);
  },

  async 'the asynchronous context is that of the call'() {
    const storage = new AsyncLocalStorage();
    const seen = await Promise.all(
      Array.from({ length: 10 }, (_, i) =>
        storage.run(i, async () => {
          const inside = [];
          await background.steps(1, '', 0, { onProgress: () => inside.push(storage.getStore()) });
          return [...inside, storage.getStore()];
        }),
      ),
    );
    assert.deepEqual(
      seen,
      Array.from({ length: 10 }, (_, i) => [i, i]),
    );
  },

  async 'a flood of calls leaves timers their turn'() {
    let ticks = 0;
    const timer = setInterval(() => ticks++, 1);
    try {
      // Each chain begins its next call when the last one is over, so the thread of JavaScript is never idle.
      const chain = async () => {
        for (let i = 0; i < 200; i++) assert.equal(await background.add_i64(i, 1), i + 1);
      };
      await Promise.all(Array.from({ length: 200 }, chain));
    } finally {
      clearInterval(timer);
    }
    assert.ok(ticks > 1, `${ticks} ticks`);
  },

  async 'calls that are given up'() {
    const reason = new Error('enough');
    assert.equal(
      await background.sleep_ms(1, '', { signal: AbortSignal.abort(reason) }).catch((error) => error),
      reason,
    );
    const controller = new AbortController();
    const calls = Array.from({ length: 20 }, () => background.sleep_ms(5, 'text', { signal: controller.signal }));
    controller.abort(reason);
    for (const call of calls) assert.equal(await call.catch((error) => error), reason);
    assert.equal(await background.sleep_ms(1, 'text'), 'text');
  },

  async 'functions that ask whether they are given up, and tell how far they are'() {
    const controller = new AbortController();
    const [begun, stopped] = lib.until_cancelled_calls();
    const call = background.until_cancelled([], { signal: controller.signal });
    const calls = async (index, count) => {
      while (lib.until_cancelled_calls()[index] < count) await new Promise((resolve) => setTimeout(resolve, 1));
    };
    await calls(0, begun + 1);
    controller.abort('enough');
    assert.equal(await call.catch((error) => error), 'enough');
    await calls(1, stopped + 1);
    const events = [];
    assert.equal(await background.steps(30, 'at', 2, { onProgress: (progress) => events.push(progress) }), 'at');
    assert.deepEqual(events.at(-1), { done: 30, total: 30, message: 'at 20' });
    assert.ok(events.length > 1 && events.length < 30, `${events.length} events`);
    assert.ok(events.every(({ done }, i) => i === 0 || done > events[i - 1].done));
  },

  async 'functions that are always async, and never'() {
    assert.equal(await lib.reversed('abc', 2), 'cbacba');
    await rejects(lib.reversed(''), RustError, 'ERR_RUSTDLL_RUST');
    assert.equal(lib.thread_number_sync(), lib.thread_number());
    assert.equal(background.thread_number_sync, undefined);
  },

  async 'a library that is closed'() {
    const closing = new RustDLL(paths.exported);
    const calls = Array.from({ length: 20 }, (_, i) => closing.async.sleep_ms(2, String(i)));
    closing.close();
    assert.deepEqual(
      await Promise.all(calls),
      Array.from({ length: 20 }, (_, i) => String(i)),
    );
  },

  threads() {
    assert.ok(RustDLL.threads >= 1);
    assert.equal(RustDLL.threadUse.limit, RustDLL.threads);
  },
};
