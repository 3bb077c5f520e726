/** Builds the package as its users get it, if a source is newer than the last build. */

import { execFileSync } from 'node:child_process';
import * as fs from 'node:fs';
import * as os from 'node:os';
import * as path from 'node:path';

const ROOT = path.join(__dirname, '..', '..');
/** The file that scripts/build/ts.mjs writes last. */
const LAST = path.join(ROOT, 'dist', 'cli', 'library-child.js');
/** A folder that exists while one process compiles. */
const LOCK = path.join(os.tmpdir(), `rustdll-build-${Buffer.from(ROOT).toString('hex').slice(-64)}`);
/** No build takes longer: the process that made an older lock has ended. */
const LOCK_MS = 120_000;

let built = false;
let failure: Error | undefined;

/** Builds dist from src-ts unless it is up to date. Other processes that call this meanwhile wait for the build. */
export function ensureBuilt(): void {
  if (failure !== undefined) throw failure;
  if (built) return;
  while (isStale()) {
    if (!lock()) {
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 100);
      continue;
    }
    try {
      if (isStale()) execFileSync(process.execPath, [path.join(ROOT, 'scripts', 'build', 'ts.mjs')], { stdio: 'pipe' });
    } catch (error) {
      const { stdout } = error as { stdout?: Buffer };
      failure = new Error(`src-ts does not compile:\n${String(stdout)}`, { cause: error });
      throw failure;
    } finally {
      fs.rmdirSync(LOCK);
    }
  }
  built = true;
}

function isStale(): boolean {
  const last = fs.statSync(LAST, { throwIfNoEntry: false });
  const sources = fs.readdirSync(path.join(ROOT, 'src-ts'), { recursive: true, encoding: 'utf8' });
  return (
    last === undefined || sources.some((name) => fs.statSync(path.join(ROOT, 'src-ts', name)).mtimeMs > last.mtimeMs)
  );
}

function lock(): boolean {
  try {
    fs.mkdirSync(LOCK);
    return true;
  } catch {
    const age = Date.now() - (fs.statSync(LOCK, { throwIfNoEntry: false })?.mtimeMs ?? Date.now());
    if (age > LOCK_MS) fs.rmSync(LOCK, { recursive: true, force: true });
    return false;
  }
}
