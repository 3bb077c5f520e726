/** What a kind of value consists of. Each kind has a file of its own here, and its line in the registry. */

import type { Decode, Reader } from '../../../memory/reader';
import type { Encode, Writer } from '../../../memory/writer';
import type { Definition, FieldShape, Shape } from '../../../types/shape';
import type { WideType } from '../../../types/typescript';
import type { Place } from '../json';
import type { Walk } from '../walk';

/** Reads the types inside a type of a library's table; see docs/abi.md. */
export interface ShapeReader {
  of(place: Place): Shape;
  /** The definition whose number stands at a place. What it consists of may not have been read yet. */
  definition(place: Place): Definition;
}

/** Reads a type that the table spells as a list, whose first element is a word. */
export type ReadShape = (place: Place, shapes: ShapeReader) => Shape;

/** Encodes a value without the stack. */
export type EncodeWalk = (writer: Writer, value: unknown) => Walk;

/** Decodes a value without the stack; it is what the walk gives. */
export type DecodeWalk = (reader: Reader) => Walk;

/** How a walk encodes a value inside its own. */
export interface InnerEncoder {
  readonly encode: Encode;
  /** To be yielded instead, if the values may be deep. */
  readonly walk: EncodeWalk | null;
}

/** How a walk decodes a value inside its own. */
export interface InnerDecoder {
  readonly decode: Decode;
  /** To be yielded instead, if the values may be deep. */
  readonly walk: DecodeWalk | null;
}

/** Makes the encoders of the types inside a type. */
export interface EncoderMaker {
  of(shape: Shape): Encode;
  named(definition: Definition): Encode;
  inner(shape: Shape): InnerEncoder;
  namedWalk(definition: Definition): EncodeWalk;
}

/** Makes the decoders of the types inside a type. */
export interface DecoderMaker {
  /** Whether 64-bit integers become bigints. */
  readonly bigint: boolean;
  of(shape: Shape): Decode;
  named(definition: Definition): Decode;
  inner(shape: Shape): InnerDecoder;
  namedWalk(definition: Definition): DecodeWalk;
  /** Whether the values of a shape take no words, so that what there is does not bound their number. */
  takesNothing(shape: Shape): boolean;
  /** The same of a named type. */
  namedTakesNothing(definition: Definition): boolean;
}

/** Spells the types inside a type in TypeScript's syntax, as what can be passed. */
export interface InputPrinter {
  /** The members of the union that the type is. */
  readonly of: (shape: Shape) => readonly string[];
  /** The union as one text. */
  readonly union: (shape: Shape) => string;
  readonly named: (definition: Definition) => string;
  /** What can be passed for a map of these values. */
  readonly map: (value: string) => string;
  /** A type of JavaScript's own, such as `Record`, which a type of the library may be called like. */
  readonly global: (name: string) => string;
}

/** Spells the types inside a type in TypeScript's syntax, as what comes out. */
export interface OutputPrinter extends Omit<InputPrinter, 'map'> {
  /** What 64-bit integers become. */
  readonly wide: WideType;
}

/** Writes what the declaration of a named type consists of, as what can be passed or as what comes out. */
export interface DeclarationPrinter {
  /** The longest line, unless a single name or type is longer. */
  readonly width: number;
  /** A type of JavaScript's own. */
  readonly global: (name: string) => string;
  /** A field without its documentation: `x: number`. */
  readonly field: (field: FieldShape) => string;
  /** Fields with their documentation, each on lines of its own. */
  readonly fields: (fields: readonly FieldShape[], indent: string) => string;
  /** A doc comment, which ends with the line; nothing if there is nothing to say. */
  readonly comment: (doc: string, indent: string) => string;
  /** A name as a property of an object type: itself, or in quotes. */
  readonly key: (name: string) => string;
  /** A string literal. */
  readonly quote: (text: string) => string;
}

/** A type inside another one. */
export interface Part {
  readonly shape: Shape;
  /** Whether there is a value of the outer type only if there is one of this: not for a list, which can be empty. */
  readonly needed: boolean;
}

/**
 * A kind of value. The members are methods, so that a kind of some shapes can stand where one of all is asked for; the
 * registry hands each only shapes of its own.
 */
export interface Kind<S extends Shape> {
  /**
   * How the table spells the kind: each word that is a type by itself, and each with which a list begins. No two kinds
   * share one.
   */
  readonly spellings: Readonly<Record<string, S | ((place: Place, shapes: ShapeReader) => S)>>;
  /** The types inside the type. A record or enum is not entered. */
  parts(shape: S): readonly Part[];
  /** Encodes values of the shape. It is made once for each place of the shape in a library's types. */
  encoder(shape: S, encoders: EncoderMaker): Encode;
  decoder(shape: S, decoders: DecoderMaker): Decode;
  /** Left out, as is the next, where there are no types inside the type. */
  encodeWalk?(shape: S, encoders: EncoderMaker): EncodeWalk;
  decodeWalk?(shape: S, decoders: DecoderMaker): DecodeWalk;
  /** Left out where every value takes a word. */
  takesNothing?(shape: S, decoders: DecoderMaker): boolean;
  /** What can be passed, in TypeScript's syntax: the members of a union. */
  input(shape: S, printer: InputPrinter): readonly string[];
  /** What comes out, in TypeScript's syntax: the members of a union. */
  output(shape: S, printer: OutputPrinter): readonly string[];
  /**
   * The type in Rust's terms. How Rust holds a value is not known: a string is a `str`.
   *
   * @param rust - Spells the types inside the type.
   */
  rust(shape: S, rust: (part: Shape) => string): string;
}

/** A kind of named types. */
export interface DefinitionKind<D extends Definition> {
  /** Reads a definition of the table, whose `kind` is this one. */
  read(place: Place, shapes: ShapeReader): D;
  /** The ways in which a value can be made, such as an enum's variants, and the types of what each of them takes. */
  ways(definition: D): readonly (readonly Shape[])[];
  encoder(definition: D, encoders: EncoderMaker): Encode;
  decoder(definition: D, decoders: DecoderMaker): Decode;
  encodeWalk(definition: D, encoders: EncoderMaker): EncodeWalk;
  decodeWalk(definition: D, decoders: DecoderMaker): DecodeWalk;
  /** Left out where every value takes a word. */
  takesNothing?(definition: D, decoders: DecoderMaker): boolean;
  /**
   * The definition as TypeScript declares it, without its documentation.
   *
   * @param head - The name that is declared, with its type parameters.
   */
  declaration(definition: D, head: string, printer: DeclarationPrinter): string;
  /** The definition in Rust's terms: `struct Point { x: f64 }`. */
  rust(definition: D, rust: (shape: Shape) => string): string;
}
