/** The configuration of Visual Studio Code in a new project, for breakpoints in Rust. */

import type { ProjectFacts } from './facts';

export function launchJson({ name, isTypeScript }: ProjectFacts): string {
  // The file itself, as `node --test` would run it in another process.
  const test = isTypeScript ? `dist/test/${name}.test.js` : `test/${name}.test.js`;
  return `{
  "version": "0.2.0",
  "configurations": [
    {
      "name": "Rust: debug the tests in Node",
      "type": "lldb",
      "request": "launch",
      "program": "node",
      "args": ["${test}"],
      "cwd": "\${workspaceFolder}",
      "sourceLanguages": ["rust"],
      "preLaunchTask": "npm: build:debug"
    },
    {
      "name": "Rust: attach to a running Node",
      "type": "lldb",
      "request": "attach",
      "pid": "\${command:pickMyProcess}",
      "sourceLanguages": ["rust"]
    }
  ]
}
`;
}

export const EXTENSIONS_JSON = `{
  "recommendations": ["rust-lang.rust-analyzer", "vadimcn.vscode-lldb"]
}
`;
