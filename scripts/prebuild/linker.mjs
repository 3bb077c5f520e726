#!/usr/bin/env node
/** What Cargo links with for another platform: the compiler, for the target that the environment names. */

import { spawnSync } from 'node:child_process';
import { zig } from './zig.mjs';

const args = ['cc', '-target', process.env.RUSTDLL_TRIPLE, ...process.argv.slice(2)];
process.exit(spawnSync(zig(), args, { stdio: 'inherit' }).status ?? 1);
