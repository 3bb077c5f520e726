/** The interfaces that a kind of value implements. Each kind has a file of its own here and a line in the registry. */

import type { Decode, Reader } from '../../../memory/reader';
import type { Encode, Writer } from '../../../memory/writer';
import type { ClassDefinition, Definition, FieldShape, Shape } from '../../../types/shape';
import type { WideType } from '../../../types/typescript';
import type { Step } from '../json';
import type { Walk } from '../walk';

/** Reads the types inside a type of a library's table; see docs/abi.md. */
export interface ShapeReader {
  /** @param step - The index or name of the type in its list or object. */
  of(value: unknown, step: Step): Shape;
  /** Returns the definition with this number. Its fields or variants may not have been read yet. */
  definition(value: unknown, step: Step): Definition | ClassDefinition;
}

/** Reads a type that the table spells as a list, whose first element is a word. */
export type ReadShape = (value: readonly unknown[], shapes: ShapeReader) => Shape;

/** Makes the walk that encodes a value without recursion, so that nesting does not consume the stack. */
export type EncodeWalk = (writer: Writer, value: unknown) => Walk;

/** Makes the walk that decodes a value without recursion; the walk returns the value. */
export type DecodeWalk = (reader: Reader) => Walk;

/** The two ways in which a walk can encode a value inside its own. */
export interface InnerEncoder {
  readonly encode: Encode;
  /** Makes the walk to yield instead of calling `encode`; null if such values are never deeply nested. */
  readonly walk: EncodeWalk | null;
}

/** The two ways in which a walk can decode a value inside its own. */
export interface InnerDecoder {
  readonly decode: Decode;
  /** Makes the walk to yield instead of calling `decode`; null if such values are never deeply nested. */
  readonly walk: DecodeWalk | null;
}

/** Makes the encoders of the types inside a type. */
export interface EncoderMaker {
  /** Makes the decoders of what callbacks are called with. */
  readonly results: DecoderMaker;
  of(shape: Shape): Encode;
  named(definition: Definition): Encode;
  inner(shape: Shape): InnerEncoder;
  namedWalk(definition: Definition): EncodeWalk;
}

/** Makes the decoders of the types inside a type. */
export interface DecoderMaker {
  /** True if 64-bit integers become bigints. */
  readonly bigint: boolean;
  /** Makes decoders whose 64-bit integers are bigints. */
  readonly exact: DecoderMaker;
  of(shape: Shape): Decode;
  named(definition: Definition): Decode;
  inner(shape: Shape): InnerDecoder;
  namedWalk(definition: Definition): DecodeWalk;
  /** True if the values of a shape take no words, so that the size of a result does not bound their number. */
  takesNothing(shape: Shape): boolean;
  /** The same for a named type. */
  namedTakesNothing(definition: Definition): boolean;
  /** Makes the function that makes an iterator of the address of its reference. @param decode - Reads an item. */
  iterators(decode: Decode): (address: number) => object;
  /** Does the same for streams. */
  streams(decode: Decode): (address: number) => object;
}

/** Prints the types inside a type in TypeScript's syntax, as types of arguments. */
export interface InputPrinter {
  /** Returns the members of the union that stands for the type. */
  readonly of: (shape: Shape) => readonly string[];
  /** Returns the union as one text. */
  readonly union: (shape: Shape) => string;
  readonly named: (definition: Definition | ClassDefinition) => string;
  /** Returns the type, as one text, of what Rust passes to a callback. */
  readonly given: (shape: Shape) => string;
  /** Returns the type of an argument that is a list of any length, with elements of this type. */
  readonly list: (element: string) => string;
  /** Returns the type of an argument that is a map of these values, and of these keys if they are not strings. */
  readonly map: (value: string, key: string | null) => string;
  /** Returns the type of an argument that is bytes. */
  readonly bytes: () => string;
  /** Returns the type of an array of n dimensions, by those of its typed array and, in a result, of its lengths. */
  readonly ndArray: (data: string, shape?: string) => string;
  /** Returns the type of a JSON value. */
  readonly json: () => string;
  /** Returns a reference to a global type such as `Record`, which a type of the library with that name may shadow. */
  readonly global: (name: string) => string;
}

/** Prints the types inside a type in TypeScript's syntax, as types of results. */
export interface OutputPrinter extends Omit<InputPrinter, 'given' | 'list' | 'map' | 'bytes'> {
  /** Returns the type of a typed array whose buffer is an `ArrayBuffer` of its own, by the name of its class. */
  readonly view: (name: string) => string;
  /** Returns the type of an object with these keys and values. */
  readonly record: (key: string, value: string) => string;
  /** Returns the type of an iterator over these items. */
  readonly iterator: (item: string) => string;
  /** Returns the type of a stream of these items. */
  readonly stream: (item: string) => string;
  /** Returns the printer whose 64-bit integers are bigints. */
  readonly exact: () => OutputPrinter;
  /** The type of 64-bit integers: `number`, `bigint`, or a type parameter. */
  readonly wide: WideType;
}

/** Prints the parts of the declaration of a named type, either as an argument or as a result. */
export interface DeclarationPrinter {
  /** The length that a line does not exceed, unless a single name or type is longer. */
  readonly width: number;
  /** Returns a reference to a global type. */
  readonly global: (name: string) => string;
  /** Prints a field without its documentation: `x: number`. */
  readonly field: (field: FieldShape) => string;
  /** Prints fields with their documentation, each on lines of its own. */
  readonly fields: (fields: readonly FieldShape[], indent: string) => string;
  /** Prints a type without a field. */
  readonly type: (shape: Shape) => string;
  /** Prints the type of an array, by the types of its elements. */
  readonly tuple: (elements: readonly string[]) => string;
  /** Prints the type of what an argument may have besides its fields, if it may have others; else an empty string. */
  readonly others: (open: boolean) => string;
  /** Prints a doc comment and its line break; returns an empty string if `doc` is empty. */
  readonly comment: (doc: string, indent: string) => string;
  /** Prints a name as a property of an object type, in quotes if it is no identifier. */
  readonly key: (name: string) => string;
  /** Prints a string literal. */
  readonly quote: (text: string) => string;
}

/** A type inside another one. */
export interface Part {
  readonly shape: Shape;
  /**
   * True if every value of the outer type contains a value of this one. False for the elements of a list, which can be
   * empty.
   */
  readonly needed: boolean;
}

/**
 * A kind of value. The members are methods, whose parameters TypeScript compares bivariantly: so a `Kind<ListShape>` is
 * assignable to `Kind<Shape>`. The registry passes to each kind only its own shapes.
 */
export interface Kind<S extends Shape> {
  /**
   * The words by which the table spells the kind: each word that is a type by itself, and each with which a list
   * begins. No two kinds share a word.
   */
  readonly spellings: Readonly<Record<string, S | ReadShape>>;
  /** Returns the types inside the type. The fields of a record or enum among them are not included. */
  parts(shape: S): readonly Part[];
  /**
   * Makes the function that encodes values of the shape. It is called once for each occurrence of the shape in a
   * library.
   */
  encoder(shape: S, encoders: EncoderMaker): Encode;
  decoder(shape: S, decoders: DecoderMaker): Decode;
  /** Makes the walk that encodes a value. This and the next are absent if the type has no types inside. */
  encodeWalk?(shape: S, encoders: EncoderMaker): EncodeWalk;
  decodeWalk?(shape: S, decoders: DecoderMaker): DecodeWalk;
  /** True if values of the shape take no words. Absent if every value takes a word. */
  takesNothing?(shape: S, decoders: DecoderMaker): boolean;
  /** Prints the type of an argument in TypeScript's syntax, as the members of a union. */
  input(shape: S, printer: InputPrinter): readonly string[];
  /** Prints the type of a result in TypeScript's syntax, as the members of a union. */
  output(shape: S, printer: OutputPrinter): readonly string[];
  /**
   * Prints the type in Rust's syntax. The table does not say how Rust owns a value, so every string is a `str`.
   *
   * @param rust - Prints the types inside the type.
   */
  rust(shape: S, rust: (part: Shape) => string): string;
}

/** The kinds that nearly every library has. Code for the others is loaded when a library has one of them. */
export type UsualKind = 'unit' | 'scalar' | 'string' | 'list' | 'option' | 'named';
export type UsualDefinition = 'record';

/** Some kinds by their names. */
export type KindsOf<Name extends Shape['kind']> = { readonly [K in Name]: Kind<Extract<Shape, { kind: K }>> };
export type DefinitionKindsOf<Name extends Definition['kind']> = {
  readonly [K in Name]: DefinitionKind<Extract<Definition, { kind: K }>>;
};

/** Maps each word of some kinds to the type that it is, or to the function that reads the list beginning with it. */
export function spellingsOf(
  kinds: Readonly<Record<string, Pick<Kind<Shape>, 'spellings'>>>,
): Map<unknown, Shape | ReadShape> {
  return new Map(Object.values(kinds).flatMap(({ spellings }) => Object.entries<Shape | ReadShape>(spellings)));
}

/** A kind of named types. */
export interface DefinitionKind<D extends Definition> {
  /** Reads a definition of the table, whose `kind` is this one. */
  read(value: unknown, shapes: ShapeReader): D;
  /**
   * Returns, for each way to construct a value (such as a variant of an enum), the types of the values that it takes.
   */
  ways(definition: D): readonly (readonly Shape[])[];
  encoder(definition: D, encoders: EncoderMaker): Encode;
  decoder(definition: D, decoders: DecoderMaker): Decode;
  encodeWalk(definition: D, encoders: EncoderMaker): EncodeWalk;
  decodeWalk(definition: D, decoders: DecoderMaker): DecodeWalk;
  /** True if values of the definition take no words. Absent if every value takes a word. */
  takesNothing?(definition: D, decoders: DecoderMaker): boolean;
  /**
   * Prints the definition as a TypeScript declaration, without its documentation.
   *
   * @param head - The declared name with its type parameters.
   */
  declaration(definition: D, head: string, printer: DeclarationPrinter): string;
  /** Prints the definition in Rust's syntax: `struct Point { x: f64 }`. */
  rust(definition: D, rust: (shape: Shape) => string): string;
}
