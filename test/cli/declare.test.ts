/** The declarations of plain functions, from debug information and sources. */

import { execFileSync } from 'node:child_process';
import * as fs from 'node:fs';
import * as path from 'node:path';
import { RustDLL } from '../../src-ts/index';
import { libraryPath } from '../support/kernels';
import { isElf, plainLibrary } from '../support/plain';
import { removeFolder, ROOT, rustdll, temporaryFolder } from './command';

let folder: string;
beforeEach(() => (folder = temporaryFolder()));
afterEach(() => removeFolder(folder));

const describeElf = isElf ? describe : describe.skip;

describeElf('declare', () => {
  test('prints what the library has, in the spelling of the source', () => {
    const { code, stdout, stderr } = rustdll(['declare', plainLibrary('debug')], folder);
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    const lines = stdout.trimEnd().split('\n');
    expect(lines).toEqual(
      expect.arrayContaining(['fn add(a: i64, b: i64) -> i64;', 'fn scale(v: &mut PyVec<f64>, by: f64);']),
    );
    expect(lines).toContain('fn count(text: &PyStr) -> usize;');
    expect(lines).toContain('fn join(v: &PyVec<&PyStr>) -> i64;');
    expect(lines).toContain('// fn text(s: &str) -> i64: parameter 1 (s) is &str');
    expect(lines).toContain(
      '// fn pattern(y: f64) -> i64: it has a parameter with a pattern, which the compiler does not describe',
    );
    // All of it can be pasted.
    const declared = new RustDLL(plainLibrary('debug')).declare(stdout as 'fn add(a: i64, b: i64) -> i64');
    expect(Object.keys(declared)).toHaveLength(lines.filter((line) => line.startsWith('fn ')).length);
    expect(declared.add(1, 2)).toBe(3);
  });

  test('takes the types alone where the source is elsewhere', () => {
    fs.copyFileSync(plainLibrary('packed'), path.join(folder, 'libplain.so'));
    fs.copyFileSync(`${plainLibrary('packed')}.dwp`, path.join(folder, 'libplain.so.dwp'));
    const { code, stdout } = rustdll(['declare', 'libplain.so'], folder);
    expect(code).toBe(0);
    expect(stdout).toMatch(/^fn count\(text: &Py(?:Str|Vec<u8>)\) -> usize;$/m);
    expect(stdout).toMatch(/^\/\/ twin_[ab]: the compiler has merged it with twin_[ab], whose code is the same$/m);
  });

  test('writes a module', () => {
    const out = path.join('src', 'plain.mjs');
    const { code, stdout, stderr } = rustdll(['declare', plainLibrary('debug'), '--out', out], folder);
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(stdout).toMatch(/^src\/plain\.mjs: \d+ functions\n$/);
    expect(rustdll(['declare', plainLibrary('debug'), '--out', out], folder).stdout).toMatch(/, unchanged\n$/);
    fs.mkdirSync(path.join(folder, 'node_modules'));
    fs.symlinkSync(ROOT, path.join(folder, 'node_modules', 'rustdll'), 'junction');
    const program = `import { open } from './src/plain.mjs'; console.log(open(process.argv[1]).add(2, 3));`;
    const args = ['--input-type=module', '-e', program, plainLibrary('debug')];
    expect(execFileSync(process.execPath, args, { cwd: folder, encoding: 'utf8' })).toBe('5\n');

    expect(rustdll(['declare', plainLibrary('debug'), '--out', 'plain.ts'], folder)).toMatchObject({ code: 0 });
    expect(fs.readFileSync(path.join(folder, 'plain.ts'), 'utf8')).toContain(
      'export function open(path: string | URL) {',
    );
  });

  test('without types nothing is known', () => {
    const { code, stdout, stderr } = rustdll(['declare', plainLibrary('stripped')], folder);
    expect({ code, stdout }).toEqual({ code: 1, stdout: '' });
    expect(stderr).toMatch(/^error: nothing is known of the plain functions of .+: it has no debug information\n/);
  });

  test('but for the sources that Cargo lists', () => {
    const { code, stdout } = rustdll(['declare', libraryPath('kernels')], folder);
    expect(code).toBe(0);
    expect(stdout).toContain(
      '// add is from the source, unchecked: it has no debug information\nfn add(a: i64, b: i64) -> i64;\n',
    );
  });

  test('inspect and doctor say what is known, and why not', () => {
    const inspected = rustdll(['inspect', plainLibrary('release')], folder);
    expect(inspected).toMatchObject({ code: 0, stderr: '' });
    expect(inspected.stdout).toContain('\n  count\n    fn count(text: &PyStr) -> usize\n');
    expect(inspected.stdout).toMatch(
      /\n {2}without types: the compiler has merged it with \w+, whose code is the same\n/,
    );
    const json = JSON.parse(rustdll(['inspect', plainLibrary('debug'), '--json'], folder).stdout);
    expect(json.plain).toContainEqual({
      name: 'count',
      rust: 'fn count(text: &PyVec<u8>) -> usize',
      declaration: 'fn count(text: &PyStr) -> usize',
      checked: true,
    });
    expect(rustdll(['doctor', plainLibrary('debug')], folder).stdout).toMatch(
      /Debug information has the types of its \d+ plain functions: calls are checked\.\n/,
    );
    expect(rustdll(['doctor', plainLibrary('stripped')], folder).stdout).toMatch(
      /has the types of 0 of its \d+ plain functions\. The others are not checked:\n +it has no debug information\n/,
    );
  });
});

test('a library that is not there', () => {
  expect(rustdll(['declare', 'libnone.so'], folder)).toMatchObject({ code: 1, stdout: '' });
});
