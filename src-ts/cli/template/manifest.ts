/** The package.json of a new project, and the test that it runs. */

import type { ProjectFacts } from './facts';

/** The parts of package.json that depend on the language. */
export interface ManifestParts {
  /** The path of the module's folder, such as `./dist`. */
  readonly folder: string;
  readonly files: readonly string[];
  readonly scripts: Readonly<Record<string, string>>;
  readonly devDependencies?: Readonly<Record<string, string>>;
}

export function packageJson({ name, package: version }: ProjectFacts, parts: ManifestParts): string {
  const { folder, files, scripts, devDependencies } = parts;
  const manifest = {
    name,
    version: '0.1.0',
    private: true,
    type: 'module',
    exports: { '.': { types: `${folder}/index.d.ts`, default: `${folder}/index.js` } },
    files: [...files, 'native'],
    scripts: { ...scripts, prepack: 'npm run native' },
    dependencies: { rustdll: version },
    devDependencies,
    engines: { node: '>=20' },
  };
  return `${JSON.stringify(manifest, null, 2)}\n`;
}

/** Returns the test of the project; `points` spells the argument of a call that TypeScript would refuse. */
export function testOf(points: string): string {
  return `import assert from 'node:assert/strict';
import { test } from 'node:test';
import { lib } from '../index.js';

test('a string goes in, a string comes out', () => {
  assert.equal(lib.greet('World'), 'Hello, World!');
});

test('records are objects', () => {
  const centre = lib.centroid([
    { x: 0, y: 0 },
    { x: 2, y: 4, label: 'corner' },
  ]);
  assert.deepEqual(centre, { x: 1, y: 2, label: null });
});

test('an Err is thrown', () => {
  assert.throws(() => lib.centroid([]), { name: 'RustError', code: 'E_EMPTY', message: /there are no points/ });
});

test('Rust writes to a list that it borrows', () => {
  const values = [1, 3];
  lib.normalize(values);
  assert.deepEqual(values, [0.25, 0.75]);
});

test('an object stays in Rust until it is closed', async () => {
  const words = new lib.WordCount();
  words.add('To be or not');
  await words.async.add('to be');
  assert.deepEqual([words.count('be'), words.size], [2, 4]);
  words.close();
  assert.throws(() => words.count('be'), { code: 'ERR_RUSTDLL_RELEASED' });
});

test('a wrong argument is a TypeError that says where it is', () => {
${points}
  assert.throws(() => lib.centroid(points), { name: 'TypeError', message: /argument 1 \\(points\\)\\[0\\]\\.y/ });
});
`;
}
