import { signatureText, TypePrinter } from '../../../../src-ts/levels/export/print';
import { requiredParameters } from '../../../../src-ts/types/signature';
import { enumeration, exported, record, tableOf, variant } from '../../../support/tables';

const printer = new TypePrinter({
  output: ({ name }, wide) => `${name}<${wide}>`,
  input: ({ name }) => `${name}Input`,
  map: (value, key) => `MapLike<${value}${key === null ? '' : `, ${key}`}>`,
  list: (element) => `ListLike<${element}>`,
  bytes: () => 'BytesLike',
  ndArrayInput: (data) => `NdArrayLike<${data}>`,
  ndArray: (data, shape) => `NdArray<${data}, ${shape}>`,
  jsonInput: () => 'JsonLike',
  json: (wide) => `Json<${wide}>`,
  view: (name) => `${name}<ArrayBuffer>`,
  iterator: (item) => `RustIterator<${item}>`,
  branded: ({ name }) => name,
  record: (key, value) => `Record<${key}, ${value}>`,
  stream: (item) => `RustStream<${item}>`,
  global: (name) => name,
});

const TYPES = [record('Point', [['x', 'f64']]), enumeration('Level', [variant('Low')])];

/** Makes a library with one function that has a parameter of this type and, if possible, a result. */
function functionOf(type: unknown, isResult = true) {
  return tableOf(TYPES, [exported('f', [['x', type]], isResult ? type : 'unit')]).functions[0]!;
}

test.each<[unknown, string, string]>([
  ['u8', 'number', 'number'],
  ['i64', 'number | bigint', 'W'],
  ['usize', 'number | bigint', 'W'],
  ['u128', 'number | bigint', 'bigint'],
  ['f32', 'number', 'number'],
  ['bool', 'boolean', 'boolean'],
  ['char', 'string', 'string'],
  ['string', 'string', 'string'],
  ['date', 'Date', 'Date'],
  ['json', 'JsonLike', 'Json<W>'],
  [['option', 'json'], 'JsonLike | null | undefined', 'Json<W> | null'],
  [['vec', 'date'], 'ListLike<Date>', 'Date[]'],
  ['unit', 'undefined', 'undefined'],
  [['vec', 'i8'], 'ListLike<number> | Int8Array', 'number[]'],
  [['vec', 'u16'], 'ListLike<number> | Uint16Array', 'number[]'],
  [['vec', 'f32'], 'ListLike<number> | Float32Array', 'number[]'],
  [['array', 'i64', 3], 'readonly [number | bigint, number | bigint, number | bigint] | BigInt64Array', '[W, W, W]'],
  [['array', 'i64', 17], 'ListLike<number | bigint> | BigInt64Array', 'W[]'],
  [['array', 'bool', 2], 'readonly [boolean, boolean]', '[boolean, boolean]'],
  [
    ['array', ['option', 'string'], 2],
    'readonly [string | null | undefined, string | null | undefined]',
    '[string | null, string | null]',
  ],
  [['array', 'u8', 3], 'BytesLike', 'Uint8Array<ArrayBuffer>'],
  [['vec', 'usize'], 'ListLike<number | bigint> | BigUint64Array', 'W[]'],
  [['vec', 'u8'], 'BytesLike', 'Uint8Array<ArrayBuffer>'],
  [['vec', 'bool'], 'ListLike<boolean>', 'boolean[]'],
  [['vec', 'char'], 'ListLike<string>', 'string[]'],
  [['vec', 'i128'], 'ListLike<number | bigint>', 'bigint[]'],
  [['vec', ['vec', 'string']], 'ListLike<ListLike<string>>', 'string[][]'],
  [['vec', ['option', 'f64']], 'ListLike<number | null | undefined>', '(number | null)[]'],
  [['vec', ['ref', 0]], 'ListLike<PointInput>', 'Point<W>[]'],
  [['typed', 'f64'], 'Float64Array', 'Float64Array<ArrayBuffer>'],
  [['typed', 'isize'], 'BigInt64Array', 'BigInt64Array<ArrayBuffer>'],
  [['ndarray', 'f64', 2], 'NdArrayLike<Float64Array>', 'NdArray<Float64Array<ArrayBuffer>, [number, number]>'],
  [['ndarray', 'f64', 0], 'NdArrayLike<Float64Array>', 'NdArray<Float64Array<ArrayBuffer>, []>'],
  [['ndarray', 'u64'], 'NdArrayLike<BigUint64Array>', 'NdArray<BigUint64Array<ArrayBuffer>, number[]>'],
  [['ndarray', 'u8', 1], 'NdArrayLike<Uint8Array | Uint8ClampedArray>', 'NdArray<Uint8Array<ArrayBuffer>, [number]>'],
  [['option', ['option', 'string']], 'string | null | undefined', 'string | null'],
  [['vec', ['option', ['option', 'string']]], 'ListLike<string | null | undefined>', '(string | null)[]'],
  [['option', 'unit'], 'undefined | null', 'undefined | null'],
  [
    ['tuple', 'i64', ['option', 'bool']],
    'readonly [number | bigint, boolean | null | undefined]',
    '[W, boolean | null]',
  ],
  [['vec', ['tuple', 'f64']], 'ListLike<readonly [number]>', '[number][]'],
  [['map', 'u64'], 'MapLike<number | bigint>', 'Record<string, W>'],
  [['map', 'char', 'f64'], 'MapLike<number>', 'Record<string, number>'],
  [['entries', 'u64', 'f64'], 'MapLike<number, number | bigint>', 'Map<W, number>'],
  [['entries', 'string', 'f64'], 'MapLike<number>', 'Map<string, number>'],
  [['set', 'f64'], 'ListLike<number> | Float64Array', 'Set<number>'],
  ['buffer', 'BytesLike', 'Buffer'],
  [['ref', 1], 'LevelInput', 'Level<W>'],
])('%j', (type, input, output) => {
  const { parameters, result } = functionOf(type);
  expect(printer.input(parameters[0]!.shape)).toBe(input);
  expect(printer.output(result, 'W')).toBe(output);
});

test.each<[unknown, string, string]>([
  [['mut', 'f64'], 'number[] | Float64Array', 'number[]'],
  [['mut', 'i64'], 'number[] | bigint[] | BigInt64Array', 'number[]'],
  [['mut', 'u8'], 'number[] | Uint8Array | Uint8ClampedArray | DataView | ArrayBuffer', 'Uint8Array'],
  [['mut', 'char'], 'string[]', 'string[]'],
  [['py', '&PyStr'], 'string | Uint8Array', 'string'],
  [['py', 'Option<&PyStr>'], 'string | Uint8Array | null | undefined', 'string | null'],
  [['py', '&PyVec<i32>'], 'ListLike<number> | Int32Array', 'number[]'],
  [['py', 'Option<&mut PyVec<i32>>'], 'number[] | Int32Array | null | undefined', 'number[] | null'],
  [['py', '&PyVec<&PyStr>'], 'ListLike<string | Uint8Array>', 'string[]'],
  [['py', '&mut PyVec<PyVec<bool>>'], 'boolean[][]', 'boolean[][]'],
  [['py', '&mut PyVec<&PyVec<bool>>'], 'ListLike<boolean>[]', 'boolean[][]'],
  [['py', '&PyVec<&mut PyVec<bool>>'], 'ListLike<boolean[]>', 'boolean[][]'],
  [['py', '&PyVec<PyVec<u8>>'], 'ListLike<BytesLike>', 'Uint8Array[]'],
  [['py', '&PyVec<Option<&PyStr>>'], 'ListLike<string | Uint8Array | null | undefined>', '(string | null)[]'],
])('as a parameter, %j', (type, input, short) => {
  const signature = functionOf(type, false);
  expect(printer.input(signature.parameters[0]!.shape)).toBe(input);
  expect(signatureText(signature)).toBe(`f(x: ${short}): void`);
});

test('a signature in one line', () => {
  const { functions } = tableOf(TYPES, [
    exported('a', [['points', ['vec', ['ref', 0]]]], ['ref', 0], { throws: true }),
    exported(
      'b',
      [
        ['first', ['option', 'i64']],
        ['second', ['option', ['vec', 'u8']]],
      ],
      'i64',
      { bigint: true },
    ),
    exported(
      'c',
      [
        ['first', ['option', 'i64']],
        ['second', 'string'],
      ],
      ['option', 'i64'],
    ),
    exported('d', [], ['option', ['map', ['tuple', 'f64', 'u128']]]),
  ]);
  expect(functions.map(signatureText)).toEqual([
    'a(points: Point[]): Point',
    'b(first?: number | null, second?: Uint8Array | null): bigint',
    'c(first: number | null, second: string): number | null',
    'd(): Record<string, [number, bigint]> | null',
  ]);
  expect(functions.map(requiredParameters)).toEqual([1, 0, 2, 0]);
});
