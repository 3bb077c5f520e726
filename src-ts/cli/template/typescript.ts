/** The package of a new project in TypeScript. */

import { packageJson, testOf } from './manifest';
import type { ProjectFacts } from './facts';

/**
 * The compiler runs before the program: Node strips types by itself only in its newer versions, and never below
 * `node_modules`, where a published package is.
 */
export function typescriptFiles(facts: ProjectFacts): Record<string, string> {
  const { name, library } = facts;
  const build = 'rustdll build --types dist/';
  const test = `node --test dist/test/${name}.test.js`;
  return {
    'package.json': packageJson(facts, {
      folder: './dist',
      files: ['dist', '!dist/test', '!dist/*.map'],
      scripts: {
        build: `${build} && tsc`,
        'build:debug': `${build} --debug && tsc`,
        native: `${build} --native && tsc`,
        watch: `${build} --watch --exec "tsc && ${test}"`,
        pretest: 'npm run build',
        test,
      },
      devDependencies: { '@types/node': '^20.19.0', typescript: '>=5.0 <8' },
    }),
    'tsconfig.json': tsconfig(library),
    'index.ts': `import { RustDLL } from 'rustdll';
// Written to dist by \`npm run build\`.
import type * as functions from './${library}.js';

export type * from './${library}.js';

/** The functions that src/lib.rs exports. */
export const lib = new RustDLL<typeof functions>(RustDLL.find('${name}', { from: import.meta.url }));
`,
    [`test/${name}.test.ts`]: testOf("  const points = [{ x: 0, y: 'up' }] as never;"),
  };
}

function tsconfig(library: string): string {
  return `{
  "compilerOptions": {
    "target": "es2022",
    "module": "node16",
    "types": ["node"],
    "strict": true,
    "declaration": true,
    "sourceMap": true,
    "rootDir": ".",
    "outDir": "dist",
    // \`./${library}.js\` is dist/${library}.d.ts, for the sources here as for what is compiled of them.
    "rootDirs": [".", "dist"]
  },
  "files": ["index.ts"],
  "include": ["test"]
}
`;
}
