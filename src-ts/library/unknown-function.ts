/** The error for a name that is no function of a library, with what the caller may have meant. */

import { nearest } from '../errors/did-you-mean';
import { RustDLLError } from '../errors/errors';
import type { ExportKind } from '../file/formats/exports';
import { CONTRACT_SYMBOLS } from '../levels/export/symbols';
import type { Table } from '../types/signature';

/** The names in a library. */
export interface Names {
  /** The library's path. */
  readonly path: string;
  /** The symbols that its file exports. */
  readonly symbols: ReadonlyMap<string, ExportKind>;
  /** Its table; null if it was not made with the crate. */
  readonly table: Table | null;
}

/** The error for `name`, which no function can be called by in this way. */
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
  const functions = new Set(exported);
  for (const [symbol, kind] of symbols) if (kind === 'function' && !CONTRACT_SYMBOLS.has(symbol)) functions.add(symbol);
  const near = nearest(name, functions).map((other) => `\`${other}\``);
  const hint = near.length > 0 ? `did you mean ${near.join(' or ')}?` : `it exports ${functions.size} others.`;
  return new RustDLLError(
    'ERR_RUSTDLL_SYMBOL',
    `${path} exports no function \`${name}\`; ${hint} Is it declared \`#[export]\` or \`#[unsafe(no_mangle)] pub extern "C" fn\`?`,
  );
}
