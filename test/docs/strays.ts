/** Files that docs/errors.md tries to open as libraries. They are ELF, so they are made on Linux only. */

import { execFileSync } from 'node:child_process';
import * as fs from 'node:fs';
import * as path from 'node:path';
import type { Project } from './workshop';

/** The offset of the processor in an ELF header, and the numbers of two processors. */
const MACHINE_AT = 18;
const [X64, ARM64] = [62, 183];

/** Returns the C source of a contract with a version and a table. */
const contract = (version: number, table: string): string => `
  #include <stdint.h>
  #include <stddef.h>
  struct { char magic[8]; uint32_t version, flags; } const rustdll_contract = { "RUSTDLL", ${version}, 0 };
  static void release(uint64_t owned[4]) { owned[0] = 0; }
  uint32_t rustdll_table(uint64_t frame[52]) {
    static char text[] = ${JSON.stringify(table)};
    frame[13] = (uint64_t)text; // text.ptr, .bytes and .capacity, text_units, release
    frame[14] = frame[15] = frame[17] = sizeof text - 1;
    frame[18] = (uint64_t)release;
    return 0;
  }
  void *rustdll_function(uint64_t index) { (void)index; return NULL; }
`;

/** Writes the files beside the library of the project. */
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
  cc('-o', 'silent.so', gone);
  cc('-o', 'needy.so', needy, '-L.', '-lgone');
  fs.rmSync(path.join(project.folder, 'libgone.so'));
  cc('-o', 'damaged.so', project.write('damaged.c', contract(1, '{"contract":1}')));
  cc('-o', 'newer.so', project.write('newer.c', contract(3, '')));
}
