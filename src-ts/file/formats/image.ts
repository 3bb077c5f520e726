import type { ExportKind } from './exports';

/** A platform and a processor, in Node's spelling (`linux` and `x64`). Others have the name that is usual for them. */
export interface Target {
  readonly platform: string;
  readonly arch: string;
}

/** A version of another library's symbols that a library was linked to: `GLIBC_2.34` of `libc.so.6`. */
export interface NeededVersion {
  readonly library: string;
  readonly version: string;
}

/** A shared library's file. */
export interface Image extends Target {
  readonly path: string;
  readonly format: 'elf' | 'pe' | 'macho';
  /** The libraries it needs, as it names them. Those it can do without are not among them. */
  readonly needed: readonly string[];
  /** The versions it needs of them; ELF only. */
  readonly versions: readonly NeededVersion[];
  /** The C library it was linked to; null when it needs none, or is not for Linux. */
  readonly libc: 'glibc' | 'musl' | null;
  /** The names it exports, read from the file when it was opened and decoded at the first call. */
  exports(): ReadonlyMap<string, ExportKind>;
}
