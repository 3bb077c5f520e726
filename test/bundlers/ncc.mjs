/** ncc: with the package outside of the bundle, and with its code inside. */

import ncc from '@vercel/ncc';
import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';

async function build(program, options) {
  const { code, assets } = await ncc(path.resolve(program), { quiet: true, cache: false, ...options });
  mkdirSync('dist', { recursive: true });
  writeFileSync(path.join('dist', program), code);
  for (const [name, { source }] of Object.entries(assets)) {
    const file = path.join('dist', name);
    mkdirSync(path.dirname(file), { recursive: true });
    writeFileSync(file, source);
  }
}

export default {
  external: { file: 'dist/program.mjs', run: () => build('program.mjs', { externals: ['rustdll'] }) },
  'inside, with the addon': { file: 'dist/program.cjs', alone: true, run: () => build('program.cjs', {}) },
};
