/** What is read of a file with debug information, whatever its format is. */

import type { Sections } from './section';

/** A library, or another file with debug information. */
export interface DebugImage {
  /** Its sections of debug information, by their names without what each format puts in front, such as `debug_info`. */
  readonly sections: Sections;
  /** Returns the addresses of the exported functions. They are those of the debug information. */
  addresses(): Map<string, number>;
  /** The id of a Mach-O file, which other files with its debug information have too. */
  readonly uuid?: string;
  /** Returns the PDB of a PE library, if it has one. */
  pdb?(): PdbLink | null;
  /** Returns the section of a PE library in which an address is, counted from 1, and the offset in it. */
  placeOf?(address: number): { section: number; offset: number } | null;
  /** Returns the object files of a Mach-O library that have its debug information. */
  objects?(): ObjectFile[];
}

/** What a PE library says of the PDB that describes it. */
export interface PdbLink {
  /** The id that both have, as hexadecimal digits, and the number of times that it was linked. */
  readonly guid: string;
  readonly age: number;
  /** The path to which the linker wrote it, of whatever system. */
  readonly path: string;
}

/** A file of the compiler's from which a library was linked. */
export interface ObjectFile {
  readonly path: string;
  /** The time at which it was written, in seconds; 0 if it is not known. */
  readonly modified: number;
  /** The functions whose code is from it. */
  readonly functions: ReadonlySet<string>;
}
