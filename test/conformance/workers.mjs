/** Worker threads: the same checks in each, several at a time, and threads that are terminated during a call. */

import assert from 'node:assert/strict';
import { Worker } from 'node:worker_threads';
import { RustDLL } from 'rustdll';
import { kernels, paths } from './context.mjs';

/** Starts thread.mjs. Returns the thread and its messages. */
function start(task) {
  const thread = new Worker(new URL('thread.mjs', import.meta.url), { workerData: task, env: process.env });
  const messages = [];
  let tell;
  const first = new Promise((resolve) => (tell = resolve));
  const ended = new Promise((resolve, reject) => {
    thread.on('message', (message) => {
      messages.push(message);
      tell();
    });
    thread.on('error', reject);
    thread.on('exit', () => resolve(messages));
  });
  // If the end is not awaited, an error rejects the first message.
  return { thread, first: Promise.race([first, ended]), ended };
}

export default {
  async 'all checks, in a thread'() {
    assert.deepEqual(await start('checks').ended, [{ failed: [] }]);
  },

  async 'threads that come and go'() {
    for (let i = 0; i < 10; i++) assert.deepEqual(await start('calls').ended, [{ sum: 6 }]);
    assert.equal(kernels.add(1, 2), 3);
  },

  async 'several at a time'() {
    const ends = await Promise.all(Array.from({ length: 8 }, () => start('calls').ended));
    for (const messages of ends) assert.deepEqual(messages, [{ sum: 6 }]);
  },

  async 'threads ended in the middle of calls'() {
    for (let i = 0; i < 10; i++) {
      const { thread, first, ended } = start('endless');
      await first;
      await thread.terminate();
      await ended;
    }
    const list = [1, 2];
    kernels.add_one_i64(list);
    assert.deepEqual(list, [2, 3]);
  },

  async 'objects of threads that end, by themselves or in the middle of calls'() {
    const lib = new RustDLL(paths.objects);
    const before = lib.live();
    for (let i = 0; i < 10; i++) {
      assert.deepEqual(await start('objects').ended, [{ sum: 1000 }]);
      const { thread, first, ended } = start('objects in use');
      await first;
      await thread.terminate();
      await ended;
    }
    for (let tries = 0; lib.live() > before && tries < 1000; tries++) {
      await new Promise((resolve) => setTimeout(resolve, 5));
    }
    assert.ok(lib.live() <= before, `${lib.live()} objects, and ${before} before`);
  },

  async 'memory that threads share'() {
    const bytes = new Uint8Array(new SharedArrayBuffer(4));
    const { ended } = start({ bytes });
    assert.deepEqual(await ended, [{ sum: 4 }]);
    assert.deepEqual([...bytes], [1, 1, 1, 1]);
  },
};
