/** Files that docs/errors.md tries to open as libraries. They are ELF, so they are made on Linux only. */

import { execFileSync } from 'node:child_process';
import * as fs from 'node:fs';
import * as path from 'node:path';
import type { Project } from './workshop';

/** Where an ELF header has the processor, and the numbers of the two. */
const MACHINE_AT = 18;
const [X64, ARM64] = [62, 183];

/** Puts the files beside the project's own library. */
export function addStrays(project: Project): void {
  const library = fs.readFileSync(path.join(project.folder, 'libmylib.so'));
  project.write('half.so', library.subarray(0, library.length >> 1));
  const foreign = Buffer.from(library);
  foreign.writeUInt16LE(process.arch === 'x64' ? ARM64 : X64, MACHINE_AT);
  project.write('arm.so', foreign);
  project.write('app.asar', 'an archive');

  const gone = project.write('gone.c', 'int gone(void) { return 1; }\n');
  const needy = project.write('needy.c', 'int gone(void);\nint needy(void) { return gone(); }\n');
  const cc = (...args: string[]): void =>
    void execFileSync('cc', ['-shared', '-fPIC', ...args], { cwd: project.folder });
  cc('-o', 'libgone.so', gone);
  cc('-o', 'needy.so', needy, '-L.', '-lgone');
  fs.rmSync(path.join(project.folder, 'libgone.so'));
}
