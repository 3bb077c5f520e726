/** The names that a library exports, which the readers of the three formats collect. */

import type { Reader } from './reader';

/** The kind of symbol that has a name; `other` if the file does not say. */
export type ExportKind = 'function' | 'data' | 'other';

/**
 * The most bytes that all names may have together. Names can overlap in the file, so that a small file could contain
 * far more text than it has bytes.
 */
const NAME_BUDGET = 64 * 1024 * 1024;

/** Collects the names, up to that limit. */
export class ExportTable {
  readonly names = new Map<string, ExportKind>();
  private budget = NAME_BUDGET;

  constructor(private readonly reader: Reader) {}

  /** Adds a name. If several versions of a symbol have it, it is that of a function if one of them is. */
  add(name: string, kind: ExportKind): void {
    if (name === '') return;
    this.spend(name.length);
    if (kind === 'function' || !this.names.has(name)) this.names.set(name, kind);
  }

  /** Counts `length` bytes of text that were read in search of names. */
  spend(length: number): void {
    this.budget -= length;
    if (this.budget < 0) throw this.reader.damaged('its table of exports never ends');
  }
}

/**
 * Makes a function that calls `read` the first time and keeps the names. The file is closed by then, so `read` may use
 * only tables that are in memory, and `reader` only for errors.
 */
export function lazyExports(reader: Reader, read: (table: ExportTable) => void): () => ReadonlyMap<string, ExportKind> {
  let names: ReadonlyMap<string, ExportKind> | undefined;
  let pending: typeof read | undefined = read;
  return () => {
    if (names === undefined) {
      const table = new ExportTable(reader);
      pending?.(table);
      names = table.names;
      pending = undefined; // Releases the tables.
    }
    return names;
  };
}
