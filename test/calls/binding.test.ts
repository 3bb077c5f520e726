/** What a library's own names are bound to, and its writes to the standard streams. */

import { spawnSync } from 'node:child_process';
import * as zlib from 'node:zlib';
import { RustDLL } from '../../src-ts/index';
import { ensureBuilt } from '../support/built';
import { ROOT } from '../support/child';
import { libraryPath } from '../support/kernels';

const path = libraryPath('clashing');

/** The factors of the functions in test/fixtures/clashing. */
const FACTORS = { crc32: 1, compress: 10, adler32: 100, index: 1e3, uv_run: 1e4, SSL_new: 1e5, daemon: 1e6 };

/** Declares functions of the library, which exports a function called `declare` itself. */
const declare = ((source: string): unknown =>
  Reflect.apply(RustDLL.prototype.declare, new RustDLL(path), [source])) as RustDLL<object>['declare'];

describe('a library whose names are also names of Node or of the C library', () => {
  test('calls its own functions, through pointers too', () => {
    const lib = declare('fn call_all(x: u64, y: u64, z: u64) -> u64');
    const sum = Object.values(FACTORS).reduce((total, factor) => total + factor, 0);
    expect(lib.call_all(1, 2, 3)).toBe(2 * 14 * sum);
  });

  test('has its own static', () => {
    const lib = declare('fn count_opterr() -> u64');
    const before = lib.count_opterr() as number;
    expect(before).toBeGreaterThanOrEqual(8);
    expect(lib.count_opterr()).toBe(before + 1);
  });

  test('gives them to JavaScript', () => {
    const source = Object.keys(FACTORS).map((name) => `fn ${name}(x: u64, y: u64, z: u64) -> u64`);
    const lib = declare(source.join('; '));
    for (const [name, factor] of Object.entries(FACTORS)) expect(lib[name]!(1, 0, 0)).toBe(factor);
  });

  test('may be opened again, and by others', () => {
    const others = [1, 2, 3].map(() => declare('fn call_all(x: u64, y: u64, z: u64) -> u64'));
    expect(new Set(others.map((lib) => lib.call_all(0, 0, 1))).size).toBe(1);
  });

  test('leaves Node its own', () => {
    new RustDLL(path);
    expect(zlib.inflateSync(zlib.deflateSync('rust')).toString()).toBe('rust');
  });
});

/** Runs a program whose `stream` goes into a pipe that nobody reads for a while, and counts the lines that arrive. */
function linesOf(program: string, stream: 1 | 2): { lines: number; code: string } {
  ensureBuilt();
  // A pipe of the shell's: the ones that Node makes for its children are sockets.
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

  test('takes all lines that Rust prints after console.log', () => {
    const program = `${opening} for (let i = 0; i < 20; i++) { console.log('of JavaScript'); dll.print_lines(1000); }`;
    expect(linesOf(program, 1)).toEqual({ lines: 20_020, code: 'code 0' });
  });

  test('takes all lines that Rust prints to standard error', () => {
    const program = `${opening} for (let i = 0; i < 5; i++) { console.error('of JavaScript'); dll.eprint_lines(1000); }`;
    expect(linesOf(program, 2).lines).toBeGreaterThanOrEqual(5_005);
  });

  test('takes what a Worker prints', () => {
    const program = `${opening} console.log('begin');
      new (require('node:worker_threads').Worker)(
        ${JSON.stringify(`${opening} dll.print_lines(10000);`)}, { eval: true });`;
    expect(linesOf(program, 1)).toEqual({ lines: 10_001, code: 'code 0' });
  });

  test('takes one large write', () => {
    const program = `${opening} console.log('begin'); dll.write_bytes(Buffer.from('0123456\\n'.repeat(200000)));`;
    expect(linesOf(program, 1)).toEqual({ lines: 200_001, code: 'code 0' });
  });
});

onPosix('a line that Rust has begun and not ended', () => {
  test.each([
    ['the program ends', ''],
    ['process.exit is called', 'process.exit(0);'],
    ['a Worker printed it', '', 'worker'],
  ])('arrives when %s', (_, end, where = 'main') => {
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
