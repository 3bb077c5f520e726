#!/usr/bin/env node
/** The linker that Cargo runs for another platform: the compiler, for the target that the environment names. */

import { spawnSync } from 'node:child_process';
import { zig } from './zig.mjs';

/** The options for the C runtime of Windows, which Zig links by itself and under other names. */
const RUNTIME = ['-lmsvcrt', '-lmingw32', '-lmingwex', '-nolibc', '--unwindlib=none'];

/** After this option Zig looks for files of Windows' own only, and not for import libraries that are archives. */
const DYNAMIC = '-Wl,-Bdynamic';

const isForWindows = process.env.RUSTDLL_TRIPLE.includes('windows');
const given = process.argv
  .slice(2)
  .filter((option) => !RUNTIME.includes(option) && !(isForWindows && option === DYNAMIC))
  // Zig accepts the list of exports of a Windows library as a file, not as an option of the linker.
  .map((option) => option.replace(/^-Wl,(.*\.def)$/, '$1'));
const args = ['cc', '-target', process.env.RUSTDLL_TRIPLE, '-O2', ...given];
process.exit(spawnSync(zig(), args, { stdio: 'inherit' }).status ?? 1);
