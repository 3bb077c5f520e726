import * as fs from 'node:fs';
import * as os from 'node:os';
import * as path from 'node:path';
import { pathToFileURL } from 'node:url';
import { RustDLLError } from '../../../src-ts/errors/errors';
import { findLibrary } from '../../../src-ts/file/find';
import { nativePlaces } from '../../../src-ts/file/native';
import { runningLibc } from '../../../src-ts/runtime/libc';
import { expectError, expectTypeError, thrownBy } from '../../support/errors';
import { libraryPath } from '../../support/kernels';

const FILE = { win32: 'my_lib.dll', darwin: 'libmy_lib.dylib' }[process.platform as string] ?? 'libmy_lib.so';

/** The folders of `native` for this process. */
const NATIVE = nativePlaces('my-lib').map((place) => path.basename(path.dirname(place)));

/** The folder of a target with this machine's processor. */
const CPU = `${process.arch === 'x64' ? 'x86_64' : 'aarch64'}-unknown-linux-musl`;

/** Returns the library with another name for the C library that it needs: that of musl, in as many bytes. */
function muslImage(library: Buffer): Buffer {
  const text = library.toString('latin1').replaceAll('libc.so.6\0', 'libc.so\0\0\0').replaceAll('GLIBC_', 'MUSLC_');
  return Buffer.from(text, 'latin1');
}

const VARIABLES = ['CARGO_TARGET_DIR', 'CARGO_BUILD_TARGET_DIR', 'CARGO_HOME'];
const before = VARIABLES.map((name) => [name, process.env[name]] as const);
let root: string;
let start: string;
let entry: string;
let clock = 0;
beforeEach(() => {
  for (const name of VARIABLES) Reflect.deleteProperty(process.env, name);
  root = fs.mkdtempSync(path.join(os.tmpdir(), 'rustdll-find-'));
  start = path.join(root, 'packages', 'app', 'src');
  fs.mkdirSync(start, { recursive: true });
  entry = path.join(start, 'main.mjs');
  fs.writeFileSync(entry, '');
  process.env['CARGO_HOME'] = path.join(root, 'home', '.cargo');
});
afterEach(() => {
  for (const [name, value] of before) {
    if (value === undefined) Reflect.deleteProperty(process.env, name);
    else process.env[name] = value;
  }
  fs.rmSync(root, { recursive: true });
});

/** Puts a library into a folder below the root, newer than all earlier ones. */
function put(...folders: string[]): string {
  return putFile('', ...folders);
}

function putFile(bytes: string | Buffer, ...folders: string[]): string {
  const file = path.join(root, ...folders, FILE);
  fs.mkdirSync(path.dirname(file), { recursive: true });
  fs.writeFileSync(file, bytes);
  touch(file);
  return file;
}

function touch(file: string): void {
  fs.utimesSync(file, 1_700_000_000, 1_700_000_000 + ++clock);
}

/** Writes a configuration of Cargo below the root. */
function configure(text: string, ...place: string[]): string {
  const file = path.join(root, ...place);
  fs.mkdirSync(path.dirname(file), { recursive: true });
  fs.writeFileSync(file, text);
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

  test('the nearer is taken, also where it is older', () => {
    const order = [
      put('packages', 'app', 'src'),
      put('packages', 'target', 'release'),
      put('packages', 'target', 'debug'),
      put('target', 'release'),
      put('target', 'debug'),
    ];
    const [beside, release, debug, farRelease, farDebug] = order as [string, string, string, string, string];
    for (const file of [beside, debug, release, farDebug, farRelease]) {
      expect(findLibrary('my-lib', { from: entry })).toBe(file);
      fs.rmSync(file);
    }
    expect(thrownBy(() => findLibrary('my-lib', { from: entry }))).toMatchObject({ code: 'ERR_RUSTDLL_NOT_FOUND' });
  });

  test.each([
    ['beside the module', ['packages', 'app', 'src']],
    ['in the folder above', ['packages', 'app']],
    ['in the root', []],
  ])('shipped for this platform, %s', (_, folders) => {
    const file = put(...folders, 'native', `${process.platform}-${process.arch}`);
    put(...folders, 'native', 'plan9-mips');
    // What somebody else builds for another crate of that name.
    process.env['CARGO_TARGET_DIR'] = path.join(root, 'elsewhere');
    put('elsewhere', 'release');
    for (const from of [entry, start]) expect(findLibrary('my-lib', { from })).toBe(file);
    if (folders[2] !== undefined) {
      const beside = put(...folders);
      touch(file);
      expect(findLibrary('my-lib', { from: entry })).toBe(beside);
    }
  });

  test('a later build in the target beside `native` is taken', () => {
    const shipped = put('packages', 'app', 'native', `${process.platform}-${process.arch}`);
    const debug = put('packages', 'app', 'target', 'debug');
    const find = (profile?: string): string => {
      return findLibrary('my-lib', profile === undefined ? { from: entry } : { from: entry, profile });
    };
    expect(find()).toBe(debug);
    expect(find('dev')).toBe(debug);
    expect(find('release')).toBe(shipped);
    touch(shipped);
    expect(find()).toBe(shipped);
    expect(find('dev')).toBe(debug);
    put('target', 'release');
    expect(find()).toBe(shipped);
  });

  const isGlibc = process.platform === 'linux' && runningLibc()?.name === 'glibc';
  (isGlibc ? test : test.skip)('one for musl is not shipped to glibc', () => {
    const library = fs.readFileSync(libraryPath('example'));
    const plain = `${process.platform}-${process.arch}`;
    const musl = putFile(muslImage(library), 'native', plain);
    const built = putFile(library, 'target', 'release');
    touch(musl);
    expect(findLibrary('my-lib', { from: entry })).toBe(built);
    putFile(library, 'native', `${plain}-musl`);
    fs.rmSync(built);
    // The error of opening it says what is wrong.
    expect(findLibrary('my-lib', { from: entry })).toBe(musl);
    fs.rmSync(musl);
    expect(thrownBy(() => findLibrary('my-lib', { from: entry }))).toMatchObject({ code: 'ERR_RUSTDLL_NOT_FOUND' });
  });

  test('of one target directory the newest is taken, whatever its profile', () => {
    const files = [
      put('target', 'release'),
      put('target', 'debug'),
      put('target', 'release-lto'),
      put('target', CPU, 'debug'),
      put('target', CPU, 'fast'),
    ];
    for (const file of files.reverse()) {
      touch(file);
      expect(findLibrary('my-lib', { from: entry })).toBe(file);
    }
  });

  test("the other folders of Cargo's and of tools hold no library that was built", () => {
    const file = put('target', 'debug');
    for (const folders of [
      ['debug', 'deps'],
      ['debug', 'examples'],
      [CPU, 'deps'],
      ['llvm-cov-target', 'debug'],
      ['package', 'my-lib-1.0.0', 'target', 'debug'],
    ]) {
      put('target', ...folders);
    }
    expect(findLibrary('my-lib', { from: entry })).toBe(file);
  });

  const isLinux = process.platform === 'linux';
  (isLinux ? test : test.skip)('a newer one for another system is taken only where there is no other', () => {
    const kernels = fs.readFileSync(libraryPath('kernels'));
    const other = Buffer.from(kernels);
    other.writeUInt16LE(process.arch === 'x64' ? 183 : 62, 18);
    const old = putFile(kernels, 'target', 'release');
    const musl = putFile(muslImage(kernels), 'target', CPU, 'release');
    const far = putFile(other, 'target', 'debug');
    expect(findLibrary('my-lib', { from: entry })).toBe(old);
    touch(old);
    // A damaged library takes precedence over an older one that is whole.
    const damaged = putFile(kernels.subarray(0, 9000), 'target', 'fast');
    expect(findLibrary('my-lib', { from: entry })).toBe(damaged);
    for (const file of [damaged, old]) fs.rmSync(file);
    expect(findLibrary('my-lib', { from: entry })).toBe(far);
    fs.rmSync(far);
    expect(findLibrary('my-lib', { from: entry })).toBe(musl);
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

  test('one profile only, of another target too', () => {
    put('target', 'release');
    const debug = put('target', CPU, 'debug');
    put('target', CPU, 'release');
    expect(findLibrary('my-lib', { from: entry, profile: 'dev' })).toBe(debug);
  });

  test.each(['CARGO_TARGET_DIR', 'CARGO_BUILD_TARGET_DIR'])("Cargo's own target directory: %s", (variable) => {
    const usual = put('packages', 'app', 'target', 'release');
    const chosen = put('elsewhere', 'debug');
    process.env[variable] = path.join(root, 'elsewhere');
    expect(findLibrary('my-lib', { from: entry })).toBe(chosen);
    process.env[variable] = 'elsewhere';
    expect(findLibrary('my-lib', { from: entry })).toBe(chosen);
    process.env[variable] = 'nowhere';
    expect(findLibrary('my-lib', { from: entry })).toBe(usual);
    process.env[variable] = '';
    expect(findLibrary('my-lib', { from: entry })).toBe(usual);
  });

  test('the environment is stronger than a configuration, and that stronger than the default', () => {
    const usual = put('packages', 'app', 'src', 'target', 'debug');
    const home = put('of-home', 'debug');
    const far = put('far', 'debug');
    const near = put('packages', 'near', 'debug');
    const build = put('build', 'debug');
    const chosen = put('chosen', 'debug');
    const take = (): string => findLibrary('my-lib', { from: entry });
    expect(take()).toBe(usual);
    configure("build = { target-dir = 'of-home' }", 'home', '.cargo', 'config.toml');
    // Paths are relative to the folder that contains `.cargo`.
    fs.renameSync(path.join(root, 'of-home'), path.join(root, 'home', 'of-home'));
    expect(take()).toBe(home.replace('of-home', path.join('home', 'of-home')));
    configure('[build]\ntarget-dir = "far"\n', '.cargo', 'config.toml');
    expect(take()).toBe(far);
    configure('[build]\ntarget-dir = "near"\n', 'packages', '.cargo', 'config.toml');
    expect(take()).toBe(near);
    process.env['CARGO_BUILD_TARGET_DIR'] = path.join(root, 'build');
    expect(take()).toBe(build);
    process.env['CARGO_TARGET_DIR'] = path.join(root, 'chosen');
    expect(take()).toBe(chosen);
  });

  test('a configuration without an extension is read in place of the other', () => {
    put('two', 'debug');
    const one = put('one', 'debug');
    configure('build.target-dir = "two"', '.cargo', 'config.toml');
    configure('build.target-dir = "one"', '.cargo', 'config');
    expect(findLibrary('my-lib', { from: entry })).toBe(one);
  });

  test.each([
    ['a text that is no TOML', 'build]\ntarget-dir = "other"'],
    ['nothing', ''],
    ['an empty path', 'build.target-dir = ""'],
    ['another type', 'build.target-dir = ["other"]'],
    ['a table that is called so', '[build.target-dir]\nx = "other"'],
  ])('a configuration that names none: %s', (_, text) => {
    put('other', 'debug');
    const usual = put('target', 'debug');
    configure(text, '.cargo', 'config.toml');
    expect(findLibrary('my-lib', { from: entry })).toBe(usual);
  });

  test('a configuration that is a folder, or too large', () => {
    put('other', 'debug');
    const usual = put('target', 'debug');
    fs.mkdirSync(path.join(root, 'packages', '.cargo', 'config.toml'), { recursive: true });
    configure(`build.target-dir = "other"\n${'#'.repeat(1 << 20)}`, '.cargo', 'config.toml');
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
    const from = path.join(root, 'app.asar', 'dist', 'main.js');
    expect(findLibrary('my-lib', { from })).toBe(file);
    fs.rmSync(file);
    const shipped = put('app.asar.unpacked', 'native', `${process.platform}-${process.arch}`);
    expect(findLibrary('my-lib', { from })).toBe(shipped);
  });
});

describe('where none is', () => {
  test('every place tried is listed, in order', () => {
    const from = path.join(path.parse(root).root, 'a', 'b', 'main.js');
    const { message } = thrownBy(() => findLibrary('my-lib', { from }));
    const top = path.parse(root).root;
    const folders = [path.join(top, 'a', 'b'), path.join(top, 'a'), top];
    const places = [
      path.join(top, 'a', 'b'),
      ...folders.flatMap((folder) => NATIVE.map((name) => path.join(folder, 'native', name))),
      ...folders.flatMap((folder) => [path.join(folder, 'target', 'release'), path.join(folder, 'target', 'debug')]),
    ];
    expect(message.split('\n')).toEqual([
      `RustDLL.find: there is no library of a crate 'my-lib'; is it built, with crate-type = ["cdylib"]? Tried:`,
      ...places.map((place) => `  ${path.join(place, FILE)}`),
    ]);
    expectError(() => findLibrary('my-lib', { from }), RustDLLError, 'ERR_RUSTDLL_NOT_FOUND', 'my-lib');
  });

  test('the places that a variable or a configuration chose are listed with it', () => {
    process.env['CARGO_TARGET_DIR'] = path.join(root, 'chosen');
    const file = configure('build.target-dir = "configured"', '.cargo', 'config.toml');
    put('chosen', 'release-lto', 'deep');
    const { message } = thrownBy(() => findLibrary('my-lib', { from: entry }));
    const chosen = path.join(root, 'chosen');
    const lines = message.split('\n').filter((line) => !line.includes(`${path.sep}native${path.sep}`));
    expect(lines.slice(1, 8)).toEqual([
      `  ${path.join(start, FILE)}`,
      `  ${path.join(chosen, 'release', FILE)} (CARGO_TARGET_DIR)`,
      `  ${path.join(chosen, 'debug', FILE)} (CARGO_TARGET_DIR)`,
      `  ${path.join(chosen, 'release-lto', FILE)} (CARGO_TARGET_DIR)`,
      `  ${path.join(root, 'configured', 'release', FILE)} (${file})`,
      `  ${path.join(root, 'configured', 'debug', FILE)} (${file})`,
      `  ${path.join(start, 'target', 'release', FILE)}`,
    ]);
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
    const has = (_: string, reference: string): boolean =>
      [granted, path.dirname(granted)].includes(reference) || reference.startsWith(start);
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
