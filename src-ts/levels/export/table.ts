/** Reads and validates the table of a library's exported functions, whose JSON docs/abi.md describes. */

import type { RustDLLError } from '../../errors/errors';
import { libraryError } from '../../errors/library-error';
import { formatType, type StrType, type VecType } from '../../types/lent';
import { MAX_LENGTH, MAX_PARAMETERS } from '../../types/limits';
import type { Definition, LentShape, ObjectShape, ParameterShape, Shape } from '../../types/shape';
import {
  type ExportedParameter,
  type ExportedSignature,
  fullName,
  type Member,
  ROLES,
  type Table,
} from '../../types/signature';
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
import { others } from '../../values/stream/kinds/registry';
import { readScalarName } from '../../values/stream/kinds/scalar';
import { PARAMETER_ONLY, Shapes } from '../../values/stream/shapes';
import { endless, obstacle } from './graph';
import { isReserved } from './reserved';
import { CONTRACTS } from './symbols';
import { FUNCTION, HASH, PARAMETER, usualReader } from './usual';

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
  const table = fields(root, null, ['contract', 'rustdll', 'target', 'panic', 'types', 'functions'], ['take', 'log']);
  const contract = count(table.contract, 'contract', Math.max(...CONTRACTS));
  const crate = name(table.rustdll, 'rustdll');
  const target = name(table.target, 'target');
  const panic = oneOf(table.panic, 'panic', ['unwind', 'abort']);
  const shapes = new Shapes(elements(table.types, 'types', MAX_ENTRIES));
  if (shapes.areLinked) refuseEndless(shapes.definitions);
  const all = readFunctions(elements(table.functions, 'functions', MAX_ENTRIES), shapes, contract);
  const first = all.findIndex(({ member }) => member !== null);
  const functions = first === -1 ? all : all.slice(0, first);
  const members = first === -1 ? [] : all.slice(first);
  refuseSameNames(functions, shapes);
  const { definitions, classes } = shapes;
  const take = table.take === undefined ? null : hashOf(table.take, 'take');
  const log = table.log === undefined ? null : hashOf(table.log, 'log');
  if (log !== null && take === null) fault('log', 'the function before this one has no hash: `take` is missing');
  return { contract, crate, target, panic, definitions, classes, functions, members, take, log };
}

function hashOf(value: unknown, step: Step): string {
  const hash = text(value, step);
  return HASH.test(hash) ? hash : unexpected(value, step, '16 hexadecimal digits');
}

/** Refuses a function that is called like a class, since both are properties of the library. */
function refuseSameNames(functions: readonly ExportedSignature[], { classes }: Shapes): void {
  if (classes.length === 0) return;
  const names = new Set(classes.map(({ name }) => name));
  each(functions, 'functions', (signature) => {
    const { name } = signature as ExportedSignature;
    if (names.has(name)) fault('name', `a class is called \`${name}\` too`);
  });
}

function refuseEndless(definitions: readonly Definition[]): void {
  const [first] = endless(definitions);
  if (first === undefined) return;
  const problem = `every value of ${first.name} would have to hold another one, without end`;
  throw new JsonFault(problem, definitions.indexOf(first)).along('types');
}

function readFunctions(list: readonly unknown[], shapes: Shapes, contract: number): ExportedSignature[] {
  let before = '';
  const taken = new Set<string>();
  const usual = usualReader({
    parameter: (type) => parameterType(type, null, shapes),
    any: (type) => shapes.of(type, null),
  });
  return each(list, 'functions', (value) => {
    const found = taken.size === 0 ? usual(value, before) : undefined;
    if (found !== undefined) {
      before = found.name;
      return found;
    }
    const read = readFunction(value, shapes, contract);
    const { member, name } = read;
    if (member !== null) {
      const isStatic = member.role === 'constructor' || member.role === 'static';
      const roles = member.role === 'getter' || member.role === 'setter' ? [member.role] : ['getter', 'setter'];
      const places = roles.map((role) => `${isStatic} ${role} ${fullName(read)}`);
      if (places.some((place) => taken.has(place))) fault('name', `\`${fullName(read)}\` is there already`);
      places.forEach((place) => taken.add(place));
      return read;
    }
    if (taken.size > 0) fault(null, 'functions outside of classes stand before those in classes');
    if (before !== '' && !isOrdered(before, name)) {
      fault('name', `functions are ordered by name, each there once, and \`${before}\` stands before this`);
    }
    before = name;
    return read;
  });
}

/** True if `right` sorts after `left` by UTF-8 bytes, which is the order of Rust's strings. */
function isOrdered(left: string, right: string): boolean {
  // The order of their UTF-16 is the same but for characters of two units, which begin beyond all of these.
  if (!HIGH.test(right)) return left < right;
  return Buffer.compare(Buffer.from(left), Buffer.from(right)) < 0;
}

/** The additional fields of a table of the second contract, which are present if they differ from the default. */
const CALLS = ['async', 'background', 'constant', 'class', 'role', 'error'] as const;

/** The names that no member of a class can have, as every class or object has them. */
const NO_MEMBERS: ReadonlySet<string> = new Set(['constructor', 'prototype', 'then', '__proto__']);

function readFunction(value: unknown, shapes: Shapes, contract: number): ExportedSignature {
  const read = fields(value, null, FUNCTION, contract === 1 ? [] : CALLS);
  const known = name(read.name, 'name');
  const member = readMember(read, shapes);
  if (member === null ? isReserved(known) : member.role !== 'constructor' && NO_MEMBERS.has(known))
    fault('name', `\`${known}\` is a name that JavaScript itself looks for`);
  const hash = hashOf(read.hash, 'hash');
  const parameters = each(elements(read.parameters, 'parameters', MAX_PARAMETERS), 'parameters', (parameter) =>
    readParameter(parameter, shapes),
  );
  const result = shapes.of(read.result, 'result');
  if (member !== null) refuseMisplaced(member, parameters, result);
  const signature: ExportedSignature = {
    name: known,
    doc: text(read.doc, 'doc'),
    module: name(read.module, 'module'),
    member,
    parameters,
    result,
    throws: boolean(read.throws, 'throws'),
    bigint: boolean(read.bigint, 'bigint'),
    error: readError(read, shapes),
    isAsync: unusual(read, 'async', false),
    background: unusual(read, 'background', true),
    isConstant: unusual(read, 'constant', false),
    hash,
  };
  const role = member?.role;
  if (signature.isAsync && (role === 'constructor' || role === 'getter' || role === 'setter')) {
    fault('async', `a ${role} cannot give a promise`);
  }
  if (signature.isConstant && (member !== null || parameters.length > 0 || signature.isAsync)) {
    fault('constant', 'a constant has no class and no parameters');
  }
  const blocking = signature.isAsync ? obstacle(signature) : undefined;
  if (blocking !== undefined) fault('async', `a ${blocking.name} cannot be used on another thread`);
  return signature;
}

/** Reads the place of a function in a class. */
function readMember(read: object, shapes: Shapes): Member | null {
  const [index, role] = [peek(read, 'class'), peek(read, 'role')];
  if (index === undefined && role === undefined) return null;
  const definition = shapes.definition(index, 'class');
  if (definition.kind !== 'class') return fault('class', `${definition.name} is no class`);
  return { definition, role: oneOf(role, 'role', ROLES) };
}

/** Reads the type of a function's error, which is left out if it has no data. */
function readError(read: object, shapes: Shapes): Definition | null {
  const type = peek(read, 'error');
  if (type === undefined) return null;
  if (!boolean(peek(read, 'throws'), 'throws')) fault('error', 'the function cannot fail');
  const shape = shapes.of(type, 'error');
  return shape.kind === 'named' ? shape.definition : unexpected(type, 'error', 'a record or an enum');
}

/** Refuses a member whose types are not those of its role. */
function refuseMisplaced({ definition, role }: Member, parameters: readonly ExportedParameter[], result: Shape): void {
  const isOf = (shape: ParameterShape | undefined): boolean =>
    shape?.kind === 'object' && shape.definition === definition;
  if (role === 'constructor') {
    if (!isOf(result)) fault('result', `a constructor of ${definition.name} returns one`);
  } else if (role !== 'static') {
    if (!isOf(parameters[0]?.shape)) fault('parameters', `the first parameter of a ${role} is the ${definition.name}`);
    const expected = { method: undefined, getter: 1, setter: 2 }[role];
    if (expected !== undefined && parameters.length !== expected) fault('parameters', `a ${role} has ${expected}`);
  }
}

function unusual(read: object, name: 'async' | 'background' | 'constant', usual: boolean): boolean {
  const value = peek(read, name);
  return value === undefined ? usual : boolean(value, name);
}

function readParameter(value: unknown, shapes: Shapes): ExportedParameter {
  const { name: called, type, default: defaultText } = fields(value, null, PARAMETER, ['default']);
  const known = name(called, 'name');
  const shape = parameterType(type, 'type', shapes) ?? shapes.of(type, 'type');
  return defaultText === undefined
    ? { name: known, shape }
    : { name: known, shape, default: text(defaultText, 'default') };
}

/** Reads a type that only parameters can have; undefined if it is another one. */
function parameterType(value: unknown, step: Step, shapes: Shapes): LentShape | ObjectShape | undefined {
  // Most types are others, and are found out at once.
  if (!Array.isArray(value) || !(value[0] === 'option' || PARAMETER_ONLY.has(value[0]))) return undefined;
  try {
    return exclusiveType(value, shapes) ?? lentTypeOf(value);
  } catch (error) {
    throw leading(error, step);
  }
}

/** Reads the type of an object that Rust changes, `["mut", ["ref", i]]`, or takes. */
function exclusiveType(value: readonly unknown[], shapes: Shapes): ObjectShape | undefined {
  const [word, inner] = value;
  if (word !== 'own' && !(word === 'mut' && value.length === 2 && Array.isArray(inner) && inner[0] === 'ref')) {
    return undefined;
  }
  const shape = shapes.of(exactly(value, 2)[1], 1);
  return shape.kind === 'object'
    ? { ...shape, access: word === 'own' ? 'take' : 'change' }
    : unexpected(inner, 1, 'a class');
}

function lentTypeOf(value: readonly unknown[]): LentShape | undefined {
  const [word, inner] = value;
  if (word === 'py') return { kind: 'lent', type: pyType(exactly(value, 2)[1]) };
  if (word === 'mut') {
    if (value.length === 2 && Array.isArray(inner) && inner[0] === 'ndarray') return changedArray(inner);
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

/** Reads the array of a `["mut", ["ndarray", P, N]]`. */
function changedArray(value: readonly unknown[]): LentShape {
  try {
    const array = others().readNdArray(value);
    return { kind: 'lent', type: mutableOf(array.element), array };
  } catch (error) {
    throw leading(error, 1);
  }
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
    if (others.length === 0 && (type?.kind === 'vec' || type?.kind === 'str') && formatType(type) === spelled) {
      return type;
    }
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
  }
  return unexpected(value, 1, 'a reference to a PyVec or PyStr in Rust');
}
