/** docs/errors.md has every code, each with an example that throws it. */

import * as fs from 'node:fs';
import * as os from 'node:os';
import * as path from 'node:path';
import { spawnSync } from 'node:child_process';
import { ensureBuilt } from '../support/built';
import { readPage, section } from './markdown';
import { programsOf } from './program';
import { ROOT } from './workshop';

const page = readPage('docs/errors.md');
const source = fs.readFileSync(path.join(ROOT, 'src-ts', 'errors', 'errors.ts'), 'utf8');

/** Returns the codes and their classes, from the two unions and their comments. */
function codesOf(union: string): [code: string, kind: string][] {
  const text = new RegExp(`type ${union} =([\\s\\S]+?)';\n`).exec(source)?.[1] ?? '';
  return [...text.matchAll(/\/\*\*([^*]+)\*\/\s+\| '([^']+)/g)].map(([, comment = '', code = '']) => [
    code,
    /`(\w+Error)`\. *$/.exec(comment)?.[1] ?? 'RustDLLError',
  ]);
}

/** Returns the codes under a heading. */
function headings(heading: string): string[] {
  return [...section(page, heading).matchAll(/^### (\S+)$/gm)].map(([, code]) => code as string);
}

const argumentCodes = codesOf('ArgumentErrorCode');
const libraryCodes = codesOf('LibraryErrorCode');

test('the page has the codes of the source, and no others', () => {
  expect([argumentCodes.length, libraryCodes.length]).toEqual(
    [...source.matchAll(/type \w+ErrorCode =([\s\S]+?)';\n/g)].map(([, union]) => union?.match(/^ +\| /gm)?.length),
  );
  expect(headings('Arguments')).toEqual(argumentCodes.map(([code]) => code));
  expect(headings('Libraries')).toEqual(libraryCodes.map(([code]) => code));
});

test.each([...argumentCodes, ...libraryCodes].filter(([code]) => code !== 'ERR_RUSTDLL_ABI'))(
  '%s has an example that throws it, with its message',
  (code, kind) => {
    const text = section(page, code);
    expect(text).toMatch(/^```text message$/m);
    expect(text).toMatch(new RegExp(`^[^\n]+ // throws ${kind} ${code}$`, 'm'));
    if (kind !== 'RustDLLError') expect(text.trimStart()).toMatch(new RegExp(`^${kind}\\b`));
  },
);

test.each([
  ['RustError', 'ERR_RUSTDLL_RUST'],
  ['RustPanic', 'ERR_RUSTDLL_PANIC'],
])('a %s is %s, has an example that throws it, with its message', (kind, code) => {
  const text = section(page, code);
  expect(text.trimStart()).toMatch(new RegExp(`^${kind}\\b`));
  expect(text).toMatch(/^```text message$/m);
  expect(text).toMatch(new RegExp(`^[^\n]+ // throws ${kind} ${code}$`, 'm'));
});

test('the examples are programs, and each throws', () => {
  const programs = programsOf(page);
  const [prelude, ...others] = programs;
  expect(prelude?.code).not.toMatch(/checkThrows/);
  expect(others.length).toBeGreaterThanOrEqual(argumentCodes.length + libraryCodes.length);
  expect(others.filter(({ code, message }) => !code.includes('checkThrows') || message === undefined)).toEqual([]);
});

test('the warnings have the codes of the source', () => {
  expect(headings('Warnings')).toEqual(['RUSTDLL_PANIC_ABORT', 'RUSTDLL_GUESSED_RESULT']);
  const levels = path.join(ROOT, 'src-ts', 'levels');
  expect(fs.readFileSync(path.join(levels, 'export', 'contract.ts'), 'utf8')).toContain("code: 'RUSTDLL_PANIC_ABORT'");
  expect(fs.readFileSync(path.join(levels, 'guess', 'check.ts'), 'utf8')).toContain("'RUSTDLL_GUESSED_RESULT'");
});

test('ERR_RUSTDLL_ABI: the package without its addon', () => {
  ensureBuilt();
  const folder = fs.realpathSync(fs.mkdtempSync(path.join(os.tmpdir(), 'rustdll-docs-')));
  try {
    const copy = path.join(folder, 'node_modules', 'rustdll');
    fs.cpSync(path.join(ROOT, 'dist'), path.join(copy, 'dist'), { recursive: true });
    fs.copyFileSync(path.join(ROOT, 'package.json'), path.join(copy, 'package.json'));
    fs.symlinkSync(
      path.join(ROOT, 'node_modules', 'node-gyp-build'),
      path.join(folder, 'node_modules', 'node-gyp-build'),
      'junction',
    );
    const script = "try { require('rustdll') } catch (e) { console.log(`${e.name} ${e.code} ${e.message}`) }";
    const { stdout } = spawnSync(process.execPath, ['-e', script], { cwd: folder, encoding: 'utf8' });
    const isTagged = process.platform === 'linux' || process.arch === 'arm64';
    const message = /```text\n([^]+?)\n```/
      .exec(section(page, 'ERR_RUSTDLL_ABI'))?.[1]
      ?.split('\n')
      .filter((line) => isTagged || !line.endsWith('rustdll.glibc.node'))
      .join('\n');
    // The page has the paths of one platform.
    const printed = stdout
      .replaceAll(copy, '/app/node_modules/rustdll')
      .replaceAll(path.dirname(process.execPath), '/usr/bin')
      .replaceAll('\\', '/')
      .replaceAll(`${process.platform}-${process.arch}`, 'linux-x64')
      .replace(/ for linux-x64( \(\w+\))? here/, ' for linux-x64 (glibc) here')
      .replaceAll(/rustdll(\.armv8|(\.armv8)?\.(glibc|musl))\.node$/gm, 'rustdll.glibc.node');
    expect(printed).toBe(`RustDLLError ERR_RUSTDLL_ABI ${message ?? ''}\n`);
  } finally {
    fs.rmSync(folder, { recursive: true, force: true });
  }
});
