/** Compiles test/fixtures/plain in different ways, with and without debug information. */

import { execFileSync } from 'node:child_process';
import * as fs from 'node:fs';
import * as path from 'node:path';
import { libraryFile } from './library-file.cjs';

const FIXTURES = path.join(__dirname, '..', 'fixtures');

const SOURCE = path.join(FIXTURES, 'plain', 'plain.rs');

const RELEASE = ['-Copt-level=3', '-Cdebuginfo=2'];

/** The options of the compiler for each way. */
const WAYS = {
  debug: ['-Cdebuginfo=2'],
  release: RELEASE,
  units: [...RELEASE, '-Ccodegen-units=16'],
  lto: [...RELEASE, '-Clto=fat'],
  dwarf5: [...RELEASE, '-Cdwarf-version=5'],
  packed: [...RELEASE, '-Csplit-debuginfo=packed'],
  packed5: [...RELEASE, '-Csplit-debuginfo=packed', '-Cdwarf-version=5'],
  unpacked: [...RELEASE, '-Csplit-debuginfo=unpacked'],
  unpacked5: [...RELEASE, '-Csplit-debuginfo=unpacked', '-Cdwarf-version=5'],
  compressed: [...RELEASE, '-Clink-arg=-Wl,--compress-debug-sections=zlib'],
  lines: ['-Copt-level=3', '-Cdebuginfo=1'],
  tables: ['-Copt-level=3', '-Cdebuginfo=line-tables-only'],
  none: ['-Copt-level=3', '-Cdebuginfo=0'],
  stripped: ['-Copt-level=3', '-Cdebuginfo=0', '-Cstrip=symbols'],
} as const;

export type Way = keyof typeof WAYS;

/** True if the ways of compiling are those of this platform: debug information in an ELF file. */
export const isElf = process.platform === 'linux';

/** Returns the path of the library that was compiled in a way; compiles it if the source is newer. */
export function plainLibrary(way: Way): string {
  const folder = path.join(FIXTURES, 'target', 'plain', way);
  const file = path.join(folder, libraryFile('plain'));
  const built = fs.statSync(file, { throwIfNoEntry: false });
  if (built !== undefined && built.mtimeMs > Math.max(modified(SOURCE), modified(__filename))) return file;
  if (built !== undefined) fs.rmSync(path.dirname(fs.realpathSync(file)), { recursive: true, force: true });
  fs.rmSync(folder, { force: true });
  fs.mkdirSync(path.dirname(folder), { recursive: true });
  const fresh = fs.mkdtempSync(`${folder}-`);
  const options = ['--edition=2021', '--crate-type=cdylib', '--crate-name=plain', ...WAYS[way]];
  // Another process may compile the same meanwhile, so the folder gets its name when it is complete. It is compiled
  // there, as files with the rest of the debug information are where the compiler wrote them.
  execFileSync('rustc', [...options, '-o', path.join(fresh, libraryFile('plain')), SOURCE], { stdio: 'pipe' });
  try {
    fs.symlinkSync(path.basename(fresh), folder);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
  }
  return file;
}

function modified(file: string): number {
  return fs.statSync(file).mtimeMs;
}
