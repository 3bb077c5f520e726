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
  /** Returns the object files of a Mach-O library that have its debug information. */
  objects?(): ObjectFile[];
}

/** A file of the compiler's from which a library was linked. */
export interface ObjectFile {
  readonly path: string;
  /** The time at which it was written, in seconds; 0 if it is not known. */
  readonly modified: number;
  /** The functions whose code is from it. */
  readonly functions: ReadonlySet<string>;
}
