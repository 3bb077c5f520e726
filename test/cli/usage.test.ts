import { execFileSync } from 'node:child_process';
import * as path from 'node:path';
import { ensureBuilt } from '../support/built';
import { removeFolder, ROOT, rustdll, temporaryFolder } from './command';

let folder: string;
beforeAll(() => (folder = temporaryFolder()));
afterAll(() => removeFolder(folder));

const { version } = jest.requireActual<{ version: string }>('../../package.json');

test('--version and --help', () => {
  expect(rustdll(['--version'], folder)).toEqual({ code: 0, stdout: `${version}\n`, stderr: '' });
  const { code, stdout, stderr } = rustdll(['--help'], folder);
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
  for (const command of ['new', 'build', 'types', 'inspect', 'doctor']) {
    expect(stdout).toMatch(new RegExp(`^  ${command} `, 'm'));
    const help = rustdll([command, '--help'], folder);
    expect(help).toMatchObject({ code: 0, stderr: '' });
    expect(help.stdout).toMatch(new RegExp(`^Usage: rustdll ${command} `));
    expect(help.stdout).toMatch(new RegExp(`^Examples?:\n  rustdll ${command}`, 'm'));
  }
  expect(stdout).toContain('Exit codes: 0 done, 1 the work failed, 2 wrong usage.');
});

test.each<[string[], string]>([
  [[], 'Usage: rustdll [options] [command]\n'],
  [['biuld'], "error: unknown command 'biuld'\n  (Did you mean build?)\n  Try: rustdll --help\n"],
  [['inspect', '--package'], "error: option '-p, --package <name...>' argument missing\n"],
  [
    ['inspect', 'a.so', '--package', 'a'],
    'error: --package chooses one of the libraries that Cargo has built, and a.so',
  ],
  [['types', 'a.so', '--profile', 'dev'], 'error: --profile chooses'],
  [['doctor', 'a.so', '--manifest-path', 'b'], 'error: --manifest-path chooses'],
  [['build', '--profile', 'a b'], 'error: `a b` cannot be the name of a profile\n'],
  [['types', '--profile', '../x'], 'error: `../x` cannot be the name of a profile\n'],
  [['build', '--debug', '--profile', 'x'], "error: option '--debug' cannot be used with option '--profile <name>'\n"],
  [['build', '--exec', 'ls'], 'error: --exec is for --watch\n  Once, that is: rustdll build && ls\n'],
  [['inspect', 'a.so', 'b.so'], 'error: too many arguments for'],
  [['types', '--ouput', 'x'], "error: unknown option '--ouput'\n"],
  [['new', 'Geo'], 'error: `Geo` cannot be the name of a crate and a package\n'],
  [['new', 'a b'], 'error: `a b` cannot be'],
  [['new', 'struct'], 'error: `struct` cannot be'],
  [['new', 'rustdll'], 'error: `rustdll` cannot be'],
])('wrong usage: %j', (args, message) => {
  const { code, stdout, stderr } = rustdll(args, folder);
  expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
  expect(stderr.slice(0, message.length)).toBe(message);
});

test('a crate is asked for where there is none', () => {
  for (const args of [['build'], ['types'], ['inspect'], ['doctor', '--profile', 'dev']]) {
    const { code, stdout, stderr } = rustdll(args, folder);
    expect({ code, stdout }).toEqual({ code: 1, stdout: '' });
    expect(stderr).toMatch(
      /^error: could not find `Cargo\.toml` in .+\n {2}Run this in the folder of a crate, .+new <name>\n$/,
    );
  }
});

test('without Cargo', () => {
  const { code, stderr } = rustdll(['build'], folder, { CARGO: '/nowhere/cargo' });
  expect({ code, stderr }).toEqual({
    code: 1,
    stderr:
      'error: /nowhere/cargo was not found\n  Install Rust (https://rustup.rs), or set CARGO to the path of cargo.\n',
  });
});

test('colours and stacks only when they are wanted', () => {
  const run = (env: Record<string, string>, ...args: string[]): string =>
    rustdll(['build', ...args], folder, env).stderr;
  expect(run({})).not.toContain('\x1b');
  expect(run({ FORCE_COLOR: '1' })).toContain('\x1b[31m');
  expect(run({ FORCE_COLOR: '0' })).not.toContain('\x1b');
  expect(run({ FORCE_COLOR: '1', NO_COLOR: '1' })).not.toContain('\x1b');
  expect(run({})).not.toMatch(/^ +at /m);
  expect(run({}, '--verbose')).toMatch(/^ +at /m);
  expect(run({ DEBUG: '*' })).toMatch(/^ +at /m);
});

test('what the command line needs is not loaded with the package', () => {
  ensureBuilt();
  const script = "require('.'); console.log(Object.keys(require.cache).join('\\n'))";
  const loaded = execFileSync(process.execPath, ['-e', script], { cwd: ROOT, encoding: 'utf8' }).trim().split('\n');
  expect(loaded.map((file) => path.basename(file))).toEqual(['index.js', 'rustdll.node']);
});
