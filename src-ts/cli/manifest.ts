/** Reads the package.json of this package. */

import fs = require('node:fs');
import path = require('node:path');

export interface Manifest {
  readonly version: string;
  readonly engines: { readonly node: string };
}

export function manifest(): Manifest {
  return JSON.parse(fs.readFileSync(path.join(__dirname, '..', '..', 'package.json'), 'utf8')) as Manifest;
}
