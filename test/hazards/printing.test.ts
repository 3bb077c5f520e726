/** Output of Rust to pipes that Node has made non-blocking, and at the end of the process. */

import { spawnSync } from 'node:child_process';
import { ensureBuilt } from '../support/built';
import { ROOT } from '../support/child';
import { libraryPath } from '../support/kernels';

const path = libraryPath('clashing');

/**
 * Runs a program with one of its streams connected to a pipe that is not read for a while. Returns the lines that
 * arrive.
 */
function linesOf(program: string, stream: 1 | 2): { lines: number; code: string } {
  ensureBuilt();
  // The shell makes the pipe, as Node connects its children with sockets.
  const pipe = stream === 1 ? '2>&3' : '2>&1 1>/dev/null';
  const script = `{ { "$0" -e "$1" ${pipe}; echo "code $?" >&3; } | { sleep 1; wc -l; }; } 3>&2`;
  const { stdout, stderr } = spawnSync('/bin/sh', ['-c', script, process.execPath, program], {
    cwd: ROOT,
    encoding: 'utf8',
  });
  return { lines: Number(stdout), code: stderr.trim() };
}

const onPosix = process.platform === 'win32' ? describe.skip : describe;

onPosix('a pipe that is read slowly, which Node has made non-blocking', () => {
  const opening = `const { RustDLL } = require('rustdll'); const dll = new RustDLL(${JSON.stringify(path)});`;

  test('fault 126: takes all lines that Rust prints after console.log', () => {
    const program = `${opening} for (let i = 0; i < 20; i++) { console.log('of JavaScript'); dll.print_lines(1000); }`;
    expect(linesOf(program, 1)).toEqual({ lines: 20_020, code: 'code 0' });
  });

  test('fault 126: takes all lines that Rust prints to standard error', () => {
    const program = `${opening} for (let i = 0; i < 5; i++) { console.error('of JavaScript'); dll.eprint_lines(1000); }`;
    expect(linesOf(program, 2).lines).toBeGreaterThanOrEqual(5_005);
  });

  test('fault 126: takes what a Worker prints', () => {
    const program = `${opening} console.log('begin');
      new (require('node:worker_threads').Worker)(
        ${JSON.stringify(`${opening} dll.print_lines(10000);`)}, { eval: true });`;
    expect(linesOf(program, 1)).toEqual({ lines: 10_001, code: 'code 0' });
  });

  test('fault 126: takes one large write', () => {
    const program = `${opening} console.log('begin'); dll.write_bytes(Buffer.from('0123456\\n'.repeat(200000)));`;
    expect(linesOf(program, 1)).toEqual({ lines: 200_001, code: 'code 0' });
  });
});

describe('a line that Rust has begun and not ended', () => {
  test.each([
    ['the program ends', ''],
    ['process.exit is called', 'process.exit(0);'],
    ['a Worker printed it', '', 'worker'],
  ])('fault 126: arrives when %s', (_, end, where = 'main') => {
    ensureBuilt();
    const print = `new (require('rustdll').RustDLL)(${JSON.stringify(path)}).print_text('begun, not ended');`;
    const program =
      where === 'main'
        ? `${print} ${end}`
        : `new (require('node:worker_threads').Worker)(${JSON.stringify(print)}, { eval: true });`;
    const { stdout, status } = spawnSync(process.execPath, ['-e', program], { cwd: ROOT, encoding: 'utf8' });
    expect({ stdout, status }).toEqual({ stdout: 'begun, not ended', status: 0 });
  });
});
