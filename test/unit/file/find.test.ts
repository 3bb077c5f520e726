import * as fs from 'node:fs';
import * as os from 'node:os';
import * as path from 'node:path';
import { pathToFileURL } from 'node:url';
import { RustDLLError } from '../../../src-ts/errors/errors';
import { findLibrary } from '../../../src-ts/file/find';
import { expectError, expectTypeError, thrownBy } from '../../support/errors';

const FILE = { win32: 'my_lib.dll', darwin: 'libmy_lib.dylib' }[process.platform as string] ?? 'libmy_lib.so';

const targetDirectory = process.env.CARGO_TARGET_DIR;
let root: string;
let start: string;
let entry: string;
beforeEach(() => {
  delete process.env.CARGO_TARGET_DIR;
  root = fs.mkdtempSync(path.join(os.tmpdir(), 'rustdll-find-'));
  start = path.join(root, 'packages', 'app', 'src');
  fs.mkdirSync(start, { recursive: true });
  entry = path.join(start, 'main.mjs');
  fs.writeFileSync(entry, '');
});
afterEach(() => {
  if (targetDirectory === undefined) delete process.env.CARGO_TARGET_DIR;
  else process.env.CARGO_TARGET_DIR = targetDirectory;
  fs.rmSync(root, { recursive: true });
});

/** Puts a library into a folder below the root. */
function put(...folders: string[]): string {
  const file = path.join(root, ...folders, FILE);
  fs.mkdirSync(path.dirname(file), { recursive: true });
  fs.writeFileSync(file, '');
  return file;
}

describe('where a library is found', () => {
  test.each([
    ['beside the module', ['packages', 'app', 'src']],
    ['in the target of its folder', ['packages', 'app', 'src', 'target', 'debug']],
    ['in the target of the folder above', ['packages', 'app', 'target', 'release']],
    ['in the target of the root', ['target', 'debug']],
  ])('%s', (_, folders) => {
    const file = put(...folders);
    for (const from of [
      entry,
      start,
      pathToFileURL(entry),
      pathToFileURL(entry).href,
      `${pathToFileURL(start).href}/`,
    ]) {
      expect(findLibrary('my-lib', { from })).toBe(file);
      expect(findLibrary('my_lib', { from })).toBe(file);
    }
  });

  test('the nearer is taken, and release before debug in one folder', () => {
    const order = [
      put('target', 'debug'),
      put('target', 'release'),
      put('packages', 'target', 'debug'),
      put('packages', 'target', 'release'),
      put('packages', 'app', 'src'),
    ].reverse();
    for (const file of order) {
      expect(findLibrary('my-lib', { from: entry })).toBe(file);
      fs.rmSync(file);
    }
    expect(thrownBy(() => findLibrary('my-lib', { from: entry }))).toMatchObject({ code: 'ERR_RUSTDLL_NOT_FOUND' });
  });

  test('one profile only', () => {
    const debug = put('target', 'debug');
    const release = put('packages', 'target', 'release');
    const custom = put('packages', 'target', 'fast-build');
    expect(findLibrary('my-lib', { from: entry, profile: 'debug' })).toBe(debug);
    expect(findLibrary('my-lib', { from: entry, profile: 'dev' })).toBe(debug);
    expect(findLibrary('my-lib', { from: entry, profile: 'bench' })).toBe(release);
    expect(findLibrary('my-lib', { from: entry, profile: 'fast-build' })).toBe(custom);
    expect(thrownBy(() => findLibrary('my-lib', { from: entry, profile: 'constructor' }))).toMatchObject({
      code: 'ERR_RUSTDLL_NOT_FOUND',
    });
  });

  test("Cargo's own target directory", () => {
    const usual = put('packages', 'app', 'target', 'release');
    const chosen = put('elsewhere', 'debug');
    process.env.CARGO_TARGET_DIR = path.join(root, 'elsewhere');
    expect(findLibrary('my-lib', { from: entry })).toBe(chosen);
    process.env.CARGO_TARGET_DIR = 'elsewhere';
    expect(findLibrary('my-lib', { from: entry })).toBe(chosen);
    process.env.CARGO_TARGET_DIR = 'nowhere';
    expect(findLibrary('my-lib', { from: entry })).toBe(usual);
    process.env.CARGO_TARGET_DIR = '';
    expect(findLibrary('my-lib', { from: entry })).toBe(usual);
  });

  test('a folder of that name is no library', () => {
    fs.mkdirSync(path.join(start, FILE));
    const file = put('target', 'release');
    expect(findLibrary('my-lib', { from: entry })).toBe(file);
  });

  test('a module that is no file, as in an archive or a bundle', () => {
    const file = put('packages', 'target', 'release');
    expect(findLibrary('my-lib', { from: path.join(root, 'packages', 'bundle', 'main.js') })).toBe(file);
  });

  test("a library unpacked from Electron's archive", () => {
    fs.writeFileSync(path.join(root, 'app.asar'), '');
    const file = put('app.asar.unpacked', 'dist');
    expect(findLibrary('my-lib', { from: path.join(root, 'app.asar', 'dist', 'main.js') })).toBe(file);
  });
});

describe('where none is', () => {
  test('every place tried is listed, in order', () => {
    const from = path.join(path.parse(root).root, 'a', 'b', 'main.js');
    const { message } = thrownBy(() => findLibrary('my-lib', { from }));
    const top = path.parse(root).root;
    const places = [
      path.join(top, 'a', 'b'),
      ...[path.join(top, 'a', 'b'), path.join(top, 'a'), top].flatMap((folder) => [
        path.join(folder, 'target', 'release'),
        path.join(folder, 'target', 'debug'),
      ]),
    ];
    expect(message.split('\n')).toEqual([
      `RustDLL.find: there is no library of a crate 'my-lib'; is it built, with crate-type = ["cdylib"]? Tried:`,
      ...places.map((place) => `  ${path.join(place, FILE)}`),
    ]);
    expectError(() => findLibrary('my-lib', { from }), RustDLLError, 'ERR_RUSTDLL_NOT_FOUND', 'my-lib');
  });

  test('what the working directory has is not taken', () => {
    const before = process.cwd();
    put('target', 'release');
    put();
    process.chdir(root);
    try {
      expect(thrownBy(() => findLibrary('my-lib', { from: path.join(os.tmpdir(), 'other', 'main.js') }))).toMatchObject(
        {
          code: 'ERR_RUSTDLL_NOT_FOUND',
        },
      );
      expectTypeError(() => findLibrary('my-lib'), /expected where to begin .* \{ from: import\.meta\.url \}/);
    } finally {
      process.chdir(before);
    }
  });

  test('what the permission model does not grant is not taken', () => {
    const hidden = put('packages', 'target', 'release');
    const granted = put('target', 'release');
    const has = (_: string, reference: string): boolean => reference === granted || reference.startsWith(start);
    Object.defineProperty(process, 'permission', { value: { has }, configurable: true });
    try {
      expect(findLibrary('my-lib', { from: entry })).toBe(granted);
      fs.rmSync(granted);
      expect(thrownBy(() => findLibrary('my-lib', { from: entry })).message).toContain(`${hidden} (may not be read)`);
    } finally {
      delete (process as { permission?: unknown }).permission;
    }
  });
});

describe('bad arguments', () => {
  test.each(['a/b', 'a\\b', '../mylib', 'my\0lib', '', 'libmylib.so', 'my lib'])('the name %j', (name) => {
    expectTypeError(
      () => findLibrary(name, { from: __filename }),
      /expected the name of a crate, got string/,
      'ERR_RUSTDLL_PATH',
    );
  });

  test.each([undefined, null, 5, {}])('the name %p', (name) => {
    expectTypeError(() => findLibrary(name as never, { from: __filename }), /expected the name of a crate, got/);
  });

  test.each([undefined, null, 'text', {}])('the options %p', (options) => {
    expectTypeError(() => findLibrary('my-lib', options as never), /expected where to begin/);
  });

  test.each([5, null, {}])('from %p', (from) => {
    expectTypeError(() => findLibrary('my-lib', { from: from as never }), /`from`: expected a string or a file: URL/);
  });

  test.each(['', '/x\0', 'https://example.com/x.js'])('from %j', (from) => {
    const given = from.startsWith('https') ? new URL(from) : from;
    expectTypeError(() => findLibrary('my-lib', { from: given }), /`from`/, 'ERR_RUSTDLL_PATH');
  });

  test.each(['', '../release', 'a\0', 5, null])('profile %j', (profile) => {
    expectTypeError(() => findLibrary('my-lib', { from: __filename, profile: profile as never }), /`profile`/);
  });
});
