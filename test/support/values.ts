/** Generates random values of the types of exported functions, in the form that results have. */

import * as fc from 'fast-check';
import { SCALARS } from '../../src-ts/types/scalar';
import type { FieldShape, Payload, Shape } from '../../src-ts/types/shape';
import type { ScalarName } from '../../src-ts/types/scalar';
import { BIGINTS, SCALARS as ARBITRARIES, texts } from './arbitraries';

function scalarValue(name: ScalarName, bigint: boolean): fc.Arbitrary<unknown> {
  return bigint && name in BIGINTS ? BIGINTS[name as keyof typeof BIGINTS] : ARBITRARIES[name];
}

/** Makes an object of own properties, whatever their names. */
function objectOf(entries: readonly (readonly [string, unknown])[]): object {
  return Object.defineProperties(
    {},
    Object.fromEntries(
      entries.map(([name, value]) => [name, { value, enumerable: true, writable: true, configurable: true }]),
    ),
  );
}

/**
 * Generates values of a shape.
 *
 * @param bigint - True if 64-bit integers are bigints.
 * @param left - The remaining depth of named types. Within the last, lists are empty and options null.
 */
export function valueOf(of: Shape, bigint: boolean, left = 4): fc.Arbitrary<unknown> {
  switch (of.kind) {
    case 'unit':
      return fc.constant(undefined);
    case 'object':
    case 'iter':
    case 'stream':
    case 'function':
      throw new Error('there is no value of this kind without a library');
    case 'scalar':
      return scalarValue(of.name, bigint);
    case 'huge':
      return of.signed ? fc.bigInt(-(2n ** 127n), 2n ** 127n - 1n) : fc.bigInt(0n, 2n ** 128n - 1n);
    case 'string':
      return texts;
    case 'json':
      // JSON has no -0.
      return fc
        .jsonValue()
        .map((value) => JSON.parse(JSON.stringify(value)) as unknown)
        .filter(isExact);
    case 'date':
      // The result has no -0, as `Date` itself.
      return fc.date({ noInvalidDate: true });
    case 'list': {
      if (left === 0 && of.length === null && of.element.kind === 'named') return fc.constant([]);
      const length = of.length === null ? { maxLength: 5 } : { minLength: of.length, maxLength: of.length };
      const list = fc.array(valueOf(of.element, bigint, left), length);
      const isBytes = of.element.kind === 'scalar' && of.element.name === 'u8';
      if (of.buffer === true) return list.map((bytes) => Buffer.from(bytes as number[]));
      return isBytes ? list.map((bytes) => Uint8Array.from(bytes as number[])) : list;
    }
    case 'typed': {
      const wide = SCALARS[of.element].kind === 'wide';
      const { view } = SCALARS[of.element];
      return fc.array(scalarValue(of.element, wide), { maxLength: 5 }).map((list) => typedArray(view, list));
    }
    case 'ndarray': {
      const wide = SCALARS[of.element].kind === 'wide';
      const { view } = SCALARS[of.element];
      const rank = of.dimensions === null ? { maxLength: 4 } : { minLength: of.dimensions, maxLength: of.dimensions };
      return fc.array(fc.nat(3), rank).chain((shape) => {
        const size = shape.reduce((product, length) => product * length, 1);
        return fc
          .array(scalarValue(of.element, wide), { minLength: size, maxLength: size })
          .map((list) => ({ data: typedArray(view, list), shape }));
      });
    }
    case 'option':
      return left === 0 ? fc.constant(null) : fc.option(valueOf(of.some, bigint, left));
    case 'tuple':
      return fc.tuple(...of.elements.map((element) => valueOf(element, bigint, left)));
    case 'default':
      return valueOf(of.value, bigint, left);
    case 'bigint':
      return valueOf(of.value, true, left);
    case 'set':
      return fc.array(valueOf(of.element, bigint, left), { maxLength: 5 }).map((list) => new Set(list));
    case 'map': {
      if (left === 0) return fc.constant(of.isMap ? new Map() : {});
      const keys = of.key.kind === 'string' ? fc.oneof(fc.constant('__proto__'), texts) : valueOf(of.key, bigint, left);
      const entries = fc.uniqueArray(fc.tuple(keys, valueOf(of.value, bigint, left)), {
        selector: ([key]) => key,
        comparator: 'SameValueZero',
        maxLength: 4,
      });
      return of.isMap
        ? entries.map((list) => new Map(list))
        : entries.map((list) => objectOf(list as [string, unknown][]));
    }
    case 'named': {
      const { definition } = of;
      const inner = left - 1;
      if (definition.kind === 'record') return fieldsOf(definition.fields, bigint, inner).map(objectOf);
      if (definition.kind === 'tuple') {
        return fc.tuple(...definition.elements.map((element) => valueOf(element, bigint, inner)));
      }
      const { tag, content = 'value', variants } = definition;
      const leaves = variants.filter(({ payload }) => !holdsNamed(payload));
      return fc.oneof(
        ...(inner > 0 ? variants : leaves).map(({ name, number, payload }) => {
          if (tag === null) return untaggedOf(payload, bigint, inner);
          if (variants.every((other) => other.payload.kind === 'unit')) return fc.constant(number ?? name);
          switch (payload.kind) {
            case 'unit':
              return fc.constant({ [tag]: name });
            case 'value':
              return valueOf(payload.shape, bigint, inner).map((value) => ({ [tag]: name, [content]: value }));
            case 'tuple':
              return fc
                .tuple(...payload.elements.map((element) => valueOf(element, bigint, inner)))
                .map((value) => ({ [tag]: name, [content]: value }));
            case 'record':
              return fieldsOf(payload.fields, bigint, inner).map((fields) => objectOf([[tag, name], ...fields]));
          }
        }),
      );
    }
  }
}

/** Any value of a variant whose enum is not told by a tag. */
function untaggedOf(payload: Payload, bigint: boolean, left: number): fc.Arbitrary<unknown> {
  switch (payload.kind) {
    case 'unit':
      return fc.constant(null);
    case 'value':
      return valueOf(payload.shape, bigint, left);
    case 'tuple':
      return valueOf(payload, bigint, left);
    case 'record':
      return fieldsOf(payload.fields, bigint, left).map(objectOf);
  }
}

/** True if no number in a JSON value is an integer beyond 2^53 - 1, which would be read as a float. */
function isExact(value: unknown): boolean {
  if (typeof value === 'number') return !Number.isInteger(value) || Number.isSafeInteger(value);
  return typeof value !== 'object' || value === null || Object.values(value).every(isExact);
}

/** True if a variant contains a named type, other than in a list or option. */
function holdsNamed(payload: Payload): boolean {
  switch (payload.kind) {
    case 'unit':
      return false;
    case 'value':
      return payload.shape.kind === 'named';
    case 'tuple':
      return payload.elements.some(({ kind }) => kind === 'named');
    case 'record':
      return payload.fields.some(({ shape }) => shape.kind === 'named');
  }
}

function fieldsOf(fields: readonly FieldShape[], bigint: boolean, left: number): fc.Arbitrary<[string, unknown][]> {
  return fc
    .tuple(...fields.map((field) => valueOf(field.shape, bigint, left)))
    .map((values) => fields.map(({ name }, i) => [name, values[i]]));
}

const CONSTRUCTORS = {
  i8: Int8Array,
  u8: Uint8Array,
  i16: Int16Array,
  u16: Uint16Array,
  i32: Int32Array,
  u32: Uint32Array,
  i64: BigInt64Array,
  u64: BigUint64Array,
  f32: Float32Array,
  f64: Float64Array,
};

function typedArray(view: keyof typeof CONSTRUCTORS, list: readonly unknown[]): unknown {
  return Reflect.apply(CONSTRUCTORS[view].from, CONSTRUCTORS[view], [list]);
}
