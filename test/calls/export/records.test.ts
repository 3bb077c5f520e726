import * as vm from 'node:vm';
import { expectWorking, WAYS } from '../../support/exported';
import { expectError, expectRangeError, expectTypeError, thrownBy } from '../../support/errors';

const POINT = { x: 1, y: -0.5, label: 'né' };
const SQUARE = [
  { x: 0, y: 0, label: null },
  { x: 2, y: 0, label: 'a' },
  { x: 2, y: 2, label: '' },
  { x: 0, y: 2, label: null },
];

function everything(): Record<string, unknown> {
  return {
    number: -0,
    wide: -(2n ** 100n),
    truth: true,
    letter: '😀',
    text: 'né',
    bytes: Uint8Array.of(1, 2),
    list: [1, -2],
    typed: new Float32Array([0.5]),
    texts: ['', 'é'],
    array: [1, 2, 65_535],
    maybe: POINT,
    pair: ['x', 2.5],
    map: { a: { type: 'Circle', radius: 1 }, 'b-c': { type: 'Empty' } },
    inner: { x: 3, y: 4, label: null },
    points: [POINT],
    level: 'high!',
  };
}

/** Makes a tree in which each node has one child. */
function tower(height: number, top: unknown = { name: 'top', children: [] }): unknown {
  let tree = top;
  for (let i = 1; i < height; i++) tree = { name: 'node', children: [tree] };
  return tree;
}

interface Tree {
  children?: Tree[];
  parts?: Tree[];
}

/** Counts the levels of a tower. A recursive comparison would overflow the stack. */
function heightOf(tower: unknown): number {
  let height = 0;
  for (let tree = tower as Tree | undefined; tree !== undefined; tree = (tree.children ?? tree.parts)?.at(-1)) height++;
  return height;
}

afterEach(expectWorking);

describe.each(WAYS)('%s', (_, { lib, faults }) => {
  test('records go in and come out', () => {
    expect(lib.echo_point(POINT)).toEqual(POINT);
    expect(lib.echo_box_point(POINT)).toEqual(POINT);
    expect(lib.echo_points(SQUARE)).toEqual(SQUARE);
    expect(lib.echo_points([])).toEqual([]);
    expect(lib.centroid(SQUARE)).toEqual({ x: 1, y: 1, label: null });
    expect(lib.lengths([{ x: 3, y: 4 }])).toEqual([5]);
    expect(lib.move_point(POINT, [1, 2])).toEqual({ x: 2, y: 1.5, label: 'né' });
    expect(lib.echo_everything(everything())).toEqual(everything());
    expect(lib.echo_empty({})).toEqual({});
    expect(lib.other_point({ z: 3 })).toEqual({ z: 3 });
    expect(lib.version()).toEqual({ name: 'exported', parts: [0, 1, 0] });
    expect(lib.echo_label({ text: 'é', numbers: [1, 2] })).toEqual({ text: 'é', numbers: [1, 2] });
    expect(lib.dep_echo({ number: 2 })).toEqual({ number: 2 });
  });

  test('names as JavaScript has them', () => {
    const person = { firstName: 'Ada', born: 1815, type: 'Middle' };
    expect(lib.echo_person(person)).toEqual(person);
    expectTypeError(
      () => lib.echo_person({ ...person, first_name: 'Ada' }),
      'echo_person: argument 1 (value).first_name: ',
    );
    const { firstName: _name, ...rest } = person;
    expectTypeError(() => lib.echo_person(rest), 'echo_person: argument 1 (value).firstName: the field is missing');
  });

  test('results are plain objects with the fields in their order', () => {
    const result = lib.echo_point(POINT) as object;
    expect(Object.getPrototypeOf(result)).toBe(Object.prototype);
    expect(Object.keys(result)).toEqual(['x', 'y', 'label']);
    expect(Object.values(Object.getOwnPropertyDescriptors(result))).toEqual(
      [1, -0.5, 'né'].map((value) => ({ value, enumerable: true, writable: true, configurable: true })),
    );
    expect(Object.keys(lib.echo_everything(everything()) as object)).toEqual(Object.keys(everything()));
  });

  test('the order of the fields that are given does not matter', () => {
    expect(lib.echo_point({ label: 'a', y: 2, x: 1 })).toEqual({ x: 1, y: 2, label: 'a' });
  });

  test('a field that may be null may be missing', () => {
    const without = { x: 1, y: 2, label: null };
    for (const label of [undefined, null]) expect(lib.echo_point({ x: 1, y: 2, label })).toEqual(without);
    expect(lib.echo_point({ x: 1, y: 2 })).toEqual(without);
    expect(lib.echo_points([{ x: 1, y: 2 }, POINT])).toEqual([without, POINT]);
  });

  test('a missing field', () => {
    expectTypeError(() => lib.echo_point({ x: 1 }), /^echo_point: argument 1 \(value\)\.y: the field is missing$/);
    expectTypeError(() => lib.echo_point({}), 'echo_point: argument 1 (value).x: the field is missing');
    expectTypeError(
      () => lib.echo_points([POINT, { y: 1 }]),
      'echo_points: argument 1 (value)[1].x: the field is missing',
    );
    expectTypeError(
      () => lib.echo_point({ x: 1, y: undefined }),
      'echo_point: argument 1 (value).y: expected a number (f64), got undefined',
    );
    const { inner: _inner, ...rest } = everything();
    expectTypeError(() => lib.echo_everything(rest), 'echo_everything: argument 1 (value).inner: the field is missing');
    expectTypeError(
      () => lib.echo_everything({ ...everything(), inner: { x: 1 } }),
      'echo_everything: argument 1 (value).inner.y: the field is missing',
    );
  });

  test('an unknown field, whatever else there is', () => {
    const unknown = (value: object, field: string): void =>
      expectTypeError(() => lib.echo_point(value), `echo_point: argument 1 (value)${field}: Point has no such field`);
    unknown({ ...POINT, z: 3 }, '.z');
    unknown({ x: 1, y: 2, lable: 'a typing error' }, '.lable');
    unknown({ x: 1, y: 2, label: 'a', z: undefined }, '.z');
    unknown({ x: 1, y: 2, 'with space': 1 }, '["with space"]');
    unknown({ x: 1, y: 2, 0: 1 }, '["0"]');
    unknown({ x: 1, y: 2, '': 1 }, '[""]');
    unknown(JSON.parse('{ "x": 1, "y": 2, "__proto__": { "label": "a" } }') as object, '.__proto__');
    unknown(Object.assign(Object.create({ inherited: 1 }) as object, { x: 1, y: 2, lable: 'a' }), '.lable');
    unknown(Object.assign(Object.create({ label: 'inherited' }) as object, { x: 1, y: 2, lable: 'a' }), '.lable');
    expectTypeError(() => lib.echo_empty({ a: 1 }), 'echo_empty: argument 1 (value).a: Empty has no such field');
    expectTypeError(() => lib.echo_points([POINT, { ...POINT, w: 1 }]), 'echo_points: argument 1 (value)[1].w: ');
    expectTypeError(
      () => faults.echo_options({ string: 'a', typo: 1 }),
      'echo_options: argument 1 (options).typo: Options has no such field',
    );
  });

  test('paths lead to the place, however deep', () => {
    const at = (value: unknown, place: string): void =>
      expectTypeError(() => lib.echo_everything(value), `echo_everything: argument 1 (value)${place}: `);
    at({ ...everything(), list: [1, 'x'] }, '.list[1]');
    at({ ...everything(), texts: ['a', 1] }, '.texts[1]');
    at({ ...everything(), array: [1, 2] }, '.array');
    at({ ...everything(), array: [1, 2, '3'] }, '.array[2]');
    at({ ...everything(), maybe: { x: 1, y: 'x' } }, '.maybe.y');
    at({ ...everything(), pair: [1, 2] }, '.pair[0]');
    at({ ...everything(), pair: ['1'] }, '.pair');
    at({ ...everything(), map: { a: { type: 'Circle' } } }, '.map.a.radius');
    at(
      {
        ...everything(),
        map: {
          'b-c': {
            type: 'Polygon',
            value: [
              [1, 2],
              [3, '4'],
            ],
          },
        },
      },
      '.map["b-c"].value[1][1]',
    );
    at({ ...everything(), points: [POINT, POINT, { ...POINT, label: 3 }] }, '.points[2].label');
    at({ ...everything(), level: 'low' }, '.level');
    at({ ...everything(), typed: [0.5] }, '.typed');
    at({ ...everything(), typed: new Float64Array(1) }, '.typed');
    at({ ...everything(), bytes: 'ab' }, '.bytes');
    expectTypeError(
      () => lib.centroid([POINT, POINT, POINT, { ...POINT, label: 7 }]),
      /^centroid: argument 1 \(points\)\[3\]\.label: expected a string, got number 7$/,
    );
    expectTypeError(() => lib.move_point(POINT, [1, '2']), 'move_point: argument 2 (by)[1]: expected a number (f64)');
    expectTypeError(() => lib.move_point({ x: 1 }, [1, 2]), 'move_point: argument 1 (point).y: the field is missing');
    expectRangeError(
      () => lib.echo_everything({ ...everything(), wide: 2n ** 127n }),
      'echo_everything: argument 1 (value).wide: ',
    );
    expectRangeError(
      () => lib.echo_everything({ ...everything(), array: [1, 2, 65_536] }),
      'echo_everything: argument 1 (value).array[2]: ',
    );
    expectRangeError(
      () => lib.echo_person({ firstName: '', born: 2 ** 31, type: 'Low' }),
      'echo_person: argument 1 (value).born: ',
    );
  });

  test('what is no object', () => {
    for (const value of [undefined, null, 1, 'x', true, 1n, Symbol('s'), () => POINT]) {
      expectTypeError(() => lib.echo_point(value), 'echo_point: argument 1 (value): expected an object (Point), got ');
      expectTypeError(
        () => lib.echo_points([POINT, value]),
        'echo_points: argument 1 (value)[1]: expected an object (Point), got ',
      );
    }
    for (const value of [POINT, 'ab', new Float64Array(1), null]) {
      expectTypeError(() => lib.echo_points(value), 'echo_points: argument 1 (value): expected a list, got ');
    }
  });

  test('lists, maps and views are no records, even of fields that may be missing', () => {
    for (const value of [
      [],
      new Map(),
      new Set(),
      new Uint8Array(),
      new ArrayBuffer(8),
      new Date(0),
      /x/,
      new Error('x'),
    ]) {
      expectTypeError(
        () => faults.echo_options(value),
        'echo_options: argument 1 (options): expected an object (Options), got ',
      );
      expectTypeError(() => lib.echo_empty(value), 'echo_empty: argument 1 (value): expected an object (Empty), got ');
    }
  });

  test('objects of every origin', () => {
    const own = Object.assign(Object.create(null) as object, POINT);
    expect(lib.echo_point(own)).toEqual(POINT);
    class Point {
      #x = 1;
      y = -0.5;
      get x(): number {
        return this.#x;
      }
      get label(): string {
        return ['né'].join('');
      }
      length(): number {
        return Math.hypot(this.x, this.y);
      }
    }
    expect(lib.echo_point(new Point())).toEqual(POINT);
    class Sub extends Point {}
    expect(lib.echo_points([new Sub(), POINT])).toEqual([POINT, POINT]);
    expect(lib.echo_point(Object.freeze({ ...POINT }))).toEqual(POINT);
    expect(lib.echo_point(new Proxy(POINT, {}))).toEqual(POINT);
    expect(lib.echo_point(vm.runInNewContext('({ x: 1, y: -0.5, label: "né" })'))).toEqual(POINT);
    const hidden = Object.defineProperty({ x: 1, y: -0.5, label: 'né' }, 'extra', { value: 1, enumerable: false });
    expect(lib.echo_point(hidden)).toEqual(POINT);
    expect(lib.echo_point({ ...POINT, [Symbol('s')]: 1 })).toEqual(POINT);
    // The call does not change its argument.
    expect(Object.keys(new Point())).toEqual(['y']);
    // An instance with a superfluous field is refused because of that field, whatever it lacks.
    class More extends Point {
      cache = 1;
      more = 2;
    }
    expectTypeError(() => lib.echo_point(new More()), 'echo_point: argument 1 (value).cache: Point has no such field');
    expectTypeError(() => lib.echo_point(Object.assign([], POINT)), 'echo_point: argument 1 (value)');
  });

  test('an argument is read, never written', () => {
    const seen: string[] = [];
    const never = (): never => {
      throw new Error('written');
    };
    const watching = new Proxy(POINT, {
      get: (target, key, receiver) => (seen.push(String(key)), Reflect.get(target, key, receiver) as unknown),
      set: never,
      defineProperty: never,
      deleteProperty: never,
    });
    expect(lib.echo_point(watching)).toEqual(POINT);
    // The encoder looks up each field exactly once.
    expect(seen.filter((key) => key in POINT)).toEqual(['x', 'y', 'label']);
  });

  test('records that hold others of their kind', () => {
    const tree = {
      name: 'a',
      children: [
        { name: 'b', children: [] },
        { name: 'é', children: [{ name: '', children: [] }] },
      ],
    };
    expect(lib.echo_tree(tree)).toEqual(tree);
    for (const height of [1, 63, 64, 65, 66, 67, 130, 256, 257]) {
      expect(lib.echo_tree(tower(height))).toEqual(tower(height));
      expect(lib.deep(height)).toEqual(tower(height));
    }
    const item = faults.nested_items(100);
    expect(faults.echo_items([item, item], 'Well')).toEqual([item, item]);
  });

  test('ten thousand deep and more, in both directions', () => {
    for (const height of [10_000, 20_000]) {
      expect(heightOf(lib.echo_tree(tower(height)))).toBe(height);
      expect(heightOf(lib.deep(height))).toBe(height);
      const item = faults.nested_items(height);
      expect(heightOf((faults.echo_items([item, item], 'Well') as unknown[])[1])).toBe(height);
    }
    // Nodes have siblings before, beside and after the path.
    const bushy = tower(100) as Tree;
    for (let tree = bushy, left = 100; left > 0; left--) {
      const next = tree.children?.[0];
      tree.children?.unshift(tower(70) as Tree, tower(2) as Tree);
      if (next !== undefined) tree = next;
    }
    expect(lib.echo_tree(bushy)).toEqual(bushy);
  });

  test('a mistake far down is reported with a short path', () => {
    const wrong = tower(10_000, { name: 'top', children: [{ name: 7, children: [] }] });
    expectTypeError(
      () => lib.echo_tree(wrong),
      'echo_tree: argument 1 (value).children[0].children[0].children[0].children[0]…(19,989 more)…' +
        '[0].children[0].name: expected a string, got number 7',
    );
    expectTypeError(
      () => lib.echo_tree(tower(10_000, { name: 'top' })),
      /^echo_tree: .*…\(19,987 more\)….*children: the field is missing$/,
    );
    expectTypeError(
      () => lib.echo_tree(tower(10_000, { name: 'top', children: [], more: 1 })),
      /^echo_tree: .*…\(19,987 more\)….*more: Tree has no such field$/,
    );
    expectError(
      () => lib.echo_tree(tower(10_000, { name: '\ud800', children: [] })),
      TypeError,
      'ERR_RUSTDLL_SURROGATE',
      /…\(19,987 more\)….*\.name: /,
    );
    expect(heightOf(lib.echo_tree(tower(10)))).toBe(10);
  });

  test('a getter that throws far down, and one that makes a call', () => {
    const thrown = new Error('no');
    const throws = {
      name: 'top',
      get children(): unknown[] {
        throw thrown;
      },
    };
    expect(() => lib.echo_tree(tower(1000, throws))).toThrow(thrown);
    const calls = {
      name: 'top',
      get children() {
        return [lib.echo_tree(tower(1000))];
      },
    };
    expect(heightOf(lib.echo_tree(tower(1000, calls)))).toBe(2000);
  });

  test('what contains itself or does not end is refused', () => {
    const cycle = /^echo_tree: argument 1 \(value\)\.children.*: the object is inside of itself$/;
    const self: { name: string; children: unknown[] } = { name: 'self', children: [] };
    self.children.push(self, self);
    expectRangeError(() => lib.echo_tree(self), cycle);
    const bottom: { name: string; children: unknown[] } = { name: 'bottom', children: [] };
    const loop = tower(300, bottom);
    bottom.children.push(loop);
    expectRangeError(() => lib.echo_tree(loop), cycle);
    expectRangeError(
      () => lib.echo_tree(tower(100_100)),
      /^echo_tree: argument 1 \(value\).*…\(200,\d+ more\)…(\.children|\[0\])+: values are nested more than 100000 deep$/,
    );
    for (const call of [() => lib.deep(3_000_000), () => faults.nested_items(3_000_000)]) {
      expectRangeError(
        call,
        /^(deep|nested_items): the result has more values inside one another than the stack has room for$/,
      );
    }
  });

  test('many records', () => {
    const many = lib.many_points(20_000) as unknown[];
    expect(many).toHaveLength(20_000);
    expect(many[19_999]).toEqual({ x: 19_999, y: 19_999.5, label: 'point 19999' });
    const back = lib.echo_points(many) as unknown[];
    expect(back.length).toBe(20_000);
    expect(back[12_345]).toEqual(many[12_345]);
    expect(lib.lengths(many)[3]).toBe(Math.hypot(3, 3.5));
    const error = thrownBy(() => lib.lengths([...many, { x: 1, y: null }]));
    expect(error.message).toBe('lengths: argument 1 (points)[20000].y: expected a number (f64), got null');
  });
});
