/** The projects that `rustdll new` creates: built, tested, packed, and used without the crate. */

import { spawnSync } from 'node:child_process';
import * as fs from 'node:fs';
import * as path from 'node:path';
import { libraryFile } from '../support/kernels';
import { removeFolder, ROOT, type Run, rustdll, temporaryFolder } from './command';

/** What the projects depend on is built once. */
const TARGET = path.join(ROOT, 'test', 'fixtures', 'target', 'cli', 'target');
const WORKSHOP = temporaryFolder();
const ENVIRONMENT = { CARGO_TARGET_DIR: undefined, CARGO_BUILD_TARGET_DIR: undefined, CARGO_NET_OFFLINE: 'true' };
const PLATFORM = `${process.platform}-${process.arch}`;

function run(command: string, args: readonly string[], cwd: string, shell = false): Run {
  const env = { ...process.env, ...ENVIRONMENT };
  const { status, stdout, stderr } = spawnSync(command, args, { cwd, env, encoding: 'utf8', shell });
  return { code: status, stdout, stderr };
}

/** Links to packages of the checkout, as if they were installed. */
function link(project: string, ...names: string[]): void {
  for (const name of names) {
    const place = path.join(project, 'node_modules', name);
    fs.mkdirSync(path.dirname(place), { recursive: true });
    fs.symlinkSync(name === 'rustdll' ? ROOT : path.join(ROOT, 'node_modules', name), place, 'junction');
  }
}

/** Runs one of the scripts of package.json, which are commands of packages that are joined by `&&`. */
function script(project: string, name: string): string {
  const { scripts } = JSON.parse(fs.readFileSync(path.join(project, 'package.json'), 'utf8'));
  let printed = '';
  for (const command of scripts[name].split(' && ') as string[]) {
    const [program = '', ...args] = command.split(' ');
    const tsc = require.resolve('typescript/bin/tsc');
    const ran =
      program === 'rustdll'
        ? rustdll(args, project, ENVIRONMENT)
        : run(process.execPath, program === 'tsc' ? [tsc, ...args] : ['--test-reporter=tap', ...args], project);
    printed += ran.stdout;
    if (ran.code !== 0) throw new Error(`${command}: ${ran.stdout}${ran.stderr}`);
  }
  return printed;
}

afterAll(() => removeFolder(WORKSHOP));

describe.each([
  ['JavaScript', 'packed-js', [], 'packed_js.d.ts'],
  ['TypeScript', 'packed-ts', ['--ts'], path.join('dist', 'packed_ts.d.ts')],
])('%s', (_, name, options, types) => {
  const project = path.join(WORKSHOP, name);
  const library = libraryFile(name.replace('-', '_'));

  let made: readonly string[] = [];

  beforeAll(() => {
    const { code, stdout } = rustdll(['new', name, ...options], WORKSHOP);
    expect(code).toBe(0);
    made = /^made \S+: (.+)$/m.exec(stdout)?.[1]?.split(', ') ?? [];
    link(project, 'rustdll', 'typescript', '@types/node');
    fs.mkdirSync(TARGET, { recursive: true });
    fs.symlinkSync(TARGET, path.join(project, 'target'), 'junction');
  });

  test('the files are formatted, and so are valid in their languages', () => {
    const files = made.filter((file) => /\.(?:js|ts|json|md|yml)$/.test(file));
    expect(files.length).toBeGreaterThan(7);
    const prettier = path.join(path.dirname(require.resolve('prettier/package.json')), 'bin', 'prettier.cjs');
    const style = ['--no-config', '--print-width', '120', '--single-quote', '--ignore-path', 'none'];
    const formatted = run(process.execPath, [prettier, '--check', ...style, ...files], project);
    expect(formatted).toMatchObject({ code: 0, stderr: '' });
    expect(run('rustfmt', ['--check', '--edition', '2021', 'src/lib.rs'], project)).toMatchObject({ code: 0 });
  });

  test('it builds and passes its tests, in JavaScript and in Rust', () => {
    expect(script(project, 'build')).toContain(`built ${path.join('target', 'release', library)}\n`);
    expect(fs.existsSync(path.join(project, types))).toBe(true);
    expect(script(project, 'test')).toContain('# pass 6');
    const tested = run('cargo', ['test'], project);
    expect(tested).toMatchObject({ code: 0, stdout: expect.stringContaining('3 passed') });
    // The debugger of the editor runs this file in the process itself.
    const { configurations } = JSON.parse(fs.readFileSync(path.join(project, '.vscode', 'launch.json'), 'utf8'));
    expect(configurations[0]).toMatchObject({ program: 'node', preLaunchTask: 'npm: build:debug' });
    expect(script(project, 'build:debug')).toContain(`built ${path.join('target', 'debug', library)}\n`);
    expect(run(process.execPath, configurations[0].args, project)).toMatchObject({ code: 0 });
  }, 600_000);

  test('packed, it works in another folder without its crate', () => {
    expect(script(project, 'native')).toContain(`copied ${path.join('native', PLATFORM, library)}\n`);
    // The scripts, of which `prepack` runs `native`, would need npm's own links to the commands.
    const packed = run('npm', ['pack', '--json', '--ignore-scripts'], project, process.platform === 'win32');
    const [{ filename, files }] = JSON.parse(packed.stdout);
    const names = files.map((file: { path: string }) => file.path);
    const module = name === 'packed-js' ? '' : 'dist/';
    expect(names.sort()).toEqual(
      [
        ...['README.md', 'package.json', `native/${PLATFORM}/${library}`],
        ...[`${module}index.js`, `${module}index.d.ts`, types.replaceAll('\\', '/')],
      ].sort(),
    );

    const user = temporaryFolder();
    const target = path.join(project, 'target');
    fs.renameSync(target, `${target}-away`);
    try {
      const installed = path.join(user, 'node_modules', name);
      fs.mkdirSync(installed, { recursive: true });
      run('tar', ['-xzf', path.join(project, filename), '-C', installed, '--strip-components', '1'], user);
      link(user, 'rustdll', '@types/node');
      fs.writeFileSync(
        path.join(user, 'program.mts'),
        `import { lib, type Point, type WordCount } from '${name}';
const centre: Point = lib.centroid([{ x: 1, y: 2 }]);
const { x }: { x: number } = centre;
const words: WordCount = new lib.WordCount();
words.add('a b a');
// @ts-expect-error -- a number is no string
if (x !== 1) lib.greet(1);
console.log(lib.greet('World'), await lib.async.greet('you'), words.count('a'), lib.path);
`,
      );
      const tsc = [require.resolve('typescript/bin/tsc'), 'program.mts', '--target', 'es2022', '--module', 'node16'];
      expect(run(process.execPath, [...tsc, '--strict', '--types', 'node'], user)).toMatchObject({
        code: 0,
        stdout: '',
      });
      expect(run(process.execPath, ['program.mjs'], user)).toEqual({
        code: 0,
        stdout: `Hello, World! Hello, you! 2 ${path.join(installed, 'native', PLATFORM, library)}\n`,
        stderr: '',
      });
    } finally {
      fs.renameSync(`${target}-away`, target);
      removeFolder(user);
    }
  }, 600_000);

  test('what is built after packing is found', () => {
    const module = name === 'packed-js' ? './index.js' : './dist/index.js';
    const program = `import(${JSON.stringify(module)}).then(({ lib }) => console.log(lib.path));`;
    const found = (): string => run(process.execPath, ['-e', program], project).stdout.trim();
    expect(found()).toBe(path.join(project, 'native', PLATFORM, library));
    script(project, 'build');
    expect(found()).toBe(path.join(TARGET, 'release', library));

    // Cargo builds elsewhere, and the copy would hide it.
    const elsewhere = { ...ENVIRONMENT, CARGO_TARGET_DIR: TARGET };
    const copy = path.join('native', PLATFORM, library);
    const { code, stderr } = rustdll(['build', '--no-types'], project, elsewhere);
    expect(code).toBe(0);
    expect(stderr).toContain(
      `warning: RustDLL.find takes ${copy}, which is older: remove it, or build with --native\n`,
    );
    const again = rustdll(['build', '--no-types', '--native'], project, elsewhere);
    expect(again).toMatchObject({ code: 0, stderr: expect.not.stringContaining('warning') });
    expect(again.stdout).toContain(`copied ${copy}\n`);
    expect(found()).toBe(path.join(project, copy));
  }, 600_000);
});
