/** Reads the types of parameters and results. */

import { type KnownType } from '../types/known';
import { At, Tag } from './constants';
import { Cursor } from './cursor';
import type { Entry } from './unit';

/** The most types inside one another that are followed. Types of that depth are unknown. */
const MOST_DEPTH = 32;

/** The size of a reference of two words, and that of a `PyVec`. */
const TWO_WORDS = 16;

/** The offset of the second field of a `PyVec`, its length. */
const LENGTH_OFFSET = 8;

const SCALARS = /^(?:[iu](?:8|16|32|64|128|size)|f(?:16|32|64|128)|bool|char)$/;

/** Returns the type that an entry describes; `()` if there is none. */
export function knownType(entry: Entry | undefined, depth = 0): KnownType {
  if (entry === undefined) return { kind: 'unit' };
  const name = entry.text(At.Name) ?? '';
  if (depth === MOST_DEPTH) return { kind: 'unknown', text: shortName(name) };
  switch (entry.tag) {
    case Tag.BaseType:
      if (name === '()') return { kind: 'unit' };
      if (name === '!') return { kind: 'never' };
      return SCALARS.test(name) ? { kind: 'scalar', name } : { kind: 'unknown', text: shortName(name) };
    case Tag.PointerType:
      return pointer(entry, name, depth);
    case Tag.StructureType:
      return structure(entry, name, depth);
    case Tag.EnumerationType: {
      const scalar = knownType(entry.entry(At.Type), depth + 1);
      if (scalar.kind !== 'scalar') return { kind: 'unknown', text: shortName(name) };
      return { kind: 'enum', scalar: scalar.name, text: shortName(name) };
    }
    case Tag.UnionType:
    case Tag.ArrayType:
      return value(entry, name);
    default:
      return { kind: 'unknown', text: shortName(name) };
  }
}

function pointer(entry: Entry, name: string, depth: number): KnownType {
  const to = (): KnownType => knownType(entry.entry(At.Type), depth + 1);
  if (name.startsWith('&mut ')) return { kind: 'reference', mutable: true, to: to() };
  if (name.startsWith('&')) return { kind: 'reference', mutable: false, to: to() };
  const raw = /^\*(const|mut) /.exec(name);
  if (raw !== null) return { kind: 'pointer', mutable: raw[1] === 'mut', to: to(), text: shortName(name) };
  if (entry.entry(At.Type)?.tag === Tag.SubroutineType) return { kind: 'function', text: shortName(name) };
  return { kind: 'pointer', mutable: true, to: null, text: shortName(name) };
}

function structure(entry: Entry, name: string, depth: number): KnownType {
  // The structure itself is described elsewhere, in a unit of types.
  if (entry.has(At.Declaration)) return { kind: 'unknown', text: shortName(name) };
  const size = entry.number(At.ByteSize) ?? 0;
  if (size === 8 && /^Option<.*>$/s.test(name)) {
    const some = entry.children(Tag.StructureType).find((child) => child.text(At.Name) === 'Some');
    const of = knownType(some?.children(Tag.Member)[0]?.entry(At.Type), depth + 1);
    if (of.kind === 'reference' || of.kind === 'pointer') return { kind: 'option', of };
  }
  if (size === TWO_WORDS) {
    if (/^&(?:mut )?(?:\[|str\b|dyn\b|\(dyn\b)/.test(name)) return { kind: 'fat', text: shortName(name) };
    const members = membersOf(entry);
    const element = elementOf(members);
    if (element !== null) return { kind: 'vec', element: knownType(element.entry(At.Type), depth + 1) };
  }
  return value(entry, name);
}

function value(entry: Entry, name: string): KnownType {
  return { kind: 'value', text: shortName(name), size: entry.number(At.ByteSize) ?? 0 };
}

interface Field {
  readonly offset: number;
  readonly type: Entry | undefined;
}

/** Returns the fields of a structure that take space, in their order. */
function membersOf(entry: Entry): Field[] {
  return entry
    .children(Tag.Member)
    .map((member) => ({ offset: offsetOf(member), type: member.entry(At.Type) }))
    .filter(({ type }) => type?.number(At.ByteSize) !== 0)
    .sort((a, b) => a.offset - b.offset);
}

/** Returns the offset of a field. In DWARF 2 it is an expression that adds a number. */
function offsetOf(member: Entry): number {
  const location = member.value(At.MemberLocation)?.value ?? 0;
  if (typeof location === 'number') return location;
  if (typeof location === 'string' || location[0] !== 0x23) return NaN;
  return new Cursor(location, 1).uleb();
}

/** Returns the pointer to the elements if these are the fields of a `PyVec`: a pointer, and a `u32`. */
function elementOf([first, second, ...others]: readonly Field[]): Entry | null {
  if (first === undefined || second === undefined || !isVecLayout([first, second, ...others])) return null;
  if (first.type?.tag !== Tag.PointerType || second.type?.tag !== Tag.BaseType) return null;
  return second.type.text(At.Name) === 'u32' ? first.type : null;
}

/** True if fields, in their order, are where those of a `PyVec` are. */
export function isVecLayout(fields: readonly { readonly offset: number }[]): boolean {
  return fields.length === 2 && fields[0]?.offset === 0 && fields[1]?.offset === LENGTH_OFFSET;
}

/** Removes the paths from a name: `rustdll::types::PyVec<core::option::Option<&i64>>` is `PyVec<Option<&i64>>`. */
export function shortName(name: string): string {
  return name.replace(/(?:[\p{L}_][\p{L}\p{N}_]*|\{[^{}]*\})::/gu, '') || '?';
}
