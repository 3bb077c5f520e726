/** ncc: with the package outside of the bundle, and with its code inside. */

import ncc from '@vercel/ncc';
import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';

async function build(options) {
  const { code, assets } = await ncc(path.resolve('program.mjs'), { quiet: true, cache: false, ...options });
  mkdirSync('dist', { recursive: true });
  writeFileSync('dist/program.mjs', code);
  for (const [name, { source }] of Object.entries(assets)) writeFileSync(path.join('dist', name), source);
}

export default {
  external: { file: 'dist/program.mjs', run: () => build({ externals: ['rustdll'] }) },
};
