/** Caches downloads from one run to the next, in a folder that Git ignores. */

import { existsSync, mkdirSync, renameSync, rmSync } from 'node:fs';
import path from 'node:path';
import { ROOT } from '../shared/tools.mjs';

export const CACHE = path.join(ROOT, 'node_modules', '.cache', 'rustdll');

/**
 * Returns the folder `name` of the cache. If it does not exist, `make` fills it under a temporary name first, so that
 * an existing folder is always complete.
 */
export function cached(name, make) {
  const folder = path.join(CACHE, name);
  if (existsSync(folder)) return folder;
  const unfinished = `${folder}.part`;
  rmSync(unfinished, { recursive: true, force: true });
  mkdirSync(unfinished, { recursive: true });
  make(unfinished);
  renameSync(unfinished, folder);
  return folder;
}
