// Removes the output of builds and tests, but not the packages that npm has installed.
import { rmSync } from 'node:fs';
import { cargo } from '../shared/cargo.mjs';

for (const folder of ['build', 'coverage', 'dist', 'examples/out']) {
  rmSync(new URL(`../../${folder}`, import.meta.url), { recursive: true, force: true });
}
process.exit(cargo(['clean', '--quiet']) ? 0 : 1);
