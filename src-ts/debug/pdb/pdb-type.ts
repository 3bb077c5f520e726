/** Reads the types of parameters and results from a PDB. */

import type { KnownType } from '../../types/known';
import { Unreadable } from '../cursor';
import { isVecLayout, shortName } from '../known-type';
import { Leaf } from './leaf';
import { rustName } from './names';
import { type Definition, type Field, FIRST_TYPE, type TypeTable } from './type-table';

/** The most types inside one another that are followed. Types of that depth are unknown. */
const MOST_DEPTH = 32;

/** The most parameters of a function. */
const MOST_PARAMETERS = 256;

/** The size of a reference of two words, and that of a `PyVec`. */
const TWO_WORDS = 16;

/** The scalars by their numbers. The integers of one size have several, `usize` has that of `u64`. */
const SCALARS: Readonly<Record<number, string>> = {
  0x10: 'i8',
  0x11: 'i16',
  0x12: 'i32',
  0x13: 'i64',
  0x14: 'i128',
  0x20: 'u8',
  0x21: 'u16',
  0x22: 'u32',
  0x23: 'u64',
  0x24: 'u128',
  0x30: 'bool',
  0x40: 'f32',
  0x41: 'f64',
  0x46: 'f16',
  0x68: 'i8',
  0x69: 'u8',
  0x72: 'i16',
  0x73: 'u16',
  0x74: 'i32',
  0x75: 'u32',
  0x76: 'i64',
  0x77: 'u64',
  0x78: 'i128',
  0x79: 'u128',
  0x7b: 'char',
};

const VOID = 0x03;

/** The most fields of a structure that is looked into. */
const MOST_FIELDS = 16;

/** The name of an `Option` of a reference. */
const OPTION = /^enum2\$<core::option::Option<ref(_mut)?\$</;

/** The signature of a function, without names. */
export interface PdbSignature {
  readonly parameters: readonly KnownType[];
  readonly result: KnownType;
}

/** Reads the signature of a function from its type. */
export function readSignature(table: TypeTable, type: number, depth = 0): PdbSignature {
  const record = table.record(type);
  if (record.readUInt16LE(0) !== Leaf.Procedure) throw new Unreadable('it has a function that has no type');
  const list = table.record(record.readUInt32LE(10));
  const count = list.readUInt32LE(2);
  if (list.readUInt16LE(0) !== Leaf.ArgumentList || count > MOST_PARAMETERS) {
    throw new Unreadable('it has a damaged list of parameters');
  }
  const parameters: KnownType[] = [];
  for (let i = 0; i < count; i++) parameters.push(pdbType(table, list.readUInt32LE(6 + 4 * i), depth));
  return { parameters, result: pdbType(table, record.readUInt32LE(2), depth) };
}

/** Returns the type with a number. */
function pdbType(table: TypeTable, type: number, depth: number): KnownType {
  if (type < FIRST_TYPE) return simpleType(type);
  if (depth >= MOST_DEPTH) return { kind: 'unknown', text: '?' };
  const record = table.record(type);
  switch (record.readUInt16LE(0)) {
    case Leaf.Modifier:
      return pdbType(table, record.readUInt32LE(2), depth + 1);
    case Leaf.Pointer:
      return pointer(table, record.readUInt32LE(2), depth);
    case Leaf.Structure:
    case Leaf.Class:
    case Leaf.Union:
    case Leaf.Enum: {
      const definition = table.definition(type);
      return definition === null ? { kind: 'unknown', text: '?' } : defined(table, definition, depth);
    }
    default:
      return { kind: 'unknown', text: '?' };
  }
}

function simpleType(type: number): KnownType {
  const name = SCALARS[type & 0xff];
  const isVoid = (type & 0xff) === VOID;
  // Higher bits are set for pointers.
  if (type > 0xff) {
    const to: KnownType | null = name === undefined ? null : { kind: 'scalar', name };
    return { kind: 'pointer', mutable: true, to, text: isVoid ? '*mut c_void' : '*mut ?', isVague: true };
  }
  if (isVoid) return { kind: 'unit' };
  return name === undefined ? { kind: 'unknown', text: '?' } : { kind: 'scalar', name };
}

/** A PDB does not tell references from raw pointers, and those that Rust may change from others. */
function pointer(table: TypeTable, to: number, depth: number): KnownType {
  if (to >= FIRST_TYPE && table.record(to).readUInt16LE(0) === Leaf.Procedure) {
    return { kind: 'function', text: 'extern "C" fn' };
  }
  const known = pdbType(table, to, depth + 1);
  return { kind: 'pointer', mutable: true, to: known, text: '*mut ?', isVague: true };
}

function defined(table: TypeTable, definition: Definition, depth: number): KnownType {
  const { leaf, name, size } = definition;
  const rust = rustName(name);
  const text = shortName(rust);
  if (leaf === Leaf.Enum) {
    const scalar = pdbType(table, definition.underlying, depth + 1);
    return scalar.kind === 'scalar' ? { kind: 'enum', scalar: scalar.name, text } : { kind: 'unknown', text };
  }
  const reference = leaf === Leaf.Union && size === 8 ? OPTION.exec(name) : null;
  if (reference !== null) {
    const some = someOf(table, definition);
    const inner = some === undefined ? null : pdbType(table, some, depth + 1);
    if (inner?.kind === 'pointer' && inner.to !== null) {
      return { kind: 'option', of: { kind: 'reference', mutable: reference[1] !== undefined, to: inner.to } };
    }
  }
  if (leaf === Leaf.Structure && size === TWO_WORDS) {
    if (/^&(?:mut )?(?:\[|str$|dyn\b)/.test(rust)) return { kind: 'fat', text };
    const element = elementOf(table, definition);
    if (element !== null) return { kind: 'vec', element: pdbType(table, element, depth + 1) };
  }
  return { kind: 'value', text, size };
}

/** Returns the type of what an `Option` contains. It is a union of its variants, each of which contains a value. */
function someOf(table: TypeTable, definition: Definition): number | undefined {
  for (const variant of table.fields(definition.fields)?.slice(0, MOST_FIELDS) ?? []) {
    const value = fieldIn(table, variant, 'value');
    const some = value === undefined ? undefined : fieldIn(table, value, '__0');
    if (some !== undefined) return some.type;
  }
  return undefined;
}

/** Returns a field of the structure that another field is. */
function fieldIn(table: TypeTable, { type }: Field, name: string): Field | undefined {
  const inner = type < FIRST_TYPE ? null : table.definition(type);
  return inner === null ? undefined : table.fields(inner.fields)?.find((field) => field.name === name);
}

/** Returns the type of the elements if a structure is laid out as a `PyVec`: a pointer, and a `u32`. */
function elementOf(table: TypeTable, { fields }: Definition): number | null {
  const listed = table.fields(fields);
  if (listed === null || listed.length > MOST_FIELDS) return null;
  const all = listed.filter(({ type }) => !isEmpty(table, type)).sort((a, b) => a.offset - b.offset);
  const [first, second] = all;
  if (first === undefined || second === undefined) return null;
  if (!isVecLayout(all) || SCALARS[second.type] !== 'u32') return null;
  // A pointer to a scalar has the number of that with higher bits.
  if (first.type < FIRST_TYPE) return first.type > 0xff ? first.type & 0xff : null;
  const record = table.record(first.type);
  return record.readUInt16LE(0) === Leaf.Pointer ? record.readUInt32LE(2) : null;
}

/** True if a field takes no space, as markers do. */
function isEmpty(table: TypeTable, type: number): boolean {
  const definition = type < FIRST_TYPE ? null : table.definition(type);
  return definition?.leaf === Leaf.Structure && definition.size === 0;
}
