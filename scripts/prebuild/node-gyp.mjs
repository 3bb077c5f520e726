#!/usr/bin/env node
/**
 * The program that prebuildify runs instead of node-gyp, in a folder of its own. It makes build/Release/rustdll.node
 * for the target that the environment names, and ignores node-gyp's arguments.
 */

import path from 'node:path';
import { compile } from './compile.mjs';
import { targetNamed } from './targets.mjs';

compile(
  targetNamed(process.env.RUSTDLL_TARGET),
  path.resolve('build'),
  path.resolve('build', 'Release', 'rustdll.node'),
);
