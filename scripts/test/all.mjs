// Builds everything and runs all tests: jest's, to which the arguments are passed, those of the types, and the Rust
// tests. Stops at the first that fails.
import { spawnSync } from 'node:child_process';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { npm, program, ROOT } from '../shared/tools.mjs';

function node(file, ...args) {
  const { status } = spawnSync(process.execPath, [file, ...args], { cwd: ROOT, stdio: 'inherit' });
  if (status !== 0) process.exit(status ?? 1);
}

const script = (name) => fileURLToPath(new URL(name, import.meta.url));

npm(ROOT, 'run', 'build');
node(program(path.join(ROOT, 'node_modules'), 'jest', 'jest'), ...process.argv.slice(2));
node(script('types.mjs'));
node(script('rust.mjs'));
