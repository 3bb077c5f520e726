/** esbuild: with the package outside of the bundle, and with its code inside. */

import { build } from 'esbuild';

const options = { entryPoints: ['program.mjs'], bundle: true, platform: 'node', logLevel: 'warning' };

export default {
  external: {
    file: 'dist/program.cjs',
    run: () => build({ ...options, outfile: 'dist/program.cjs', external: ['rustdll'] }),
  },
  'external, as a module': {
    file: 'dist/program.mjs',
    run: () => build({ ...options, outfile: 'dist/program.mjs', format: 'esm', external: ['rustdll'] }),
  },
  inside: { file: 'dist/program.cjs', run: () => build({ ...options, outfile: 'dist/program.cjs', minify: true }) },
};
