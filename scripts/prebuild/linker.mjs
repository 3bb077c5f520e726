#!/usr/bin/env node
/** What Cargo links with for another platform: the compiler, for the target that the environment names. */

import { spawnSync } from 'node:child_process';
import { zig } from './zig.mjs';

/** The C runtime of Windows, which Zig links by itself and has under other names. */
const RUNTIME = ['-lmsvcrt', '-lmingw32', '-lmingwex', '-nolibc', '--unwindlib=none'];

const given = process.argv
  .slice(2)
  .filter((option) => !RUNTIME.includes(option))
  // Zig takes the list of what a Windows library exports for a file, and not for an option of its linker.
  .map((option) => option.replace(/^-Wl,(.*\.def)$/, '$1'));
const args = ['cc', '-target', process.env.RUSTDLL_TRIPLE, '-O2', ...given];
process.exit(spawnSync(zig(), args, { stdio: 'inherit' }).status ?? 1);
