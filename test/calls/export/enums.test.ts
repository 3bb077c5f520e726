import { expectWorking, WAYS } from '../../support/exported';
import { expectRangeError, expectTypeError } from '../../support/errors';

const SHAPES = [
  { type: 'Circle', radius: 1.5 },
  { type: 'Rect', value: [2, 3] },
  { type: 'Name', value: 'né' },
  {
    type: 'Polygon',
    value: [
      [0, 0],
      [1, 0.5],
    ],
  },
  { type: 'Empty' },
];
const VARIANTS = "'Circle', 'Rect', 'Name', 'Polygon' or 'Empty'";

afterEach(expectWorking);

describe.each(WAYS)('%s', (_, { lib, faults }) => {
  test('units are strings', () => {
    for (const level of ['Low', 'Middle', 'high!']) expect(lib.echo_level(level)).toBe(level);
    expect(lib.echo_levels(['high!', 'Low', 'Low'])).toEqual(['high!', 'Low', 'Low']);
    expect(lib.echo_levels([])).toEqual([]);
  });

  test('what is none of the units', () => {
    const message = "expected 'Low', 'Middle' or 'high!', got ";
    for (const value of [
      'High',
      'low',
      '',
      'Low ',
      0,
      1,
      10,
      null,
      undefined,
      {},
      { type: 'Low' },
      ['Low'],
      Symbol('Low'),
      new String('Low'),
    ]) {
      expectTypeError(() => lib.echo_level(value), `echo_level: argument 1 (value): ${message}`);
      expectTypeError(() => lib.echo_levels(['Low', value]), `echo_levels: argument 1 (value)[1]: ${message}`);
    }
    for (const name of ['constructor', '__proto__', 'toString', 'length']) {
      expectTypeError(() => lib.echo_level(name), `got string "${name}"`);
    }
  });

  test('variants of every kind', () => {
    for (const shape of SHAPES) expect(lib.echo_shape(shape)).toEqual(shape);
    expect(lib.echo_shapes(SHAPES)).toEqual(SHAPES);
    expect(lib.area({ type: 'Rect', value: [2, 3] })).toBe(6);
    expect(lib.area({ type: 'Circle', radius: 1 })).toBe(Math.PI);
    expect(lib.area({ type: 'Empty' })).toBe(0);
    expect(lib.area({ type: 'Name', value: '' })).toBeNull();
    expect(Object.keys(lib.echo_shape({ radius: 1, type: 'Circle' }) as object)).toEqual(['type', 'radius']);
  });

  test('a tag and names of their own', () => {
    const events = [
      { kind: 'key-down', keyCode: 65, 'time-stamp': 0.5 },
      { kind: 'key-down', keyCode: 65, 'time-stamp': null },
      { kind: 'mouse-down', value: [-1, 2] },
      { kind: 'bye' },
    ];
    for (const event of events) expect(lib.echo_event(event)).toEqual(event);
    expect(lib.echo_event({ kind: 'key-down', keyCode: 1 })).toEqual({
      kind: 'key-down',
      keyCode: 1,
      'time-stamp': null,
    });
    expectTypeError(
      () => lib.echo_event({ type: 'bye' }),
      "echo_event: argument 1 (value).kind: expected 'key-down', 'mouse-down' or 'bye', got undefined",
    );
    expectTypeError(() => lib.echo_event({ kind: 'Quit' }), 'got string "Quit"');
    expectTypeError(
      () => lib.echo_event({ kind: 'key-down', keyCode: 1, timeStamp: 2 }),
      'echo_event: argument 1 (value).timeStamp: Event.key-down has no such field',
    );
    expectTypeError(
      () => lib.echo_event({ kind: 'key-down', keyCode: 1, 'time-stamp': 'x' }),
      'echo_event: argument 1 (value)["time-stamp"]: expected a number (f64), got string "x"',
    );
    expectRangeError(
      () => lib.echo_event({ kind: 'mouse-down', value: [1, 2 ** 31] }),
      'echo_event: argument 1 (value).value[1]: ',
    );
  });

  test('a variant that is not there', () => {
    for (const type of ['circle', '', undefined, null, 0, ['Circle'], 'constructor', '__proto__', Symbol('s')]) {
      expectTypeError(
        () => lib.echo_shape({ type, radius: 1 }),
        `echo_shape: argument 1 (value).type: expected ${VARIANTS}, got `,
      );
    }
    expectTypeError(
      () => lib.echo_shapes([SHAPES[0], {}]),
      `echo_shapes: argument 1 (value)[1].type: expected ${VARIANTS}, got undefined`,
    );
    for (const value of ['Empty', null, undefined, 1, true, () => SHAPES[0]]) {
      expectTypeError(() => lib.echo_shape(value), 'echo_shape: argument 1 (value): expected an object (Shape), got ');
    }
    for (const value of [[], ['Empty'], new Map([['type', 'Empty']])]) {
      expectTypeError(() => lib.echo_shape(value), 'echo_shape: argument 1 (value)');
    }
  });

  test('a variant that does not hold what it should', () => {
    const wrong = (value: object, message: string): void =>
      expectTypeError(() => lib.echo_shape(value), `echo_shape: argument 1 (value)${message}`);
    wrong({ type: 'Circle' }, '.radius: the field is missing');
    wrong({ type: 'Circle', radius: '1' }, '.radius: expected a number (f64), got string "1"');
    wrong({ type: 'Circle', radius: 1, value: 1 }, '.value: Shape.Circle has no such field');
    wrong({ type: 'Circle', value: 1 }, '.radius: the field is missing');
    wrong({ type: 'Rect', value: [1] }, '.value: expected a list of 2 elements, got one of 1');
    wrong({ type: 'Rect', value: [1, '2'] }, '.value[1]: ');
    wrong({ type: 'Rect', value: 1 }, '.value: expected a list of 2 elements, got number 1');
    wrong({ type: 'Rect' }, '.value: the field is missing');
    wrong({ type: 'Rect', 0: 1, 1: 2 }, '.value: the field is missing');
    wrong({ type: 'Name', value: null }, '.value: expected a string, got null');
    wrong({ type: 'Name', value: 'x', radius: 1 }, '.radius: Shape.Name has no such field');
    wrong({ type: 'Polygon', value: [[0, 0], [1]] }, '.value[1]: expected a list of 2 elements');
    wrong({ type: 'Empty', value: undefined }, '.value: Shape.Empty has no such field');
    wrong({ type: 'Empty', radius: 1 }, '.radius: Shape.Empty has no such field');
  });

  test('a tag that is another each time it is asked', () => {
    let asked = 0;
    const shifty = {
      get type() {
        return asked++ === 0 ? 'Circle' : 'Name';
      },
      radius: 2,
    };
    expect(lib.echo_shape(shifty)).toEqual({ type: 'Circle', radius: 2 });
    expect(asked).toBe(1);
  });

  test('enums that hold themselves', () => {
    const number = (value: number): object => ({ type: 'Number', value });
    const sum = {
      type: 'Add',
      value: [number(1), { type: 'Negate', of: { type: 'Add', value: [number(2), number(0.5)] } }],
    };
    expect(lib.evaluate(sum)).toBe(-1.5);
    expect(lib.echo_expression(sum)).toEqual(sum);
    expectTypeError(
      () => lib.evaluate({ type: 'Add', value: [number(1), { type: 'Negate', of: number('2' as never) }] }),
      'evaluate: argument 1 (expression).value[1].of.value: expected a number (f64), got string "2"',
    );
  });

  test('ten thousand deep and more, in both directions', () => {
    interface Held {
      of?: Held | null;
    }
    const depthOf = (held: unknown): number => {
      let depth = 0;
      for (let at = held as Held | null | undefined; at != null; at = at.of) depth++;
      return depth;
    };
    const around = (depth: number, type: string, end: object): unknown => {
      let value: unknown = end;
      for (let i = 1; i < depth; i++) value = { type, of: value };
      return value;
    };
    for (const depth of [255, 256, 257, 10_000, 20_000]) {
      const negated = around(depth, 'Negate', { type: 'Number', value: 1 });
      expect(lib.evaluate(negated)).toBe(depth % 2 === 1 ? 1 : -1);
      expect(depthOf(lib.echo_expression(negated))).toBe(depth);
      expect(depthOf(lib.deep_expression(depth))).toBe(depth);
      // The enum holds itself through an option, in a record that also holds itself.
      const item = { ...(faults.nested_items(1) as object), choices: [around(depth, 'Part', { type: 'Nothing' })] };
      const [back] = faults.echo_items([item], 'Well') as { choices: unknown[] }[];
      expect(depthOf(back?.choices[0])).toBe(depth);
    }
    // A parser nests `a or b or c ...` like this: each expression is in the first element of a tuple.
    const one = { type: 'Number', value: 1 };
    let sum: unknown = one;
    for (let i = 1; i < 10_000; i++) sum = { type: 'Add', value: [sum, one] };
    expect(lib.evaluate(sum)).toBe(10_000);
    let level = lib.echo_expression(sum) as { type: string; value: unknown };
    let depth = 1;
    for (; level.type === 'Add'; level = (level.value as (typeof level)[])[0] as typeof level) depth++;
    expect(depth).toBe(10_000);
    expectTypeError(
      () => lib.evaluate(around(300, 'Negate', { type: 'Minus' })),
      /^evaluate: argument 1 \(expression\)\.of\.of.*…\(288 more\)….*\.type: expected 'Number', 'Add' or 'Negate', got string "Minus"$/,
    );
  });
});
