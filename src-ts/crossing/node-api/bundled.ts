/**
 * Loads the addon that node-gyp-build finds, or that a bundler has copied beside its output. Some bundlers support no
 * newer syntax than that of this file, and recognise only a call of exactly this form.
 */

import path = require('node:path');

export function loadBundled(): unknown {
  const load = require('node-gyp-build') as (folder: string) => unknown;
  return load(path.join(__dirname, '../../..'));
}
