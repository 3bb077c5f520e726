// Calls in the background, run with an instrumented addon and an instrumented library by scripts/test/sanitize.mjs.
//
// node background.cjs <folder of the package> <exported>
'use strict';

const assert = require('node:assert/strict');
const { createRequire } = require('node:module');
const path = require('node:path');
const { Worker, isMainThread, workerData } = require('node:worker_threads');

const [folder, libPath] = isMainThread ? process.argv.slice(2) : workerData;
const { RustDLL } = createRequire(path.join(folder, 'package.json'))('rustdll');
const lib = new RustDLL(libPath);
const background = lib.async;

/** Lengths near the room of a call's result, and longer ones. */
const LENGTHS = [0, 1, 7, 8, 9, 63, 64, 65, 1000, 32769, 300_001];

async function once() {
  for (const length of LENGTHS) {
    const list = Array.from({ length }, (_, i) => i % 100);
    const text = 'é'.repeat(length);
    const bumped = list.slice();
    const view = Float64Array.from(list);
    const [echoed, texts, repeated] = await Promise.all([
      background.echo_vec_i64(list),
      background.echo_vec_string([text, '', text]),
      background.echo_string(text),
      background.bump_i32(bumped),
      background.bump_f64(view),
    ]);
    assert.deepEqual([echoed, texts, repeated], [list, [text, '', text], text]);
    assert.ok(bumped.every((x, i) => x === list[i] + 1) && view.every((x, i) => x === list[i] + 1));
  }
  const nested = [[1, 2], [], [3]];
  await background.py_scale(nested, 2);
  assert.deepEqual(nested, [[2, 4], [], [6]]);
  assert.equal(await background.py_texts(['x', 'yy', 'é'.repeat(1000)]), `xyy${'é'.repeat(1000)}`);
  assert.deepEqual(await background.echo_tree({ name: 'a', children: [{ name: 'b', children: [] }] }), {
    name: 'a',
    children: [{ name: 'b', children: [] }],
  });
  for (const name of ['fail_boxed', 'panic_str', 'bad_utf8']) await background[name]().catch(() => undefined);
}

async function many() {
  const controller = new AbortController();
  const calls = Array.from({ length: 2000 }, (_, i) =>
    background.echo_string(`text ${i}`, i % 5 === 0 ? { signal: controller.signal } : undefined),
  );
  controller.abort();
  const results = await Promise.allSettled(calls);
  results.forEach(({ value }, i) => assert.equal(value, i % 5 === 0 ? undefined : `text ${i}`));
}

/** Several threads report progress with texts that are never taken, while calls are cancelled. */
async function reports() {
  const controller = new AbortController();
  let events = 0;
  const onProgress = () => (events += 1);
  const calls = Array.from({ length: 60 }, (_, i) => [
    background.steps(20, `call ${i}`, i % 2, { onProgress }),
    background.steps(20, `call ${i}`, 1, { onProgress, signal: controller.signal }),
    background.chatter(500, { onProgress }),
    background.until_cancelled([1, 2], { signal: controller.signal }),
  ]).flat();
  setTimeout(() => controller.abort(), 50);
  await Promise.allSettled(calls);
  assert.ok(events > 0);
}

async function main() {
  await once();
  await many();
  await reports();
  if (!isMainThread) {
    // The Worker ends while calls are under way.
    for (let i = 0; i < 500; i++) void background.many_strings(200);
    process.exit();
  }
  for (let i = 0; i < 3; i++) {
    await new Promise((resolve, reject) => {
      new Worker(__filename, { workerData: [folder, libPath] }).on('error', reject).on('exit', resolve);
    });
  }
  await once();
  console.log('calls in the background went nowhere beyond their bounds');
}

void main();
