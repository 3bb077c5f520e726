/** Makes the error for a name that is not a function of a library, with names that the caller may have meant. */

import { nearest } from '../errors/did-you-mean';
import { RustDLLError } from '../errors/errors';
import type { ExportKind } from '../file/formats/exports';
import { CONTRACT_SYMBOLS } from '../levels/export/symbols';
import { countExported, type Table } from '../types/signature';

/** The names in a library. */
export interface Names {
  /** The library's path. */
  readonly path: string;
  /** The symbols that its file exports. */
  readonly symbols: ReadonlyMap<string, ExportKind>;
  /** Its table; null if it was built without the crate. */
  readonly table: Table | null;
}

/**
 * Matches names of several words in snake case, as Rust functions have, for which no tool looks on arbitrary objects.
 */
const RUST_NAME = /^[a-z][a-z0-9]*(?:_[a-z0-9]+)+$/;

/**
 * True if a name that is none of a library's can only be meant for a function: it looks like one, or is one but for a
 * letter. A library with exported functions is asked for other names by whatever takes it for an ordinary object, and
 * has types to tell a wrong one.
 */
export function isMeant({ symbols, table }: Names, name: string): boolean {
  if (countExported(table) > 0) return false;
  const functions = plainNames(symbols);
  if (RUST_NAME.test(name) || symbols.get(name) === 'data') return true;
  // If a library has no functions, as its author forgot to export them, any plain word is meant as one.
  return functions.length === 0 ? /^[a-z]+$/.test(name) : nearest(name, functions, 1).length > 0;
}

function plainNames(symbols: Names['symbols']): string[] {
  return [...symbols].flatMap(([name, kind]) => (kind === 'function' && !CONTRACT_SYMBOLS.has(name) ? [name] : []));
}

/** Makes the error for `name`, which cannot be called in this way. */
export function unknownFunction({ path, symbols, table }: Names, name: string): RustDLLError {
  const exported = (table?.functions ?? []).map((signature) => signature.name);
  if (exported.includes(name)) {
    return new RustDLLError(
      'ERR_RUSTDLL_SYMBOL',
      `${path}: \`${name}\` is exported with #[export] and has no symbol to declare; call it as a property of the library`,
    );
  }
  if (!CONTRACT_SYMBOLS.has(name) && symbols.get(name) === 'data') {
    return new RustDLLError('ERR_RUSTDLL_SYMBOL', `${path}: \`${name}\` is a static, not a function`);
  }
  const functions = new Set([...exported, ...plainNames(symbols)]);
  const near = nearest(name, functions).map((other) => `\`${other}\``);
  const hint = near.length > 0 ? `did you mean ${near.join(' or ')}?` : `it exports ${functions.size} others.`;
  return new RustDLLError(
    'ERR_RUSTDLL_SYMBOL',
    `${path} exports no function \`${name}\`; ${hint} Is it declared \`#[export]\` or \`#[unsafe(no_mangle)] pub extern "C" fn\`?`,
  );
}
