/** Programs that continue while their library is rebuilt. */

import * as fs from 'node:fs';
import * as path from 'node:path';
import { removeFolder, ROOT, Running, temporaryFolder } from './command';

const JEST = path.join(ROOT, 'node_modules', 'jest', 'bin', 'jest.js');
const ENVIRONMENT = { CARGO_TARGET_DIR: undefined, CARGO_BUILD_TARGET_DIR: undefined };

let crate: string;
let running: Running[];
beforeEach(() => {
  crate = temporaryFolder();
  running = [];
  write('Cargo.toml', '[package]\nname = "hot-lib"\nversion = "0.0.0"\n[lib]\ncrate-type = ["cdylib"]\n[workspace]\n');
  writeVersion(1);
});
afterEach(async () => {
  for (const each of running) await each.stop();
  removeFolder(crate);
});

function write(file: string, text: string): void {
  fs.mkdirSync(path.dirname(path.join(crate, file)), { recursive: true });
  fs.writeFileSync(path.join(crate, file), text);
}

/**
 * Writes a version of the library. Its functions have names of their own, so that old code is not mistaken for new
 * code.
 */
function writeVersion(version: number): void {
  const name = (of: number): string => `#[no_mangle]\npub extern "C" fn version_${of}() -> u64 {\n    ${of}\n}\n`;
  write('src/lib.rs', Array.from({ length: version }, (_, index) => name(index + 1)).join('\n'));
}

function start(args: readonly string[], program?: string): Running {
  const started = new Running(args, crate, ENVIRONMENT, program);
  running.push(started);
  return started;
}

/** Begins to build, and waits for the first version. */
async function startBuilding(): Promise<Running> {
  const build = start(['build', '--watch', '--debug']);
  await build.until('watching for changes');
  return build;
}

const OPEN = `
const { RustDLL } = require(${JSON.stringify(ROOT)});
let lib = new RustDLL(RustDLL.find('hot-lib', { from: __filename }));
const newest = () => {
  for (const version of [3, 2, 1]) try { return lib['version_' + version](); } catch {}
};
`;

test('a server that reloads the library, with rustdll build --watch', async () => {
  await startBuilding();
  write(
    'server.cjs',
    `${OPEN}
require('node:fs').watchFile(lib.path, { interval: 50 }, () => {
  const old = lib;
  lib = RustDLL.reload(lib);
  if (lib !== old) console.log('now ' + newest() + ', before ' + old.version_1());
});
console.log('process ' + process.pid + ' at ' + newest());
`,
  );
  const server = start([], path.join(crate, 'server.cjs'));
  await server.until('at 1\n');
  for (const version of [2, 3]) {
    writeVersion(version);
    await server.until(`now ${version}, before 1\n`);
  }
}, 600_000);

test('jest -i --watchAll', async () => {
  await startBuilding();
  write('package.json', '{}');
  write(
    'jest.config.js',
    "module.exports = { testMatch: ['**/*.test.cjs'], moduleFileExtensions: ['js', 'cjs', 'json', 'node', 'so', 'dylib', 'dll'] };",
  );
  write(
    'lib.test.cjs',
    `${OPEN}\ntest('it', () => void process.stdout.write('at ' + newest() + ' in ' + process.pid));\n`,
  );
  const jest = start(['-i', '--watchAll', '--no-cache'], JEST);
  await jest.until('at 1 in ');
  await jest.until('Ran all test suites');
  for (const version of [2, 3]) {
    writeVersion(version);
    await jest.until(`at ${version} in ${jest.pid}`);
    await jest.until('Ran all test suites');
  }
}, 600_000);
