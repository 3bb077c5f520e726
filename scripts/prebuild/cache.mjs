/** Downloads that are kept from one run to the next, in a folder that Git does not see. */

import { existsSync, mkdirSync, renameSync, rmSync } from 'node:fs';
import path from 'node:path';
import { ROOT } from '../shared/tools.mjs';

export const CACHE = path.join(ROOT, 'node_modules', '.cache', 'rustdll');

/**
 * The folder `name` of the cache. If it is not there, `make` fills it, under another name until it is whole: what is
 * there under its own name is used without looking.
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
