/** Runs the snippets: each page has a folder like a user's project, with the page's library in it. */

import { execFileSync, spawnSync } from 'node:child_process';
import * as fs from 'node:fs';
import * as os from 'node:os';
import * as path from 'node:path';
import { ensureBuilt } from '../support/built';
import { libraryFile } from '../support/kernels';
import type { Block, Page } from './markdown';

export const ROOT = path.join(__dirname, '..', '..');

/** The crates of all pages. Cargo finds them unchanged in later runs, and builds nothing. */
const WORKSPACE = path.join(ROOT, 'test', 'fixtures', 'target', 'docs');
const TARGET = path.join(WORKSPACE, 'target');
const CHECKS = path.join(__dirname, 'checks.cjs');
/** Longer than any snippet takes, so it ends only a program that hangs. */
const GIVE_UP_MS = 10 * 60_000;

/** The path of the crate on the pages, where the repository is beside the project. */
const WRITTEN_PATH = '../rustdll/rust/rustdll';

/** The end of a library's manifest, unless the page has one. */
const STANDARD_MANIFEST = `[lib]
crate-type = ["cdylib"]

[dependencies]
rustdll = { path = "${WRITTEN_PATH}" }
`;

/** The exit of a program and its output. */
export interface End {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
  readonly stdout: string;
  readonly stderr: string;
  /** The text that was written to file 3. */
  readonly report: string;
}

/** Writes a file. Returns true if its text has changed. */
function writeIfChanged(file: string, text: string): boolean {
  if (fs.existsSync(file) && fs.readFileSync(file, 'utf8') === text) return false;
  fs.mkdirSync(path.dirname(file), { recursive: true });
  fs.writeFileSync(file, text);
  return true;
}

function crateOf(page: Page): string {
  return `page_${page.path.replace(/\.md$/, '').replace(/\W/g, '_').toLowerCase()}`;
}

function ofLanguage(page: Page, language: string): Block[] {
  return page.blocks.filter((block) => block.language === language);
}

/** Returns the name of the crate that a block of Rust belongs to, if that is not the page's library. */
function otherCrate({ words }: Block): string | undefined {
  return words[0] === 'crate' ? words[1] : undefined;
}

/** Returns the blocks of Rust of the page's library. */
function libraryOf(page: Page): Block[] {
  return ofLanguage(page, 'rust').filter((block) => otherCrate(block) === undefined && !block.words.includes('fails'));
}

/** Builds the libraries of the pages that have one. Their code must compile without a warning. */
export function buildLibraries(pages: readonly Page[]): void {
  const crates = pages.filter((page) => libraryOf(page).length > 0);
  const names = crates.flatMap((page) => [...writeOtherCrates(page), writeLibrary(page)]);
  const members = names.map((name) => JSON.stringify(name)).join(', ');
  // The first block of a page may ask for debug information.
  const described = crates.filter((page) => libraryOf(page)[0]?.words.includes('debug') === true);
  const profiles = described.map((page) => `[profile.release.package.${crateOf(page)}]\ndebug = 2\n`);
  const workspace = `[workspace]\nresolver = "2"\nmembers = [${members}]\n${profiles.join('')}`;
  writeIfChanged(path.join(WORKSPACE, 'Cargo.toml'), workspace);
  // The fixtures were built with the versions in this lock file, so no network is needed. Cargo removes unused crates
  // from the lock file, so a copy shows whether it was made from the same one.
  const lock = fs.readFileSync(path.join(ROOT, 'test', 'fixtures', 'Cargo.lock'), 'utf8');
  if (writeIfChanged(path.join(WORKSPACE, 'fixtures.lock'), lock)) {
    fs.writeFileSync(path.join(WORKSPACE, 'Cargo.lock'), lock);
  }
  execFileSync('cargo', ['build', '--release', '--offline', '--quiet'], {
    cwd: WORKSPACE,
    env: { ...process.env, CARGO_TARGET_DIR: TARGET },
    stdio: ['ignore', 'inherit', 'inherit'],
  });
}

/** Returns the compiler's messages for a block of Rust that must not compile. */
export function compilerMessages({ text }: Block): string {
  // The crate is not in the workspace, as all members have to compile.
  writeCrate('fails', `${STANDARD_MANIFEST}\n[workspace]\n`, { 'lib.rs': text });
  fs.copyFileSync(path.join(WORKSPACE, 'Cargo.lock'), path.join(WORKSPACE, 'fails', 'Cargo.lock'));
  const { status, stderr } = spawnSync('cargo', ['build', '--release', '--offline', '--quiet'], {
    cwd: path.join(WORKSPACE, 'fails'),
    env: { ...process.env, CARGO_TARGET_DIR: TARGET, CARGO_TERM_COLOR: 'never' },
    encoding: 'utf8',
  });
  if (status === 0) throw new Error(`this was not to compile:\n${text}`);
  return stderr;
}

function writeLibrary(page: Page): string {
  const name = crateOf(page);
  const manifest = ofLanguage(page, 'toml')[0]?.text ?? STANDARD_MANIFEST;
  if (!manifest.includes(WRITTEN_PATH)) {
    throw new Error(`${page.path}: the manifest does not depend on ${WRITTEN_PATH}`);
  }
  const blocks = libraryOf(page);
  const modules = blocks.map((_, i) => `mod block_${i};\n`).join('');
  writeCrate(name, manifest, {
    'lib.rs': `#![deny(warnings)]\n\n${modules}`,
    ...Object.fromEntries(blocks.map(({ text }, i) => [`block_${i}.rs`, text])),
  });
  return name;
}

function writeOtherCrates(page: Page): string[] {
  const crates = new Map(ofLanguage(page, 'rust').map((block) => [otherCrate(block), block.text]));
  return [...crates].flatMap(([name, text]) => {
    if (name === undefined) return [];
    const manifest = `[dependencies]\nrustdll = { path = "${WRITTEN_PATH}" }\n`;
    writeCrate(name, manifest, { 'lib.rs': `#![deny(warnings)]\n\n${text}` });
    return [name];
  });
}

/** @param sources - The files of `src`. */
function writeCrate(name: string, manifest: string, sources: Record<string, string>): void {
  const folder = path.join(WORKSPACE, name);
  const rustdll = path.relative(folder, path.join(ROOT, 'rust', 'rustdll')).replaceAll('\\', '/');
  writeIfChanged(
    path.join(folder, 'Cargo.toml'),
    `[package]\nname = "${name}"\nversion = "0.0.0"\nedition = "2021"\n\n${manifest.replace(WRITTEN_PATH, rustdll)}`,
  );
  for (const [file, text] of Object.entries(sources)) writeIfChanged(path.join(folder, 'src', file), text);
}

/** Returns the path of the library that {@link buildLibraries} built for a page. */
export function builtLibrary(page: Page): string {
  return path.join(TARGET, 'release', libraryFile(crateOf(page)));
}

/** A user's project: the package among its dependencies, and the page's library, called `libmylib.so` on all systems. */
export class Project {
  readonly folder = fs.mkdtempSync(path.join(fs.realpathSync(os.tmpdir()), 'rustdll-docs-'));

  constructor(page: Page) {
    ensureBuilt();
    fs.mkdirSync(path.join(this.folder, 'node_modules'));
    fs.symlinkSync(ROOT, path.join(this.folder, 'node_modules', 'rustdll'), 'junction');
    this.write('package.json', '{}\n');
    if (libraryOf(page).length > 0) {
      fs.copyFileSync(builtLibrary(page), path.join(this.folder, 'libmylib.so'));
    }
  }

  remove(): void {
    fs.rmSync(this.folder, { recursive: true, force: true });
  }

  write(file: string, content: string | Buffer): string {
    const name = path.join(this.folder, file);
    fs.mkdirSync(path.dirname(name), { recursive: true });
    fs.writeFileSync(name, content);
    return name;
  }

  /** Runs a program of JavaScript with the checks of checks.cjs. */
  runNode(file: string): End {
    const node = [process.execPath, '--require', CHECKS, file];
    // The address space is limited to 32 GiB, so that memory runs out equally on all machines.
    const [command, ...args] =
      process.platform === 'linux' ? ['/bin/sh', '-c', 'ulimit -v 33554432 && exec "$0" "$@"', ...node] : node;
    return this.run(command as string, args);
  }

  /** Runs the command line of the package. The crate that pages call `mylib` has another name here. */
  runCommand(args: readonly string[]): End {
    const { bin } = JSON.parse(fs.readFileSync(path.join(ROOT, 'package.json'), 'utf8')) as {
      bin: { rustdll: string };
    };
    const end = this.run(process.execPath, [path.join(ROOT, bin.rustdll), ...args]);
    return { ...end, stdout: end.stdout.replaceAll(/page_docs_\w+?(?:::block_\d+)+/g, 'mylib') };
  }

  run(command: string, args: readonly string[]): End {
    const { status, signal, output, error } = spawnSync(command, args, {
      cwd: this.folder,
      env: { ...process.env, RUST_BACKTRACE: '0', NO_COLOR: '1', FORCE_COLOR: undefined, CARGO_TARGET_DIR: undefined },
      stdio: ['ignore', 'pipe', 'pipe', 'pipe'],
      encoding: 'utf8',
      timeout: GIVE_UP_MS,
      killSignal: 'SIGKILL',
    });
    if (error !== undefined) throw error;
    return { code: status, signal, stdout: output[1] ?? '', stderr: output[2] ?? '', report: output[3] ?? '' };
  }
}
