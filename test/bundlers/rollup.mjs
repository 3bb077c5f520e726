/** Rollup: with the package outside of the bundle, and with its code inside. */

import commonjs from '@rollup/plugin-commonjs';
import { nodeResolve } from '@rollup/plugin-node-resolve';
import { rollup } from 'rollup';

async function build(output, options) {
  const warnings = [];
  const bundle = await rollup({ input: 'program.mjs', onwarn: ({ message }) => warnings.push(message), ...options });
  await bundle.write(output);
  await bundle.close();
  if (warnings.length > 0) throw new Error(warnings.join('\n'));
}

const resolve = nodeResolve({ exportConditions: ['node'], preferBuiltins: true });

export default {
  external: {
    file: 'dist/program.mjs',
    run: () => build({ file: 'dist/program.mjs', format: 'es' }, { external: ['rustdll', /^node:/] }),
  },
  inside: {
    file: 'dist/program.cjs',
    run: () =>
      build(
        { file: 'dist/program.cjs', format: 'cjs' },
        { plugins: [resolve, commonjs({ ignoreDynamicRequires: true })], external: [/^node:/] },
      ),
  },
};
