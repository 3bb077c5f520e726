/** Commands in a workspace, whose crates and profiles are chosen as Cargo's commands choose them. */

import * as fs from 'node:fs';
import * as path from 'node:path';
import { libraryFile } from '../support/kernels';
import { removeFolder, ROOT, type Run, rustdll } from './command';

/** In a folder of the checkout, where Cargo finds the crate's dependencies offline by the lock file of the fixtures. */
const WORKSPACE = path.join(ROOT, 'test', 'fixtures', 'target', 'cli', 'geometry');
const ENVIRONMENT = { CARGO_TARGET_DIR: path.join(WORKSPACE, '..', 'target-geometry') };
const TARGET = ENVIRONMENT.CARGO_TARGET_DIR;

function write(file: string, text: string): void {
  fs.mkdirSync(path.dirname(path.join(WORKSPACE, file)), { recursive: true });
  fs.writeFileSync(path.join(WORKSPACE, file), text);
}

function crate(name: string, library: string, types = '"cdylib"'): void {
  const root = path.relative(path.join(WORKSPACE, name), path.join(ROOT, 'rust', 'rustdll')).replaceAll('\\', '/');
  write(
    `${name}/Cargo.toml`,
    `[package]\nname = "${name}"\nversion = "0.0.0"\n[lib]\nname = "${library}"\ncrate-type = [${types}]\n` +
      `[dependencies]\nrustdll = { path = "${root}" }\n`,
  );
  write(`${name}/src/lib.rs`, `#[rustdll::export]\npub fn of_${name}() -> u32 {\n    1\n}\n`);
}

function members(...names: string[]): void {
  const list = names.map((name) => `"${name}"`).join(', ');
  write(
    'Cargo.toml',
    `[workspace]\nresolver = "2"\nmembers = [${list}]\n[profile.fast]\ninherits = "dev"\nopt-level = 1\n`,
  );
}

function run(args: readonly string[], cwd = WORKSPACE): Run {
  return rustdll(args, cwd, ENVIRONMENT);
}

beforeAll(() => {
  removeFolder(WORKSPACE);
  removeFolder(TARGET);
  crate('one', 'one');
  crate('two', 'second', '"cdylib", "rlib"');
  crate('plain', 'plain', '"rlib"');
  members('one', 'two', 'plain');
  expect(run(['build', '--debug', '--package', 'one'])).toMatchObject({ code: 0 });
}, 600_000);

const file = (profile: string, library: string): string => path.join(TARGET, profile, libraryFile(library));

test('of the crates of a workspace those that are built, and the one in whose folder it runs', () => {
  expect(run(['inspect'])).toMatchObject({ code: 0, stdout: expect.stringContaining(`${file('debug', 'one')}\n`) });
  const elsewhere = run(['inspect'], path.join(WORKSPACE, 'two'));
  expect(elsewhere).toEqual({
    code: 1,
    stdout: '',
    stderr: `error: no library is built in ${TARGET}\n  Build it: rustdll build\n`,
  });

  expect(run(['build', '--profile', 'fast', '--types', 'types/'])).toMatchObject({
    code: 0,
    stdout: expect.stringContaining(`types ${path.join('types', 'second.d.ts')}: 1 function\n`),
  });
  expect(fs.readdirSync(path.join(WORKSPACE, 'types')).sort()).toEqual(['one.d.ts', 'second.d.ts']);
  const both = run(['types', '--out', 'again/']);
  expect(both).toMatchObject({ code: 0, stderr: '' });
  expect(fs.readdirSync(path.join(WORKSPACE, 'again')).sort()).toEqual(['one.d.ts', 'second.d.ts']);
  for (const args of [
    ['types', '--out', 'x.d.ts'],
    ['types', '--out', '-'],
    ['inspect'],
    ['doctor', '--profile', 'fast'],
  ]) {
    const { code, stdout, stderr } = run(args);
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr).toMatch(/^error: .+, and there are 2 crates here: one, two\n {2}Choose one with --package\.\n$/);
  }
}, 600_000);

test('--package, --profile and --manifest-path choose the library', () => {
  const library = (args: readonly string[]): unknown => JSON.parse(run(['inspect', '--json', ...args]).stdout).path;
  expect(library(['--package', 'one'])).toBe(file('fast', 'one'));
  expect(library(['-p', 'one', '--profile', 'dev'])).toBe(file('debug', 'one'));
  expect(library(['--profile', 'fast', '--manifest-path', path.join('two', 'Cargo.toml')])).toBe(
    file('fast', 'second'),
  );

  expect(run(['types', '-p', 'two', '--out', '-'])).toMatchObject({
    code: 0,
    stdout: expect.stringContaining('export declare function of_two(): number;'),
  });
  expect(run(['doctor', '-p', 'two']).stdout).toMatch(/^ok {3}library .+ loads; 1 exported function/m);
});

test('what is not built, not there or no library', () => {
  expect(run(['types', '-p', 'two', '--profile', 'dev'])).toEqual({
    code: 1,
    stdout: '',
    stderr:
      `error: no library of two is built in ${path.join(TARGET, 'debug')}\n` +
      '  Build it: rustdll build --package two --profile dev\n',
  });
  expect(run(['inspect', '--profile', 'nope', '--manifest-path', path.join('one', 'Cargo.toml')]).stderr).toBe(
    `error: no library is built in ${path.join(TARGET, 'nope')}\n` +
      `  Build it: rustdll build --profile nope --manifest-path ${path.join('one', 'Cargo.toml')}\n`,
  );
  for (const command of ['build', 'types', 'inspect', 'doctor']) {
    const { code, stderr } = run([command, '-p', 'three']);
    expect({ code, stderr }).toEqual({
      code: 1,
      stderr: `error: there is no package \`three\` in ${WORKSPACE}\n  It has one, two, plain.\n`,
    });
    expect(run([command, '-p', 'plain']).stderr).toContain('plain/Cargo.toml: no library that can be loaded is built');
  }
  const undefinedProfile = run(['build', '--profile', 'nope']);
  expect(undefinedProfile.code).toBe(1);
  expect(undefinedProfile.stderr).toContain('profile `nope` is not defined');
});

test('two crates whose libraries have one name, and two of one name', () => {
  crate('other', 'one');
  members('one', 'two', 'other');
  try {
    for (const command of ['build', 'types', 'inspect']) {
      const { code, stdout, stderr } = run([command]);
      expect({ code, stdout }).toEqual({ code: 1, stdout: '' });
      expect(stderr).toMatch(
        /^error: the packages `one` and `other` both build .*one\.\w+\n {2}Give one of the libraries another name in /,
      );
    }
    write('other/Cargo.toml', fs.readFileSync(path.join(WORKSPACE, 'one', 'Cargo.toml'), 'utf8'));
    const { code, stderr } = run(['types']);
    expect(code).toBe(1);
    expect(stderr).toMatch(/^error: two packages named `one` in this workspace/);
    expect(stderr).not.toMatch(/^ +at /m);
  } finally {
    members('one', 'two', 'plain');
  }
});
