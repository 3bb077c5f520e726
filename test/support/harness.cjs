// The child's side of hazards.ts: runs the scripts from its standard input one after the other, makes healthy calls
// after each, and writes the outcome of each to file descriptor 3. As a Worker it runs the one script of its
// workerData.
'use strict';

const assert = require('node:assert/strict');
const fs = require('node:fs');
const os = require('node:os');
const path = require('node:path');
const v8 = require('node:v8');
const vm = require('node:vm');
const { Worker, isMainThread, parentPort, workerData } = require('node:worker_threads');
const { libraryFile } = require('./library-file.cjs');

// Taken before the scripts run, as they may replace these.
const { parse, stringify } = JSON;
const root = path.join(__dirname, '..', '..');
const target = path.join(root, 'test', 'fixtures', 'target');
const paths = {
  root,
  kernels: fs.realpathSync(path.join(target, 'release', libraryFile('kernels'))),
  example: fs.realpathSync(path.join(target, 'release', libraryFile('example'))),
  clib: fs.realpathSync(path.join(target, 'c', libraryFile('clib'))),
  exported: fs.realpathSync(path.join(target, 'release', libraryFile('exported'))),
  faults: fs.realpathSync(path.join(target, 'release', libraryFile('exported_faults'))),
  clashing: fs.realpathSync(path.join(target, 'release', libraryFile('clashing'))),
  cabi: fs.realpathSync(path.join(target, 'release', libraryFile('cabi'))),
  callbacks: fs.realpathSync(path.join(target, 'release', libraryFile('callbacks'))),
  futures_fixture: fs.realpathSync(path.join(target, 'release', libraryFile('futures_fixture'))),
  logging: fs.realpathSync(path.join(target, 'release', libraryFile('logging'))),
  aborting: fs.realpathSync(path.join(target, 'abort', libraryFile('aborting'))),
};

let healthyCalls;
let healthyExports;
let usesExports = false;

function healthy() {
  healthyCalls ??= makeHealthyCalls();
  healthyCalls();
  if (!usesExports) return;
  healthyExports ??= makeHealthyExports();
  healthyExports();
}

function makeHealthyCalls() {
  const kernels = new (require('rustdll').RustDLL)(paths.kernels);
  const lib = kernels.declare(`
    fn mean(v: &PyVec<f64>) -> f64; fn add_one_i64(v: &mut PyVec<i64>); fn str_len(s: &PyStr) -> u32;
    fn add(a: i64, b: i64) -> i64; fn address_of(v: &PyVec<f64>) -> usize`);
  const where = () => lib.address_of([1.5, 2.5]);
  let first;
  return () => {
    const list = [1, 2, 3];
    const guessed = [5, 6];
    const view = new BigInt64Array([7n]);
    lib.add_one_i64(list);
    lib.add_one_i64(view);
    kernels.add_one_i64(guessed);
    assert.deepEqual([list, [...view], guessed], [[2, 3, 4], [8n], [6, 7]]);
    assert.deepEqual([lib.mean([1, 2, 3]), lib.add(2, 3), kernels.add(-2, 1), lib.str_len('né')], [2, 5, -1, 3]);
    assert.throws(() => lib.mean(['x']), TypeError);
    first ??= where();
    // The same address means that all memory allocated in between has been released.
    assert.equal(where(), first);
  };
}

function makeHealthyExports() {
  const { RustDLL, RustError, RustPanic } = require('rustdll');
  const lib = new RustDLL(paths.exported);
  const faults = new RustDLL(paths.faults);
  const where = () => faults.address_f64([1.5]);
  // All threads share one count, so it is only stable on the main thread.
  const live = () => (isMainThread ? faults.live_blocks() : 0);
  let first;
  return () => {
    const points = [{ x: 1, y: 2, label: 'né' }];
    const list = [1, 3];
    const view = new Float64Array([1, 3]);
    // Calls without a stream and with one, with every form of result.
    assert.deepEqual(
      [lib.add_i64(2, 3), lib.echo_str('né'), lib.echo_vec_f64([0.5]), lib.nothing()],
      [5, 'né', [0.5], undefined],
    );
    assert.deepEqual(
      [lib.echo_points(points), lib.words('a é'), lib.zeros(40_000).length],
      [points, ['a', 'é'], 40_000],
    );
    lib.normalize(list);
    lib.normalize(view);
    assert.deepEqual(
      [list, [...view]],
      [
        [0.25, 0.75],
        [0.25, 0.75],
      ],
    );
    assert.throws(() => lib.divide(1, 0), RustError);
    assert.throws(() => lib.panic_str(), RustPanic);
    assert.throws(() => lib.echo_points([{}]), { name: 'TypeError', code: 'ERR_RUSTDLL_TYPE' });
    assert.deepEqual(faults.nested_items(2).parts.length, 1);
    // The same address and count mean that all memory, including Rust's, has been released.
    first ??= { where: where(), live: live() };
    assert.deepEqual({ where: where(), live: live() }, first);
  };
}

function throws(call, { type, code, message }) {
  let error;
  let result;
  try {
    result = call();
  } catch (thrown) {
    error = thrown;
  }
  if (error === undefined) assert.fail(`expected a ${type}, got ${require('node:util').inspect(result)}`);
  const Class = /^Rust/.test(type) ? require('rustdll')[type] : globalThis[type];
  if (!(error instanceof Class) || error.name !== type || (code !== undefined && error.code !== code)) {
    throw new Error(`expected a ${type} with ${code}, got ${error?.name} with ${error?.code}`, { cause: error });
  }
  if (message !== undefined) assert.match(error.message, message);
  return error;
}

function runWorker(script, data, resourceLimits) {
  const thread = new Worker(__filename, { workerData: { script: String(script), data }, resourceLimits });
  let error;
  let result;
  let begin;
  const begun = new Promise((resolve) => (begin = resolve));
  thread.on('message', (message) => {
    if (message.begun) begin();
    else result = message.result;
  });
  thread.on('error', (thrown) => (error = thrown));
  const ended = new Promise((resolve) => {
    thread.on('exit', (exitCode) => {
      begin();
      resolve({ exitCode, result, error });
    });
  });
  return { thread, begun, ended };
}

const folders = [];

function folder() {
  folders.push(fs.mkdtempSync(path.join(fs.realpathSync(os.tmpdir()), 'rustdll-hazard-')));
  return folders[folders.length - 1];
}

/** Returns a function that collects garbage, without a flag on the command line. */
function makeGc() {
  v8.setFlagsFromString('--expose-gc');
  return vm.runInNewContext('gc');
}

function makeTools() {
  let kernels;
  const open = (name) => {
    usesExports = true;
    return new (require('rustdll').RustDLL)(paths[name]);
  };
  const exports = {};
  const tools = {
    assert,
    require,
    paths,
    throws,
    healthy,
    folder,
    worker: runWorker,
    env: process.env,
    get rustdll() {
      return require('rustdll');
    },
    get kernels() {
      return (kernels ??= new (require('rustdll').RustDLL)(paths.kernels));
    },
    gc: () => makeGc()(),
    open,
    get exported() {
      return (exports.exported ??= open('exported'));
    },
    get faults() {
      return (exports.faults ??= open('faults'));
    },
    get addon() {
      return require(path.join(root, 'build', 'Release', 'rustdll.node'));
    },
    identityOf(file) {
      const { dev, ino, size, mtimeNs } = fs.statSync(file, { bigint: true });
      return [dev, ino, size, mtimeNs].join(':');
    },
    get contract() {
      usesExports = true;
      return require('./contract.cjs');
    },
    declare: (source, options) => tools.kernels.declare(source, options),
  };
  return tools;
}

function compile(source, name) {
  return new vm.Script(`'use strict';(${source})`, { filename: name }).runInThisContext();
}

async function runRow(source, index) {
  fs.writeSync(3, `${stringify({ begun: index })}\n`);
  const entry = { ended: index };
  try {
    await compile(source, `row-${index}`)(makeTools());
    healthy();
  } catch (error) {
    const cause = error?.cause instanceof Error ? `\ncaused by ${error.cause.stack}` : '';
    entry.error = `${error?.stack ?? error}${cause}`;
  }
  fs.writeSync(3, `${stringify(entry)}\n`);
}

async function main() {
  const scripts = parse(fs.readFileSync(0, 'utf8'));
  process.on('exit', () => {
    for (const each of folders) fs.rmSync(each, { recursive: true, force: true });
  });
  for (let index = 0; index < scripts.length; index++) await runRow(scripts[index], index);
}

async function mainOfWorker() {
  const { script, data } = workerData;
  parentPort.postMessage({ begun: true });
  parentPort.postMessage({ result: await compile(script, 'worker')(makeTools(), data) });
}

void (isMainThread ? main() : mainOfWorker());
