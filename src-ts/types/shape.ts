/** The types of parameters and results of exported functions, as the library's table describes them. */

import type { StrType, VecType } from './lent';
import type { ScalarName } from './scalar';

/** The unit type: undefined. */
export interface UnitShape {
  readonly kind: 'unit';
}

/** A number, boolean or, for `char`, a string of one code point. */
export interface ScalarShape {
  readonly kind: 'scalar';
  readonly name: ScalarName;
}

/** A 128-bit integer. */
export interface HugeShape {
  readonly kind: 'huge';
  readonly signed: boolean;
}

export interface StringShape {
  readonly kind: 'string';
}

/** A point in time, to the millisecond. */
export interface DateShape {
  readonly kind: 'date';
}

/** A JSON value. */
export interface JsonShape {
  readonly kind: 'json';
}

/** A list; with a `length`, one of exactly so many elements. A list of `u8` is bytes. */
export interface ListShape {
  readonly kind: 'list';
  readonly element: Shape;
  readonly length: number | null;
  /** True for a `&[T]` of scalars inside an argument, for which Rust is lent the memory of a typed array. */
  readonly lent?: true;
  /** True for bytes that are a `Buffer` as a result. */
  readonly buffer?: true;
}

/** A list that is a `Set` as a result. */
export interface SetShape {
  readonly kind: 'set';
  readonly element: Shape;
}

/** A typed array. */
export interface TypedShape {
  readonly kind: 'typed';
  readonly element: ScalarName;
}

/** An array of n dimensions: an object with a typed array and the length of each dimension. */
export interface NdArrayShape {
  readonly kind: 'ndarray';
  readonly element: ScalarName;
  /** How many dimensions there are; null if there may be any number of them. */
  readonly dimensions: number | null;
}

/** The value, or null. */
export interface OptionShape {
  readonly kind: 'option';
  readonly some: Shape;
}

/** The value, or undefined as an argument, for which Rust has a default. */
export interface DefaultShape {
  readonly kind: 'default';
  readonly value: Shape;
}

/** The value, with bigints as its 64-bit integers. */
export interface BigintShape {
  readonly kind: 'bigint';
  readonly value: Shape;
}

/** A list of a fixed length whose elements each have a type of their own. */
export interface TupleShape {
  readonly kind: 'tuple';
  readonly elements: readonly Shape[];
}

/** A map: as a result an object, or a `Map`. */
export interface MapShape {
  readonly kind: 'map';
  readonly key: Shape;
  readonly value: Shape;
  /** True for one that is a `Map` as a result. */
  readonly isMap: boolean;
}

/** An object that stays in Rust. */
export interface ObjectShape {
  readonly kind: 'object';
  readonly definition: ClassDefinition;
  /** What Rust does with an argument: `&mut T` changes it, `T` takes it away; others may read it at the same time. */
  readonly access: 'read' | 'change' | 'take';
}

/** An iterator that stays in Rust. Only results have one. */
export interface IterShape {
  readonly kind: 'iter';
  readonly item: Shape;
}

/** A stream that stays in Rust, an asynchronous iterator in JavaScript. Only results have one. */
export interface StreamShape {
  readonly kind: 'stream';
  readonly item: Shape;
}

/** A function of JavaScript that Rust calls. */
export interface FunctionShape {
  readonly kind: 'function';
  /** True if Rust may call it only until the function that it is passed to returns. */
  readonly isLent: boolean;
  readonly parameters: readonly Shape[];
  readonly result: Shape;
}

/** A record, a tuple struct or an enum. */
export interface NamedShape {
  readonly kind: 'named';
  readonly definition: Definition;
}

/** The name of a type in TypeScript that is another type at run time. */
export interface Brand {
  readonly name: string;
  /** The path of its module in Rust. */
  readonly module: string;
}

/** The type of a value of an exported function. Each kind has a file in values/stream/kinds/. */
export type Shape = Unbranded & { readonly brand?: Brand };

type Unbranded =
  | UnitShape
  | ScalarShape
  | HugeShape
  | StringShape
  | DateShape
  | JsonShape
  | ListShape
  | TypedShape
  | NdArrayShape
  | OptionShape
  | DefaultShape
  | BigintShape
  | TupleShape
  | SetShape
  | MapShape
  | ObjectShape
  | IterShape
  | StreamShape
  | FunctionShape
  | NamedShape;

/** A parameter that Rust borrows: `&mut [T]`, or a `PyVec` or `PyStr`. */
export interface LentShape {
  readonly kind: 'lent';
  readonly type: VecType | StrType;
  /** How many elements there must be, for `&mut [T; N]`. */
  readonly length?: number;
  /** The array whose elements are the list, if they are those of an `ArrayViewMut`. */
  readonly array?: NdArrayShape;
  /** True for an `Option` that may be left out. A `PyVec` may be null, but not left out. */
  readonly optional?: true;
}

/** The type of a parameter of an exported function. */
export type ParameterShape = Shape | LentShape;

/** True if a value may be omitted, as a field of an object or as a trailing argument. */
export function mayBeMissing(shape: ParameterShape): boolean {
  if (shape.kind === 'bigint') return mayBeMissing(shape.value);
  return shape.kind === 'option' || shape.kind === 'default' || (shape.kind === 'lent' && shape.optional === true);
}

/** A named field of a record or variant. */
export interface FieldShape {
  readonly name: string;
  readonly doc: string;
  readonly shape: Shape;
}

/** A struct: an object with exactly these fields. */
export interface RecordDefinition {
  readonly kind: 'record';
  readonly name: string;
  readonly doc: string;
  readonly fields: readonly FieldShape[];
  /** True if an argument may have other fields, which are ignored. */
  readonly open?: true;
}

/** A tuple struct: an array. */
export interface TupleDefinition {
  readonly kind: 'tuple';
  readonly name: string;
  readonly doc: string;
  readonly elements: readonly Shape[];
}

/** The data that a variant holds besides its name. */
export type Payload =
  | { readonly kind: 'unit' }
  /** `{ type: 'Name', value: x }` */
  | { readonly kind: 'value'; readonly shape: Shape }
  /** `{ type: 'Rect', value: [a, b] }` */
  | TupleShape
  /** `{ type: 'Circle', radius: 1 }` */
  | { readonly kind: 'record'; readonly fields: readonly FieldShape[] };

/** One of an enum's variants. */
export interface Variant {
  readonly name: string;
  readonly doc: string;
  readonly payload: Payload;
  /** The number that it is, if it is one. */
  readonly number?: number;
}

/**
 * An enum: a string or a number when all of its variants are units, else an object whose field `tag` names the variant, or
 * only what the variant holds.
 */
export interface EnumDefinition {
  readonly kind: 'enum';
  readonly name: string;
  readonly doc: string;
  /** Null if values do not name their variant. */
  readonly tag: string | null;
  /** The field for what a variant without named fields holds, if it is not `value`. */
  readonly content?: string;
  readonly variants: readonly Variant[];
  /** True if an argument may have other fields than its variant, which are ignored. */
  readonly open?: true;
}

/** The class of objects that stay in Rust. */
export interface ClassDefinition {
  readonly kind: 'class';
  readonly name: string;
  readonly doc: string;
  /** True if an object may be used on another thread. */
  readonly send: boolean;
  /** True if several threads may read it at once. */
  readonly sync: boolean;
}

/** A type that has a name. It may contain itself. */
export type Definition = RecordDefinition | TupleDefinition | EnumDefinition;

/** True if an enum is a union of strings or numbers. */
export function isUnion(definition: EnumDefinition): boolean {
  return definition.tag !== null && definition.variants.every(({ payload }) => payload.kind === 'unit');
}

/** Returns the value of a variant of a union. */
export function unitOf({ name, number }: Variant): string | number {
  return number ?? name;
}

/** Returns the fields of a variant's object besides its tag. @param content - The field for what has no named fields. */
export function fieldsOf(payload: Payload, content = 'value'): readonly FieldShape[] {
  switch (payload.kind) {
    case 'unit':
      return [];
    case 'value':
      return [{ name: content, doc: '', shape: payload.shape }];
    case 'tuple':
      return [{ name: content, doc: '', shape: payload }];
    case 'record':
      return payload.fields;
  }
}

/** True if values of the type are functions for Rust, or what Rust takes items of by one. */
export function mayCallBack(shape: Shape | ParameterShape): boolean {
  switch (shape.kind) {
    case 'function':
    case 'iter':
    case 'stream':
      return true;
    case 'option':
      return mayCallBack(shape.some);
    case 'default':
      return mayCallBack(shape.value);
    default:
      return false;
  }
}
