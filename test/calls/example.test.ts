import { copyFileSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import * as path from 'node:path';
import { ROOT } from '../support/child';
import { libraryFile, libraryPath } from '../support/kernels';
import { runNode } from '../support/program';

const IMPORT = "import { RustDLL } from 'rustdll';";
const REQUIRE = "const { RustDLL } = require('rustdll');";
const program = (first: string): string => `${first}
const dll = new RustDLL('./${libraryFile('mylib')}');
const lst = [1, 2, 3, 4, 5];
dll.test('World', lst);
console.log(lst);
`;

/** A project with the package among its dependencies, and the library beside the programs. */
let folder: string;

beforeAll(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'rustdll-example-'));
  mkdirSync(path.join(folder, 'node_modules'));
  symlinkSync(ROOT, path.join(folder, 'node_modules', 'rustdll'), 'junction');
  writeFileSync(path.join(folder, 'package.json'), '{}');
  writeFileSync(path.join(folder, 'javascript.mjs'), program(IMPORT));
  writeFileSync(path.join(folder, 'javascript.cjs'), program(REQUIRE));
});
afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
});

test('the TypeScript compiler has nothing to say about it', () => {
  for (const file of ['typescript.mts', 'typescript.cts']) writeFileSync(path.join(folder, file), program(IMPORT));
  const types = path.join(ROOT, 'node_modules', '@types');
  const options = [
    '--strict',
    '--skipLibCheck',
    '--target',
    'es2022',
    '--module',
    'node16',
    '--typeRoots',
    types,
    '--types',
    'node',
  ];
  const tsc = require.resolve('typescript/bin/tsc');
  expect(runNode([tsc, ...options, 'typescript.mts', 'typescript.cts'], folder)).toMatchObject({
    stdout: '',
    status: 0,
  });
});

describe.each(['example', 'example_pyo2'] as const)('with the library %s', (library) => {
  beforeAll(() => {
    copyFileSync(libraryPath(library), path.join(folder, libraryFile('mylib')));
  });

  test.each([
    ['JavaScript, import', 'javascript.mjs'],
    ['JavaScript, require', 'javascript.cjs'],
    ['TypeScript, as a module', 'typescript.mjs'],
    ['TypeScript, as CommonJS', 'typescript.cjs'],
  ])('%s', (_, file) => {
    expect(runNode([file], folder)).toEqual({
      stdout: 'Hello, World!\nSum of numbers: 15\n[ 6, 2, 3, 4, 5 ]\n',
      stderr: '',
      status: 0,
      signal: null,
    });
  });
});
