/** Reads and validates the table of a library's exported functions, whose JSON docs/abi.md describes. */

import type { RustDLLError } from '../../errors/errors';
import { libraryError } from '../../errors/library-error';
import { formatType, type StrType, type VecType } from '../../types/lent';
import { MAX_LENGTH } from '../../types/limits';
import type { Definition, LentShape } from '../../types/shape';
import type { ExportedParameter, ExportedSignature, Table } from '../../types/signature';
import {
  boolean,
  count,
  each,
  elements,
  exactly,
  fault,
  fields,
  JsonFault,
  leading,
  MAX_ENTRIES,
  name,
  oneOf,
  parseJson,
  peek,
  type Step,
  text,
  unexpected,
} from '../../values/stream/json';
import { readScalarName } from '../../values/stream/kinds/scalar';
import { Shapes } from '../../values/stream/shapes';
import { endless } from './graph';
import { isReserved } from './reserved';
import { CONTRACTS } from './symbols';

/** The most parameters of a function, as many as a frame has slots. */
const MAX_PARAMETERS = 32;

const HASH = /^[0-9a-f]{16}$/;

/** Units of characters that UTF-16 and UTF-8 may put in another order. */
const HIGH = /[\ud800-\uffff]/;

/**
 * Reads the table of a library.
 *
 * Its form is validated and its size bounded: names are not empty and differ, references point to definitions, types
 * are nested at most 64 deep, and every named type has finite values. Nothing here can verify that the functions have
 * these signatures; the hashes of the signatures are for that.
 *
 * @param table - The JSON, at most 16 MiB.
 * @param library - The library's path, for the error.
 * @throws RustDLLError `ERR_RUSTDLL_TABLE` with the place in the table.
 */
export function parseTable(table: string, library: string): Table {
  try {
    return readTable(parseJson(table));
  } catch (error) {
    throw error instanceof JsonFault ? tableError(library, error) : error;
  }
}

function tableError(library: string, { message }: JsonFault): RustDLLError {
  return libraryError('ERR_RUSTDLL_TABLE', library, `the table of its exported functions is damaged: ${message}`);
}

function readTable(root: unknown): Table {
  const version = peek(root, 'contract');
  if (typeof version === 'number' && !CONTRACTS.includes(version)) {
    fault('contract', `the library is of contract ${version}, and this package knows ${CONTRACTS.join(' and ')}`);
  }
  const table = fields(root, null, ['contract', 'rustdll', 'target', 'panic', 'types', 'functions']);
  const contract = count(table.contract, 'contract', Math.max(...CONTRACTS));
  const crate = name(table.rustdll, 'rustdll');
  const target = name(table.target, 'target');
  const panic = oneOf(table.panic, 'panic', ['unwind', 'abort']);
  const shapes = new Shapes(elements(table.types, 'types', MAX_ENTRIES));
  if (shapes.areLinked) refuseEndless(shapes.definitions);
  const functions = readFunctions(elements(table.functions, 'functions', MAX_ENTRIES), shapes, contract);
  return { contract, crate, target, panic, definitions: shapes.definitions, functions };
}

function refuseEndless(definitions: readonly Definition[]): void {
  const [first] = endless(definitions);
  if (first === undefined) return;
  const problem = `every value of ${first.name} would have to hold another one, without end`;
  throw new JsonFault(problem, definitions.indexOf(first)).along('types');
}

function readFunctions(list: readonly unknown[], shapes: Shapes, contract: number): ExportedSignature[] {
  let before: string | undefined;
  return each(list, 'functions', (value) => {
    const read = readFunction(value, shapes, contract);
    if (before !== undefined && !isOrdered(before, read.name)) {
      fault('name', `functions are ordered by name, each there once, and \`${before}\` stands before this`);
    }
    before = read.name;
    return read;
  });
}

/** True if `right` sorts after `left` by UTF-8 bytes, which is the order of Rust's strings. */
function isOrdered(left: string, right: string): boolean {
  // The order of their UTF-16 is the same but for characters of two units, which begin beyond all of these.
  if (!HIGH.test(right)) return left < right;
  return Buffer.compare(Buffer.from(left), Buffer.from(right)) < 0;
}

const FUNCTION = ['name', 'doc', 'module', 'parameters', 'result', 'throws', 'bigint', 'hash'] as const;

/** The additional fields of a table of the second contract, which are present if they differ from the default. */
const CALLS = ['async', 'background'] as const;

function readFunction(value: unknown, shapes: Shapes, contract: number): ExportedSignature {
  const read = fields(value, null, FUNCTION, contract === 1 ? [] : CALLS);
  const known = name(read.name, 'name');
  if (isReserved(known)) fault('name', `\`${known}\` is a name that JavaScript itself looks for`);
  const hash = text(read.hash, 'hash');
  if (!HASH.test(hash)) unexpected(read.hash, 'hash', '16 hexadecimal digits');
  return {
    name: known,
    doc: text(read.doc, 'doc'),
    module: name(read.module, 'module'),
    parameters: each(elements(read.parameters, 'parameters', MAX_PARAMETERS), 'parameters', (parameter) =>
      readParameter(parameter, shapes),
    ),
    result: shapes.of(read.result, 'result'),
    throws: boolean(read.throws, 'throws'),
    bigint: boolean(read.bigint, 'bigint'),
    isAsync: unusual(read, 'async', false),
    background: unusual(read, 'background', true),
    hash,
  };
}

function unusual(read: object, name: (typeof CALLS)[number], usual: boolean): boolean {
  const value = peek(read, name);
  return value === undefined ? usual : boolean(value, name);
}

const PARAMETER = ['name', 'type'] as const;

function readParameter(value: unknown, shapes: Shapes): ExportedParameter {
  const { name: called, type } = fields(value, null, PARAMETER);
  const known = name(called, 'name');
  return { name: known, shape: lentType(type, 'type') ?? shapes.of(type, 'type') };
}

/** Reads a type that only parameters can have; undefined if it is another one. */
function lentType(value: unknown, step: Step): LentShape | undefined {
  if (!Array.isArray(value)) return undefined;
  try {
    return lentTypeOf(value);
  } catch (error) {
    throw leading(error, step);
  }
}

function lentTypeOf(value: readonly unknown[]): LentShape | undefined {
  const [word, inner] = value;
  if (word === 'py') return { kind: 'lent', type: pyType(exactly(value, 2)[1]) };
  if (word === 'mut') {
    if (value.length === 2 && Array.isArray(inner)) {
      return { kind: 'lent', type: { kind: 'vec', held: 'mut', nullable: false, element: mutableType(inner, 1) } };
    }
    if (value.length !== 3) return { kind: 'lent', type: mutableType(value, null) };
    const [, element, length] = exactly(value, 3);
    return { kind: 'lent', type: mutableOf(element), length: count(length, 2, MAX_LENGTH) };
  }
  if (word !== 'option' || value.length !== 2 || !Array.isArray(inner) || inner[0] !== 'mut') return undefined;
  return { kind: 'lent', type: { ...mutableType(inner, 1), nullable: true }, optional: true };
}

/** Reads a `["mut", P]`. */
function mutableType(value: unknown, step: Step): VecType {
  try {
    const [word, element] = exactly(value, 2);
    if (word !== 'mut') unexpected(word, 0, 'a list that Rust changes');
    return mutableOf(element);
  } catch (error) {
    throw leading(error, step);
  }
}

function mutableOf(element: unknown): VecType {
  return { kind: 'vec', held: 'mut', nullable: false, element: { kind: 'scalar', name: readScalarName(element, 1) } };
}

/** Reads a type in Rust's syntax, such as `&PyVec<f64>`. Only the spelling of `formatType` is accepted. */
function pyType(value: unknown): VecType | StrType {
  const spelled = text(value, 1);
  const { parseDeclarations } = require('../declare/parser') as typeof import('../declare/parser');
  try {
    const [signature, ...others] = parseDeclarations(`fn f(v: ${spelled})`);
    const type = signature?.parameters[0]?.type;
    // Comparing the spelling ensures that the text contained this type and nothing else.
    if (others.length === 0 && type !== undefined && type.kind !== 'scalar' && formatType(type) === spelled) {
      return type;
    }
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
  }
  return unexpected(value, 1, 'a reference to a PyVec or PyStr in Rust');
}
