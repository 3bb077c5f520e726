/** The README of a new project. */

import type { ProjectFacts } from './facts';

export function readme({ name, library, isTypeScript }: ProjectFacts): string {
  const types = isTypeScript ? `dist/${library}.d.ts` : `${library}.d.ts`;
  return `# ${name}

Rust functions, called from JavaScript with rustdll.

\`\`\`sh
npm install
npm test          # builds, then runs the tests
npm run build     # builds the library${isTypeScript ? ` and the TypeScript, and writes ${types}` : ` and writes ${types}`}
npm run watch     # builds and runs the tests whenever a Rust source changes
cargo test        # runs the tests in Rust
\`\`\`

\`\`\`js
import { lib } from '${name}';

lib.greet('World'); // 'Hello, World!'

const words = new lib.WordCount();
words.add('to be or not to be');
words.count('be'); // 2
words.close();
\`\`\`

The functions are in \`src/lib.rs\`: each one with \`#[export]\` is a function of \`lib\`, and
\`WordCount\` a class of it, whose objects keep their values in Rust. \`npx rustdll inspect\` lists them,
\`npx rustdll doctor\` tells what is missing if something does not work.

## Debugging

The launch configurations of Visual Studio Code stop at breakpoints in Rust while Node runs the tests, or in a process that
already runs. They need the extension CodeLLDB.

## Publishing

\`npm pack\` builds the library for this machine, copies it to \`native/<platform>-<arch>\`, and packs it. The workflow
\`.github/workflows/build.yml\` does so on all platforms and packs all libraries into one package, which it keeps as an artifact;
\`npm publish <file>.tgz\` publishes it, after \`private\` is removed from \`package.json\`. \`RustDLL.find\` finds the library for the
platform; whoever installs the package needs no Rust.
`;
}
