/** The names that a library exports, as the three file formats fill them in. */

import type { Reader } from './reader';

/** The kind of thing that a name stands for; `other` if the file does not tell. */
export type ExportKind = 'function' | 'data' | 'other';

/**
 * The most bytes all names together may have. Tables may let names overlap, so that a small file could otherwise spell
 * out far more text than it holds.
 */
const NAME_BUDGET = 64 * 1024 * 1024;

/** Collects names up to a limit. */
export class ExportTable {
  readonly names = new Map<string, ExportKind>();
  private budget = NAME_BUDGET;

  constructor(private readonly reader: Reader) {}

  /** Adds a name. Of two with one name (older and newer versions of it) a function is kept. */
  add(name: string, kind: ExportKind): void {
    if (name === '') return;
    this.spend(name.length);
    if (kind === 'function' || !this.names.has(name)) this.names.set(name, kind);
  }

  /** Counts `length` bytes of text that were read to find names. */
  spend(length: number): void {
    this.budget -= length;
    if (this.budget < 0) throw this.reader.damaged('its table of exports never ends');
  }
}

/**
 * A function that calls `read` the first time and remembers the names. The file is closed by then: `read` may use
 * tables that are in memory, and `reader` only for errors.
 */
export function lazyExports(reader: Reader, read: (table: ExportTable) => void): () => ReadonlyMap<string, ExportKind> {
  let names: ReadonlyMap<string, ExportKind> | undefined;
  let pending: typeof read | undefined = read;
  return () => {
    if (names === undefined) {
      const table = new ExportTable(reader);
      pending?.(table);
      names = table.names;
      pending = undefined; // It holds the tables.
    }
    return names;
  };
}
