/** What an exported function takes and gives, as the library's own table describes it. */

import type { ScalarName, StrType, VecType } from './types';

/** The type of a value of an exported function. */
export type Shape =
  | { readonly kind: 'unit' }
  /** A number, boolean or, for `char`, a string of one code point. */
  | { readonly kind: 'scalar'; readonly name: ScalarName }
  /** A 128-bit integer. */
  | { readonly kind: 'huge'; readonly signed: boolean }
  | { readonly kind: 'string' }
  /** A list; with a `length`, one of just so many elements. A list of `u8` is bytes. */
  | { readonly kind: 'list'; readonly element: Shape; readonly length: number | null }
  /** A typed array. */
  | { readonly kind: 'typed'; readonly element: ScalarName }
  /** The value, or null. */
  | { readonly kind: 'option'; readonly some: Shape }
  /** A list of as many elements, each of a type of its own. */
  | { readonly kind: 'tuple'; readonly elements: readonly Shape[] }
  /** An object with any names. */
  | { readonly kind: 'map'; readonly value: Shape }
  /** A record or an enum. */
  | { readonly kind: 'named'; readonly definition: Definition }
  /** A parameter that Rust borrows: `&mut [T]`, or a `PyVec` or `PyStr` of the seed's style. */
  | { readonly kind: 'lent'; readonly type: VecType | StrType };

/** A named field of a record or variant. */
export interface FieldShape {
  readonly name: string;
  readonly doc: string;
  readonly shape: Shape;
}

/** A struct: an object with these fields and no others. */
export interface RecordDefinition {
  readonly kind: 'record';
  readonly name: string;
  readonly doc: string;
  readonly fields: readonly FieldShape[];
}

/** What a variant holds besides its name. */
export type Payload =
  | { readonly kind: 'unit' }
  /** `{ type: 'Name', value: x }` */
  | { readonly kind: 'value'; readonly shape: Shape }
  /** `{ type: 'Rect', value: [a, b] }` */
  | { readonly kind: 'tuple'; readonly elements: readonly Shape[] }
  /** `{ type: 'Circle', radius: 1 }` */
  | { readonly kind: 'record'; readonly fields: readonly FieldShape[] };

/** One of an enum's variants. */
export interface Variant {
  readonly name: string;
  readonly doc: string;
  readonly payload: Payload;
}

/** An enum: a string when all of its variants are units, else an object whose field `tag` names the variant. */
export interface EnumDefinition {
  readonly kind: 'enum';
  readonly name: string;
  readonly doc: string;
  readonly tag: string;
  readonly variants: readonly Variant[];
}

/** A type that has a name. It may contain itself. */
export type Definition = RecordDefinition | EnumDefinition;

/** One parameter of an exported function. */
export interface ExportedParameter {
  readonly name: string;
  readonly shape: Shape;
}

/** An exported function. */
export interface ExportedSignature {
  readonly name: string;
  /** Rust's doc comment, as Markdown; may be empty. */
  readonly doc: string;
  /** The path of the Rust module it stands in. */
  readonly module: string;
  readonly parameters: readonly ExportedParameter[];
  readonly result: Shape;
  /** Whether it returns a `Result`. */
  readonly throws: boolean;
  /** Whether its 64-bit results are bigints. */
  readonly bigint: boolean;
  /** The library's hash of the signature, 16 hex digits. */
  readonly hash: string;
}

/** The table of a library. */
export interface Table {
  /** The version of the crate it was built with. */
  readonly crate: string;
  /** What it was built for, as Rust names it. */
  readonly target: string;
  readonly panic: 'unwind' | 'abort';
  readonly definitions: readonly Definition[];
  /** Ordered by name; the place of a function is its index. */
  readonly functions: readonly ExportedSignature[];
}

/** Whether an enum is a union of strings. */
export function isUnion(definition: EnumDefinition): boolean {
  return definition.variants.every(({ payload }) => payload.kind === 'unit');
}

/** How many parameters must be passed: trailing ones that may be null may be left out. */
export function requiredParameters({ parameters }: ExportedSignature): number {
  return parameters.findLastIndex(({ shape }) => shape.kind !== 'option') + 1;
}
