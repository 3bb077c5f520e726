/** The memory that calls take while they run, and what a million of them leave behind. */

import * as path from 'node:path';
import { runningLibc } from '../../src-ts/runtime/libc';
import { ROOT } from '../support/child';
import { libraryPath } from '../support/kernels';
import { runNode, runProgram } from '../support/program';

/** The most memory of a call beside its arguments, as a multiple of what it carries. */
const MOST_OF_PEAK = 2.2;
/** The most bytes by which the process may grow with each call. */
const MOST_OF_CALL = 1;

function measure(...work: string[]): Record<string, number> {
  const file = path.join(ROOT, 'test', 'support', 'memory-child.cjs');
  const libraries = [libraryPath('exported'), libraryPath('callbacks')];
  const args = ['--expose-gc', file, ROOT, ...libraries, ...work];
  const { stdout, stderr, status } = runNode(args);
  if (status !== 0) throw new Error(`exit code ${status}\n${stderr}`);
  return JSON.parse(stdout) as Record<string, number>;
}

test.each([
  'a list of floats in',
  'a Float64Array in',
  'a list of floats out',
  'a string out',
  'strings in',
  'strings out',
  'records in',
])('%s: the most memory is a small multiple of what is carried', (work) => {
  const { carries, peak } = measure(work) as { carries: number; peak: number };
  expect(peak / carries).toBeLessThanOrEqual(MOST_OF_PEAK);
});

test('a million calls leave less than a byte each', () => {
  for (const grown of Object.values(measure())) expect(grown).toBeLessThan(MOST_OF_CALL);
}, 120_000);

const isGlibc = runningLibc()?.name === 'glibc';

(isGlibc ? describe : describe.skip)('what the values of a long list have taken is there for the next call', () => {
  /** Returns the pages of memory that are mapped anew for a call of the library, by the median of several. */
  const mapped = (call: string, env?: NodeJS.ProcessEnv) => {
    const source = `const lib = new rustdll.RustDLL(${JSON.stringify(libraryPath('exported'))});
      const points = Array.from({ length: 50_000 }, () => ({ x: 0.5, y: 0.5, label: 'label'.padEnd(150) }));
      const faults = () => process.resourceUsage().minorPageFault;
      const pages = Array.from({ length: 41 }, () => {
        const before = faults();
        ${call};
        return faults() - before;
      });
      console.log(pages.slice(-21).sort((a, b) => a - b)[10]);`;
    return runProgram(source, [], { ...process.env, ...env });
  };

  // They take Rust 11 MB and 5 MB, or 2,700 and 1,200 pages.
  test.each([
    ['records in', 'lib.touch(points)'],
    ['strings out', 'lib.many_strings(100_000)'],
  ])('%s', (_, call) => {
    expect(mapped(call)).toBeLessThan(500);
    // With a limit of its own, a program says what is kept.
    expect(mapped(call, { MALLOC_TRIM_THRESHOLD_: `${128 * 1024}` })).toBeGreaterThan(1000);
  });
});
