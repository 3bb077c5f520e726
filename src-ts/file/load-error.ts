/**
 * Makes the error for a library that the system's loader refused, and explains the loader's message by what the library
 * needs and what this process has.
 */

import fs = require('node:fs');
import nodePath = require('node:path');
import type { LibraryErrorCode, RustDLLError } from '../errors/errors';
import { libraryError } from '../errors/library-error';
import { type Libc, runningLibc } from '../runtime/libc';
import type { Image } from './formats/image';
import { noexecMount } from './mounts';

interface Explanation {
  readonly code: LibraryErrorCode;
  /** In the words of {@link libraryError}. */
  readonly detail: string;
}

/** The facts on which an explanation is based. */
interface Refusal {
  readonly path: string;
  readonly image: Image;
  readonly text: string;
  readonly libc: Libc | null;
}

/** The explainers. The first one that recognises the message is used, so those that say most come first. */
const EXPLAINERS: readonly ((refusal: Refusal) => Explanation | undefined)[] = [
  mountedNoexec,
  otherLibc,
  olderLibrary,
  missingLibrary,
  missingOnWindows,
  missingSymbol,
  knownTrouble,
];

/**
 * Makes the error.
 *
 * @param path - The library's absolute path.
 * @param image - The headers of its file.
 * @param osText - The loader's message, which becomes the error's `cause`.
 * @param libc - The C library of the process, for tests.
 */
export function explainLoadError(
  path: string,
  image: Image,
  osText: string,
  libc: Libc | null = runningLibc(),
): RustDLLError {
  const refusal = { path, image, text: osText, libc };
  for (const explain of EXPLAINERS) {
    const explanation = explain(refusal);
    if (explanation !== undefined) {
      return libraryError(explanation.code, path, explanation.detail, { cause: new Error(osText) });
    }
  }
  return libraryError('ERR_RUSTDLL_LOAD', path, `the system's loader refused it: ${osText}`, {
    cause: new Error(osText),
  });
}

function dependency(detail: string): Explanation {
  return { code: 'ERR_RUSTDLL_DEPENDENCY', detail };
}

/**
 * Explains that on Linux the library is on a file system from which no code can be run. The loaders' messages differ,
 * and only some versions name the errno (EPERM). Loaders map a library before they look for those that it needs.
 */
function mountedNoexec({ path, text }: Refusal): Explanation | undefined {
  const mount = noexecMount(path);
  if (mount === undefined) return undefined;
  const detail = `no code can be run from ${mount}, which is mounted noexec; put it elsewhere, or mount that with exec: ${text}`;
  return { code: 'ERR_RUSTDLL_LOAD', detail };
}

/**
 * Explains that the library was built for musl and the process runs on glibc, or the reverse. The loader reports only
 * what it misses first.
 */
function otherLibc({ image, libc }: Refusal): Explanation | undefined {
  if (image.libc === null || libc === null || image.libc === libc.name) return undefined;
  const cpu = { x64: 'x86_64', arm64: 'aarch64' }[image.arch] ?? image.arch;
  const target = `${cpu}-unknown-linux-${libc.name === 'glibc' ? 'gnu' : 'musl'}`;
  return dependency(
    `it was built for ${image.libc}, and this process runs on ${nameOf(libc)}; build it with --target ${target}`,
  );
}

function nameOf(libc: Libc): string {
  return libc.version === null ? libc.name : `${libc.name} ${libc.version}`;
}

/** Explains that glibc found a library that this one needs, but not in the version that it needs. */
function olderLibrary({ path, image, text, libc }: Refusal): Explanation | undefined {
  // The message is in the user's language, except for the version.
  const [, library, version] = /(\S+): \D*?[`'"‘’“”«»]\s*([A-Za-z][\w.]*_\d[\w.]*)\s*['"‘’“”«»]/.exec(text) ?? [];
  if (library === undefined || version === undefined) return undefined;
  const asker = /\([^()]*?(\/[^()]+)\)\s*$/.exec(text)?.[1] ?? path;
  const needer = asker === path ? 'it' : `${asker}, which it needs,`;
  const glibc = /^GLIBC_(\d[\d.]*)$/.exec(version)?.[1];
  if (glibc === undefined) {
    return dependency(`${needer} needs version ${version} of ${library}, which is older and has none`);
  }
  const newest = asker === path ? newestGlibc(image, glibc) : glibc;
  const here = libc?.version ?? 'an older one';
  return dependency(
    `${needer} needs glibc ${newest}, and this process has ${here}; build it on a system with a glibc as old as the oldest it is to run on`,
  );
}

/** Returns the newest version of glibc that the library needs, as the loader names only the first that is missing. */
function newestGlibc(image: Image, atLeast: string): string {
  return image.versions
    .map(({ version }) => /^GLIBC_(\d+(?:\.\d+)*)$/.exec(version)?.[1] ?? '')
    .reduce((newest, version) => (compareVersions(version, newest) > 0 ? version : newest), atLeast);
}

function compareVersions(left: string, right: string): number {
  const [a, b] = [left.split('.').map(Number), right.split('.').map(Number)];
  for (let index = 0; index < Math.max(a.length, b.length); index++) {
    const difference = (a[index] ?? 0) - (b[index] ?? 0);
    if (difference !== 0) return difference;
  }
  return 0;
}

/**
 * Explains that on glibc, musl or macOS a library that is needed directly or indirectly is missing or cannot be loaded.
 */
function missingLibrary({ path, image, text }: Refusal): Explanation | undefined {
  const musl = /Error loading shared library ([^:\n]+): (.+?)(?: \(needed by (.+)\))?$/m.exec(text);
  const [, muslLibrary = path, muslReason = '', muslAsker] = musl ?? [];
  if (muslLibrary !== path) return missing(path, image, muslLibrary, muslReason, muslAsker);

  const [, macLibrary, macAsker] = /Library not loaded: (.+)\n\s*Referenced from: (?:<[^>]*> )?(.+)/.exec(text) ?? [];
  if (macLibrary !== undefined) {
    return missing(path, image, macLibrary, /Reason: (.+)/.exec(text)?.[1] ?? 'not loaded', macAsker);
  }

  // The form is "libx.so: the problem". The problem is in the user's language if the library is needed directly.
  if (text.startsWith(`${path}: `)) return undefined;
  const [, library = '', words = ''] = /^([^\s:][^:\n]*): (.+)$/.exec(text) ?? [];
  const isNeed = image.needed.includes(library) || image.needed.includes(nodePath.basename(library));
  if (!isNeed && !/cannot open shared object file|invalid ELF header|file too short|wrong ELF class/.test(words)) {
    return undefined;
  }
  const hint = words.startsWith('failed to map segment') ? ', as happens where a file system is mounted noexec' : '';
  const reason = words.replace('cannot open shared object file: ', '') + hint;
  return missing(path, image, library, reason, isNeed ? path : undefined);
}

function missing(path: string, image: Image, library: string, reason: string, asker: string | undefined): Explanation {
  const isOwn = asker === undefined ? image.needed.includes(library) : sameFile(asker, path);
  const needer = isOwn ? 'it' : asker === undefined ? 'a library it needs' : `${asker}, which it needs,`;
  return dependency(`${needer} needs ${library}, which cannot be loaded here (${reason})`);
}

function sameFile(left: string, right: string): boolean {
  return left === right || nodePath.basename(left) === nodePath.basename(right);
}

/** Explains which library is missing on Windows, where the loader's message (126) only says that one is. */
function missingOnWindows({ path, image, text }: Refusal): Explanation | undefined {
  if (image.format !== 'pe' || !/\b126\b/.test(text)) return undefined;
  const lost = image.needed.filter((library) => !isOnWindows(library, nodePath.dirname(path)));
  if (lost.length === 0) {
    return dependency(`a library that its own libraries need is missing; it needs ${image.needed.join(', ')}`);
  }
  return dependency(`it needs ${lost.join(', ')}, found neither beside it nor beside the program nor in the system`);
}

function isOnWindows(library: string, folder: string): boolean {
  // The system resolves these names without files.
  if (/^(api|ext)-ms-/i.test(library)) return true;
  const system = nodePath.join(process.env.SystemRoot ?? 'C:\\Windows', 'System32');
  return [folder, nodePath.dirname(process.execPath), system].some((place) => {
    try {
      return fs.existsSync(nodePath.join(place, library));
    } catch {
      return false; // The permission model hides it.
    }
  });
}

const SYMBOL_PATTERNS: readonly RegExp[] = [
  /undefined symbol: ([^\s,]+)(?:, version (\S+))?/, // glibc
  /symbol (\S+), version (\S+) not defined in file/, // glibc
  /Error relocating [^:\n]+: ([^\s:]+): symbol not found/, // musl
  /[Ss]ymbol not found(?: in flat namespace)?:? [('‘]*_?([^\s)'’]+)/, // macOS
];

/** Explains that none of the needed libraries has a symbol that this one needs. */
function missingSymbol({ image, text }: Refusal): Explanation | undefined {
  const libraries = image.needed.length === 0 ? 'it needs no library' : `it needs ${image.needed.join(', ')}`;
  for (const pattern of SYMBOL_PATTERNS) {
    const [, symbol, version] = pattern.exec(text) ?? [];
    if (symbol === undefined) continue;
    const which = version === undefined ? symbol : `${symbol} in version ${version}`;
    return dependency(`it needs the symbol ${which}, which none of its libraries here has; ${libraries}`);
  }
  if (image.format !== 'pe' || !/\b127\b/.test(text)) return undefined;
  return dependency(`it needs a function that none of its libraries here has; ${libraries}`);
}

/** Messages of the loaders, and their explanations. */
const TROUBLES: readonly (readonly [words: RegExp, detail: string])[] = [
  [/failed to map segment.*not permitted/, 'its file system does not allow running code (it is mounted noexec)'],
  [
    /static TLS block/,
    "its thread-locals find no more room in the process; it must be loaded earlier or built without the 'initial-exec' TLS model",
  ],
  [/enable executable stack/, 'it asks for an executable stack, which this system refuses'],
  [/Dynamic loading not supported/, 'this process is linked statically and can load no libraries'],
  [
    /disallowed by system policy/,
    'macOS refuses it as downloaded (quarantined); `xattr -d com.apple.quarantine` allows it',
  ],
  [/code signature/i, 'macOS refuses its code signature'],
  [/\b1114\b/, 'its own initialization failed'],
];

function knownTrouble({ text }: Refusal): Explanation | undefined {
  const trouble = TROUBLES.find(([words]) => words.test(text));
  return trouble && { code: 'ERR_RUSTDLL_LOAD', detail: `${trouble[1]}: ${text}` };
}
