// Compiles src-ts into dist, from scratch.
import { execFileSync } from 'node:child_process';
import { chmodSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';

const root = new URL('../..', import.meta.url);
const tsc = createRequire(import.meta.url).resolve('typescript/bin/tsc');

rmSync(new URL('dist', root), { recursive: true, force: true });
try {
  execFileSync(process.execPath, [tsc, '-p', fileURLToPath(root)], { stdio: 'inherit' });
} catch {
  process.exit(1);
}
// npm does so when it installs the package; a checkout that is linked has no other chance.
chmodSync(new URL('dist/cli/main.js', root), 0o755);
