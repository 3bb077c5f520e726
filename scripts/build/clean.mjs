// Removes what the builds and tests leave. What npm has installed stays.
import { rmSync } from 'node:fs';
import { cargo } from '../shared/cargo.mjs';

for (const folder of ['build', 'coverage', 'dist', 'examples/out']) {
  rmSync(new URL(`../../${folder}`, import.meta.url), { recursive: true, force: true });
}
process.exit(cargo(['clean', '--quiet']) ? 0 : 1);
