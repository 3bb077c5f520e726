/** Reads and validates the table of a library's exported functions, whose JSON docs/abi.md describes. */

import type { RustDLLError } from '../../errors/errors';
import { libraryError } from '../../errors/library-error';
import { formatType, type StrType, type VecType } from '../../types/lent';
import type { Definition, LentShape } from '../../types/shape';
import type { ExportedParameter, ExportedSignature, Table } from '../../types/signature';
import {
  boolean,
  count,
  elements,
  exactly,
  fault,
  fields,
  JsonFault,
  MAX_ENTRIES,
  name,
  oneOf,
  parseJson,
  peek,
  type Place,
  text,
  unexpected,
} from '../../values/stream/json';
import { readScalarName } from '../../values/stream/kinds/scalar';
import { PARAMETER_ONLY, Shapes } from '../../values/stream/shapes';
import { endless } from './graph';
import { isReserved } from './reserved';
import { CONTRACT } from './symbols';

/** The most parameters of a function, as many as a frame has slots. */
const MAX_PARAMETERS = 32;

const HASH = /^[0-9a-f]{16}$/;

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
    return readTable({ value: parseJson(table), at: '' });
  } catch (error) {
    throw error instanceof JsonFault ? tableError(library, error) : error;
  }
}

function tableError(library: string, { message }: JsonFault): RustDLLError {
  return libraryError('ERR_RUSTDLL_TABLE', library, `the table of its exported functions is damaged: ${message}`);
}

function readTable(root: Place): Table {
  const version = peek(root, 'contract');
  if (typeof version.value === 'number' && version.value !== CONTRACT) {
    fault(version.at, `the library is of contract ${version.value}, and this package knows only ${CONTRACT}`);
  }
  const table = fields(root, ['contract', 'rustdll', 'target', 'panic', 'types', 'functions']);
  count(table.contract, CONTRACT);
  const crate = name(table.rustdll);
  const target = name(table.target);
  const panic = oneOf(table.panic, ['unwind', 'abort']);
  const shapes = new Shapes(elements(table.types, MAX_ENTRIES));
  refuseEndless(shapes.definitions);
  const functions = readFunctions(elements(table.functions, MAX_ENTRIES), shapes);
  return { crate, target, panic, definitions: shapes.definitions, functions };
}

function refuseEndless(definitions: readonly Definition[]): void {
  const [first] = endless(definitions);
  if (first === undefined) return;
  const at = `types[${definitions.indexOf(first)}]`;
  fault(at, `every value of ${first.name} would have to hold another one, without end`);
}

function readFunctions(places: readonly Place[], shapes: Shapes): ExportedSignature[] {
  let before: string | undefined;
  return places.map((place) => {
    const read = readFunction(place, shapes);
    if (before !== undefined && !isOrdered(before, read.name)) {
      fault(`${place.at}.name`, `functions are ordered by name, each there once, and \`${before}\` stands before this`);
    }
    before = read.name;
    return read;
  });
}

/** True if `right` sorts after `left` by UTF-8 bytes, which is the order of Rust's strings. */
function isOrdered(left: string, right: string): boolean {
  return Buffer.compare(Buffer.from(left), Buffer.from(right)) < 0;
}

function readFunction(place: Place, shapes: Shapes): ExportedSignature {
  const read = fields(place, ['name', 'doc', 'module', 'parameters', 'result', 'throws', 'bigint', 'hash']);
  const known = name(read.name);
  if (isReserved(known)) fault(read.name.at, `\`${known}\` is a name that JavaScript itself looks for`);
  const hash = text(read.hash);
  if (!HASH.test(hash)) unexpected(read.hash, '16 hexadecimal digits');
  return {
    name: known,
    doc: text(read.doc),
    module: name(read.module),
    parameters: elements(read.parameters, MAX_PARAMETERS).map((parameter) => readParameter(parameter, shapes)),
    result: shapes.of(read.result),
    throws: boolean(read.throws),
    bigint: boolean(read.bigint),
    hash,
  };
}

function readParameter(place: Place, shapes: Shapes): ExportedParameter {
  const read = fields(place, ['name', 'type']);
  return { name: name(read.name), shape: lentType(read.type) ?? shapes.of(read.type) };
}

/** Reads a type that only parameters can have; undefined if it is another one. */
function lentType(place: Place): LentShape | undefined {
  const { value } = place;
  if (!Array.isArray(value) || !PARAMETER_ONLY.has(value[0])) return undefined;
  const [, held] = exactly(place, 2);
  if (value[0] === 'py') return { kind: 'lent', type: pyType(held) };
  const element = { kind: 'scalar', name: readScalarName(held) } as const;
  return { kind: 'lent', type: { kind: 'vec', held: 'mut', nullable: false, element } };
}

/** Reads a type in Rust's syntax, such as `&PyVec<f64>`. Only the spelling of `formatType` is accepted. */
function pyType(place: Place): VecType | StrType {
  const spelled = text(place);
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
  return unexpected(place, 'a reference to a PyVec or PyStr in Rust');
}
