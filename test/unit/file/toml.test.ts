/** The reader of Cargo's configuration is compared with Cargo itself. */

import { spawnSync } from 'node:child_process';
import * as fs from 'node:fs';
import * as os from 'node:os';
import * as path from 'node:path';
import { tomlString } from '../../../src-ts/file/toml';

/** Configurations that choose a target directory, and configurations that only look similar. */
const TEXTS: readonly string[] = [
  '[build]\ntarget-dir = "x"',
  "[build]\r\ntarget-dir = 'x'\r\n",
  '\ufeff[build]\ntarget-dir = "x"',
  '  [ build ]  # a comment\n\ttarget-dir\t=\t"x" # "y"',
  '[build]#\ntarget-dir="x"#',
  '["build"]\n"target-dir" = "x"',
  "['build']\n'target-dir' = 'x'",
  '["b\\u0075ild"]\n"target\\u002Ddir" = "\\u0078\\U00000079"',
  'build.target-dir = "x"',
  'build . "target-dir" = "x"',
  '"build".\'target-dir\' = "x"',
  'build = { target-dir = "x" }',
  'build = {jobs=1,target-dir="x"}',
  'build = { "target-dir" = "x", rustflags = ["-C", "a=b"] }',
  '[build]\njobs = 1\nrustflags = [\n  "-C", # ] target-dir = "y"\n  "link-arg=]",\n]\ntarget-dir = "x"',
  "[build]\nrustflags = '''\n[build]\ntarget-dir = \"y\"\n'''\ntarget-dir = 'x'",
  '[build]\nrustflags = """a \\\n   b\\\\"""\ntarget-dir = "x"',
  '[build]\nrustflags = """a""""\ntarget-dir = "x"',
  "[build]\nrustflags = '''a'''''\ntarget-dir = \"x\"",
  '[build]\ntarget-dir = """\nx"""',
  '[build]\ntarget-dir = """x\\\n  \\\n   y"""',
  "[build]\ntarget-dir = '''x'''",
  '[env]\nA = { value = "build]", force = true }\nB = ""\nC = \'\'\n[build]\ntarget-dir = "x"',
  '[build]\ntarget-dir = "a b/ü/../#x"',
  "[build]\ntarget-dir = 'a\\b\"c'",
  '[build]\ntarget-dir = "a\\\\b\\"c\\t"',
  '[target.x86_64-unknown-linux-gnu]\nlinker = "y"\n[build]\ntarget-dir = "x"\n[profile.release]\nlto = true',
  '# target-dir = "y"\n[profile.build]\ndebug = 1\n',
  '[target.build]\ntarget-dir = "y"',
  '[env]\nbuild.target-dir = "y"',
  '[alias]\na = """\n[build]\ntarget-dir = "y"\n"""',
  '[build]\n[env]\ntarget-dir = "y"',
  'target-dir = "y"',
  '[[env.a]]\nb = 1\n[[env.a]]\n[build]\ntarget-dir = "x"',
  '[build]\njobs = 1',
  '',
];

let crate: string;
beforeAll(() => {
  crate = fs.mkdtempSync(path.join(fs.realpathSync(os.tmpdir()), 'rustdll-toml-'));
  for (const folder of ['src', '.cargo']) fs.mkdirSync(path.join(crate, folder));
  fs.writeFileSync(path.join(crate, 'Cargo.toml'), '[package]\nname = "a"\nversion = "0.0.0"\n[workspace]\n');
  fs.writeFileSync(path.join(crate, 'src', 'lib.rs'), '');
});
afterAll(() => fs.rmSync(crate, { recursive: true }));

/** Returns the target directory that Cargo chooses. */
function asCargo(text: string): string {
  fs.writeFileSync(path.join(crate, '.cargo', 'config.toml'), text);
  const env = { ...process.env, CARGO_TARGET_DIR: undefined, CARGO_BUILD_TARGET_DIR: undefined };
  const args = ['metadata', '--no-deps', '--offline', '--format-version', '1'];
  const { stdout, stderr } = spawnSync('cargo', args, { cwd: crate, env, encoding: 'utf8' });
  if (stdout === '') throw new Error(stderr);
  return (JSON.parse(stdout) as { target_directory: string }).target_directory;
}

test.each(TEXTS)('what Cargo reads: %j', (text) => {
  expect(path.resolve(crate, tomlString(text, ['build', 'target-dir']) ?? 'target')).toBe(path.resolve(asCargo(text)));
});

test.each([
  '[build\ntarget-dir = "x"',
  '[build]]\ntarget-dir = "x"',
  '[build] target-dir = "x"',
  '[build]\ntarget-dir = "x',
  '[build]\ntarget-dir = "x\n"',
  '[build]\ntarget-dir = "x" y',
  '[build]\ntarget-dir = "x"\ntarget-dir = "y"',
  '[build]\ntarget-dir = "\\q"',
  '[build]\ntarget-dir = "\\ud800"',
  '[build]\ntarget-dir = "\\U00110000"',
  '[build]\ntarget-dir = "x"\na = """',
  "[build]\ntarget-dir = 'x'\na = '''",
  '[build]\ntarget-dir = "x"\na = [1',
  '[build]\ntarget-dir = "x"\na = {',
  '[build]\ntarget-dir = "x"\na = ]',
  '[build]\ntarget-dir = "x"\n= 1',
  '[build]\ntarget-dir = "x"\na =',
  'build = 1\n[build]\ntarget-dir = "x"',
  `[build]\ntarget-dir = "x"\na = ${'['.repeat(100_000)}`,
])('what is no TOML: %j', (text) => {
  expect(tomlString(text, ['build', 'target-dir'])).toBeUndefined();
});

test('values of types that Cargo has no use for', () => {
  const values = [
    '1979-05-27T07:32:00Z',
    '1979-05-27 07:32:00',
    '07:32:00.5',
    '1e-3',
    '-inf',
    '+0xff',
    'true',
    '[[], {}]',
  ];
  const text = `${values.map((value, index) => `a${index} = ${value}\n`).join('')}[build]\ntarget-dir = "x"`;
  expect(tomlString(text, ['build', 'target-dir'])).toBe('x');
});

test('names that every object has', () => {
  expect(tomlString('__proto__.toString = "x"', ['__proto__', 'toString'])).toBe('x');
  expect(tomlString('', ['constructor', 'name'])).toBeUndefined();
  expect(tomlString('a = "x"', ['a', 'length'])).toBeUndefined();
});

test('a long text takes no long time', () => {
  const text = `a = """${'\\\\" \n'.repeat(200_000)}"""\n${'# x\n'.repeat(50_000)}build.target-dir = "x"`;
  expect(tomlString(text, ['build', 'target-dir'])).toBe('x');
  expect(tomlString(`${'a'.repeat(1_000_000)}"`, ['a'])).toBeUndefined();
});
