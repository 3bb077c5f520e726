/** Python's packages, which are also how some programs come that have nothing to do with Python. */

import { spawnSync } from 'node:child_process';
import { run } from '../shared/tools.mjs';

/** Runs one of pip's commands on wheels, without what they depend on. */
export function pip(command, ...args) {
  const python = ['python3', 'python'].find((name) => spawnSync(name, ['-m', 'pip', '--version']).status === 0);
  if (python === undefined) throw new Error('Python with pip is needed for the compiler, and there is none');
  const options = ['--quiet', '--disable-pip-version-check', '--no-deps', '--only-binary=:all:'];
  run(python, ['-m', 'pip', command, ...options, ...args]);
}
