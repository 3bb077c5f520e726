/** Libraries whose file is replaced while they are open. */

import * as fs from 'node:fs';
import * as path from 'node:path';
import { Worker } from 'node:worker_threads';
import { RustDLL, RustDLLError } from '../../src-ts/index';
import { ensureBuilt } from '../support/built';
import { expectError, expectTypeError } from '../support/errors';
import { ROOT } from '../support/child';
import { Versions } from '../support/versions';

type Versioned = RustDLL<Record<string, () => number>>;

let versions: Versions;
beforeAll(() => (versions = new Versions()), 60_000);
afterAll(() => versions.remove());

function open(): Versioned {
  return new RustDLL(versions.library);
}

/** Returns the version that a library reports. */
function versionOf(library: Versioned): number {
  return library.version!();
}

/** Returns the names of the other files in the library's folder. */
function neighbours(): string[] {
  return fs.readdirSync(path.dirname(versions.library));
}

const onPosix = process.platform === 'win32' ? test.skip : test;

describe('opened again', () => {
  test('the same file is the same library', () => {
    versions.put(1);
    const [first, second] = [open(), open()];
    expect([first.calls!(), second.calls!(), first.calls!()]).toEqual([1, 2, 3]);
  });

  test.each([
    ['is removed and written', () => versions.put(2)],
    [
      'is replaced by renaming another',
      () => {
        const other = `${versions.library}.new`;
        fs.copyFileSync(versions.compiled(2), other);
        fs.renameSync(other, versions.library);
      },
    ],
    [
      'becomes a link to another, as Cargo makes it',
      () => {
        fs.rmSync(versions.library);
        fs.linkSync(versions.compiled(2), versions.library);
      },
    ],
  ])('a file that %s is opened anew, beside the old one', (_, replace) => {
    versions.put(1);
    const old = open();
    expect([versionOf(old), old.calls!(), old.calls!()]).toEqual([1, 1, 2]);
    const kept = old.version!;
    replace();
    const current = open();
    expect(current.path).toBe(versions.library);
    expect([versionOf(current), current.added_in_2!(), current.calls!()]).toEqual([2, 20, 1]);
    expectError(() => current.added_in_1, RustDLLError, 'ERR_RUSTDLL_SYMBOL', /no function `added_in_1`/);
    // The old library continues to work, also with functions that it had not resolved before.
    expect([kept(), old.added_in_1!(), old.calls!(), current.calls!()]).toEqual([1, 10, 3, 2]);
    expect(current.declare('fn version() -> u64').version()).toBe(2);
    old.close();
    expectError(() => old.version!(), RustDLLError, 'ERR_RUSTDLL_CLOSED', '');
    expect(versionOf(current)).toBe(2);
    expect(neighbours()).toEqual([path.basename(versions.library)]);
    fs.rmSync(versions.library);
  });

  test('many times over, and back to one that was there before', () => {
    const opened = [1, 2, 3, 2, 1, 3].map((version) => {
      versions.put(version);
      return open();
    });
    expect(opened.map(versionOf)).toEqual([1, 2, 3, 2, 1, 3]);
    // Each library was opened from a file of its own.
    expect(opened.map((library) => library.calls!())).toEqual([1, 1, 1, 1, 1, 1]);
    expect(open().calls!()).toBe(2);
  });

  onPosix('a file that was written to is loaded from a copy, of which nothing is left', () => {
    versions.put(1);
    const old = open();
    expect(old.calls!()).toBe(1);
    const now = Date.now() / 1000 + 5;
    fs.utimesSync(versions.library, now, now);
    const current = open();
    expect([current.calls!(), open().calls!(), old.calls!()]).toEqual([1, 2, 2]);
    expect(neighbours()).toEqual([path.basename(versions.library)]);
    // The next file is opened from its own place again.
    versions.put(2);
    expect(versionOf(open())).toBe(2);
  });

  test('by another name of the same file', () => {
    versions.put(1);
    const other = path.join(versions.folder, `other${path.extname(versions.library)}`);
    fs.linkSync(versions.library, other);
    const first = open();
    const second: Versioned = new RustDLL(other);
    expect([first.calls!(), second.calls!()]).toEqual([1, 2]);
    versions.put(2);
    expect([versionOf(open()), versionOf(new RustDLL(other) as Versioned)]).toEqual([2, 1]);
  });
});

describe('reload', () => {
  test('a library whose file is the same, or gone, is that library', () => {
    versions.put(1);
    const library = open();
    expect(RustDLL.reload(library)).toBe(library);
    fs.rmSync(versions.library);
    expect(RustDLL.reload(library)).toBe(library);
    expect(versionOf(library)).toBe(1);
  });

  test('a library whose file was replaced is a new one; the old one stays open', () => {
    versions.put(1);
    let library = open();
    const old = library;
    versions.put(2);
    library = RustDLL.reload(library);
    expect(library).not.toBe(old);
    expect([versionOf(library), versionOf(old)]).toEqual([2, 1]);
    expect(RustDLL.reload(library)).toBe(library);
    expect(RustDLL.reload(old).calls!()).toBe(library.calls!() - 1);
  });

  test('a library that was closed is opened again', () => {
    versions.put(1);
    const library = open();
    library.close();
    expect(versionOf(RustDLL.reload(library))).toBe(1);
    fs.rmSync(versions.library);
    expectError(() => RustDLL.reload(library), RustDLLError, 'ERR_RUSTDLL_NOT_FOUND', versions.library);
  });

  test('what cannot be loaded leaves the old one as it was', () => {
    versions.put(1);
    const library = open();
    fs.rmSync(versions.library);
    fs.writeFileSync(versions.library, fs.readFileSync(versions.compiled(2)).subarray(0, 5000));
    expectError(() => RustDLL.reload(library), RustDLLError, 'ERR_RUSTDLL_TRUNCATED', versions.library);
    expect(versionOf(library)).toBe(1);
    versions.put(2);
    expect(versionOf(RustDLL.reload(library))).toBe(2);
  });

  onPosix('a link that leads elsewhere now', () => {
    const link = path.join(versions.folder, 'current');
    fs.symlinkSync(versions.compiled(1), link);
    const library: Versioned = new RustDLL(link);
    expect(library.path).toBe(versions.compiled(1));
    fs.rmSync(link);
    fs.symlinkSync(versions.compiled(2), link);
    const current = RustDLL.reload(library);
    expect([current.path, versionOf(current)]).toEqual([versions.compiled(2), 2]);
  });

  test.each([[undefined], [null], ['./lib.so'], [{}], [RustDLL], [Object.create(RustDLL.prototype)], [() => 1]])(
    'what is no library: %p',
    (value) => {
      expectTypeError(() => RustDLL.reload(value as never), /^RustDLL\.reload: expected a library, got /);
    },
  );
});

describe('Workers', () => {
  /** Opens the library in a Worker. Returns the results of two of its functions. */
  function inWorker(times = 1): Promise<number[]> {
    const script = `
      const { parentPort, workerData: { root, library, times } } = require('node:worker_threads');
      const { RustDLL } = require(root);
      const lib = new RustDLL(library);
      let calls = 0;
      for (let i = 0; i < times; i++) calls = lib.calls();
      parentPort.postMessage([lib.version(), calls]);`;
    const workerData = { root: ROOT, library: versions.library, times };
    const worker = new Worker(script, { eval: true, workerData });
    return new Promise((resolve, reject) => {
      worker.once('message', resolve);
      worker.once('error', reject);
    });
  }

  beforeAll(ensureBuilt, 120_000);

  test('a thread that begins later has the new code, and shares its statics', async () => {
    versions.put(1);
    const old = open();
    expect(await inWorker()).toEqual([1, 1]);
    expect(old.calls!()).toBe(2);
    versions.put(2);
    expect(await inWorker()).toEqual([2, 1]);
    expect([open().calls!(), old.calls!()]).toEqual([2, 3]);
    expect(await inWorker()).toEqual([2, 3]);
  }, 60_000);

  test('threads that open a new file at the same time have one library', async () => {
    for (const version of [3, 1, 2]) {
      versions.put(version);
      const seen = await Promise.all(Array.from({ length: 8 }, () => inWorker(100)));
      expect(seen.map(([found]) => found)).toEqual(Array.from({ length: 8 }, () => version));
      expect(open().calls!()).toBe(801);
    }
  }, 60_000);
});
