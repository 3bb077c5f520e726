import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import * as path from 'node:path';
import { PNG } from 'pngjs';
import { ensureBuilt } from '../support/built';

const EXAMPLES = path.join(__dirname, '..', '..', 'examples');

/** Returns the output of `npm run example -- names`. */
function run(...names: string[]): string {
  ensureBuilt();
  const { status, stdout, stderr } = spawnSync(process.execPath, [path.join(EXAMPLES, 'run.mjs'), ...names], {
    encoding: 'utf8',
  });
  expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
  return stdout;
}

/** Divides the output by its headings. */
function sections(stdout: string): Record<string, string> {
  const [, ...parts] = stdout.split(/^\n?== /m);
  return Object.fromEntries(parts.map((part) => /^(.*)\n([^]*)$/.exec(part)?.slice(1) as [string, string]));
}

function picture(name: string): PNG {
  return PNG.sync.read(readFileSync(path.join(EXAMPLES, name)));
}

test('hello, from TypeScript and from JavaScript of both kinds', () => {
  const printed = 'Hello, World!\nSum of numbers: 15\n[ 6, 2, 3, 4, 5 ]\n';
  expect(sections(run('hello'))).toEqual({
    'hello, in TypeScript (main.mts)': printed,
    'hello, in JavaScript with import (main.mjs)': printed,
    'hello, in JavaScript with require (main.cjs)': printed,
  });
});

test('gzip: a large file goes through Rust, and the memory of the process stays level', () => {
  const [printed = ''] = Object.values(sections(run('gzip')));
  expect(printed).toMatch(/^128\.0 MB became \d+\.\d MB in \d+\.\d s$/m);
  expect(Number(/at most (-?[\d.]+) MB more/.exec(printed)?.[1])).toBeLessThan(96);
  expect(printed).toContain('zlib unpacks it to the same');
});

test('blur: Rust and JavaScript make the same picture', () => {
  const [printed] = Object.values(sections(run('blur')));
  expect(printed).toMatch(/^Rust: +\d+\.\d ms\nJavaScript: +\d+\.\d ms$/m);
  expect(printed).toMatch(/^greatest difference of a channel between the two: [01]$/m);

  const source = picture('blur/lighthouse.png');
  const input = picture('out/input.png');
  const rust = picture('out/rust.png');
  const javascript = picture('out/javascript.png');
  expect(input.data.equals(source.data)).toBe(true);
  const { width, height } = source;
  for (const made of [rust, javascript]) expect([made.width, made.height]).toEqual([width, height]);
  expect(greatestDifference(rust.data, javascript.data)).toBeLessThanOrEqual(1);
  // A blur preserves the mean, and reduces the difference between neighbours.
  expect(Math.abs(mean(rust.data) - mean(source.data))).toBeLessThan(1);
  expect(roughness(rust)).toBeLessThan(roughness(source) / 2);
});

test('an example that does not exist', () => {
  const { status, stderr } = spawnSync(process.execPath, [path.join(EXAMPLES, 'run.mjs'), 'helo'], {
    encoding: 'utf8',
  });
  expect({ status, stderr }).toEqual({
    status: 2,
    stderr: 'no example helo; there are: hello, blur, gzip, service, queue\n',
  });
});

// The loops run over millions of bytes, and names of the test's global object, such as Math, are slow to look up.

function greatestDifference(a: Uint8Array, b: Uint8Array): number {
  let greatest = 0;
  for (let i = 0; i < a.length; i++) {
    const difference = (a[i] as number) - (b[i] as number);
    if (difference > greatest) greatest = difference;
    else if (-difference > greatest) greatest = -difference;
  }
  return greatest;
}

function mean(bytes: Uint8Array): number {
  let sum = 0;
  for (const byte of bytes) sum += byte;
  return sum / bytes.length;
}

/** Computes the mean square of the difference between a pixel and its right neighbour. */
function roughness({ data, width }: PNG): number {
  let sum = 0;
  for (let i = 0; i + 4 < data.length; i++) {
    const isLast = (i >> 2) % width === width - 1;
    if (!isLast) sum += ((data[i + 4] as number) - (data[i] as number)) ** 2;
  }
  return sum / data.length;
}
