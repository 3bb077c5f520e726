/** `rustdll build --watch --exec`: the command, the processes that it starts, and the signals. */

import { spawnSync } from 'node:child_process';
import * as fs from 'node:fs';
import * as path from 'node:path';
import { removeFolder, Running, temporaryFolder } from './command';

const ENVIRONMENT = { CARGO_TARGET_DIR: undefined, CARGO_BUILD_TARGET_DIR: undefined };
const NODE = JSON.stringify(process.execPath);

let crate: string;
let running: Running | undefined;
beforeEach(() => {
  crate = temporaryFolder();
  running = undefined;
  write('Cargo.toml', '[package]\nname = "ran-lib"\nversion = "0.0.0"\n[lib]\ncrate-type = ["cdylib"]\n[workspace]\n');
  write('src/lib.rs', '');
});
afterEach(async () => {
  await running?.stop();
  removeFolder(crate);
}, 60_000);

function write(file: string, text: string): void {
  fs.mkdirSync(path.dirname(path.join(crate, file)), { recursive: true });
  fs.writeFileSync(path.join(crate, file), text);
}

function watch(command: string): Running {
  return (running = new Running(['build', '--debug', '--watch', '--exec', command], crate, ENVIRONMENT));
}

/** False also for a process that has ended and that nobody has waited for, as in containers without an init process. */
function isAlive(pid: number): boolean {
  if (process.platform !== 'win32') {
    const { stdout } = spawnSync('ps', ['-o', 'stat=', '-p', String(pid)], { encoding: 'utf8' });
    return /^[^Z\s]/.test(stdout);
  }
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}

/** A server that says what happens to it, and takes a moment to end. */
const SERVER = `
const { pid } = process;
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) {
  process.on(signal, () => setTimeout(() => { console.log(pid + ' leaves by ' + signal + '.'); process.exit(0); }, 200));
}
setInterval(() => {}, 1000);
console.log('serving ' + pid + ' of ' + process.ppid + '.');
`;

test('runs after each build that succeeds, and again; a failed one lets the last run go on', async () => {
  write('server.cjs', SERVER);
  const build = watch(`${NODE} server.cjs`);
  const first = Number(await build.until(/serving (\d+) of/));
  write('src/lib.rs', 'compile_error!("not yet");\n');
  await build.until('cargo build failed');
  expect(isAlive(first)).toBe(true);
  write('src/lib.rs', '// another\n');
  if (process.platform !== 'win32') await build.until(`${first} leaves by SIGTERM.`);
  const second = Number(await build.until(/serving (\d+) of/));
  expect(second).not.toBe(first);
  expect(isAlive(first)).toBe(false);
}, 600_000);

test('a command that ends by itself runs again after the next build', async () => {
  const build = watch(`${NODE} -e "console.log('ran to the end'); process.exit(3)"`);
  await build.until('ran to the end\n');
  await build.until('the command has ended with exit code 3\n');
  write('src/lib.rs', '// another\n');
  await build.until('ran to the end\n');
}, 600_000);

// Windows has no signals, and there a console sends its events to all processes by itself.
const hasSignals = process.platform !== 'win32';
(hasSignals ? describe : describe.skip)('signals', () => {
  test.each([
    ['SIGINT', 130],
    ['SIGTERM', 143],
    ['SIGHUP', 129],
  ] as const)(
    '%s reaches the command, which is waited for',
    async (signal, code) => {
      write('server.cjs', SERVER);
      // Not the shell itself, but a process that it waits for.
      const build = watch(`${NODE} server.cjs; echo the shell goes on`);
      const pid = Number(await build.until(/serving (\d+) of/));
      build.kill(signal);
      await build.until(`${pid} leaves by ${signal}.`);
      expect(await build.ended).toBe(code);
      expect(isAlive(pid)).toBe(false);
    },
    600_000,
  );

  test('processes of the command that outlive the shell are waited for, and then killed', async () => {
    write('server.cjs', SERVER.replace(/process\.exit\(0\)/, ''));
    const build = watch(`${NODE} server.cjs; true`);
    const first = Number(await build.until(/serving (\d+) of/));
    write('src/lib.rs', '// another\n');
    await build.until('has not ended after 5 seconds, and is killed');
    await build.until(/serving (\d+) of/);
    expect(isAlive(first)).toBe(false);
  }, 600_000);

  test('the second signal kills a command that ignores the first', async () => {
    write('server.cjs', SERVER.replace(/process\.exit\(0\)/, ''));
    const build = watch(`${NODE} server.cjs`);
    const pid = Number(await build.until(/serving (\d+) of/));
    build.kill('SIGINT');
    await build.until(`${pid} leaves by SIGINT.`);
    expect(isAlive(pid)).toBe(true);
    build.kill('SIGINT');
    expect(await build.ended).toBe(130);
    expect(isAlive(pid)).toBe(false);
  }, 600_000);
});
