/** The numbers in the README are those that were measured. */

import { spawnSync } from 'node:child_process';
import * as path from 'node:path';
import { ROOT } from './workshop';

test('the README has the numbers of bench/results.json', () => {
  const script = path.join(ROOT, 'scripts', 'check', 'readme-numbers.mjs');
  const { status, stderr } = spawnSync(process.execPath, [script, '--check'], { cwd: ROOT, encoding: 'utf8' });
  expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
});
