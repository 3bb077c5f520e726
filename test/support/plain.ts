/** Compiles test/fixtures/plain in different ways, with and without debug information, and other libraries with it. */

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
  little: ['-Copt-level=1', '-Cdebuginfo=2'],
  small: ['-Copt-level=z', '-Cdebuginfo=2'],
  abort: [...RELEASE, '-Cpanic=abort'],
  units: [...RELEASE, '-Ccodegen-units=16'],
  lto: [...RELEASE, '-Clto=fat'],
  thin: [...RELEASE, '-Clto=thin', '-Ccodegen-units=16'],
  dwarf2: [...RELEASE, '-Cdwarf-version=2'],
  dwarf3: [...RELEASE, '-Cdwarf-version=3'],
  dwarf5: [...RELEASE, '-Cdwarf-version=5'],
  packed: [...RELEASE, '-Csplit-debuginfo=packed'],
  packed5: [...RELEASE, '-Csplit-debuginfo=packed', '-Cdwarf-version=5'],
  unpacked: [...RELEASE, '-Csplit-debuginfo=unpacked'],
  unpacked5: [...RELEASE, '-Csplit-debuginfo=unpacked', '-Cdwarf-version=5'],
  compressed: [...RELEASE, '-Clink-arg=-Wl,--compress-debug-sections=zlib'],
  compressed5: [...RELEASE, '-Clink-arg=-Wl,--compress-debug-sections=zlib', '-Cdwarf-version=5'],
  lines: ['-Copt-level=3', '-Cdebuginfo=1'],
  tables: ['-Copt-level=3', '-Cdebuginfo=line-tables-only'],
  none: ['-Copt-level=3', '-Cdebuginfo=0'],
  stripped: ['-Copt-level=3', '-Cdebuginfo=0', '-Cstrip=symbols'],
  symbols: [...RELEASE, '-Cstrip=debuginfo'],
} as const;

export type Way = keyof typeof WAYS;

/** True if the ways of compiling are those of this platform: debug information in an ELF file. */
export const isElf = process.platform === 'linux';

/** Returns the path of the library that was compiled in a way; compiles it if the source is newer. */
export function plainLibrary(way: Way): string {
  return libraryOf(way, libraryFile('plain'), SOURCE, (file) => {
    compilePlain(way, file);
  });
}

/** Compiles the library in a way. */
export function compilePlain(way: Way, file: string): void {
  const options = ['--edition=2021', '--crate-type=cdylib', '--crate-name=plain', ...WAYS[way]];
  execFileSync('rustc', [...options, '-o', file, SOURCE], { stdio: 'pipe' });
}

/** The linkers that rustc has for other platforms, and what they need to link without the libraries of those. */
const CROSS = {
  'x86_64-pc-windows-gnu': {
    file: 'plain.dll',
    options: [
      ...['-Clinker-flavor=ld.lld', '-Clink-self-contained=no'],
      ...['-Clink-arg=-Xlink=-force:unresolved', '-Clink-arg=-Xlink=-noentry'],
    ],
    // Libraries without anything in them.
    empty: ['gcc', 'gcc_eh', 'kernel32', 'mingw32', 'mingwex', 'msvcrt', 'pthread', 'user32'].map(
      (name) => `lib${name}.a`,
    ),
  },
  'x86_64-pc-windows-msvc': {
    file: 'plain.dll',
    options: [
      '-Clinker-flavor=lld-link',
      ...['/FORCE:UNRESOLVED', '/NOENTRY', '/NODEFAULTLIB'].map((argument) => `-Clink-arg=${argument}`),
    ],
    empty: [],
  },
  'x86_64-apple-darwin': {
    file: 'libplain.dylib',
    options: ['-Clinker-flavor=ld64.lld', '-Clink-arg=-undefined', '-Clink-arg=dynamic_lookup'],
    empty: [],
  },
} as const;

export type Platform = keyof typeof CROSS;

/**
 * Returns the path of the library that was compiled for another platform.
 *
 * @throws Error if this machine cannot compile for it
 */
export function crossLibrary(platform: Platform, ...more: readonly string[]): string {
  const { file: name, options, empty } = CROSS[platform];
  return libraryOf([platform, ...more].join(''), name, SOURCE, (file) => {
    const folder = path.dirname(file);
    for (const library of empty) fs.writeFileSync(path.join(folder, library), '!<arch>\n');
    const how = ['--crate-type=cdylib', '--crate-name=plain', '--cfg=bare', '-Cpanic=abort', '-Clinker=rust-lld'];
    const all = [
      '--edition=2021',
      `--target=${platform}`,
      ...how,
      ...RELEASE,
      ...options,
      ...(empty.length > 0 ? [`-Clink-arg=-L${folder}`] : []),
      ...more,
    ];
    execFileSync('rustc', [...all, '-o', file, SOURCE], { stdio: 'pipe' });
  });
}

/** Returns the path of a C library with debug information of a version of DWARF. */
export function cLibrary(version: 2 | 3 | 4 | 5): string {
  const source = path.join(FIXTURES, 'c', 'clib.c');
  return libraryOf(`c${version}`, libraryFile('clib'), source, (file) => {
    const options = ['-std=c11', '-O2', '-shared', '-fPIC', `-gdwarf-${version}`];
    execFileSync(process.env['CC'] ?? 'cc', [...options, '-o', file, source], { stdio: 'pipe' });
  });
}

/** Returns the path of the kernels with debug information. */
export function describedKernels(): string {
  const options = ['build', '--profile', 'described', '--package', 'kernels', '--locked', '--quiet'];
  execFileSync('cargo', options, { cwd: FIXTURES, stdio: 'pipe' });
  return path.join(FIXTURES, 'target', 'described', libraryFile('kernels'));
}

/** Returns the path of a library in a folder of its own; compiles it if its source is newer. */
function libraryOf(way: string, name: string, source: string, compile: (file: string) => void): string {
  const folder = path.join(FIXTURES, 'target', 'plain', way);
  const file = path.join(folder, name);
  const built = fs.statSync(file, { throwIfNoEntry: false });
  if (built !== undefined && built.mtimeMs > Math.max(modified(source), modified(__filename))) return file;
  if (built !== undefined) fs.rmSync(path.dirname(fs.realpathSync(file)), { recursive: true, force: true });
  fs.rmSync(folder, { force: true });
  fs.mkdirSync(path.dirname(folder), { recursive: true });
  const fresh = fs.mkdtempSync(`${folder}-`);
  // Another process may compile the same meanwhile, so the folder gets its name when it is complete. It is compiled
  // there, as files with the rest of the debug information are where the compiler wrote them.
  compile(path.join(fresh, name));
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
