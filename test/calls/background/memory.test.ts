/** A hundred thousand of each thing that has memory on both sides leave none of it behind, in Workers too. */

import { libraryPath } from '../../support/kernels';
import { runProgram } from '../../support/program';

/** The name of a fixture library. */
type Library = Parameters<typeof libraryPath>[0];

/** A thing by its name, and the body of an async function that makes `count` of them from the library `lib`. */
type Things = Readonly<Record<string, string>>;

const FUTURES: Things = {
  'futures that end at once': `await inTurns(() => lib.sum([1, 2, 3]));`,
  'futures that fail, at once and late': `await inTurns((i) => lib.fail(i % 2 === 0).catch(ignore));`,
  'futures that are cancelled': `
    for (let i = 0; i < count; i += 1000) {
      const aborting = new AbortController();
      const { signal } = aborting;
      const all = Array.from({ length: 1000 }, () => lib.never({ signal }).catch(ignore));
      await wait(1);
      aborting.abort();
      await Promise.all(all);
    }`,
  'futures that ask JavaScript': `await inTurns(() => lib.ask_each(['a'], async (text) => text));`,
  'streams that are read to their end': `await inTurns(async () => { for await (const item of lib.pieces(1, 10)); });`,
  'streams that are left': `
    await inTurns(async () => { for await (const item of lib.stuck(['a', 'b'])) if (item === 'b') break; });`,
  'streams that are forgotten': `
    for (let i = 0; i < count; i++) {
      lib.stuck([]);
      if (i % 5000 === 4999) { await wait(1); gc(); await wait(1); }
    }`,
  'iterables that Rust leaves': `
    for (let i = 0; i < count; i++) lib.take_some(1, ['a', 'b', 'c'], i % 2 === 0);`,
  'iterables that fail': `
    for (let i = 0; i < count; i++) lib.try_places(function* () { throw 1; }());`,
  'streams of JavaScript that Rust leaves': `
    await inTurns(() => lib.take_some_later(1, (async function* () { yield 'a'; yield 'b'; })()));`,
};

const CALLBACKS: Things = {
  'functions that are lent': `for (let i = 0; i < count; i++) lib.apply((x) => x + i, 1);`,
  'functions that throw': `
    for (let i = 0; i < count; i++) lib.caught(() => { throw new TypeError('no'); });`,
  'what they throw, as the cause of other errors': `
    for (let i = 0; i < count; i++) try { lib.explained_twice(() => { throw new TypeError('no'); }); } catch { /* as it has to */ }`,
  'that of calls that are cancelled': `
    for (let i = 0; i < count; i += 500) {
      const aborting = new AbortController();
      const options = { signal: aborting.signal };
      const all = Array.from({ length: 500 }, () => lib.explained_later(() => { throw new TypeError('no'); }, options).catch(ignore));
      await wait(0);
      aborting.abort();
      await Promise.all(all);
    }`,
  'functions that are kept': `
    for (let i = 0; i < count; i++) {
      lib.keep((x) => x + i);
      if (i % 1000 === 0) await wait(0);
    }
    lib.drop_kept();`,
  'functions that objects keep': `
    for (let i = 0; i < count; i++) {
      const counter = new lib.Counter(0);
      counter.listen(() => undefined);
      counter.set(i);
      counter.close();
      if (i % 1000 === 0) await wait(0);
    }`,
  'functions in records': `
    for (let i = 0; i < count; i++) {
      lib.notify([{ name: 'a', on: () => true, after: () => undefined }], i);
      if (i % 1000 === 0) await wait(0);
    }`,
  posts: `
    let posted = 0;
    for (let i = 0; i < count; i += 1000) { lib.post(1, 1000, () => { posted++; }); await wait(1); }
    while (posted < count) await wait(1);`,
  'functions that are called in the background': `
    await inTurns(() => lib.async.apply((x) => x, 1));`,
};

/**
 * Makes a hundred thousand of everything, and prints for each name how many bytes of Rust and of JavaScript more
 * there are at the end than after the first half of them, and how many guards Rust has left.
 */
function program(library: Library, things: Things): string {
  const entries = Object.entries(things);
  const makers = entries.map(([name, body]) => `${JSON.stringify(name)}: async (lib, count) => { ${body} }`);
  return `
    const { RustDLL } = rustdll;
    const { setTimeout: wait } = require('node:timers/promises');
    const lib = new RustDLL(${JSON.stringify(libraryPath(library))});
    const ignore = () => undefined;
    const things = { ${makers.map((maker) => maker.replaceAll('inTurns(', 'inTurns(count, ')).join(',\n')} };
    async function inTurns(count, make) {
      for (let i = 0; i < count; i += 500) await Promise.all(Array.from({ length: 500 }, (_, k) => make(i + k)));
    }
    /** Waits until nothing lives in Rust, and the calls that were given up have ended, for at most some seconds. */
    async function settled() {
      const isBusy = () => RustDLL.threadUse.busy + RustDLL.threadUse.queued > 0;
      for (let tries = 0; (lib.guards() > 0 || isBusy()) && tries < 400; tries++) { gc(); await wait(5); }
      // What Rust has given up is told to JavaScript in a turn of its own, and what that had is garbage of another one.
      for (let turns = 0; turns < 6; turns++) { await wait(5); gc(); }
    }
    /** The least bytes after each of three rounds: the collector and the pools of Rust keep some memory for a while. */
    async function least(make, count) {
      let [rust, javascript] = [Infinity, Infinity];
      for (let round = 0; round < 3; round++) {
        await make(lib, count);
        await settled();
        const { heapUsed, external } = process.memoryUsage();
        rust = Math.min(rust, lib.allocated());
        javascript = Math.min(javascript, heapUsed + external);
      }
      return [rust, javascript];
    }
    async function measure() {
      const left = {};
      for (const [name, make] of Object.entries(things)) {
        const before = await least(make, 17000);
        const after = await least(make, 17000);
        left[name] = [after[0] - before[0], after[1] - before[1], lib.guards()];
      }
      return left;
    }`;
}

function run(library: Library, things: Things, inWorker: boolean): Record<string, [number, number, number]> {
  const source = program(library, things);
  if (!inWorker) return output(`${source}\nmeasure().then((left) => console.log(JSON.stringify(left)));`);
  const worker = `const rustdll = require('rustdll');${source}
    measure().then((left) => require('node:worker_threads').parentPort.postMessage(left));`;
  return output(`
    const { Worker } = require('node:worker_threads');
    const worker = new Worker(${JSON.stringify(worker)}, { eval: true });
    worker.on('message', (left) => console.log(JSON.stringify(left)));`);
}

function output(source: string): Record<string, [number, number, number]> {
  return runProgram(source, ['--expose-gc']) as Record<string, [number, number, number]>;
}

/** Half of the things are 51,000. What one of them kept would take some 20 bytes at the least. */
const LIMIT = 1 << 20;

describe.each([
  ['the main thread', false],
  ['a Worker', true],
])('in %s, nothing is left of', (_name, inWorker) => {
  test.each<[string, Library, Things]>([
    ['futures, streams and iterables', 'futures_fixture', FUTURES],
    ['callbacks', 'callbacks', CALLBACKS],
  ])('%s', (_things, library, things) => {
    const left = run(library, things, inWorker);
    expect(Object.keys(left)).toEqual(Object.keys(things));
    const leaks = Object.entries(left).filter(
      ([, [rust, javascript, guards]]) => rust > 4096 || javascript > LIMIT || guards !== 0,
    );
    expect(leaks).toEqual([]);
  });
});

test('nothing keeps what the last call was settled with', () => {
  const left = runProgram(
    `
    const { setTimeout: wait } = require('node:timers/promises');
    const lib = new rustdll.RustDLL(${JSON.stringify(libraryPath('callbacks'))});
    async function settle() {
      const thrown = new Error('no');
      const failed = await lib.explained_later(() => { throw thrown; }).catch((error) => error);
      return [new WeakRef(thrown), new WeakRef(failed), new WeakRef(await lib.async.sort_by([{ name: 'a', size: 1 }], () => true))];
    }
    settle().then(async (settled) => {
      for (let tries = 0; settled.some((each) => each.deref()) && tries < 50; tries++) { await wait(5); gc(); }
      console.log(JSON.stringify(settled.map((each) => each.deref() === undefined)));
    });`,
    ['--expose-gc'],
  );
  expect(left).toEqual([true, true, true]);
});
