/** Builds versions of one small library, whose file tests replace while it is open. */

import { execFileSync } from 'node:child_process';
import * as fs from 'node:fs';
import * as os from 'node:os';
import * as path from 'node:path';
import { libraryFile } from './kernels';

/** Returns the source of a version. Only two functions are in every version. */
function source(version: number): string {
  return `
use std::sync::atomic::{AtomicU64, Ordering};

static CALLS: AtomicU64 = AtomicU64::new(0);

#[no_mangle]
pub extern "C" fn version() -> u64 {
    ${version}
}

#[no_mangle]
pub extern "C" fn calls() -> u64 {
    CALLS.fetch_add(1, Ordering::SeqCst) + 1
}

#[no_mangle]
pub extern "C" fn added_in_${version}() -> u64 {
    10 * version()
}
`;
}

/** A folder with a library, and the versions by which it is replaced. */
export class Versions {
  readonly folder = fs.mkdtempSync(path.join(fs.realpathSync(os.tmpdir()), 'rustdll-versions-'));
  /** The library's path. */
  readonly library = path.join(this.folder, 'target', 'release', libraryFile('versioned'));

  constructor() {
    fs.mkdirSync(path.dirname(this.library), { recursive: true });
    // Cargo marks its target directories with this file.
    fs.writeFileSync(path.join(this.folder, 'target', 'CACHEDIR.TAG'), '');
  }

  /** Compiles a version; returns the path of its file. */
  compiled(version: number): string {
    const file = path.join(this.folder, `${version}${path.extname(this.library)}`);
    if (fs.existsSync(file)) return file;
    const from = path.join(this.folder, `version${version}.rs`);
    fs.writeFileSync(from, source(version));
    execFileSync('rustc', ['--edition', '2021', '-O', '--crate-type', 'cdylib', '-o', file, from], { stdio: 'pipe' });
    return file;
  }

  /** Replaces the library by a version as Cargo does: the old file is removed, and a new one is created. */
  put(version: number): void {
    const compiled = this.compiled(version);
    fs.rmSync(this.library, { force: true });
    fs.copyFileSync(compiled, this.library);
  }

  remove(): void {
    fs.rmSync(this.folder, { recursive: true, force: true });
  }
}
