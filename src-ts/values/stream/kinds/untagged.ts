/**
 * Enums whose values do not name their variant: each is what its variant holds. An argument is encoded as the first variant
 * that it fits.
 */

import { typeError } from '../../../errors/errors';
import { Mismatch, wrongType } from '../../../errors/mismatch';
import type { Decode } from '../../../memory/reader';
import type { Encode, Writer } from '../../../memory/writer';
import { SCALARS } from '../../../types/scalar';
import {
  type EnumDefinition,
  type FieldShape,
  isUnion,
  mayBeMissing,
  type Payload,
  type Shape,
  unitOf,
  type Variant,
} from '../../../types/shape';
import { forgetLists, rememberLists } from '../../lent/list';
import type { DecoderMaker, DecodeWalk, EncoderMaker, EncodeWalk } from './kind';
import { objectDecoder, objectDecodeWalk, objectEncoder, objectEncodeWalk } from './record';

/** The classes of values, each of which is known without looking into the value. */
const CLASSES = [
  'null',
  'undefined',
  'boolean',
  'number',
  'bigint',
  'string',
  'symbol',
  'function',
  'array',
  'object',
] as const;

type Class = (typeof CLASSES)[number];

function classOf(value: unknown): Class {
  if (value === null) return 'null';
  return Array.isArray(value) ? 'array' : typeof value;
}

/** A variant, and the function that encodes what it holds. */
interface Candidate<E> {
  readonly index: number;
  readonly variant: Variant;
  readonly encode: E;
  /** Tells why an object is not of the variant, as far as that is known by the names of its properties. */
  readonly misfit: (value: unknown) => Mismatch | null;
}

/** The variants of an enum, by the classes of the values that they may hold. */
class Candidates<E> {
  readonly all: readonly Candidate<E>[];
  readonly #byClass: ReadonlyMap<Class, readonly Candidate<E>[]>;

  constructor(
    readonly definition: EnumDefinition,
    encoder: (variant: Variant) => E,
  ) {
    const { variants } = definition;
    const all = variants.map((variant, index): Candidate<E> => {
      return { index, variant, encode: encoder(variant), misfit: misfitOf(definition, variant) };
    });
    const classes = variants.map(({ payload }) => classesOfPayload(payload, [definition]));
    this.all = all;
    const of = (wanted: Class): Candidate<E>[] => all.filter((_, i) => classes[i]?.includes(wanted) ?? true);
    this.#byClass = new Map(CLASSES.map((each) => [each, of(each)]));
  }

  /** Returns the variants that may hold a value, in their order. */
  of(value: unknown): readonly Candidate<E>[] {
    return this.#byClass.get(classOf(value)) as readonly Candidate<E>[];
  }
}

export function untaggedEncoder(definition: EnumDefinition, encoders: EncoderMaker): Encode {
  const candidates = new Candidates(definition, (variant) => payloadEncoder(definition, variant, encoders));
  return (writer, value) => {
    const fitting = candidates.of(value);
    const [first] = fitting;
    if (first === undefined) throw wrongType(expectedBy(candidates, writer), value);
    if (fitting.length === 1) {
      writer.count(first.index);
      first.encode(writer, value);
      return;
    }
    const refusals: Refusal[] = [];
    const begun = rememberLists();
    try {
      for (const { index, variant, encode, misfit } of fitting) {
        const mark = writer.mark();
        try {
          const refusal = misfit(value);
          if (refusal !== null) throw refusal;
          writer.count(index);
          encode(writer, value);
          return;
        } catch (error) {
          refusals.push(refusalOf(variant, error));
          writer.rewind(mark);
        }
      }
    } finally {
      if (begun) forgetLists();
    }
    throw unfit(definition, value, refusals);
  };
}

export function untaggedEncodeWalk(definition: EnumDefinition, encoders: EncoderMaker): EncodeWalk {
  const candidates = new Candidates(definition, (variant) => payloadEncodeWalk(definition, variant, encoders));
  return function* (writer, value) {
    const fitting = candidates.of(value);
    if (fitting.length === 0) encoders.named(definition)(writer, value);
    const refusals: Refusal[] = [];
    const begun = rememberLists();
    try {
      for (const { index, variant, encode, misfit } of fitting) {
        const mark = writer.mark();
        try {
          const refusal = misfit(value);
          if (refusal !== null) throw refusal;
          writer.count(index);
          if (entersItself(variant.payload)) {
            yield encode(writer, value);
          } else {
            writer.enter(value);
            yield encode(writer, value);
            writer.leave(value);
          }
          return;
        } catch (error) {
          refusals.push(refusalOf(variant, error));
          writer.rewind(mark);
        }
      }
    } finally {
      if (begun) forgetLists();
    }
    throw unfit(definition, value, refusals);
  };
}

/** True if the walk through a value of a variant notes itself that it enters the value, or there is nothing to enter. */
function entersItself(payload: Payload): boolean {
  return payload.kind === 'unit' || (payload.kind === 'value' && isNoted(payload.shape));
}

function isNoted(shape: Shape): boolean {
  switch (shape.kind) {
    case 'named':
      return true;
    case 'option':
      return isNoted(shape.some);
    case 'default':
    case 'bigint':
      return isNoted(shape.value);
    default:
      return false;
  }
}

/** The reason why a value is not of a variant. */
interface Refusal {
  readonly variant: Variant;
  readonly error: Mismatch;
}

/** Returns an error as a refusal. One that the user's code has thrown is thrown on. */
function refusalOf(variant: Variant, error: unknown): Refusal {
  if (!(error instanceof Mismatch)) throw error;
  return { variant, error };
}

/** The greatest length of the reasons in a message. Those of enums inside of enums would grow without bound. */
const MOST_REASONS = 400;

/** Makes the error for a value that fits no variant. */
function unfit(definition: EnumDefinition, value: unknown, refusals: readonly Refusal[]): Mismatch {
  // If the value has the form of one variant, what is inside of it is wrong.
  const inside = refusals.filter(({ error }) => error.hasPath);
  const [only] = inside;
  if (only !== undefined && inside.length === 1) return only.error;
  const expected = refusals.map(({ error }) => error.expected);
  if (inside.length === 0 && !expected.includes(undefined)) return wrongType(either(expected as string[]), value);
  const [first] = refusals;
  if (first !== undefined && refusals.every(({ error }) => !error.hasPath && error.message === first.error.message)) {
    return first.error;
  }
  const reasons = refusals.map(({ variant, error }) => `${variant.name}${error.path}: ${error.message}`).join('; ');
  const text = reasons.length > MOST_REASONS ? `${reasons.slice(0, MOST_REASONS).toWellFormed()}…` : reasons;
  const isRange = refusals.every(({ error }) => error.code === 'ERR_RUSTDLL_RANGE');
  return new Mismatch(
    `no variant of ${definition.name} fits (${text})`,
    isRange ? 'ERR_RUSTDLL_RANGE' : 'ERR_RUSTDLL_TYPE',
  );
}

/** Joins what is expected: `a string, an integer (u8) or null`. */
function either(expected: readonly string[]): string {
  const all = [...new Set(expected)];
  return all.length < 2 ? all.join() : `${all.slice(0, -1).join(', ')} or ${all.at(-1)}`;
}

/** Tells what values the variants hold. A symbol is a value of no type, so each variant refuses it. */
function expectedBy({ all }: Candidates<Encode>, writer: Writer): string {
  const mark = writer.mark();
  const expected = all.map(({ variant, encode }) => {
    try {
      encode(writer, Symbol.iterator);
    } catch (error) {
      if (error instanceof Mismatch && error.expected !== undefined) return error.expected;
    }
    return variant.name;
  });
  writer.rewind(mark);
  return either(expected);
}

/** Makes the function that finds a property that an object lacks, or has beyond those of a record. */
function misfitOf({ name, open }: EnumDefinition, { name: variant, payload }: Variant): Candidate<unknown>['misfit'] {
  if (payload.kind === 'record') return misfitOfFields(`${name}.${variant}`, payload.fields, open === true);
  if (payload.kind === 'value' && payload.shape.kind === 'named' && payload.shape.definition.kind === 'record') {
    const { definition } = payload.shape;
    return misfitOfFields(definition.name, definition.fields, definition.open === true);
  }
  return () => null;
}

function misfitOfFields(title: string, fields: readonly FieldShape[], open: boolean): Candidate<unknown>['misfit'] {
  const needed = fields.flatMap(({ name, shape }) => (mayBeMissing(shape) ? [] : name));
  const known = new Set(fields.map(({ name }) => name));
  return (value) => {
    const missing = needed.find((name) => !(name in (value as object)));
    if (missing !== undefined) return new Mismatch('the field is missing').along(missing);
    const strange = open ? undefined : Object.keys(value as object).find((key) => !known.has(key));
    return strange === undefined ? null : new Mismatch(`${title} has no such field`).along(strange);
  };
}

/** Returns the classes of the values that a variant may hold; null if they may be of any. */
function classesOfPayload(payload: Payload, around: readonly EnumDefinition[]): readonly Class[] | null {
  switch (payload.kind) {
    case 'unit':
      return ['null'];
    case 'value':
      return classesOf(payload.shape, around);
    case 'tuple':
      return classesOf(payload, around);
    case 'record':
      return ['object'];
  }
}

/** @param around - The untagged enums whose variants hold the type itself. */
function classesOf(shape: Shape, around: readonly EnumDefinition[]): readonly Class[] | null {
  switch (shape.kind) {
    case 'scalar':
      return CLASSES_OF_SCALARS[SCALARS[shape.name].kind];
    case 'huge':
      return ['number', 'bigint'];
    case 'string':
      return ['string'];
    case 'list':
    case 'set':
    case 'typed':
    case 'tuple':
      return ['array', 'object'];
    case 'date':
    case 'map':
    case 'ndarray':
    case 'object':
      return ['object'];
    case 'function':
      return ['function'];
    case 'option':
      return and(classesOf(shape.some, around), ['null', 'undefined']);
    case 'default':
      return and(classesOf(shape.value, around), ['undefined']);
    case 'bigint':
      return classesOf(shape.value, around);
    case 'named':
      return classesOfNamed(shape.definition, around);
    default:
      return null;
  }
}

const CLASSES_OF_SCALARS: Readonly<Record<(typeof SCALARS)[keyof typeof SCALARS]['kind'], readonly Class[]>> = {
  int: ['number'],
  wide: ['number', 'bigint'],
  float: ['number'],
  bool: ['boolean'],
  char: ['string'],
};

function and(some: readonly Class[] | null, others: readonly Class[] | null): readonly Class[] | null {
  return some === null || others === null ? null : [...some, ...others];
}

function classesOfNamed(
  definition: Extract<Shape, { kind: 'named' }>['definition'],
  around: readonly EnumDefinition[],
): readonly Class[] | null {
  if (definition.kind === 'tuple') return ['array', 'object'];
  if (definition.kind === 'record') return ['object'];
  if (isUnion(definition)) return [typeof unitOf(definition.variants[0] as Variant)];
  if (definition.tag !== null) return ['object', 'array'];
  // A variant that holds another value of its own enum adds no class.
  if (around.includes(definition)) return [];
  return definition.variants.reduce<readonly Class[] | null>(
    (classes, { payload }) => and(classes, classesOfPayload(payload, [...around, definition])),
    [],
  );
}

function payloadEncoder({ name, open }: EnumDefinition, variant: Variant, encoders: EncoderMaker): Encode {
  const { payload } = variant;
  switch (payload.kind) {
    case 'unit':
      return (_, value) => {
        if (value !== null) throw wrongType('null', value);
      };
    case 'value':
      return encoders.of(payload.shape);
    case 'tuple':
      return encoders.of(payload);
    case 'record':
      return objectEncoder(`${name}.${variant.name}`, payload.fields, encoders, undefined, open);
  }
}

function payloadEncodeWalk(definition: EnumDefinition, variant: Variant, encoders: EncoderMaker): EncodeWalk {
  const { payload } = variant;
  if (payload.kind === 'record') {
    const title = `${definition.name}.${variant.name}`;
    return objectEncodeWalk(title, payload.fields, encoders, undefined, definition.open);
  }
  const shape = payload.kind === 'value' ? payload.shape : payload;
  const { encode, walk } =
    shape.kind === 'unit'
      ? { encode: payloadEncoder(definition, variant, encoders), walk: null }
      : encoders.inner(shape);
  if (walk !== null) return walk;
  // eslint-disable-next-line require-yield -- there is nothing inside that could be deep
  return function* (writer, value) {
    encode(writer, value);
  };
}

export function untaggedDecoder({ name, variants }: EnumDefinition, decoders: DecoderMaker): Decode {
  const byIndex = variants.map(({ name: variant, payload }): Decode => {
    switch (payload.kind) {
      case 'unit':
        return () => null;
      case 'value':
        return decoders.of(payload.shape);
      case 'tuple':
        return decoders.of(payload);
      case 'record':
        return objectDecoder(`${name}.${variant}`, payload.fields, decoders);
    }
  });
  return (reader) => {
    const decode = byIndex[reader.i32[2 * reader.at++] as number];
    if (decode === undefined) throw notOne(name);
    return decode(reader);
  };
}

export function untaggedDecodeWalk({ name, variants }: EnumDefinition, decoders: DecoderMaker): DecodeWalk {
  const byIndex = variants.map(({ payload }): DecodeWalk => {
    switch (payload.kind) {
      case 'unit':
        return plain(() => null);
      case 'value': {
        const { decode, walk } = decoders.inner(payload.shape);
        return walk ?? plain(decode);
      }
      case 'tuple': {
        const { decode, walk } = decoders.inner(payload);
        return walk ?? plain(decode);
      }
      case 'record':
        return objectDecodeWalk(payload.fields, decoders);
    }
  });
  return (reader) => {
    const walk = byIndex[reader.i32[2 * reader.at++] as number];
    if (walk === undefined) throw notOne(name);
    return walk(reader);
  };
}

/** Returns a decoder as a walk without steps. */
function plain(decode: Decode): DecodeWalk {
  // eslint-disable-next-line require-yield -- there is nothing inside that could be deep
  return function* (reader) {
    return decode(reader);
  };
}

/** Makes the error for a value of an enum that a library has written wrongly. */
export function notOne(name: string): TypeError {
  return typeError('ERR_RUSTDLL_TYPE', `the result holds a ${name} that is none of its variants`);
}
