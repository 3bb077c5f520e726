/** Every value of a shape is the same after it was encoded and decoded, with and without generated code. */

import * as fc from 'fast-check';
import { BLOCK_OUT, OUT_WORDS } from '../../src-ts/crossing/block';
import { Decoders } from '../../src-ts/values/stream/decoders';
import { type Decode } from '../../src-ts/memory/reader';
import { reader } from '../../src-ts/memory/reader';
import { doorbell } from '../../src-ts/crossing/doorbell';
import { Encoders } from '../../src-ts/values/stream/encoders';
import { Writer } from '../../src-ts/memory/writer';
import type { Definition, FieldShape, Payload, Shape } from '../../src-ts/types/shape';
import { SCALARS } from '../../src-ts/types/scalar';
import type { ScalarName } from '../../src-ts/types/scalar';
import { valueOf } from '../support/values';

const scalarNames = Object.keys(SCALARS) as ScalarName[];
const typedNames = scalarNames.filter((name) => name !== 'bool' && name !== 'char');

/** A possible name of a field; one of them is `__proto__`. */
const fieldName = fc.oneof(fc.constantFrom('__proto__', 'constructor', 'x', 'a b', '0'), fc.string({ minLength: 1 }));

const fieldNames = fc.uniqueArray(fieldName, { maxLength: 4 });

/** Types of the keys of maps. */
const keys: fc.Arbitrary<Shape> = fc.oneof(
  fc.constant<Shape>({ kind: 'string' }),
  fc.constant<Shape>({ kind: 'huge', signed: true }),
  fc
    .constantFrom(...scalarNames.filter((name) => !name.startsWith('f')))
    .map((name): Shape => ({ kind: 'scalar', name })),
);

function isText(key: Shape): boolean {
  return key.kind === 'string' || (key.kind === 'scalar' && key.name === 'char');
}

const { shape } = fc.letrec<{ shape: Shape; compound: Shape }>((tie) => ({
  shape: fc.oneof(
    { maxDepth: 4, depthSize: 'small' },
    fc.constantFrom<Shape>(
      { kind: 'string' },
      { kind: 'date' },
      { kind: 'json' },
      { kind: 'huge', signed: true },
      { kind: 'huge', signed: false },
    ),
    fc.constantFrom(...scalarNames).map((name): Shape => ({ kind: 'scalar', name })),
    fc.constantFrom(...typedNames).map((element): Shape => ({ kind: 'typed', element })),
    fc
      .tuple(fc.constantFrom(...typedNames), fc.option(fc.nat(3)))
      .map(([element, dimensions]): Shape => ({ kind: 'ndarray', element, dimensions })),
    tie('compound'),
  ),
  compound: fc.oneof(
    tie('shape').map((element): Shape => ({ kind: 'list', element, length: null })),
    fc.tuple(tie('shape'), fc.nat(3)).map(([element, length]): Shape => ({ kind: 'list', element, length })),
    // An option in an option would have one null for two values.
    tie('shape').map((some): Shape => (some.kind === 'option' ? some : { kind: 'option', some })),
    fc.array(tie('shape'), { maxLength: 3 }).map((elements): Shape => ({ kind: 'tuple', elements })),
    fc
      .tuple(keys, tie('shape'), fc.boolean())
      .map(([key, value, isMap]): Shape => ({ kind: 'map', key, value, isMap: isMap || !isText(key) })),
    keys.map((element): Shape => ({ kind: 'set', element })),
    fc.constant<Shape>({ kind: 'list', element: { kind: 'scalar', name: 'u8' }, length: null, buffer: true }),
    tie('shape').map((value): Shape => ({ kind: 'default', value })),
    tie('shape').map((value): Shape => ({ kind: 'bigint', value })),
    fc.array(tie('shape'), { minLength: 1, maxLength: 3 }).map((elements): Shape => {
      return { kind: 'named', definition: { kind: 'tuple', name: 'Tuple', doc: '', elements } };
    }),
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
    fc.array(tie('shape'), { minLength: 4, maxLength: 4 }).map(([a, b, c, d]): Shape => {
      const variants = [
        ['Null', { kind: 'unit' }],
        ['Flag', { kind: 'value', shape: { kind: 'scalar', name: 'bool' } }],
        ['Number', { kind: 'value', shape: { kind: 'scalar', name: 'i32' } }],
        ['Text', { kind: 'value', shape: { kind: 'string' } }],
        ['Pair', { kind: 'tuple', elements: [{ kind: 'string' }, b as Shape] }],
        ['List', { kind: 'value', shape: { kind: 'list', element: a as Shape, length: null } }],
        ['Point', { kind: 'record', fields: [{ name: 'x', doc: '', shape: d as Shape }] }],
        ['Record', { kind: 'record', fields: [{ name: 'of', doc: '', shape: c as Shape }] }],
      ] as const satisfies readonly (readonly [string, Payload])[];
      const definition: Definition = {
        kind: 'enum',
        name: 'Any',
        doc: '',
        tag: null,
        variants: variants.map(([name, payload]) => ({ name, doc: '', payload })),
      };
      return { kind: 'named', definition };
    }),
    fc.tuple(tie('shape'), fc.boolean()).map(([a, isPair]): Shape => {
      const payload: Payload = isPair ? { kind: 'tuple', elements: [a, a] } : { kind: 'value', shape: a };
      const variants = [
        { name: 'Unit', doc: '', payload: { kind: 'unit' as const } },
        { name: 'Value', doc: '', payload },
      ];
      const definition: Definition = { kind: 'enum', name: 'Boxed', doc: '', tag: 'value', content: 'of', variants };
      return { kind: 'named', definition };
    }),
    fc.uniqueArray(fc.maxSafeInteger(), { minLength: 1, maxLength: 4 }).map((numbers): Shape => {
      const variants = numbers.map((number) => {
        return { name: String(number), doc: '', number, payload: { kind: 'unit' as const } };
      });
      return { kind: 'named', definition: { kind: 'enum', name: 'Numbers', doc: '', tag: 'type', variants } };
    }),
    fc.uniqueArray(fc.string(), { minLength: 1, maxLength: 4 }).map((names): Shape => {
      const variants = names.map((name) => ({ name, doc: '', payload: { kind: 'unit' as const } }));
      return { kind: 'named', definition: { kind: 'enum', name: 'Union', doc: '', tag: 'type', variants } };
    }),
  ),
}));

const words = new Int32Array(doorbell.i32.buffer, BLOCK_OUT, 2 * OUT_WORDS);

/** Returns the value that a library would return which returned its argument. */
function through(of: Shape, bigint: boolean, value: unknown): unknown {
  const writer = new Writer();
  new Encoders().of(of)(writer, value);
  words.set(writer.i32.subarray(0, 2 * writer.at));
  const decode: Decode = new Decoders(bigint ? undefined : new Decoders()).of(of);
  reader.open(8 * writer.at, writer.text);
  const result = decode(reader);
  expect(reader.close()).toBe(true);
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
  for (let i = 0; i < 300; i++) deep = { name: 'é', children: [tree, deep, tree] };
  expect(through(node, false, deep)).toEqual(deep);
});
