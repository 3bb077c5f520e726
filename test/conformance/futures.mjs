/** Futures, streams, and the iterables of JavaScript that Rust takes from. */

import assert from 'node:assert/strict';
import { ReadableStream } from 'node:stream/web';
import { RustDLL, RustError, RustPanic } from 'rustdll';
import { paths } from './context.mjs';

const lib = new RustDLL(paths.futures_fixture);

const wait = (milliseconds) => new Promise((resolve) => setTimeout(resolve, milliseconds));

const range = (count) => Array.from({ length: count }, (_, i) => i);

/** Waits until `is` returns true. */
async function until(is) {
  for (let tries = 0; !is() && tries < 2000; tries++) await wait(2);
  assert.ok(is());
}

async function collect(items) {
  const collected = [];
  for await (const item of items) collected.push(item);
  return collected;
}

/** Returns a call that is cancelled once it has begun, and checks that nothing of it is left. */
async function cancelled(begin) {
  await until(() => lib.guards() === 0);
  const controller = new AbortController();
  const call = begin(controller.signal);
  await until(() => lib.guards() > 0);
  const reason = new Error('enough');
  controller.abort(reason);
  await assert.rejects(call, (error) => error === reason);
  await until(() => lib.guards() === 0);
}

export default {
  async 'futures that are ready, wait, fail and panic'() {
    assert.equal(await lib.add(1, 2.5), 3.5);
    assert.equal(await lib.echo('a né 😀'), 'a né 😀');
    assert.equal(await lib.join(['a', 'é'], 2), 'aé');
    assert.equal(await lib.sum([1, 2, 3]), 6);
    const list = [1, 2, 3, 4];
    await lib.double(list);
    assert.deepEqual(list, [2, 4, 6, 8]);
    for (const late of [false, true]) {
      await assert.rejects(lib.fail(late), (error) => error instanceof RustError && error.code === 'LUCK');
      await assert.rejects(
        lib.panics(late),
        (error) => error instanceof RustPanic && /out of luck/.test(error.message),
      );
    }
    await assert.rejects(lib.add(1), /^TypeError: add: expected 2 arguments/);
  },

  async 'many wait without a thread, and are woken at once'() {
    const gate = lib.new_gate();
    const passes = range(500).map(() => lib.pass(gate));
    await until(() => lib.waiting_at(gate) === 500);
    lib.open_gate(gate);
    assert.deepEqual(await Promise.all(passes), Array(500).fill(gate));
    assert.ok((await Promise.all(range(10).map(() => lib.wakes(3, 100)))).every((polls) => polls > 1));
    await wait(10);
  },

  async 'cancelled ones are dropped'() {
    await cancelled((signal) => lib.never({ signal }));
    await cancelled((signal) => lib.spin({ signal }));
    await cancelled((signal) => lib.sleep(100_000, { signal }));
    await cancelled((signal) => lib.ask_each(['a'], () => new Promise(() => undefined), { signal }));
  },

  async 'functions of JavaScript are asked'() {
    const later = async (text, index) => {
      await wait(1);
      return `${index}${text}`;
    };
    assert.deepEqual(await lib.ask_each(['a', 'é'], later), ['0a', '1é']);
    assert.equal(await lib.ask_all(200, (n) => n), 19_900);
    const mine = new Error('mine');
    await assert.rejects(
      lib.ask_each(['a'], () => Promise.reject(mine)),
      (error) => error === mine,
    );
  },

  async 'objects are borrowed while the future lives'() {
    const account = await lib.Account.open(5);
    assert.deepEqual(await Promise.all([1, 2, 3].map((n) => account.add(n))), [6, 8, 11]);
    assert.equal(await account.into_cents(), 11);
  },

  async 'a runtime of tokio'() {
    assert.deepEqual(await Promise.all(range(20).map(() => lib.sleep(5))), Array(20).fill(5));
    assert.equal(await lib.spawned(1), 2);
    await assert.rejects(lib.sleep_nowhere(), /export\(tokio\)/);
  },

  async 'streams of Rust'() {
    assert.deepEqual(await collect(lib.count_to(3000, 2)), range(3000));
    assert.deepEqual(await collect(lib.slowly(3, 1)), [0, 1, 2]);
    for await (const item of lib.count_to(1_000_000, 2)) if (item === 5) break;
    const stuck = lib.stuck(['a']);
    const steps = [stuck.next(), stuck.next(), stuck.next()];
    assert.deepEqual(await steps[0], { done: false, value: 'a' });
    await stuck.return();
    assert.deepEqual(await Promise.all(steps.slice(1)), Array(2).fill({ done: true, value: undefined }));
    await assert.rejects(collect(lib.fails_after_three()), (error) => error.code === 'ENOUGH');
    await until(() => lib.guards() === 0);
  },

  async 'iterables of JavaScript'() {
    assert.equal(lib.total_of(new Set([1, 2, 3])), 6);
    assert.equal(await lib.async.total_of(range(1000)), 499_500);
    let left = 0;
    function* words() {
      try {
        for (let n = 0; ; n++) yield `${n}`;
      } finally {
        left++;
      }
    }
    assert.deepEqual(lib.take_some(3, words(), true), ['0', '1', '2']);
    assert.equal(left, 1);
    const mine = new Error('mine');
    const failing = function* () {
      yield 1;
      throw mine;
    };
    assert.throws(
      () => lib.total_of(failing()),
      (error) => error === mine,
    );
    assert.throws(() => lib.total_of([1, 'two']), /argument 1 \(numbers\)\[1\]: expected a number/);
  },

  async 'asynchronous iterables of JavaScript'() {
    const body = new ReadableStream({
      start(controller) {
        for (let n = 0; n < 3; n++) controller.enqueue(new Uint8Array(100));
        controller.close();
      },
    });
    assert.equal(await lib.count_bytes(body), 300);
    async function* words() {
      for (const word of ['a', 'é']) {
        await wait(1);
        yield word;
      }
    }
    assert.deepEqual(await lib.take_some_later(5, words()), ['a', 'é']);
    assert.deepEqual(await collect(lib.shouted(words())), ['A', 'É']);
  },
};
