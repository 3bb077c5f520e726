/** The package of a new project in JavaScript. */

import { packageJson, testOf } from './manifest';
import type { ProjectFacts } from './facts';

export function javascriptFiles(facts: ProjectFacts): Record<string, string> {
  const { name, library } = facts;
  const types = `--types ${library}.d.ts`;
  return {
    'package.json': packageJson(facts, {
      folder: '.',
      files: ['index.js', 'index.d.ts', `${library}.d.ts`],
      scripts: {
        build: `rustdll build ${types}`,
        'build:debug': `rustdll build --debug ${types}`,
        native: `rustdll build --native ${types}`,
        watch: `rustdll build ${types} --watch --exec "node --test"`,
        pretest: 'npm run build',
        test: 'node --test',
      },
    }),
    'index.js': `// @ts-check
import { RustDLL } from 'rustdll';

/**
 * The functions that src/lib.rs exports.
 *
 * @type {RustDLL<typeof import('./${library}.js')>}
 */
export const lib = new RustDLL(RustDLL.find('${name}', { from: import.meta.url }));
`,
    'index.d.ts': `import type { RustDLL } from 'rustdll';
// Written by \`npm run build\`.
import type * as functions from './${library}.js';

export type * from './${library}.js';

/** The functions that src/lib.rs exports. */
export declare const lib: RustDLL<typeof functions>;
`,
    [`test/${name}.test.js`]: `// @ts-check\n${testOf("  const points = /** @type {any} */ ([{ x: 0, y: 'up' }]);")}`,
  };
}
