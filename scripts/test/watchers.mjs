/**
 * Runs vitest in watch mode, with its tests in threads and in processes, and builds the library that they use anew: the
 * tests must run again with the new code, by the configuration that docs/guide.md gives. `dist` and the addon must have
 * been built. Jest is tested with the command line, in test/cli/reload.test.ts.
 */

import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, readFileSync, realpathSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { program, ROOT, run, tools } from '../shared/tools.mjs';

const VERSIONS = 3;
const TIMEOUT_MS = 60_000;
const modules = tools('watchers');
const folder = realpathSync(mkdtempSync(path.join(tmpdir(), 'rustdll-watchers-')));
const env = { ...process.env, CARGO_TARGET_DIR: undefined, CARGO_BUILD_TARGET_DIR: undefined, CI: undefined };

/** Returns the configuration of vitest in the guide. */
function configuration() {
  const guide = readFileSync(path.join(ROOT, 'docs', 'guide.md'), 'utf8');
  const [, text] = /^```ts\n(export default \{\n {2}test: \{[^]+?)^```$/m.exec(guide) ?? [];
  assert.ok(text?.includes('forceRerunTriggers'), 'the guide has no configuration of vitest');
  return text;
}

function write(file, text) {
  mkdirSync(path.dirname(path.join(folder, file)), { recursive: true });
  writeFileSync(path.join(folder, file), text);
}

function build(version) {
  write('src/lib.rs', `#[no_mangle]\npub extern "C" fn version() -> u64 {\n    ${version}\n}\n`);
  run('cargo', ['build', '--offline', '--quiet'], { cwd: folder, env });
}

/** Runs vitest with its tests in `pool` while each version is built. */
async function check(pool) {
  build(1);
  const vitest = program(modules, 'vitest', 'vitest');
  const args = [vitest, 'watch', '--pool', pool, '--no-color'];
  const child = spawn(process.execPath, args, { cwd: folder, env, stdio: ['ignore', 'pipe', 'pipe'] });
  let printed = '';
  for (const stream of [child.stdout, child.stderr]) stream.setEncoding('utf8').on('data', (text) => (printed += text));
  try {
    for (let version = 1; version <= VERSIONS; version++) {
      if (version > 1) build(version);
      const end = performance.now() + TIMEOUT_MS;
      while (!new RegExp(`at version ${version}\\b[^]*Waiting for file changes`).test(printed)) {
        assert.ok(performance.now() < end, `vitest, ${pool}: version ${version} has not been tested:\n${printed}`);
        await new Promise((resolve) => setTimeout(resolve, 50));
      }
    }
  } finally {
    child.kill();
    if (child.exitCode === null && child.signalCode === null) await once(child, 'exit');
  }
}

try {
  write(
    'Cargo.toml',
    '[package]\nname = "watched-lib"\nversion = "0.0.0"\nedition = "2021"\n[lib]\ncrate-type = ["cdylib"]\n[workspace]\n',
  );
  write('package.json', '{ "private": true, "type": "module" }\n');
  write('vitest.config.ts', configuration());
  write(
    'lib.test.js',
    `import { RustDLL } from 'rustdll';
import { expect, test } from 'vitest';

const lib = new RustDLL(RustDLL.find('watched-lib', { from: import.meta.url })).declare('fn version() -> u64');

test('its version', () => {
  console.log('at version ' + lib.version());
  expect(lib.version()).toBeGreaterThan(0);
});
`,
  );
  mkdirSync(path.join(folder, 'node_modules'));
  symlinkSync(ROOT, path.join(folder, 'node_modules', 'rustdll'), 'junction');
  symlinkSync(path.join(modules, 'vitest'), path.join(folder, 'node_modules', 'vitest'), 'junction');
  for (const pool of ['threads', 'forks']) {
    console.log(`watchers: vitest, tests in ${pool}`);
    await check(pool);
  }
} finally {
  rmSync(folder, { recursive: true, force: true });
}
console.log('watchers: nothing to report');
