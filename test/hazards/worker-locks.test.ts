/**
 * Workers that call at once share no lock: a library that is loaded before all others counts the locks that the process
 * takes. Those of the C library's own are not counted, such as malloc's, which has several arenas for that reason.
 */

import { spawnSync } from 'node:child_process';
import * as path from 'node:path';
import { ensureBuilt } from '../support/built';
import { ROOT } from '../support/child';
import { libraryPath } from '../support/kernels';

/** The most locks of a call. What there is are those of the collector and of the threads that compile. */
const MOST = 0.25;

/** Returns the locks of each call, by its kind. */
function locksOfCalls(): Record<string, number> {
  ensureBuilt();
  const locks = path.join(ROOT, 'test', 'fixtures', 'target', 'c', 'liblocks.so');
  const args = [path.join(ROOT, 'test', 'support', 'locks-child.cjs'), ROOT, libraryPath('exported'), locks];
  const env = { ...process.env, LD_PRELOAD: locks };
  const { stdout, stderr, status } = spawnSync(process.execPath, args, { encoding: 'utf8', env });
  if (status !== 0) throw new Error(`exit code ${status}\n${stderr}`);
  return JSON.parse(stdout) as Record<string, number>;
}

if (process.platform === 'linux') {
  test('16 Workers that call at once take no locks', () => {
    const { 'a lock': counted, ...calls } = locksOfCalls();
    expect(Object.keys(calls)).toEqual(['numbers', 'strings', 'lists', 'records']);
    for (const taken of Object.values(calls)) expect(taken).toBeLessThan(MOST);
    expect(counted).toBeGreaterThan(1 - MOST);
  }, 300_000);
}
