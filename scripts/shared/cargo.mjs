/**
 * Runs Cargo in each of the workspaces: the crates, the libraries of the tests, the examples, the benchmarks. bench/pyo3 is not
 * one of them, as it needs Python.
 */

import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';

const WORKSPACES = [
  'rust',
  'test/fixtures',
  'examples',
  'examples/service',
  ...['exported', 'flat', 'instructions', 'many', 'napi-rs'].map((crate) => `bench/${crate}`),
];

/**
 * Runs `cargo ...args` in every workspace, also after one has failed.
 *
 * @param env - Variables to add to the environment.
 * @param workspaces - The workspaces, if not all.
 * @returns True if all succeeded.
 */
export function cargo(args, env = {}, workspaces = WORKSPACES) {
  const failed = workspaces.filter((workspace) => {
    console.log(`${workspace}: cargo ${args.join(' ')}`);
    const cwd = fileURLToPath(new URL(`../../${workspace}`, import.meta.url));
    const { status, error } = spawnSync('cargo', args, { cwd, stdio: 'inherit', env: { ...process.env, ...env } });
    if (error) console.error(error.message);
    return status !== 0;
  });
  return failed.length === 0;
}
