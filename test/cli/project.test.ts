/** A new project, from `rustdll new` to its own tests. */

import { spawnSync } from 'node:child_process';
import * as fs from 'node:fs';
import * as path from 'node:path';
import { libraryFile } from '../support/kernels';
import { removeFolder, ROOT, Running, rustdll, temporaryFolder } from './command';

/**
 * A folder where Cargo finds the dependencies as the fixtures' build left them, inside a workspace that does not
 * include the project.
 */
const WORKSHOP = path.join(ROOT, 'test', 'fixtures', 'target', 'cli');
const PROJECT = path.join(WORKSHOP, 'my-geo');
const TARGET = path.join(WORKSHOP, 'target');
const ENVIRONMENT = { CARGO_TARGET_DIR: TARGET };

const { version } = jest.requireActual<{ version: string }>('../../package.json');

describe('new', () => {
  let folder: string;
  beforeAll(() => (folder = temporaryFolder()));
  afterAll(() => removeFolder(folder));

  test('in a checkout, depends on that', () => {
    const place = path.join('crates', 'geo');
    const { code, stdout, stderr } = rustdll(['new', place], folder);
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(stdout).toMatch(new RegExp(`^made ${place.replaceAll('\\', '\\\\')}: Cargo.toml, .+\n\nNext:\n  cd `));
    const project = path.join(folder, place);
    const read = (file: string): string => fs.readFileSync(path.join(project, file), 'utf8');
    const root = path.relative(project, ROOT).replaceAll('\\', '/');
    expect(read('Cargo.toml')).toContain(`\nrustdll = { path = "${root}/rust/rustdll" }\n`);
    expect(read('Cargo.toml')).not.toContain('[workspace]');
    expect(JSON.parse(read('package.json'))).toMatchObject({ name: 'geo', dependencies: { rustdll: `file:${root}` } });
  });

  test('installed, depends on what is published', () => {
    const installed = path.join(folder, 'node_modules', 'rustdll');
    for (const part of ['dist', 'package.json']) {
      fs.cpSync(path.join(ROOT, part), path.join(installed, part), { recursive: true });
    }
    fs.symlinkSync(path.join(ROOT, 'node_modules'), path.join(installed, 'node_modules'), 'junction');
    const command = path.join(installed, 'dist', 'cli', 'main.js');
    const { status, stderr } = spawnSync(process.execPath, [command, 'new', 'far'], { cwd: folder, encoding: 'utf8' });
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
    const read = (file: string): string => fs.readFileSync(path.join(folder, 'far', file), 'utf8');
    expect(read('Cargo.toml')).toContain(`\nrustdll = "${version.split('.').slice(0, 2).join('.')}"\n`);
    expect(JSON.parse(read('package.json'))).toMatchObject({ name: 'far', dependencies: { rustdll: `^${version}` } });
  });

  test('refuses what exists, whatever it is', () => {
    fs.mkdirSync(path.join(folder, 'empty'));
    fs.writeFileSync(path.join(folder, 'file'), 'mine');
    for (const name of ['empty', 'file']) {
      const { code, stdout, stderr } = rustdll(['new', name], folder);
      expect({ code, stdout }).toEqual({ code: 1, stdout: '' });
      expect(stderr).toBe(`error: ${name} exists already\n  Choose another name, or remove it first.\n`);
    }
    expect(fs.readdirSync(path.join(folder, 'empty'))).toEqual([]);
    expect(fs.readFileSync(path.join(folder, 'file'), 'utf8')).toBe('mine');
  });
});

describe('build', () => {
  beforeAll(() => {
    removeFolder(PROJECT);
    fs.mkdirSync(WORKSHOP, { recursive: true });
    const crate = path.relative(WORKSHOP, path.join(ROOT, 'rust', 'rustdll'));
    const args = ['new', 'my-geo', '--crate-path', crate, '--package-path', path.relative(WORKSHOP, ROOT)];
    expect(rustdll(args, WORKSHOP)).toMatchObject({ code: 0, stderr: '' });
    fs.mkdirSync(path.join(PROJECT, 'node_modules'));
    fs.symlinkSync(ROOT, path.join(PROJECT, 'node_modules', 'rustdll'), 'junction');
  });

  function write(file: string, change: (text: string) => string): void {
    fs.writeFileSync(path.join(PROJECT, file), change(fs.readFileSync(path.join(PROJECT, file), 'utf8')));
  }

  test('a new project builds, passes its tests and its types', () => {
    const { scripts, dependencies } = JSON.parse(fs.readFileSync(path.join(PROJECT, 'package.json'), 'utf8'));
    const [command, ...args] = scripts.build.split(' ');
    expect(command).toBe('rustdll');
    expect(dependencies).toEqual({ rustdll: `file:${path.relative(PROJECT, ROOT).replaceAll('\\', '/')}` });

    const built = rustdll(args, PROJECT, ENVIRONMENT);
    const library = path.join(TARGET, 'release', libraryFile('my_geo'));
    expect(built).toMatchObject({ code: 0, stdout: `built ${library}\ntypes my_geo.d.ts: 7 functions\n` });
    expect(built.stderr).toContain('Finished `release`');

    const node = (...words: string[]): { status: number | null; output: string } => {
      const env = { ...process.env, ...ENVIRONMENT };
      const { status, stdout, stderr } = spawnSync(process.execPath, words, { cwd: PROJECT, encoding: 'utf8', env });
      return { status, output: stdout + stderr };
    };
    expect(scripts.test).toBe('node --test');
    expect(node('--test', '--test-reporter=tap')).toEqual({ status: 0, output: expect.stringContaining('# pass 6') });

    // The compiler's configuration is outside of the project, which has no compiler.
    const config = path.join(WORKSHOP, 'tsconfig.json');
    const compilerOptions = {
      ...{ strict: true, exactOptionalPropertyTypes: true, noUncheckedIndexedAccess: true },
      ...{ checkJs: true, noEmit: true, target: 'es2022', lib: ['es2024', 'esnext.disposable'], module: 'node16' },
      ...{ types: ['node'], typeRoots: [path.join(ROOT, 'node_modules', '@types')] },
    };
    const include = ['my-geo/index.js', 'my-geo/test', 'my-geo/*.d.ts'];
    fs.writeFileSync(config, JSON.stringify({ compilerOptions, include }));
    expect(node(require.resolve('typescript/bin/tsc'), '-p', config)).toEqual({ status: 0, output: '' });
  }, 600_000);

  test('what Cargo refuses is shown, and fails', () => {
    write('src/lib.rs', (text) => `${text}\ncompile_error!("nothing will do");\n`);
    const { code, stdout, stderr } = rustdll(['build'], PROJECT, ENVIRONMENT);
    write('src/lib.rs', (text) => text.replace(/\ncompile_error.+\n/, ''));
    expect({ code, stdout }).toEqual({ code: 1, stdout: '' });
    expect(stderr).toMatch(/error: nothing will do\n[^]+\nerror: cargo build failed\n$/);
  });

  test('a crate that is no cdylib', () => {
    write('Cargo.toml', (text) => text.replace('"cdylib", ', ''));
    const { code, stderr } = rustdll(['build'], PROJECT, ENVIRONMENT);
    write('Cargo.toml', (text) => text.replace('"rlib"', '"cdylib", "rlib"'));
    expect(code).toBe(1);
    expect(stderr).toMatch(/^error: .+Cargo\.toml: no library that can be loaded is built here\n/);
    expect(stderr).toContain('\n  [lib]\n  crate-type = ["cdylib"]\n');
  });

  test('a package that is not there', () => {
    const { code, stderr } = rustdll(['build', '-p', 'other'], PROJECT, ENVIRONMENT);
    expect(code).toBe(1);
    expect(stderr).toContain(`error: there is no package \`other\` in ${PROJECT}\n  It has my-geo.\n`);
  });

  test('arguments for Cargo, and no declarations', () => {
    const { code, stdout, stderr } = rustdll(['build', '--no-types', '--', '--features', 'none'], PROJECT, ENVIRONMENT);
    expect({ code, stdout }).toEqual({ code: 1, stdout: '' });
    expect(stderr).toMatch(/none/);
  });

  test('in a workspace, the crate of the folder', () => {
    const workspace = path.join(WORKSHOP, 'workspace');
    removeFolder(workspace);
    for (const name of ['one', 'two']) {
      fs.mkdirSync(path.join(workspace, name, 'src'), { recursive: true });
      const manifest = `[package]\nname = "${name}"\nversion = "0.0.0"\n[lib]\ncrate-type = ["cdylib"]\n`;
      fs.writeFileSync(path.join(workspace, name, 'Cargo.toml'), manifest);
      fs.writeFileSync(path.join(workspace, name, 'src', 'lib.rs'), '');
    }
    fs.writeFileSync(path.join(workspace, 'Cargo.toml'), '[workspace]\nresolver = "2"\nmembers = ["one", "two"]\n');

    const built = (name: string): string => `built ${path.join(TARGET, 'debug', libraryFile(name))}\n`;
    const build = (cwd: string, ...args: string[]) => rustdll(['build', '--debug', ...args], cwd, ENVIRONMENT);
    expect(build(path.join(workspace, 'one', 'src'))).toMatchObject({ code: 0, stdout: built('one') });
    expect(build(workspace)).toMatchObject({ code: 0, stdout: expect.stringContaining(built('two')) });
    expect(build(workspace, '-p', 'two')).toMatchObject({ code: 0, stdout: built('two') });
    const manifest = path.join('two', 'Cargo.toml');
    expect(build(workspace, '--manifest-path', manifest)).toMatchObject({ code: 0, stdout: built('two') });
    expect(build(workspace, '--types', 'x.d.ts')).toMatchObject({
      code: 2,
      stdout: '',
      stderr: 'error: --types names one file, and there are 2 crates here: one, two\n  Choose one with --package.\n',
    });
  });

  test('types: of what was built last', () => {
    const { code, stdout } = rustdll(['types', '--out', '-'], PROJECT, ENVIRONMENT);
    expect(code).toBe(0);
    expect(stdout).toContain('export declare function greet(name: string): string;');
  });

  describe('what is built, found and typed is one library', () => {
    const crate = path.join(WORKSHOP, 'placed');
    const target = path.join(crate, 'target');
    const host = /host: (.+)/.exec(spawnSync('rustc', ['-vV'], { encoding: 'utf8' }).stdout)?.[1] as string;
    const none = { CARGO_TARGET_DIR: undefined, CARGO_BUILD_TARGET_DIR: undefined, CARGO_BUILD_TARGET: undefined };
    const config = path.join(crate, '.cargo', 'config.toml');

    beforeAll(() => {
      removeFolder(crate);
      for (const folder of ['src', '.cargo']) fs.mkdirSync(path.join(crate, folder), { recursive: true });
      const manifest =
        '[package]\nname = "placed-lib"\nversion = "0.0.0"\n[lib]\ncrate-type = ["cdylib"]\n[workspace]\n' +
        '[profile.fast]\ninherits = "release"\n';
      fs.writeFileSync(path.join(crate, 'Cargo.toml'), manifest);
      fs.writeFileSync(path.join(crate, 'src', 'lib.rs'), '');
    });

    /** Returns the path that `build` prints, which `find` and `types` have to find as well. */
    function built(changes: Record<string, string>, ...args: string[]): string {
      const env = { ...none, ...changes };
      const { stdout, stderr } = rustdll(['build', ...args], crate, env);
      const file = /^built (.+)$/m.exec(stdout)?.[1];
      if (file === undefined) throw new Error(stderr);
      const program = `
        const { RustDLL } = require(${JSON.stringify(ROOT)});
        process.stdout.write(RustDLL.find('placed-lib', { from: ${JSON.stringify(path.join(crate, 'src'))} }));`;
      const found = spawnSync(process.execPath, ['-e', program], {
        cwd: crate,
        env: { ...process.env, ...env },
        encoding: 'utf8',
      });
      expect(found).toMatchObject({ stdout: path.resolve(crate, file), stderr: '' });
      const typed = rustdll(['types'], crate, env);
      expect(typed.stderr).toContain(`${path.resolve(crate, file)} has no functions exported`);
      return path.resolve(crate, file);
    }

    const name = libraryFile('placed_lib');

    test.each([
      ['the default', {}, '', [], ['target', 'release']],
      ['another profile', {}, '', ['--debug'], ['target', 'debug']],
      ['the first one again, which is up to date', {}, '', [], ['target', 'release']],
      ['a profile of its own', {}, '', ['--profile', 'fast'], ['target', 'fast']],
      ['the profile dev', {}, '', ['--profile', 'dev'], ['target', 'debug']],
      ['a profile among the arguments', {}, '', ['--debug', '--', '--profile', 'fast'], ['target', 'fast']],
      ['a target among the arguments', {}, '', ['--', '--target', host], ['target', host, 'release']],
      ['CARGO_BUILD_TARGET', { CARGO_BUILD_TARGET: host }, '', ['--debug'], ['target', host, 'debug']],
      ['CARGO_TARGET_DIR', { CARGO_TARGET_DIR: 'first' }, '', [], ['first', 'release']],
      ['CARGO_BUILD_TARGET_DIR', { CARGO_BUILD_TARGET_DIR: 'second' }, '', [], ['second', 'release']],
      ['target-dir', {}, '[build]\ntarget-dir = "third"\n', [], ['third', 'release']],
      ['target', {}, `[build]\ntarget = "${host}"\n`, [], ['target', host, 'release']],
      ['both', {}, `build = { target = ["${host}"], target-dir = 'fourth' }`, ['--debug'], ['fourth', host, 'debug']],
    ])('%s', (_, changes, text, args, place) => {
      fs.writeFileSync(config, text);
      expect(built(changes as Record<string, string>, ...args)).toBe(path.join(crate, ...place, name));
    });

    test('none is built', () => {
      fs.writeFileSync(config, '[build]\ntarget-dir = "fifth"\n');
      const { code, stderr } = rustdll(['types'], crate, none);
      expect(code).toBe(1);
      expect(stderr).toBe(`error: no library is built in fifth\n  Build it: rustdll build\n`);
      expect(fs.existsSync(target)).toBe(true);
    });
  });

  test('--watch: again when a source changes, and after an error', async () => {
    const running = new Running(['build', '--watch', '--types', 'my_geo.d.ts'], PROJECT, ENVIRONMENT);
    try {
      await running.until('watching for changes');
      write('src/lib.rs', (text) => `${text}\ncompile_error!("not yet");\n`);
      await running.until('cargo build failed');
      await running.until('watching for changes');
      write('src/lib.rs', (text) => text.replace(/\ncompile_error.+\n/, '').replace('fn greet(', 'fn welcome('));
      await running.until('my_geo.d.ts: 7 functions\n');
      expect(fs.readFileSync(path.join(PROJECT, 'my_geo.d.ts'), 'utf8')).toContain('function welcome(name: string)');
    } finally {
      await running.stop();
    }
  }, 600_000);
});
