/** A library's own table of its exported functions: the JSON of docs/abi.md, believed only where it can be checked. */

import type { RustDLLError } from '../../errors/errors';
import { libraryError } from '../../errors/library-error';
import { endless } from '../../types/graph';
import { formatType, type StrType, type VecType } from '../../types/lent';
import { type ScalarName, SCALARS } from '../../types/scalar';
import type {
  Definition,
  EnumDefinition,
  FieldShape,
  LentShape,
  Payload,
  RecordDefinition,
  Shape,
  Variant,
} from '../../types/shape';
import type { ExportedParameter, ExportedSignature, Table } from '../../types/signature';
import { parseDeclarations } from '../declare/parser';
import {
  boolean,
  count,
  distinct,
  elements,
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
} from './json';
import { isReserved } from './reserved';

/** The version of the contract between a library and this package. */
export const CONTRACT = 1;

/** How many types may stand inside one another, without a named one in between. */
const MAX_DEPTH = 64;

/** The slots of a frame. */
const MAX_PARAMETERS = 32;

const MAX_LENGTH = 2 ** 32 - 1;

const HASH = /^[0-9a-f]{16}$/;

/** The types that are a word. */
const WORDS: ReadonlyMap<unknown, Shape> = new Map<string, Shape>([
  ...Object.values(SCALARS).map(({ name }): [string, Shape] => [name, { kind: 'scalar', name }]),
  ['i128', { kind: 'huge', signed: true }],
  ['u128', { kind: 'huge', signed: false }],
  ['string', { kind: 'string' }],
  ['unit', { kind: 'unit' }],
]);

/** Definitions while they are read, since they may refer to each other and to themselves. */
type Open<D extends Definition> = { -readonly [Key in keyof D]: D[Key] };

/**
 * Reads the table of a library.
 *
 * Everything it claims is checked for its form and bounded: names are there and differ, references lead somewhere, types
 * are no deeper than 64, and of every named type there can be a value that ends. Whether the functions are what it says
 * of them, it cannot tell; their hashes are for that.
 *
 * @param table - the JSON, at most 16 MiB
 * @param library - the library's path, for the error
 * @throws RustDLLError `ERR_RUSTDLL_TABLE` with the place in the table
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
  const definitions = readDefinitions(elements(table.types, MAX_ENTRIES));
  const functions = readFunctions(elements(table.functions, MAX_ENTRIES), definitions);
  return { crate, target, panic, definitions, functions };
}

function readDefinitions(places: readonly Place[]): Definition[] {
  const names = places.map((place) => peek(place, 'name'));
  const open = places.map((place, index): Open<RecordDefinition> | Open<EnumDefinition> => {
    const known = name(names[index] as Place);
    return oneOf(peek(place, 'kind'), ['record', 'enum']) === 'record'
      ? { kind: 'record', name: known, doc: '', fields: [] }
      : { kind: 'enum', name: known, doc: '', tag: '', variants: [] };
  });
  distinct(names, 'types');
  for (const [index, definition] of open.entries()) {
    const place = places[index] as Place;
    if (definition.kind === 'record') fillRecord(definition, place, open);
    else fillEnum(definition, place, open);
  }
  const [first] = endless(open);
  if (first !== undefined) {
    fault(`types[${open.indexOf(first)}]`, `every value of ${first.name} would have to hold another one, without end`);
  }
  return open;
}

function fillRecord(definition: Open<RecordDefinition>, place: Place, named: readonly Definition[]): void {
  const record = fields(place, ['kind', 'name', 'doc', 'fields']);
  definition.doc = text(record.doc);
  definition.fields = readFields(record.fields, named);
}

function readFields(place: Place, named: readonly Definition[]): FieldShape[] {
  const list = elements(place).map((element) => fields(element, ['name', 'doc', 'type']));
  distinct(
    list.map((field) => field.name),
    'fields',
  );
  return list.map((field) => ({
    name: fieldName(field.name),
    doc: text(field.doc),
    shape: readType(field.type, named),
  }));
}

/** The name of a property of a plain object. */
function fieldName(place: Place): string {
  return place.value === '__proto__' ? fault(place.at, 'no field can be called `__proto__`') : name(place);
}

function fillEnum(definition: Open<EnumDefinition>, place: Place, named: readonly Definition[]): void {
  const read = fields(place, ['kind', 'name', 'doc', 'tag', 'variants']);
  definition.doc = text(read.doc);
  definition.tag = fieldName(read.tag);
  const variants = elements(read.variants);
  if (variants.length === 0) fault(read.variants.at, 'an enum without variants has no values');
  distinct(
    variants.map((variant) => peek(variant, 'name')),
    'variants',
  );
  definition.variants = variants.map((variant) => readVariant(variant, definition.tag, named));
}

const PAYLOADS = {
  unit: [],
  value: ['type'],
  tuple: ['types'],
  record: ['fields'],
} as const;

function readVariant(place: Place, tag: string, named: readonly Definition[]): Variant {
  const kind = oneOf(peek(place, 'kind'), ['unit', 'value', 'tuple', 'record']);
  const held: readonly ('type' | 'types' | 'fields')[] = PAYLOADS[kind];
  const variant = fields(place, ['name', 'doc', 'kind', ...held]);
  const payload = readPayload(kind, variant[held[0] ?? 'kind'], named);
  const others = payload.kind === 'record' ? payload.fields.map((field) => field.name) : ['value'];
  if (payload.kind !== 'unit' && others.includes(tag)) {
    fault(place.at, `the field that names the variant, \`${tag}\`, is called like one of the variant's own`);
  }
  return { name: name(variant.name), doc: text(variant.doc), payload };
}

function readPayload(kind: Payload['kind'], held: Place, named: readonly Definition[]): Payload {
  switch (kind) {
    case 'unit':
      return { kind };
    case 'value':
      return { kind, shape: readType(held, named) };
    case 'tuple':
      return { kind, elements: elements(held).map((element) => readType(element, named)) };
    case 'record':
      return { kind, fields: readFields(held, named) };
  }
}

function readFunctions(places: readonly Place[], named: readonly Definition[]): ExportedSignature[] {
  let before: string | undefined;
  return places.map((place) => {
    const read = readFunction(place, named);
    if (before !== undefined && !isOrdered(before, read.name)) {
      fault(`${place.at}.name`, `functions are ordered by name, each there once, and \`${before}\` stands before this`);
    }
    before = read.name;
    return read;
  });
}

/** Whether `right` comes after `left` in the order of their UTF-8, which is Rust's. */
function isOrdered(left: string, right: string): boolean {
  return Buffer.compare(Buffer.from(left), Buffer.from(right)) < 0;
}

function readFunction(place: Place, named: readonly Definition[]): ExportedSignature {
  const read = fields(place, ['name', 'doc', 'module', 'parameters', 'result', 'throws', 'bigint', 'hash']);
  const known = name(read.name);
  if (isReserved(known)) fault(read.name.at, `\`${known}\` is a name that every object has or is asked for`);
  const hash = text(read.hash);
  if (!HASH.test(hash)) unexpected(read.hash, '16 hexadecimal digits');
  return {
    name: known,
    doc: text(read.doc),
    module: name(read.module),
    parameters: elements(read.parameters, MAX_PARAMETERS).map((parameter) => readParameter(parameter, named)),
    result: readType(read.result, named),
    throws: boolean(read.throws),
    bigint: boolean(read.bigint),
    hash,
  };
}

function readParameter(place: Place, named: readonly Definition[]): ExportedParameter {
  const read = fields(place, ['name', 'type']);
  return { name: name(read.name), shape: lentType(read.type) ?? readType(read.type, named) };
}

/** A type that only a parameter can have. */
function lentType(place: Place): LentShape | undefined {
  const { value } = place;
  if (!Array.isArray(value) || (value[0] !== 'mut' && value[0] !== 'py')) return undefined;
  const [, held] = parts(place, 2) as [Place, Place];
  if (value[0] === 'py') return { kind: 'lent', type: pyType(held) };
  const element = { kind: 'scalar', name: scalarName(held) } as const;
  return { kind: 'lent', type: { kind: 'vec', held: 'mut', nullable: false, element } };
}

/** A type in Rust's own syntax, `&PyVec<f64>`, spelled as this package spells it. */
function pyType(place: Place): VecType | StrType {
  const spelled = text(place);
  try {
    const [signature, ...others] = parseDeclarations(`fn f(v: ${spelled})`);
    const type = signature?.parameters[0]?.type;
    // The spelling shows that this was the type and nothing besides.
    if (others.length === 0 && type !== undefined && type.kind !== 'scalar' && formatType(type) === spelled) {
      return type;
    }
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
  }
  return unexpected(place, 'a reference to a PyVec or PyStr in Rust');
}

/** The elements of a type that is a list: what it is, and `length - 1` things besides. */
function parts(place: Place, length: number): Place[] {
  const found = elements(place);
  if (found.length !== length) fault(place.at, `expected a list of ${length}, found one of ${found.length}`);
  return found;
}

function scalarName(place: Place): ScalarName {
  const shape = WORDS.get(place.value);
  return shape?.kind === 'scalar' ? shape.name : unexpected(place, 'the name of a scalar type');
}

/** A type, which `depth` others surround. */
function readType(place: Place, named: readonly Definition[], depth = 1): Shape {
  const { value, at } = place;
  const word = WORDS.get(value);
  if (word !== undefined) return word;
  if (!Array.isArray(value)) return unexpected(place, 'a type');
  if (depth > MAX_DEPTH) fault(at, `types are at most ${MAX_DEPTH} deep`);
  const inner = (part: Place | undefined): Shape => readType(part as Place, named, depth + 1);

  switch (value[0]) {
    case 'vec':
      return { kind: 'list', element: inner(parts(place, 2)[1]), length: null };
    case 'array': {
      const [, element, length] = parts(place, 3);
      return { kind: 'list', element: inner(element), length: count(length as Place, MAX_LENGTH) };
    }
    case 'typed': {
      const element = scalarName(parts(place, 2)[1] as Place);
      if (element === 'bool' || element === 'char') fault(at, `there is no typed array of ${element}`);
      return { kind: 'typed', element };
    }
    case 'option':
      return { kind: 'option', some: inner(parts(place, 2)[1]) };
    case 'tuple': {
      const [, ...found] = elements(place);
      return found.length === 0 ? fault(at, 'a tuple has elements') : { kind: 'tuple', elements: found.map(inner) };
    }
    case 'map':
      return { kind: 'map', value: inner(parts(place, 2)[1]) };
    case 'ref': {
      const index = parts(place, 2)[1] as Place;
      const definition = named[count(index, Number.MAX_SAFE_INTEGER)];
      if (definition === undefined) fault(index.at, `there is no type ${String(index.value)}`);
      return { kind: 'named', definition };
    }
    case 'mut':
    case 'py':
      return fault(at, 'only a parameter can have such a type');
    default:
      return fault(`${at}[0]`, 'an unknown kind of type');
  }
}
