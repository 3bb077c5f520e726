/** Vite: a build for the server, which does not bundle packages unless it is told to. */

import { build } from 'vite';

const base = { configFile: false, logLevel: 'warn', build: { ssr: 'program.mjs', outDir: 'dist' } };

export default {
  external: { file: 'dist/program.js', run: () => build(base) },
  'external, all others inside': {
    file: 'dist/program.js',
    run: () => build({ ...base, ssr: { noExternal: true, external: ['rustdll'] } }),
  },
};
