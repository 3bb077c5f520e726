// Compiles src-ts into dist: CommonJS, with a few lines of ESM in front of it, so that a program that both imports and
// requires the package gets one copy of its classes.
import { execFileSync } from 'node:child_process';
import { rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';

const root = new URL('..', import.meta.url);
const tsc = createRequire(import.meta.url).resolve('typescript/bin/tsc');

rmSync(new URL('dist', root), { recursive: true, force: true });
try {
  execFileSync(process.execPath, [tsc, '-p', fileURLToPath(root)], { stdio: 'inherit' });
} catch {
  process.exit(1);
}
writeFileSync(new URL('dist/index.mjs', root), "export * from './index.js';\n");
writeFileSync(new URL('dist/index.d.mts', root), "export * from './index.js';\n");
