/** Reads the contract and the table of a library once, when it is opened. */

import {
  BLOCK_CALL_CODE,
  BLOCK_RESULT,
  BLOCK_SYMBOL,
  FRAME_OPERATION,
  FRAME_RESULT,
  CALL_CODE_FRAMED,
} from '../../crossing/block';
import { doorbell } from '../../crossing/doorbell';
import { native, type NativeLibrary } from '../../crossing/node-api/native';
import type { RustDLLError } from '../../errors/errors';
import { libraryError } from '../../errors/library-error';
import { append } from '../../runtime/list';
import type { Table } from '../../types/signature';
import { CONTRACT_SYMBOL, CONTRACTS, FUNCTION_SYMBOL, TABLE_SYMBOL } from './symbols';
import { parseTable } from './table';

const { i32, ring, u64 } = doorbell;

/** A library's flags. */
const PANIC_ABORTS = 1;

/** The operation of a framed function that calls it; see docs/abi.md. */
const CALL = 0;

const HASH = 1;

/** The parts of a library's file from which the contract is read. */
interface LibraryFile {
  readonly path: string;
  /** Returns the kind of each symbol by its name: `function`, `data`, or another. */
  exports(): ReadonlyMap<string, string>;
}

/**
 * Finds the exported functions of a library, which has the symbol of the contract, and returns their table.
 *
 * @throws RustDLLError `ERR_RUSTDLL_CONTRACT` for another version, before any code of the library is called;
 * `ERR_RUSTDLL_TABLE` for an invalid table.
 */
export function readExported(library: NativeLibrary, file: LibraryFile): Table {
  const names = file.exports();
  const contract = names.get(CONTRACT_SYMBOL) === 'data' ? library.contract() : null;
  if (contract === null) throw damaged(file, `its \`${CONTRACT_SYMBOL}\` is none of ours`);
  const version = contract[0] as number;
  const flags = contract[1] as number;
  if (!CONTRACTS.includes(version)) {
    const remedy = version > Math.max(...CONTRACTS) ? 'update this package' : 'build the library with a newer crate';
    throw libraryError(
      'ERR_RUSTDLL_CONTRACT',
      file.path,
      `its exported functions follow version ${version} of the contract, and this package knows versions ${CONTRACTS.join(' and ')}; ${remedy}`,
    );
  }
  const index = names.get(TABLE_SYMBOL) === 'function' ? library.table() : null;
  if (index === null || names.get(FUNCTION_SYMBOL) !== 'function') {
    throw damaged(file, 'it has a contract and no table');
  }
  const table = parseTable(readText(file, index), file.path);
  if (table.contract !== version) {
    throw damaged(file, `it is of contract ${version}, and its table of contract ${table.contract}`);
  }
  const all: { name: string; hash: string }[] = [...table.functions, ...table.members];
  if (table.take !== null) append(all, { name: '@take', hash: table.take });
  if (table.log !== null) append(all, { name: '@log', hash: table.log });
  const found = library.find(all.map(({ hash }) => hash).join(''));
  const missing = all[found];
  if (missing !== undefined) throw notFound(library, file, missing, found);
  if ((flags & PANIC_ABORTS) !== 0 || table.panic === 'abort') warnOfAborts(file);
  return table;
}

function notFound(
  library: NativeLibrary,
  file: LibraryFile,
  described: { name: string; hash: string },
  index: number,
): RustDLLError {
  const { name, hash } = described;
  const symbol = library.entry(index);
  if (symbol === null) return damaged(file, `there is no function behind \`${name}\``);
  const actual = readHash(symbol);
  return damaged(file, `\`${name}\` is not the function it is described as (hash ${actual}, in the table ${hash})`);
}

function damaged(file: LibraryFile, reason: string): RustDLLError {
  return libraryError('ERR_RUSTDLL_TABLE', file.path, reason);
}

/** Performs an operation of a framed function that takes no arguments, and returns what the addon returned. */
function ask(symbol: number, operation: number): string | number | undefined {
  i32[BLOCK_SYMBOL >> 2] = symbol;
  i32[BLOCK_CALL_CODE >> 2] = CALL_CODE_FRAMED;
  i32[FRAME_OPERATION >> 2] = operation;
  try {
    return ring();
  } finally {
    i32[FRAME_OPERATION >> 2] = CALL;
  }
}

function readText(file: LibraryFile, symbol: number): string {
  const answer = ask(symbol, CALL);
  if (i32[BLOCK_RESULT >> 2] === 0 && typeof answer === 'string') return answer;
  // Frees any other memory that the call returned.
  native.take();
  throw damaged(file, typeof answer === 'string' ? answer : 'its table cannot be read');
}

function readHash(symbol: number): string {
  ask(symbol, HASH);
  return (u64[FRAME_RESULT >> 3] as bigint).toString(16).padStart(16, '0');
}

function warnOfAborts(file: LibraryFile): void {
  process.emitWarning(
    `${file.path} was built with panic = "abort": a panic in it ends the process instead of being thrown`,
    { type: 'RustDLLWarning', code: 'RUSTDLL_PANIC_ABORT' },
  );
}
