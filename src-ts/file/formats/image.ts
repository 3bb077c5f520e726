import type { ExportKind } from './exports';

/** A platform and a processor, in Node's spelling (`linux`, `x64`). Those unknown to Node have their usual names. */
export interface Target {
  readonly platform: string;
  readonly arch: string;
}

/** A version of another library's symbols to which a library was linked, such as `GLIBC_2.34` of `libc.so.6`. */
export interface NeededVersion {
  readonly library: string;
  readonly version: string;
}

/** A shared library's file. */
export interface Image extends Target {
  readonly path: string;
  readonly format: 'elf' | 'pe' | 'macho';
  /** The libraries that it needs, by the names that it has for them. Optional ones are left out. */
  readonly needed: readonly string[];
  /** The versions of them that it needs. Only ELF has versions. */
  readonly versions: readonly NeededVersion[];
  /** The C library to which it was linked; null if it needs none, or is not for Linux. */
  readonly libc: 'glibc' | 'musl' | null;
  /** Returns the exported names. They were read when the file was opened, and are decoded at the first call. */
  exports(): ReadonlyMap<string, ExportKind>;
}
