/**
 * Has what Rust has printed written before the process ends. Elsewhere than on Windows libraries see to that themselves; there
 * all other threads are gone when a library learns of the end.
 */

import { BLOCK_CALL_CODE, BLOCK_SYMBOL } from '../crossing/block';
import { doorbell } from '../crossing/doorbell';
import type { NativeLibrary } from '../crossing/node-api/native';

/** The libraries that may have printed, by their files. Each is kept, as its symbols are freed when it is collected. */
const printing = new Map<string, { readonly library: NativeLibrary; readonly symbol: number }>();

/**
 * Has a library flush its standard output before the process, or the Worker, ends.
 *
 * @param identity - Of its file.
 * @param name - The symbol of the function that does so, which has neither parameters nor a result.
 * @param open - Opens it once more, as this one is not closed.
 */
export function flushAtEnd(identity: string, name: string, open: () => NativeLibrary): void {
  if (printing.has(identity)) return;
  const library = open();
  const symbol = library.symbol(name);
  if (symbol === null) return;
  if (printing.size === 0) process.on('exit', flushAll);
  printing.set(identity, { library, symbol });
}

function flushAll(): void {
  const { i32, ring } = doorbell;
  for (const { symbol } of printing.values()) {
    i32[BLOCK_SYMBOL >> 2] = symbol;
    i32[BLOCK_CALL_CODE >> 2] = 0;
    ring();
  }
}
