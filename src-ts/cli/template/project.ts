/** The files of a new project. */

import { cargoToml, LIB_RS } from './crate';
import { EXTENSIONS_JSON, launchJson } from './editor';
import type { ProjectFacts } from './facts';
import { javascriptFiles } from './javascript';
import { readme } from './readme';
import { typescriptFiles } from './typescript';
import { WORKFLOW } from './workflow';

/** Returns the texts of all files by their paths in the project. */
export function projectFiles(facts: ProjectFacts): Record<string, string> {
  return {
    'Cargo.toml': cargoToml(facts),
    'src/lib.rs': LIB_RS,
    ...(facts.isTypeScript ? typescriptFiles(facts) : javascriptFiles(facts)),
    'README.md': readme(facts),
    '.gitignore': ['node_modules/', 'target/', 'native/', ...(facts.isTypeScript ? ['dist/'] : []), '*.tgz', ''].join(
      '\n',
    ),
    '.github/workflows/build.yml': WORKFLOW,
    '.vscode/launch.json': launchJson(facts),
    '.vscode/extensions.json': EXTENSIONS_JSON,
  };
}
