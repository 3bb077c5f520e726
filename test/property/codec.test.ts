/** Whatever a shape can hold comes out of a stream as it went in, with and without generated code. */

import * as fc from 'fast-check';
import { BLOCK_OUT, OUT_WORDS } from '../../src-ts/abi';
import { Decoders, type Decode } from '../../src-ts/decode';
import { decoder } from '../../src-ts/decoder';
import { doorbell } from '../../src-ts/doorbell';
import { Encoders } from '../../src-ts/encode';
import { Encoder } from '../../src-ts/encoder';
import type { Definition, FieldShape, Shape } from '../../src-ts/shape';
import { SCALARS } from '../../src-ts/scalars';
import type { ScalarName } from '../../src-ts/types';
import { BIGINTS, SCALARS as ARBITRARIES, texts } from '../support/arbitraries';

const scalarNames = Object.keys(SCALARS) as ScalarName[];
const typedNames = scalarNames.filter((name) => name !== 'bool' && name !== 'char');

/** A name a field may have, `__proto__` among them. */
const fieldName = fc.oneof(fc.constantFrom('__proto__', 'constructor', 'x', 'a b', '0'), fc.string({ minLength: 1 }));

const fieldNames = fc.uniqueArray(fieldName, { maxLength: 4 });

const { shape } = fc.letrec<{ shape: Shape; compound: Shape }>((tie) => ({
  shape: fc.oneof(
    { maxDepth: 4, depthSize: 'small' },
    fc.constantFrom<Shape>({ kind: 'string' }, { kind: 'huge', signed: true }, { kind: 'huge', signed: false }),
    fc.constantFrom(...scalarNames).map((name): Shape => ({ kind: 'scalar', name })),
    fc.constantFrom(...typedNames).map((element): Shape => ({ kind: 'typed', element })),
    tie('compound'),
  ),
  compound: fc.oneof(
    tie('shape').map((element): Shape => ({ kind: 'list', element, length: null })),
    fc.tuple(tie('shape'), fc.nat(3)).map(([element, length]): Shape => ({ kind: 'list', element, length })),
    // An option in an option has one null for two values.
    tie('shape').map((some): Shape => (some.kind === 'option' ? some : { kind: 'option', some })),
    fc.array(tie('shape'), { maxLength: 3 }).map((elements): Shape => ({ kind: 'tuple', elements })),
    tie('shape').map((value): Shape => ({ kind: 'map', value })),
    fc.tuple(fieldNames, fc.array(tie('shape'), { minLength: 4, maxLength: 4 })).map(([names, shapes]): Shape => {
      const fields = names.map((name, i): FieldShape => ({ name, doc: '', shape: shapes[i] as Shape }));
      return { kind: 'named', definition: { kind: 'record', name: 'Record', doc: '', fields } };
    }),
    fc.array(tie('shape'), { minLength: 3, maxLength: 3 }).map(([a, b, c]): Shape => {
      const definition: Definition = {
        kind: 'enum',
        name: 'Choice',
        doc: '',
        tag: 'type',
        variants: [
          { name: 'Unit', doc: '', payload: { kind: 'unit' } },
          { name: 'Value', doc: '', payload: { kind: 'value', shape: a as Shape } },
          { name: 'Tuple', doc: '', payload: { kind: 'tuple', elements: [b as Shape, c as Shape] } },
          {
            name: 'Record',
            doc: '',
            payload: { kind: 'record', fields: [{ name: 'of', doc: '', shape: c as Shape }] },
          },
        ],
      };
      return { kind: 'named', definition };
    }),
    fc.uniqueArray(fc.string(), { minLength: 1, maxLength: 4 }).map((names): Shape => {
      const variants = names.map((name) => ({ name, doc: '', payload: { kind: 'unit' as const } }));
      return { kind: 'named', definition: { kind: 'enum', name: 'Union', doc: '', tag: 'type', variants } };
    }),
  ),
}));

function scalarValue(name: ScalarName, bigint: boolean): fc.Arbitrary<unknown> {
  return bigint && name in BIGINTS ? BIGINTS[name as keyof typeof BIGINTS] : ARBITRARIES[name];
}

/** An object of its own properties only, in whatever way they are called. */
function objectOf(entries: readonly (readonly [string, unknown])[]): object {
  return Object.defineProperties(
    {},
    Object.fromEntries(
      entries.map(([name, value]) => [name, { value, enumerable: true, writable: true, configurable: true }]),
    ),
  );
}

/** Values of a shape in the form in which they come out. */
function valueOf(of: Shape, bigint: boolean): fc.Arbitrary<unknown> {
  switch (of.kind) {
    case 'unit':
      return fc.constant(undefined);
    case 'scalar':
      return scalarValue(of.name, bigint);
    case 'huge':
      return of.signed ? fc.bigInt(-(2n ** 127n), 2n ** 127n - 1n) : fc.bigInt(0n, 2n ** 128n - 1n);
    case 'string':
      return texts;
    case 'list': {
      const length = of.length === null ? { maxLength: 5 } : { minLength: of.length, maxLength: of.length };
      const list = fc.array(valueOf(of.element, bigint), length);
      const isBytes = of.element.kind === 'scalar' && of.element.name === 'u8';
      return isBytes ? list.map((bytes) => Uint8Array.from(bytes as number[])) : list;
    }
    case 'typed': {
      const wide = SCALARS[of.element].kind === 'wide';
      const { view } = SCALARS[of.element];
      return fc.array(scalarValue(of.element, wide), { maxLength: 5 }).map((list) => typedArray(view, list));
    }
    case 'option':
      return fc.option(valueOf(of.some, bigint));
    case 'tuple':
      return fc.tuple(...of.elements.map((element) => valueOf(element, bigint)));
    case 'map':
      return fc
        .uniqueArray(fc.tuple(fc.oneof(fc.constant('__proto__'), texts), valueOf(of.value, bigint)), {
          selector: ([key]) => key,
          maxLength: 4,
        })
        .map(objectOf);
    case 'named': {
      const { definition } = of;
      if (definition.kind === 'record') return fieldsOf(definition.fields, bigint).map(objectOf);
      const { tag, variants } = definition;
      return fc.oneof(
        ...variants.map(({ name, payload }) => {
          if (variants.every((other) => other.payload.kind === 'unit')) return fc.constant(name);
          switch (payload.kind) {
            case 'unit':
              return fc.constant({ [tag]: name });
            case 'value':
              return valueOf(payload.shape, bigint).map((value) => ({ [tag]: name, value }));
            case 'tuple':
              return fc
                .tuple(...payload.elements.map((element) => valueOf(element, bigint)))
                .map((value) => ({ [tag]: name, value }));
            case 'record':
              return fieldsOf(payload.fields, bigint).map((fields) => objectOf([[tag, name], ...fields]));
          }
        }),
      );
    }
    case 'lent':
      throw new Error('not in a stream');
  }
}

function fieldsOf(fields: readonly FieldShape[], bigint: boolean): fc.Arbitrary<[string, unknown][]> {
  return fc
    .tuple(...fields.map((field) => valueOf(field.shape, bigint)))
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

const words = new Int32Array(doorbell.i32.buffer, BLOCK_OUT, 2 * OUT_WORDS);

/** What a library that gave back its argument would make of it. */
function through(of: Shape, bigint: boolean, value: unknown): unknown {
  const encoder = new Encoder();
  new Encoders().of(of)(encoder, value);
  words.set(encoder.i32.subarray(0, 2 * encoder.at));
  const decode: Decode = new Decoders(bigint).of(of);
  decoder.open(encoder.at, encoder.text);
  const result = decode(decoder);
  expect(decoder.close()).toBe(true);
  return result;
}

test.each([false, true])('every value of every shape (bigint: %p)', (bigint) => {
  const shapeAndValue = shape.chain((of) => fc.tuple(fc.constant(of), valueOf(of, bigint)));
  fc.assert(
    fc.property(shapeAndValue, ([of, value]) => {
      expect(through(of, bigint, value)).toEqual(value);
    }),
    { numRuns: 500 },
  );
});

test('a type that contains itself', () => {
  const definition: { kind: 'record'; name: string; doc: string; fields: FieldShape[] } = {
    kind: 'record',
    name: 'Node',
    doc: '',
    fields: [{ name: 'name', doc: '', shape: { kind: 'string' } }],
  };
  const node: Shape = { kind: 'named', definition };
  definition.fields.push({ name: 'children', doc: '', shape: { kind: 'list', element: node, length: null } });
  const tree = {
    name: 'a',
    children: [
      { name: 'b', children: [] },
      { name: 'ç', children: [{ name: '', children: [] }] },
    ],
  };
  expect(through(node, false, tree)).toEqual(tree);

  let deep = { name: '', children: [] as object[] };
  for (let i = 0; i < 300; i++) deep = { name: '', children: [deep] };
  expect(() => through(node, false, deep)).toThrow('nested more than 256 deep');
});
