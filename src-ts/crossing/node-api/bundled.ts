/**
 * The addon that node-gyp-build finds, or that a bundler has put beside what it makes. Some bundlers know no newer syntax
 * than that of this file, and look for a call of the very form that is in it.
 */

import path = require('node:path');

export function loadBundled(): unknown {
  const load = require('node-gyp-build') as (folder: string) => unknown;
  return load(path.join(__dirname, '../../..'));
}
