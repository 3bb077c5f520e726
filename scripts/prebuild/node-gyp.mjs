#!/usr/bin/env node
/**
 * What prebuildify runs in place of node-gyp, in a folder of its own: it makes build/Release/rustdll.node for the target
 * that the environment names. Of node-gyp's arguments it needs none.
 */

import path from 'node:path';
import { compile } from './compile.mjs';
import { targetNamed } from './targets.mjs';

compile(
  targetNamed(process.env.RUSTDLL_TARGET),
  path.resolve('build'),
  path.resolve('build', 'Release', 'rustdll.node'),
);
