/** Runs pip, as some programs that have nothing to do with Python are distributed as Python packages. */

import { spawnSync } from 'node:child_process';
import { run } from '../shared/tools.mjs';

/** Runs a command of pip on wheels, without their dependencies. */
export function pip(command, ...args) {
  const python = ['python3', 'python'].find((name) => spawnSync(name, ['-m', 'pip', '--version']).status === 0);
  if (python === undefined) throw new Error('Python with pip is needed for the compiler, and there is none');
  const options = ['--quiet', '--disable-pip-version-check', '--no-deps', '--only-binary=:all:'];
  run(python, ['-m', 'pip', command, ...options, ...args]);
}
