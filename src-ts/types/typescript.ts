/** Scalars and lists in TypeScript's syntax. */

import { type ScalarName, SCALARS } from './scalar';

/** The type of 64-bit integers: `number`, `bigint`, or a type parameter that stands for them. */
export type WideType = string;

/** The type of a scalar. */
export function scalarType(name: ScalarName, wide: WideType): string {
  const { kind } = SCALARS[name];
  if (kind === 'wide') return wide;
  return kind === 'bool' ? 'boolean' : kind === 'char' ? 'string' : 'number';
}

/** The typed array whose elements are of a type. */
export function viewName(name: ScalarName): string {
  const { kind, size, signed } = SCALARS[name];
  if (kind === 'float') return `Float${8 * size}Array`;
  return `${kind === 'wide' ? 'Big' : ''}${signed ? 'Int' : 'Uint'}${8 * size}Array`;
}

/** The type of a list whose elements are each of one of the types `members`. */
export function listType(members: readonly string[]): string {
  const [only = '', ...others] = members;
  return others.length === 0 && !only.startsWith('readonly ') ? `${only}[]` : `(${members.join(' | ')})[]`;
}

/**
 * The types of the lists and memory that can be passed for a list of scalars.
 *
 * @param written - True if Rust may change them.
 * @param global - Refers to a type of JavaScript's own.
 */
export function scalarListTypes(name: ScalarName, written: boolean, global: (name: string) => string): string[] {
  const { kind } = SCALARS[name];
  const list = `${written ? '' : 'readonly '}${scalarType(name, 'number')}[]`;
  if (kind === 'bool' || kind === 'char') return [list];
  if (kind === 'wide') return [list, list.replace('number', 'bigint'), global(viewName(name))];
  if (name !== 'u8') return [list, global(viewName(name))];
  return [list, ...['Uint8Array', 'Uint8ClampedArray', 'DataView', 'ArrayBuffer'].map(global)];
}
