/** Commands for libraries that are built already. */

import { execFileSync } from 'node:child_process';
import * as fs from 'node:fs';
import * as path from 'node:path';
import { declarationText } from '../../src-ts/cli/declarations/declarations';
import { RustDLL, tableOf } from '../../src-ts/library/library';
import { signatureText } from '../../src-ts/levels/export/print';
import type { Table } from '../../src-ts/types/signature';
import { libraryFile, libraryPath } from '../support/kernels';
import { removeFolder, ROOT, Running, rustdll, temporaryFolder } from './command';

const EXPORTED = libraryPath('exported');
const KERNELS = libraryPath('kernels');

let folder: string;
beforeEach(() => (folder = temporaryFolder()));
afterEach(() => removeFolder(folder));

function tableAt(library: string): Table {
  return tableOf(new RustDLL(library)) as Table;
}

/** Copies a library into the folder of the test. */
function copyOf(library: string, name = 'geo'): string {
  const copy = path.join(folder, libraryFile(name));
  fs.copyFileSync(library, copy);
  return copy;
}

describe('types', () => {
  test('beside the library, to a file or printed', () => {
    const library = copyOf(EXPORTED);
    const { functions } = tableAt(EXPORTED);
    const text = declarationText(tableAt(EXPORTED), path.basename(library));
    const printed = rustdll(['types', library, '--out', '-'], folder);
    expect(printed).toEqual({ code: 0, stdout: text, stderr: '' });

    expect(rustdll(['types', path.basename(library)], folder)).toEqual({
      code: 0,
      stdout: `geo.d.ts: ${functions.length} functions\n`,
      stderr: '',
    });
    expect(fs.readFileSync(path.join(folder, 'geo.d.ts'), 'utf8')).toBe(text);
    const again = rustdll(['types', library], folder);
    expect(again).toEqual({ code: 0, stdout: `geo.d.ts: ${functions.length} functions, unchanged\n`, stderr: '' });

    const out = path.join('src', 'types', 'geo.d.ts');
    expect(rustdll(['types', library, '-o', out], folder)).toMatchObject({ code: 0, stderr: '' });
    expect(fs.readFileSync(path.join(folder, out), 'utf8')).toBe(text);
  });

  test('into a folder, under the usual name', () => {
    const library = copyOf(EXPORTED, 'my_geo');
    const text = declarationText(tableAt(EXPORTED), path.basename(library));
    fs.mkdirSync(path.join(folder, 'there'));
    for (const out of ['new/', path.join('new', 'deeper') + path.sep, 'there', '.']) {
      expect(rustdll(['types', library, '--out', out], folder)).toMatchObject({ code: 0, stderr: '' });
      const file = path.join(folder, out, 'my_geo.d.ts');
      expect(fs.readFileSync(file, 'utf8')).toBe(text);
    }
    fs.writeFileSync(path.join(folder, 'file'), '');
    const { code, stderr } = rustdll(['types', library, '--out', path.join('file', 'geo.d.ts')], folder);
    expect(code).toBe(1);
    expect(stderr).toMatch(/^error: cannot write .+geo\.d\.ts: E(NOTDIR|EXIST|NOENT)/);
    expect(stderr.split('\n')).toHaveLength(2);
  });

  test('a library without exported functions has none', () => {
    const { code, stdout, stderr } = rustdll(['types', libraryPath('clib'), '--out', 'clib.d.ts'], folder);
    expect({ code, stdout }).toEqual({ code: 1, stdout: '' });
    expect(stderr).toMatch(/^error: .+ has no functions exported with #\[export\]\n {2}.+RustDLL\.declare\(\).+\n$/);
    expect(fs.readdirSync(folder)).toEqual([]);
  });

  test.each([
    ['types', 'gone.so', 'there is no such file\n  Build it first: rustdll build\n'],
    ['inspect', 'gone.so', 'there is no such file\n'],
    ['types', path.join(ROOT, 'package.json'), 'it is a text file, not a library\n'],
    ['inspect', path.join(ROOT, 'package.json'), 'it is a text file, not a library\n'],
  ])('%s %s', (command, library, message) => {
    const { code, stdout, stderr } = rustdll([command, library], folder);
    expect({ code, stdout }).toEqual({ code: 1, stdout: '' });
    expect(stderr).toContain(message);
    expect(stderr).toMatch(/^error: cannot load '/);
    expect(stderr).not.toMatch(/^ +at /m);
  });

  test('--watch: again when the library is replaced', async () => {
    const library = copyOf(libraryPath('example'));
    const running = new Running(['types', library, '--watch'], folder);
    try {
      await running.until('has no functions exported');
      fs.rmSync(library);
      copyOf(EXPORTED);
      await running.until('geo.d.ts: ');
      expect(fs.readFileSync(path.join(folder, 'geo.d.ts'), 'utf8')).toContain('export declare function words(');
    } finally {
      await running.stop();
    }
  }, 600_000);
});

// The constructor ends the process. C has none on Windows.
const hasConstructors = process.platform !== 'win32';
(hasConstructors ? test : test.skip)('a library that ends the process which loads it does not end this one', () => {
  fs.writeFileSync(
    path.join(folder, 'bad.c'),
    '#include <stdlib.h>\n__attribute__((constructor)) static void start(void) { abort(); }\nint f(void) { return 1; }\n',
  );
  execFileSync('cc', ['-shared', '-fPIC', '-o', 'bad.so', 'bad.c'], { cwd: folder });
  const { code, stdout, stderr } = rustdll(['types', 'bad.so'], folder);
  expect({ code, stdout }).toEqual({ code: 1, stdout: '' });
  expect(stderr).toContain(`error: the process that loaded ${path.join(folder, 'bad.so')} ended with SIGABRT\n`);
  const doctor = rustdll(['doctor', 'bad.so'], folder);
  expect(doctor.code).toBe(1);
  expect(doctor.stdout).toMatch(/^fail library {3}the process that loaded .+ ended with SIGABRT$/m);
});

describe('inspect', () => {
  test('exported functions', () => {
    const { code, stdout, stderr } = rustdll(['inspect', EXPORTED], folder);
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    const table = tableAt(EXPORTED);
    expect(stdout).toContain(`crate     rustdll ${table.crate}, contract 2, built for ${table.target}\n`);
    expect(stdout).toContain('panics    are thrown\n');
    expect(stdout).toContain(`\n${table.functions.length} exported functions\n`);
    for (const signature of table.functions) expect(stdout).toContain(`\n  ${signatureText(signature)}\n`);
    expect(stdout).toMatch(/\n {4}fn divide\(a: f64, b: f64\) -> Result<f64> exported::/);
    expect(stdout).toMatch(/\n {4}fn normalize\(\w+: &mut \[f64\]\) exported::/);
    const docs = table.functions.map(({ doc }) => doc.split('\n')[0] as string).filter((line) => line !== '');
    expect(docs.length).toBeGreaterThan(0);
    for (const line of docs) expect(stdout).toContain(`\n    ${line}\n`);
    // Symbols that the crate adds are not listed.
    expect(stdout).not.toMatch(/rustdll_|linkm/);
  });

  test('--json', () => {
    const { code, stdout } = rustdll(['inspect', EXPORTED, '--json'], folder);
    const table = tableAt(EXPORTED);
    expect(code).toBe(0);
    const found = JSON.parse(stdout);
    expect(found).toMatchObject({
      path: EXPORTED,
      platform: process.platform,
      arch: process.arch,
      exported: { contract: 2, crate: table.crate, target: table.target, panic: 'unwind' },
    });
    expect(found.exported.functions.map(({ name }: { name: string }) => name)).toEqual(
      table.functions.map(({ name }) => name),
    );
    expect(found.exported.functions.find(({ name }: { name: string }) => name === 'divide')).toEqual({
      name: 'divide',
      typescript: 'divide(a: number, b: number): number',
      rust: 'fn divide(a: f64, b: f64) -> Result<f64>',
      doc: expect.any(String),
      module: expect.stringMatching(/^exported::/),
      throws: true,
      bigint: false,
      async: false,
      background: true,
      hash: expect.stringMatching(/^[0-9a-f]{16}$/),
    });
    expect(found.symbols).toContainEqual({ name: 'test', kind: 'function' });
  });

  test('a plain library', () => {
    const { code, stdout, stderr } = rustdll(['inspect', libraryPath('clib')], folder);
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(stdout).toMatch(/\n\d+ plain functions\n/);
    expect(stdout).not.toContain('contract');
    const json = JSON.parse(rustdll(['inspect', libraryPath('clib'), '--json'], folder).stdout);
    expect(json.exported).toBeNull();
    for (const { name } of json.symbols) expect(stdout).toContain(`\n  ${name}\n`);
  });

  const isElf = process.platform === 'linux';
  (isElf ? test : test.skip)('a library for another processor', () => {
    const library = copyOf(EXPORTED);
    const bytes = fs.readFileSync(library);
    bytes.writeUInt16LE(process.arch === 'x64' ? 183 : 62, 18);
    fs.writeFileSync(library, bytes);
    const { code, stdout, stderr } = rustdll(['inspect', library], folder);
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(stdout).toMatch(/^exported {2}cannot be told: it is a linux-\w+ library; this process is linux-\w+$/m);
    expect(stdout).toContain('\n  test\n');
  });
});

describe('doctor', () => {
  const CHECKS = ['node', 'platform', 'addon', 'cargo', 'rustc'];

  test('all is there', () => {
    const { code, stdout, stderr } = rustdll(['doctor', EXPORTED], folder);
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    const lines = stdout.trimEnd().split('\n').slice(1);
    expect(lines.map((line) => /^ok {3}(\w+)/.exec(line)?.[1])).toEqual([...CHECKS, 'library']);
    expect(stdout).toContain(`node      ${process.versions.node}`);
    expect(stdout).toMatch(/^ok {3}addon {5}.+\.node$/m);
    expect(stdout).toMatch(/^ok {3}library .+ loads; \d+ exported functions, crate \d/m);
  });

  test('what only some need is a warning', () => {
    const { code, stdout } = rustdll(['doctor', libraryPath('aborting')], folder, { CARGO: '/nowhere/cargo' });
    expect(code).toBe(0);
    expect(stdout).toMatch(/^warn cargo {5}not found$/m);
    expect(stdout).toMatch(/^warn panics {4}end the process$/m);
    expect(rustdll(['doctor', libraryPath('clib')], folder).stdout).toMatch(/^ok .+ loads; it exports nothing with/m);
  });

  test('a library that does not load', () => {
    const library = path.join(folder, libraryFile('half'));
    fs.writeFileSync(library, fs.readFileSync(KERNELS).subarray(0, 9000));
    const { code, stdout, stderr } = rustdll(['doctor', library], folder);
    expect({ code, stderr }).toEqual({ code: 1, stderr: 'error: 1 problem: library\n' });
    expect(stdout).toMatch(/^fail library {3}cannot load '.+': it is cut short/m);
  });

  test('an installation without its addon', () => {
    const copy = path.join(folder, 'rustdll');
    fs.cpSync(path.join(ROOT, 'dist'), path.join(copy, 'dist'), { recursive: true });
    fs.copyFileSync(path.join(ROOT, 'package.json'), path.join(copy, 'package.json'));
    fs.symlinkSync(path.join(ROOT, 'node_modules'), path.join(copy, 'node_modules'), 'junction');
    const main = path.join(copy, 'dist', 'cli', 'main.js');
    let output = '';
    try {
      execFileSync(process.execPath, [main, 'doctor'], { stdio: 'pipe', env: { ...process.env, NO_COLOR: '1' } });
    } catch (error) {
      output = String((error as { stdout: Buffer }).stdout);
    }
    expect(output).toMatch(/^fail addon {5}rustdll has no native addon for .+\. Tried:\n {15,}\S/m);
  });
});
