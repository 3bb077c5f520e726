/** webpack: with the package outside of the bundle, and with its code inside. */

import path from 'node:path';
import webpack from 'webpack';

function build(options) {
  const config = {
    context: process.cwd(),
    entry: './program.mjs',
    mode: 'production',
    output: { path: path.resolve('dist'), filename: 'program.cjs' },
    target: 'node',
    ...options,
  };
  return new Promise((resolve, reject) => {
    webpack(config, (error, stats) => {
      if (error) reject(error);
      else if (stats.hasErrors() || stats.hasWarnings()) reject(new Error(stats.toString()));
      else resolve();
    });
  });
}

export default {
  external: { file: 'dist/program.cjs', run: () => build({ externals: { rustdll: 'commonjs rustdll' } }) },
  inside: { file: 'dist/program.cjs', run: () => build({}) },
};
