/** Classes have other names in a minified bundle, while the names of the package's errors remain. */

import { execFileSync } from 'node:child_process';
import * as fs from 'node:fs';
import * as os from 'node:os';
import * as path from 'node:path';
import { ensureBuilt } from '../support/built';
import { ROOT } from '../support/child';
import { libraryPath } from '../support/kernels';

let folder: string;
beforeAll(() => (folder = fs.mkdtempSync(path.join(fs.realpathSync(os.tmpdir()), 'rustdll-minified-'))));
afterAll(() => fs.rmSync(folder, { recursive: true, force: true }));

test('errors are called in a minified bundle as they are outside of it', () => {
  ensureBuilt();
  const bundle = path.join(folder, 'program.cjs');
  // esbuild does not accept the globals of jest's environment.
  const options = {
    entryPoints: [path.join(ROOT, 'test', 'bundlers', 'program.mjs')],
    alias: { rustdll: path.join(ROOT, 'dist', 'index.js') },
    outfile: bundle,
    ...{ bundle: true, minify: true, platform: 'node', logLevel: 'warning' },
  };
  const script = `require('esbuild').buildSync(${JSON.stringify(options)})`;
  execFileSync(process.execPath, ['-e', script], { cwd: ROOT, stdio: 'pipe' });
  expect(fs.readFileSync(bundle, 'utf8')).not.toMatch(/class RustError|class RustPanic|class RustDLLError/);
  const printed = execFileSync(process.execPath, [bundle, libraryPath('example'), libraryPath('exported')], {
    env: { ...process.env, RUSTDLL_PREBUILD: ROOT },
    encoding: 'utf8',
    stdio: 'pipe',
  });
  expect(printed.replaceAll('\r', '').split('\n').slice(3)).toEqual([
    'RustError RustError true RustError',
    'RustPanic RustPanic true RustPanic',
    'RustDLLError RustDLLError true RustDLLError',
    '',
  ]);
});
