import { RustDLLError } from '../../../../src-ts/errors/errors';
import { isUnion, type ParameterShape, type Shape } from '../../../../src-ts/types/shape';
import { type Table } from '../../../../src-ts/types/signature';
import { parseTable } from '../../../../src-ts/levels/export/table';
import { expectError } from '../../../support/errors';

const LIBRARY = '/app/libgeo.so';

type Fields = Record<string, unknown>;

const field = (name: string, type: unknown): Fields => ({ name, doc: '', type });
const record = (name: string, ...fields: Fields[]): Fields => ({ kind: 'record', name, doc: '', fields });
const unit = (name: string): Fields => ({ name, doc: '', kind: 'unit' });
const enumeration = (name: string, ...variants: Fields[]): Fields => ({
  kind: 'enum',
  name,
  doc: '',
  tag: 'type',
  variants,
});

function exported(name: string, changes: Fields = {}): Fields {
  const defaults = { doc: '', module: 'geo', parameters: [], result: 'unit', throws: false, bigint: false };
  return { name, ...defaults, hash: '0123456789abcdef', ...changes };
}

function table(changes: Fields = {}): Fields {
  const defaults = { contract: 1, rustdll: '0.1.0', target: 'x86_64-linux', panic: 'unwind', types: [], functions: [] };
  return { ...defaults, ...changes };
}

function parse(value: unknown): Table {
  return parseTable(JSON.stringify(value), LIBRARY);
}

/** Returns the shape of a parameter of this type. */
function shapeOf(type: unknown, ...types: Fields[]): ParameterShape {
  const read = parse(table({ types, functions: [exported('f', { parameters: [{ name: 'x', type }] })] }));
  return read.functions[0]!.parameters[0]!.shape;
}

function expectRefused(value: unknown, message: string): void {
  const start = `cannot load '${LIBRARY}': the table of its exported functions is damaged: `;
  expectError(() => parse(value), RustDLLError, 'ERR_RUSTDLL_TABLE', start + message);
}

function nested(kind: string, depth: number): unknown {
  let type: unknown = 'f64';
  for (let i = 0; i < depth; i++) type = [kind, type];
  return type;
}

test('the table itself', () => {
  expect(parse(table({ panic: 'abort' }))).toEqual({
    contract: 1,
    crate: '0.1.0',
    target: 'x86_64-linux',
    panic: 'abort',
    definitions: [],
    classes: [],
    functions: [],
    members: [],
    take: null,
    log: null,
  });
  expect(parse(table({ take: '0123456789abcdef' })).take).toBe('0123456789abcdef');
  expect(() => parse(table({ take: '0123' }))).toThrow(/take: expected 16 hexadecimal digits/);
  const take = '0123456789abcdef';
  expect(parse(table({ take, log: '123456789abcdef0' })).log).toBe('123456789abcdef0');
  expect(() => parse(table({ take, log: 1 }))).toThrow(/log: expected /);
  expect(() => parse(table({ log: take }))).toThrow(/log: .* `take` is missing/);
});

test('a function', () => {
  const { functions } = parse(
    table({
      functions: [
        exported('add', {
          doc: 'Adds.\n\nTwice.',
          module: 'geo::sums',
          parameters: [field('a', 'i64'), field('b', 'i64')].map(({ name, type }) => ({ name, type })),
          result: 'i64',
          bigint: true,
        }),
        exported('bad', { throws: true, hash: 'fedcba9876543210' }),
      ],
    }),
  );
  const shape: Shape = { kind: 'scalar', name: 'i64' };
  expect(functions).toEqual([
    {
      name: 'add',
      doc: 'Adds.\n\nTwice.',
      module: 'geo::sums',
      member: null,
      parameters: [
        { name: 'a', shape },
        { name: 'b', shape },
      ],
      result: shape,
      throws: false,
      bigint: true,
      error: null,
      isAsync: false,
      isConstant: false,
      background: true,
      hash: '0123456789abcdef',
    },
    expect.objectContaining({ name: 'bad', throws: true, hash: 'fedcba9876543210' }),
  ]);
});

test('a tuple struct, open records and enums, and defaults', () => {
  const types = [
    { kind: 'tuple', name: 'Pair', doc: 'Two.', types: ['f64', ['bigint', 'i64']] },
    { kind: 'record', name: 'Open', doc: '', fields: [], open: true },
    { kind: 'record', name: 'Closed', doc: '', fields: [], open: false },
    {
      kind: 'enum',
      name: 'Either',
      doc: '',
      tag: 'type',
      variants: [{ name: 'A', doc: '', kind: 'unit' }],
      open: true,
    },
  ];
  const parameters = [{ name: 'n', type: ['default', 'u8'], default: '1 + 1' }];
  const { definitions, functions } = parse(table({ contract: 2, types, functions: [exported('a', { parameters })] }));
  expect(definitions).toMatchObject([
    { kind: 'tuple', elements: [{ kind: 'scalar' }, { kind: 'bigint', value: { kind: 'scalar', name: 'i64' } }] },
    { kind: 'record', open: true },
    { kind: 'record' },
    { kind: 'enum', open: true },
  ]);
  expect(definitions[2]).not.toHaveProperty('open');
  expect(functions[0]?.parameters).toEqual([
    { name: 'n', shape: { kind: 'default', value: { kind: 'scalar', name: 'u8' } }, default: '1 + 1' },
  ]);
  const refused = (type: object, problem: RegExp): void =>
    expect(() => parse(table({ contract: 2, types: [type] }))).toThrow(problem);
  refused({ kind: 'tuple', name: 'P', doc: '', types: [] }, /types\[0\]\.types: a tuple has elements/);
  refused({ kind: 'tuple', name: 'P', doc: '', types: [['ref', 0]] }, /types\[0\]: every value of P/);
  refused({ kind: 'record', name: 'P', doc: '', fields: [], open: 1 }, /types\[0\]\.open: expected true or false/);
});

test('the type of the data of errors, which a function has only if it can fail', () => {
  const types = [{ kind: 'record', name: 'Cause', doc: '', fields: [] }];
  const read = (fields: Parameters<typeof exported>[1]): unknown =>
    parse(table({ contract: 2, types, functions: [exported('a', fields)] })).functions[0]?.error;
  expect(read({ throws: true, error: ['ref', 0] })).toMatchObject({ kind: 'record', name: 'Cause' });
  expect(read({ throws: true })).toBeNull();
  expect(() => read({ error: ['ref', 0] })).toThrow(/functions\[0\]\.error: the function cannot fail/);
  expect(() => read({ throws: true, error: 'string' })).toThrow(/functions\[0\]\.error: expected a record or an enum/);
  expect(() => read({ throws: true, error: ['ref', 1] })).toThrow(/functions\[0\]\.error/);
});

test('how a function is called, which a table of the first contract cannot say', () => {
  const functions = [
    exported('a', { async: true }),
    exported('b', { background: false }),
    exported('c', { async: false, background: true }),
  ];
  const how = parse(table({ contract: 2, functions })).functions.map(({ isAsync, background }) => [
    isAsync,
    background,
  ]);
  expect(how).toEqual([
    [true, true],
    [false, false],
    [false, true],
  ]);
  for (const one of functions) expect(() => parse(table({ functions: [one] }))).toThrow(/unknown field/);
  for (const wrong of [{ async: 1 }, { background: null }]) {
    expect(() => parse(table({ contract: 2, functions: [exported('a', wrong)] }))).toThrow(/expected true or false/);
  }
});

test.each<[unknown, ParameterShape]>([
  ['f64', { kind: 'scalar', name: 'f64' }],
  ['char', { kind: 'scalar', name: 'char' }],
  ['i128', { kind: 'huge', signed: true }],
  ['u128', { kind: 'huge', signed: false }],
  ['string', { kind: 'string' }],
  ['date', { kind: 'date' }],
  ['json', { kind: 'json' }],
  ['unit', { kind: 'unit' }],
  [['vec', 'string'], { kind: 'list', element: { kind: 'string' }, length: null }],
  [['array', 'u8', 4], { kind: 'list', element: { kind: 'scalar', name: 'u8' }, length: 4 }],
  [['typed', 'f32'], { kind: 'typed', element: 'f32' }],
  [
    ['brand', 'UserId', 'geo::ids', 'u32'],
    { kind: 'scalar', name: 'u32', brand: { name: 'UserId', module: 'geo::ids' } },
  ],
  [['ndarray', 'f32', 3], { kind: 'ndarray', element: 'f32', dimensions: 3 }],
  [['ndarray', 'i64'], { kind: 'ndarray', element: 'i64', dimensions: null }],
  [['option', 'string'], { kind: 'option', some: { kind: 'string' } }],
  [['map', 'unit'], { kind: 'map', key: { kind: 'string' }, value: { kind: 'unit' }, isMap: false }],
  [
    ['map', 'char', 'string'],
    { kind: 'map', key: { kind: 'scalar', name: 'char' }, value: { kind: 'string' }, isMap: false },
  ],
  [
    ['entries', 'u64', 'string'],
    { kind: 'map', key: { kind: 'scalar', name: 'u64' }, value: { kind: 'string' }, isMap: true },
  ],
  [['set', 'u64'], { kind: 'set', element: { kind: 'scalar', name: 'u64' } }],
  ['buffer', { kind: 'list', element: { kind: 'scalar', name: 'u8' }, length: null, buffer: true }],
  [['tuple', 'string', 'unit'], { kind: 'tuple', elements: [{ kind: 'string' }, { kind: 'unit' }] }],
  [
    ['mut', 'f64'],
    { kind: 'lent', type: { kind: 'vec', held: 'mut', nullable: false, element: { kind: 'scalar', name: 'f64' } } },
  ],
  [
    ['mut', ['ndarray', 'f64', 2]],
    {
      kind: 'lent',
      type: { kind: 'vec', held: 'mut', nullable: false, element: { kind: 'scalar', name: 'f64' } },
      array: { kind: 'ndarray', element: 'f64', dimensions: 2 },
    },
  ],
  [
    ['mut', 'f64', 3],
    {
      kind: 'lent',
      type: { kind: 'vec', held: 'mut', nullable: false, element: { kind: 'scalar', name: 'f64' } },
      length: 3,
    },
  ],
  [
    ['option', ['mut', 'u8']],
    {
      kind: 'lent',
      type: { kind: 'vec', held: 'mut', nullable: true, element: { kind: 'scalar', name: 'u8' } },
      optional: true,
    },
  ],
  [
    ['mut', ['mut', 'i64']],
    {
      kind: 'lent',
      type: {
        kind: 'vec',
        held: 'mut',
        nullable: false,
        element: { kind: 'vec', held: 'mut', nullable: false, element: { kind: 'scalar', name: 'i64' } },
      },
    },
  ],
  [['py', '&PyStr'], { kind: 'lent', type: { kind: 'str', held: 'ref', nullable: false } }],
  [
    ['py', 'Option<&PyVec<&PyStr>>'],
    {
      kind: 'lent',
      type: { kind: 'vec', held: 'ref', nullable: true, element: { kind: 'str', held: 'ref', nullable: false } },
    },
  ],
])('the type %j', (type, shape) => {
  expect(shapeOf(type)).toEqual(shape);
});

test('named types refer to each other, and to themselves through what can be empty', () => {
  const tree = record('Tree', field('children', ['vec', ['ref', 0]]), field('up', ['option', ['ref', 0]]));
  const list = enumeration('List', { ...unit('Node'), kind: 'tuple', types: ['f64', ['ref', 1]] }, unit('End'));
  const { definitions } = parse(table({ types: [tree, list, record('Both', field('a', ['ref', 0]))] }));
  const [first, second, third] = definitions;
  expect(first).toMatchObject({ kind: 'record', name: 'Tree', fields: [{ name: 'children' }, { name: 'up' }] });
  expect(first).toHaveProperty('fields.0.shape.element.definition', first);
  expect(first).toHaveProperty('fields.1.shape.some.definition', first);
  expect(second).toHaveProperty('variants.0.payload.elements.1.definition', second);
  expect(third).toHaveProperty('fields.0.shape.definition', first);
});

test('enums', () => {
  const shape = enumeration(
    'Shape',
    { ...unit('Circle'), kind: 'record', fields: [field('radius', 'f64')] },
    { ...unit('Name'), kind: 'value', type: 'string' },
    { ...unit('Rect'), doc: 'Sides.', kind: 'tuple', types: ['string', 'unit'] },
    unit('Empty'),
  );
  const [first, second] = parse(table({ types: [shape, enumeration('Level', unit('Low'), unit('High'))] })).definitions;
  expect(first).toEqual({
    kind: 'enum',
    name: 'Shape',
    doc: '',
    tag: 'type',
    variants: [
      {
        name: 'Circle',
        doc: '',
        payload: { kind: 'record', fields: [{ name: 'radius', doc: '', shape: { kind: 'scalar', name: 'f64' } }] },
      },
      { name: 'Name', doc: '', payload: { kind: 'value', shape: { kind: 'string' } } },
      { name: 'Rect', doc: 'Sides.', payload: { kind: 'tuple', elements: [{ kind: 'string' }, { kind: 'unit' }] } },
      { name: 'Empty', doc: '', payload: { kind: 'unit' } },
    ],
  });
  expect([first, second].map((definition) => definition?.kind === 'enum' && isUnion(definition))).toEqual([
    false,
    true,
  ]);
});

test.each<[string, unknown, string]>([
  ['no object', [], 'expected an object, found a list'],
  ['null', null, 'expected an object, found null'],
  [
    'a newer contract',
    { contract: 3, whatever: [] },
    'contract: the library is of contract 3, and this package knows 1 and 2',
  ],
  ['no contract', table({ contract: undefined }), 'the field `contract` is missing'],
  [
    'a contract that is no number',
    table({ contract: '1' }),
    'contract: expected an integer from 0 to 2, found string "1"',
  ],
  ['a field too many', table({ more: 1 }), 'unknown field, string "more"'],
  ['a field missing', table({ target: undefined }), 'the field `target` is missing'],
  ['another panic strategy', table({ panic: 'shrug' }), 'panic: expected "unwind" or "abort", found string "shrug"'],
  ['an empty version', table({ rustdll: '' }), 'rustdll: expected a name, found string ""'],
  ['no list', table({ types: {} }), 'types: expected a list, found an object'],
  [
    'too many functions',
    table({ functions: Array(65_537).fill(0) }),
    'functions: there are 65537, and at most 65536 are allowed',
  ],
  ['too many types', table({ types: Array(65_537).fill(0) }), 'types: there are 65537, and at most 65536 are allowed'],
])('refused: %s', (_, value, message) => {
  expectRefused(value, message);
});

test.each<[string, Fields, string]>([
  ['an empty name', exported(''), 'functions[0].name: expected a name, found string ""'],
  ['a NUL', exported('a\0'), 'functions[0].name: expected a name, found string "a\\u0000"'],
  ['half a character', exported('\ud83d'), 'functions[0].name: expected a name, found string "\\ud83d"'],
  ['a number for a name', exported('f', { name: 1 }), 'functions[0].name: expected a string, found number 1'],
  ['a reserved name', exported('then'), 'functions[0].name: `then` is a name that JavaScript itself looks for'],
  ['a reserved prefix', exported('$f'), 'functions[0].name: `$f` is a name that'],
  ['no doc', exported('f', { doc: null }), 'functions[0].doc: expected a string, found null'],
  ['an empty module', exported('f', { module: '' }), 'functions[0].module: expected a name'],
  [
    'throws of another type',
    exported('f', { throws: 1 }),
    'functions[0].throws: expected true or false, found number 1',
  ],
  [
    'a short hash',
    exported('f', { hash: '12' }),
    'functions[0].hash: expected 16 hexadecimal digits, found string "12"',
  ],
  ['no parameters', exported('f', { parameters: null }), 'functions[0].parameters: expected a list, found null'],
  [
    'more parameters than slots',
    exported('f', { parameters: Array.from({ length: 33 }, (_, i) => ({ name: `p${i}`, type: 'f64' })) }),
    'functions[0].parameters: there are 33, and at most 32 are allowed',
  ],
  [
    'a parameter with a field too many',
    exported('f', { parameters: [field('x', 'f64')] }),
    'functions[0].parameters[0]: unknown field, string "doc"',
  ],
  ['a borrowed result', exported('f', { result: ['mut', 'f64'] }), 'functions[0].result: only a parameter can have'],
])('refused in a function: %s', (_, value, message) => {
  expectRefused(table({ functions: [value] }), message);
});

test('functions are ordered by the bytes of their names, each there once', () => {
  const names = (...list: string[]): Fields => table({ functions: list.map((name) => exported(name)) });
  expect(parse(names('Z', '_', 'a', 'aa', 'ｚ', '𝑎')).functions).toHaveLength(6);
  const message = 'functions[1].name: functions are ordered by name, each there once, and ';
  expectRefused(names('a', 'a'), `${message}\`a\` stands before this`);
  expectRefused(names('b', 'a'), `${message}\`b\` stands before this`);
  // By UTF-16 units the order would be reversed.
  expectRefused(names('𝑎', 'ｚ'), `${message}\`𝑎\` stands before this`);
});

test.each<[unknown, string]>([
  ['f16', ': expected a type, found string "f16"'],
  [64, ': expected a type, found number 64'],
  [null, ': expected a type, found null'],
  [[], '[0]: an unknown kind of type'],
  [['bag', 'f64'], '[0]: an unknown kind of type'],
  [['vec'], ': expected a list of 2, found one of 1'],
  [['vec', 'f64', 1], ': expected a list of 2, found one of 3'],
  [['vec', 'f16'], '[1]: expected a type, found string "f16"'],
  [['array', 'f64'], ': expected a list of 3, found one of 2'],
  [['array', 'f64', -1], '[2]: expected an integer from 0 to 4294967295, found number -1'],
  [['array', 'f64', 1.5], '[2]: expected an integer'],
  [['array', 'f64', 2 ** 32], '[2]: expected an integer'],
  [['tuple'], ': a tuple has elements'],
  [['typed', 'bool'], ': there is no typed array of bool'],
  [['typed', 'char'], ': there is no typed array of char'],
  [['typed', 'string'], '[1]: expected the name of a scalar type, found string "string"'],
  [['brand', 'UserId', 'u32'], ': a type with a brand has a name, a module and a type'],
  [['brand', '', 'geo', 'u32'], '[1]: expected a name'],
  [['brand', 'A', 'geo', ['option', 'u32']], '[3]: what may be missing has no brand'],
  [['brand', 'A', 'geo', 'f16'], '[3]: expected a type'],
  [['ndarray', 'bool', 1], ': there is no typed array of bool'],
  [['ndarray', 'f64', 65], '[2]: expected an integer from 0 to 64, found number 65'],
  [['ndarray', 'f64', null], '[2]: expected an integer from 0 to 64, found null'],
  [['ndarray', 'f64', 1, 1], ': an array has elements and a number of dimensions'],
  [['ndarray'], '[1]: expected the name of a scalar type, found undefined'],
  [['mut', ['ndarray', 'char', 1]], '[1]: there is no typed array of char'],
  [['vec', ['mut', ['ndarray', 'f64', 1]]], '[1]: only a parameter can have such a type'],
  [['option', ['mut', ['ndarray', 'f64', 1]]], ''],
  [['ref', 1], '[1]: there is no type 1'],
  [['ref', -1], '[1]: expected an integer from 0'],
  [['ref', '0'], '[1]: expected an integer from 0 to 9007199254740991, found string "0"'],
  [['mut', 'string'], '[1]: expected the name of a scalar type'],
  [['mut'], ': expected a list of 2'],
  [['vec', ['mut', 'f64']], '[1]: only a parameter can have such a type'],
  [['option', ['py', '&PyStr']], '[1]: only a parameter can have such a type'],
  [['py', 1], '[1]: expected a string'],
  [['py', ''], '[1]: expected a reference to a PyVec or PyStr in Rust, found string ""'],
  [['py', 'i64'], '[1]: expected a reference to a PyVec'],
  [['py', '&[f64]'], '[1]: expected a reference to a PyVec'],
  [['py', '& PyStr'], '[1]: expected a reference to a PyVec'],
  [['py', '&PyStr, w: &PyStr'], '[1]: expected a reference to a PyVec'],
  [['py', '&PyStr); fn g(v: &PyStr'], '[1]: expected a reference to a PyVec'],
  [['py', '&PyStr) -> i64; //'], '[1]: expected a reference to a PyVec'],
])('refused as a type: %j', (type, message) => {
  const types = [record('A')];
  const parameters = [{ name: 'x', type }];
  expectRefused(
    table({ types, functions: [exported('f', { parameters })] }),
    `functions[0].parameters[0].type${message}`,
  );
});

test('types are at most 64 deep', () => {
  for (const kind of ['vec', 'option', 'map', 'tuple']) {
    expect(shapeOf(nested(kind, 64))).toBeDefined();
    expect(() => shapeOf(nested(kind, 65))).toThrow(`${'[1]'.repeat(64)}: types are at most 64 deep`);
  }
});

test.each<[string, Fields[], string]>([
  [
    'an unknown kind',
    [{ kind: 'union', name: 'U' }],
    'types[0].kind: expected "record" or "tuple" or "enum" or "class", found string "union"',
  ],
  ['two of one name', [record('A'), record('A')], 'types[1].name: two types are called string "A"'],
  [
    'fields',
    [record('A', field('x', 'f64'), field('x', 'f64'))],
    'types[0].fields[1].name: two fields are called string "x"',
  ],
  [
    '__proto__',
    [record('A', field('__proto__', 'f64'))],
    'types[0].fields[0].name: no field can be called `__proto__`',
  ],
  ['a nameless field', [record('A', field('', 'f64'))], 'types[0].fields[0].name: expected a name, found string ""'],
  ['no variants', [enumeration('E')], 'types[0].variants: an enum without variants has no values'],
  [
    'variants',
    [enumeration('E', unit('A'), unit('A'))],
    'types[0].variants[1].name: two variants are called string "A"',
  ],
  [
    'a payload of another kind',
    [enumeration('E', { ...unit('A'), kind: 'list' })],
    'types[0].variants[0].kind: expected "unit" or "value" or "tuple" or "record", found string "list"',
  ],
  ['a payload for a unit', [enumeration('E', { ...unit('A'), type: 'f64' })], 'types[0].variants[0]: unknown field'],
  [
    'a tag like a field',
    [enumeration('E', { ...unit('A'), kind: 'record', fields: [field('type', 'f64')] })],
    "types[0].variants[0]: the field that names the variant, `type`, is called like one of the variant's own",
  ],
  [
    'a tag like a payload',
    [{ ...enumeration('E', { ...unit('A'), kind: 'value', type: 'f64' }), tag: 'value' }],
    'types[0].variants[0]: the field that names the variant, `value`,',
  ],
])('refused in a named type: %s', (_, types, message) => {
  expectRefused(table({ types }), message);
});

test.each<[string, unknown[], number]>([
  ['in itself', [['ref', 0]], 0],
  ['in a tuple', [['tuple', 'f64', ['ref', 0]]], 0],
  ['in a list that cannot be empty', [['array', ['ref', 0], 1]], 0],
  ['in a ring', ['f64', ['ref', 2], ['tuple', ['ref', 3]], ['ref', 1]], 1],
])('refused: a type without end, %s', (_, types, first) => {
  const message = `types[${first}]: every value of T${first} would have to hold another one, without end`;
  expectRefused(table({ types: types.map((type, index) => record(`T${index}`, field('x', type))) }), message);
  const variants = types.map((type, index) => enumeration(`T${index}`, { ...unit('A'), kind: 'value', type }));
  expectRefused(table({ types: variants }), message);
});

test('20,000 types in a chain, the last without end or not', () => {
  const chain = (end: unknown): Fields[] =>
    Array.from({ length: 20_000 }, (_, i) => record(`T${i}`, field('x', i < 19_999 ? ['ref', i + 1] : end)));
  expect(parse(table({ types: chain('f64') })).definitions).toHaveLength(20_000);
  expectRefused(table({ types: chain(['ref', 0]) }), 'types[0]: every value of T0 would');
});

test('what is no JSON, is too large or too deep', () => {
  const refused = (text: string, message: string): void =>
    expectError(() => parseTable(text, LIBRARY), RustDLLError, 'ERR_RUSTDLL_TABLE', message);
  refused('', 'damaged: it is not JSON');
  refused('{"contract":1,', 'damaged: it is not JSON');
  refused('['.repeat(1e6), 'damaged: it is not JSON');
  refused('['.repeat(1e6) + ']'.repeat(1e6), 'damaged: ');
  refused(`{"contract":1,"rustdll":${'{"a":'.repeat(1e5)}1${'}'.repeat(1e5)}}`, 'damaged: ');
  const deep = JSON.stringify(table({ functions: [exported('f', { result: '?' })] }));
  refused(deep.replace('"?"', '["vec",'.repeat(1e5) + '"f64"' + ']'.repeat(1e5)), 'types are at most 64 deep');

  const space = ' '.repeat(16 * 1024 * 1024 - JSON.stringify(table()).length);
  expect(parseTable(JSON.stringify(table()) + space, LIBRARY).functions).toEqual([]);
  refused(JSON.stringify(table()) + space + ' ', 'damaged: it is larger than 16 MiB');
  // The text has as many UTF-16 units, and one byte more.
  refused(JSON.stringify(table({ target: 'x86_64-linué' })) + space, 'damaged: it is larger than 16 MiB');
});

test('Object.prototype adds nothing to a table', () => {
  const prototype = Object.prototype as Record<string, unknown>;
  prototype['target'] = 'everywhere';
  prototype['name'] = 'f';
  try {
    expectRefused(table({ target: undefined }), 'the field `target` is missing');
    expectRefused(
      table({ functions: [exported('f', { name: undefined })] }),
      'functions[0]: the field `name` is missing',
    );
    expectRefused(table({ types: [{ kind: 'record' }] }), 'types[0].name: expected a string, found undefined');
  } finally {
    delete prototype['target'];
    delete prototype['name'];
  }
});

test.each([
  ['hash', { ...exported('f'), hash: undefined }, 'functions[0]: the field `hash` is missing'],
  ['type', exported('f', { parameters: [{ name: 'x' }] }), 'functions[0].parameters[0]: the field `type` is missing'],
])('the field %s is missing if only a prototype has it', (name, one, message) => {
  const value = name === 'hash' ? '0123456789abcdef' : 'f64';
  Object.defineProperty(Object.prototype, name, { value, enumerable: true, configurable: true });
  try {
    expectRefused(table({ functions: [one] }), message);
  } finally {
    Reflect.deleteProperty(Object.prototype, name);
  }
});
