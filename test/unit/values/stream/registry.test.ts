import type { Shape } from '../../../../src-ts/types/shape';
import { KINDS, kindOf, others, SPELLINGS } from '../../../../src-ts/values/stream/kinds/registry';
import { PARAMETER_ONLY } from '../../../../src-ts/values/stream/shapes';

const spelled = Object.entries({ ...KINDS, ...others().KINDS }).flatMap(([kind, { spellings }]) =>
  Object.entries(spellings).map(([word, spelling]) => ({ kind, word, spelling: spelling as unknown })),
);

test('no two kinds share a word of the table, and none takes one of those for parameters', () => {
  const words = [...spelled.map(({ word }) => word), ...(PARAMETER_ONLY as ReadonlySet<string>)];
  expect(words.filter((word, index) => words.indexOf(word) !== index)).toEqual([]);
  // A type with a brand is of the kind of the type inside.
  expect(SPELLINGS.size + others().SPELLINGS.size).toBe(spelled.length + 1);
});

test.each(spelled.filter(({ spelling }) => typeof spelling === 'object'))(
  '$word is a type of the kind $kind',
  ({ kind, spelling }) => {
    expect(spelling).toMatchObject({ kind });
  },
);

const string: Shape = { kind: 'string' };

const SHAPES: { readonly [K in Shape['kind']]: Extract<Shape, { kind: K }> } = {
  unit: { kind: 'unit' },
  scalar: { kind: 'scalar', name: 'f64' },
  huge: { kind: 'huge', signed: true },
  string,
  date: { kind: 'date' },
  json: { kind: 'json' },
  list: { kind: 'list', element: string, length: null },
  typed: { kind: 'typed', element: 'f64' },
  ndarray: { kind: 'ndarray', element: 'f64', dimensions: 2 },
  option: { kind: 'option', some: string },
  default: { kind: 'default', value: string },
  bigint: { kind: 'bigint', value: string },
  tuple: { kind: 'tuple', elements: [string] },
  set: { kind: 'set', element: string },
  map: { kind: 'map', key: string, value: string, isMap: false },
  object: {
    kind: 'object',
    definition: { kind: 'class', name: 'Counter', doc: '', send: true, sync: true },
    access: 'read',
  },
  iter: { kind: 'iter', item: string },
  stream: { kind: 'stream', item: string },
  function: { kind: 'function', isLent: true, parameters: [string], result: string },
  named: { kind: 'named', definition: { kind: 'record', name: 'Empty', doc: '', fields: [] } },
};

test.each(Object.values<Shape>(SHAPES).filter((shape) => kindOf(shape).parts(shape).length > 0))(
  'values of the kind $kind, which has types inside, can be walked through',
  (shape) => {
    expect([typeof kindOf(shape).encodeWalk, typeof kindOf(shape).decodeWalk]).toEqual(['function', 'function']);
  },
);
