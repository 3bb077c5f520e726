/**
 * The Rust types as which a value can be packed. Declared and guessed signatures consist only of these.
 */

import type { ScalarName } from './scalar';

/** A scalar, passed in a register. */
export interface ScalarType {
  readonly kind: 'scalar';
  readonly name: ScalarName;
}

/**
 * The way in which a parameter or element holds a `PyVec`: `&` or `&mut` is a pointer to its 16-byte descriptor;
 * `value` is the descriptor itself, which only an element of another `PyVec` can be.
 */
export type Held = 'ref' | 'mut' | 'value';

/** A `PyVec<element>`; `nullable` is an `Option` around a reference, whose `None` is the null pointer. */
export interface VecType {
  readonly kind: 'vec';
  readonly held: Held;
  readonly nullable: boolean;
  readonly element: RustType;
}

/** A `PyStr`: in memory a `PyVec<u8>`, whose bytes have to be UTF-8. */
export interface StrType {
  readonly kind: 'str';
  readonly held: Held;
  readonly nullable: boolean;
}

/** Any type of a parameter or an element. */
export type RustType = ScalarType | VecType | StrType;

/** Prints the type in Rust's syntax. */
export function formatType(type: RustType): string {
  if (type.kind === 'scalar') return type.name;
  const name = type.kind === 'str' ? 'PyStr' : `PyVec<${formatType(type.element)}>`;
  const held = { ref: '&', mut: '&mut ', value: '' }[type.held] + name;
  return type.nullable ? `Option<${held}>` : held;
}
