/** Programs that use the built package as its users do, in a process of their own. */

import { spawnSync } from 'node:child_process';
import { ensureBuilt } from './built';
import { ROOT } from './child';

/** Node's flag that forbids `new Function`. */
export const FORBID_CODE = '--disallow-code-generation-from-strings';

/** The output and the outcome of a program. */
export interface Outcome {
  readonly stdout: string;
  readonly stderr: string;
  readonly status: number | null;
  readonly signal: NodeJS.Signals | null;
}

/**
 * Runs Node with these arguments; by default in the package's own directory, where it can require itself, and with this
 * process's environment.
 */
export function runNode(args: readonly string[], cwd: string = ROOT, env: NodeJS.ProcessEnv = process.env): Outcome {
  ensureBuilt();
  const { stdout, stderr, status, signal } = spawnSync(process.execPath, args, {
    cwd,
    env,
    encoding: 'utf8',
    maxBuffer: 64 * 1024 * 1024,
  });
  return { stdout, stderr, status, signal };
}

/**
 * Runs a CommonJS program, in which `rustdll` is the package, and returns the JSON that it prints.
 *
 * @param flags - Flags for Node.
 * @param env - Its environment; by default this process's.
 */
export function runProgram(source: string, flags: readonly string[] = [], env?: NodeJS.ProcessEnv): unknown {
  const args = [...flags, '-e', `const rustdll = require('rustdll');\n${source}`];
  const { stdout, stderr, status, signal } = runNode(args, ROOT, env);
  if (status !== 0) throw new Error(`exit code ${status}, signal ${signal}\n${stderr}`);
  return JSON.parse(stdout);
}
