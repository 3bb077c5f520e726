/** Recognises files of other kinds by their first bytes, so that an error can name the mistake. */

import type { Bytes } from './reader';

const CDYLIB = 'crate-type = ["cdylib"] in Cargo.toml makes a library';

/** The first bytes of a file, as Latin-1, and its kind. The first entry that matches counts. */
const BEGINNINGS: readonly (readonly [start: string, kind: string])[] = [
  ['!<arch>\n', `a static archive; ${CDYLIB}`],
  ['!<thin>\n', `a static archive; ${CDYLIB}`],
  ['\0asm', 'a WebAssembly module, not a native library'],
  ['BC\xc0\xde', `LLVM bitcode; ${CDYLIB}`],
  ['rust\0\0\0', `the metadata of a Rust crate; ${CDYLIB}`],
  ['\xca\xfe\xba\xbe', 'a Java class, not a native library'],
  ['Microsoft C/C++ MSF', "a library's debugging symbols, not the library"],
  ['PK\x03\x04', 'a zip file, not a library'],
  ['\x1f\x8b', 'a gzip file, not a library'],
  ['#!', 'a script, not a library'],
  ['version https://git-lfs', 'a pointer of Git LFS, not the library itself; `git lfs pull` fetches it'],
  ['/* GNU ld script', 'a script for the linker, not a library'],
];

/** Describes the file that begins with `head`, in the words after "it is". */
export function describeStranger(head: Bytes): string {
  if (head.length === 0) return 'an empty file';
  const known = BEGINNINGS.find(([start]) => head.has(0, start));
  if (known !== undefined) return known[1];
  return head.isText() ? 'a text file, not a library' : 'not a shared library';
}
