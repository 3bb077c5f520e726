/** The memory that calls take while they run, and what a million of them leave behind. */

import * as path from 'node:path';
import { ROOT } from '../support/child';
import { libraryPath } from '../support/kernels';
import { runNode } from '../support/program';

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
