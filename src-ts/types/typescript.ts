/** Scalars and lists in TypeScript's syntax. */

import { type ScalarName, SCALARS } from './scalar';
import type { ListShape, Shape } from './shape';

/** The most elements that the tuple type of an array has, counted with those of the arrays and tuples inside it. */
const MOST_SPELLED = 16;

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

/**
 * The type of a list whose elements are each of one of the types `members`.
 *
 * @param length - The number of its elements, if the type is to be a tuple.
 */
export function listType(members: readonly string[], length: number | null = null): string {
  if (length !== null) return `[${Array<string>(length).fill(members.join(' | ')).join(', ')}]`;
  const [only = '', ...others] = members;
  return others.length === 0 && !only.startsWith('readonly ') ? `${only}[]` : `(${members.join(' | ')})[]`;
}

/** Returns the number of elements of an array that has a tuple type; null for all other lists. */
export function tupleLength({ element, length }: ListShape): number | null {
  return ofTuple(length, spelled(element));
}

function ofTuple(length: number | null, elements: number): number | null {
  return length !== null && length * elements <= MOST_SPELLED ? length : null;
}

/** Counts the elements of the tuple types in the type of a value; 1 if there are none. */
function spelled(shape: Shape): number {
  switch (shape.kind) {
    case 'list': {
      const elements = spelled(shape.element);
      return elements * Math.max(1, ofTuple(shape.length, elements) ?? 1);
    }
    case 'tuple':
      return shape.elements.reduce((sum, element) => sum + spelled(element), 0);
    case 'option':
      return spelled(shape.some);
    case 'map':
      return spelled(shape.value);
    default:
      return 1;
  }
}

/**
 * The types of the lists and memory that can be passed for a list of scalars.
 *
 * @param lists - The types of the lists whose elements are each of one of the types.
 * @param global - Refers to a type of JavaScript's own.
 */
export function scalarListTypes(
  name: ScalarName,
  lists: (elements: readonly string[]) => readonly string[],
  global: (name: string) => string,
): string[] {
  const { kind } = SCALARS[name];
  const own = lists([scalarType(name, 'number'), ...(kind === 'wide' ? ['bigint'] : [])]);
  if (kind === 'bool' || kind === 'char') return [...own];
  if (name !== 'u8') return [...own, global(viewName(name))];
  return [...own, ...['Uint8Array', 'Uint8ClampedArray', 'DataView', 'ArrayBuffer'].map(global)];
}
