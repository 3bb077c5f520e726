import { inspect } from 'node:util';
import { expectWorking, WAYS } from '../../support/exported';
import { expectError, expectTypeError, thrownBy } from '../../support/errors';
import { libraryPath } from '../../support/kernels';
import { runProgram } from '../../support/program';

const PATH = libraryPath('exported');

afterEach(expectWorking);

describe.each(WAYS)('%s', (_, { rustdll, lib }) => {
  const { RustDLL, RustDLLError } = rustdll;
  const open = (): typeof lib => new RustDLL(PATH);

  test('its keys are its exported functions, from the start and in order', () => {
    const fresh = open();
    const keys = Object.keys(fresh);
    expect(keys.length).toBeGreaterThan(150);
    expect(keys).toEqual(keys.toSorted());
    for (const name of [
      'centroid',
      'echo_i8',
      'renamed',
      'dep_sum',
      'dep_echo',
      'test',
      'py_at',
      'match',
      '_private',
      'new',
      'class',
    ]) {
      expect(keys).toContain(name);
    }
    for (const name of [
      'original',
      'never',
      'plain_twice',
      'rustdll_table',
      'rustdll_function',
      'rustdll_contract',
      'path',
      'close',
    ]) {
      expect(keys).not.toContain(name);
    }
    expect(Object.values(fresh).every((value) => typeof value === 'function')).toBe(true);
    expect('centroid' in fresh).toBe(true);
    expect({ ...fresh }.add_i64(1, 2)).toBe(3);
    const { add_i64: add } = fresh;
    expect(add(1, 2)).toBe(3);
  });

  test('functions have a name and as many parameters as must be passed', () => {
    for (const [name, length] of Object.entries({
      add_i64: 2,
      greet: 1,
      optional: 1,
      nothing: 0,
      echo_option_f64: 0,
      many: 32,
    })) {
      expect([lib[name].name, lib[name].length]).toEqual([name, length]);
    }
  });

  test('shows signatures', () => {
    const text = inspect(open());
    expect(text).toContain(`path: '${open().path}'`);
    for (const signature of [
      'centroid(points: Point[]): Point',
      'add_i64(a: number, b: number): number',
      'greet(name: string, greeting?: string | null, times?: number | null): string',
      'normalize(v: number[]): void',
      'words(text: string): string[]',
      'echo_u64_bigint(value: number): bigint',
      'echo_vec_u8(value: Uint8Array): Uint8Array',
      'echo_map_f64(value: Record<string, number>): Record<string, number>',
      'echo_tuple(value: [number, string, number | null]): [number, string, number | null]',
      'echo_typed_f64(value: Float64Array): Float64Array',
      'test(name: string, numbers: number[]): void',
    ]) {
      expect(text).toContain(`\n  ${signature}\n`);
    }
    const closed = open();
    closed.close();
    expect(inspect(closed)).toMatch(/^RustDLL \{ path: '.*', closed,\n/);
    expect(
      runProgram(
        `console.log(JSON.stringify(require('node:util').format(new rustdll.RustDLL(${JSON.stringify(PATH)}))));`,
      ),
    ).toBe(inspect(open()));
  });

  test('the wrong number of arguments is an error with the signature', () => {
    const arity = (call: () => unknown, message: string): void => expectTypeError(call, message, 'ERR_RUSTDLL_ARITY');
    arity(() => lib.add_i64(1), 'add_i64: expected 2 arguments, got 1 (add_i64(a: number, b: number): number)');
    arity(() => lib.add_i64(1, 2, 3), 'add_i64: expected 2 arguments, got 3 (add_i64(');
    arity(() => lib.add_i64(1, 2, undefined), 'add_i64: expected 2 arguments, got 3');
    arity(() => lib.nothing(undefined), 'nothing: expected 0 arguments, got 1 (nothing(): void)');
    arity(() => lib.centroid(), 'centroid: expected 1 argument, got 0 (centroid(points: Point[]): Point)');
    arity(() => lib.greet(), 'greet: expected 1 to 3 arguments, got 0 (greet(name: string, ');
    arity(() => lib.many(...Array(31).fill(0)), 'many: expected 32 arguments, got 31');
    arity(() => lib.many(...Array(1000).fill(0)), 'many: expected 32 arguments, got 1000');
    arity(
      () => lib.copy_into([1]),
      'copy_into: expected 2 arguments, got 1 (copy_into(from: number[], to: number[]): void)',
    );
  });

  test('names', () => {
    expect(lib.renamed(3)).toBe(3);
    expect(lib.renamed.name).toBe('renamed');
    expect(lib.match(7)).toBe(7);
    expectTypeError(() => lib.match('7'), 'match: argument 1 (type): expected an integer (i32)');
    expect([lib.new(), lib.class(1, 2), lib._private(), lib.documented()]).toEqual(['new', 3, true, undefined]);
    expectTypeError(() => lib.pattern(1, [1, 2], true, false), 'pattern: argument 1 (arg1): ');
  });

  test('functions of a crate that it depends on', () => {
    expect(lib.dep_sum([1, 2.5])).toBe(3.5);
    expect(lib.dep_sum(new Float64Array([1, 2]))).toBe(3);
    expect(lib.dep_echo({ number: -0 })).toEqual({ number: -0 });
    expectTypeError(() => lib.dep_echo({}), 'dep_echo: argument 1 (value).number: the field is missing');
  });

  test('a function that is not there', () => {
    for (const name of ['centroids', 'original', 'never', 'rustdll_tables']) {
      expect([lib[name], name in lib]).toEqual([undefined, false]);
      expectError(
        () => lib.declare(`fn ${name}()` as string),
        RustDLLError,
        'ERR_RUSTDLL_SYMBOL',
        `no function \`${name}\``,
      );
    }
    // A function without a symbol cannot be declared, and the error says why.
    const { message } = thrownBy(() => lib.declare('fn centroid(points: i64) -> i64' as string));
    expect(message).not.toMatch(/did you mean `centroid`/);
    expect(message).toMatch(/`centroid`/);
  });

  test('the symbols of the contract are no functions to guess at', () => {
    for (const name of ['rustdll_contract', 'rustdll_table', 'rustdll_function']) {
      expect([lib[name], name in lib]).toEqual([undefined, false]);
      expect(() => lib.declare(`fn ${name}() -> u64` as string)).toThrow(
        expect.objectContaining({ code: 'ERR_RUSTDLL_SYMBOL' }),
      );
    }
  });

  test('plain functions beside exported ones are guessed and declared as ever', () => {
    const fresh = open();
    expect(fresh.plain_twice(21)).toBe(42);
    expect(Object.keys(fresh)).toContain('plain_twice');
    expect(lib.declare('fn plain_twice(x: i64) -> i64').plain_twice(-1)).toBe(-2);
  });

  test('functions in the style of the seed are exported, and have a symbol too', () => {
    const fresh = open();
    const { py_sum: exported } = fresh;
    expect(exported([1, 2])).toBe(3);
    expectTypeError(() => exported(['1']), 'py_sum: argument 1 (numbers)[0]: expected a number (f64), got string "1"');
    const declared =
      fresh.declare(`fn py_sum(numbers: &PyVec<f64>) -> f64; fn py_maybe(numbers: Option<&PyVec<i64>>) -> i64;
      fn py_at(numbers: &PyVec<i64>, index: usize) -> i64`);
    expect([declared.py_sum([1, 2]), declared.py_maybe(null), declared.py_at([5, 6], 1)]).toEqual([3, -1, 6]);
    // After the exported function was deleted, the name is guessed.
    Reflect.deleteProperty(fresh, 'py_maybe');
    expect(fresh.py_maybe([1, 2, 3])).toBe(3);
    // A function without `#[no_mangle]` has no symbol.
    expect(() => fresh.declare('fn py_scale(lists: &mut PyVec<&mut PyVec<f64>>, by: f64)')).toThrow(
      expect.objectContaining({ code: 'ERR_RUSTDLL_SYMBOL' }),
    );
  });

  test('closing', () => {
    const library = open();
    const { add_i64: add, echo_str: echo, centroid, nothing } = library;
    expect(add(1, 2)).toBe(3);
    library.close();
    const closed = (call: () => unknown): void => expectError(call, RustDLLError, 'ERR_RUSTDLL_CLOSED', 'was closed');
    closed(() => add(1, 2));
    closed(() => library.add_i64(1, 2));
    closed(() => echo('x'));
    closed(() => echo('x'.repeat(1000)));
    closed(() => centroid([{ x: 1, y: 2 }]));
    closed(() => nothing());
    closed(() => library.plain_twice(1));
    // Wrong arguments cause the same errors as in other calls.
    expectTypeError(() => add('1', 2), 'add_i64: argument 1');
    library.close();
    library[Symbol.dispose]();
    expect(lib.add_i64(1, 2)).toBe(3);
  });

  test('closing while arguments are encoded', () => {
    for (const name of ['echo_points', 'centroid']) {
      const library = open();
      const point = {
        y: 2,
        get x() {
          library.close();
          return 1;
        },
      };
      expectError(() => library[name]([point]), RustDLLError, 'ERR_RUSTDLL_CLOSED', `${name}: the library`);
    }
  });

  test('properties of an instance are its own to change', () => {
    const library = open();
    (library as unknown as Record<string, unknown>)['add_i64'] = () => 'mocked';
    expect(library.add_i64(1, 2)).toBe('mocked');
    expect(open().add_i64(1, 2)).toBe(3);
    class Mine extends RustDLL {
      twice(x: number): unknown {
        return this['add_i64'](x, x);
      }
    }
    expect(new Mine(PATH).twice(4)).toBe(8);
  });

  test('await, JSON and others find nothing strange', async () => {
    const fresh = open();
    expect(await (fresh as unknown)).toBe(fresh);
    expect(JSON.stringify(fresh)).toBe('{}');
    expect(fresh.then).toBeUndefined();
    expect(Object.prototype.toString.call(fresh)).toBe('[object Object]');
    expect(() => structuredClone(fresh)).toThrow(expect.objectContaining({ name: 'DataCloneError' }));
    const forIn = [];
    for (const key in fresh) forIn.push(key);
    expect(forIn).toEqual(Object.keys(fresh));
  });

  test('a library that only uses the crate’s types exports nothing', () => {
    for (const name of ['kernels', 'example'] as const) {
      const library = new RustDLL(libraryPath(name));
      expect(Object.keys(library)).toEqual([]);
      expect(inspect(library)).toMatch(/^RustDLL \{ path: '[^']*' \}$/);
    }
    expect(new RustDLL(libraryPath('kernels')).add(1, 2)).toBe(3);
  });

  test('opened many times over', () => {
    const libraries = Array.from({ length: 20 }, open);
    for (const [index, library] of libraries.entries()) {
      expect(library.add_i64(index, 1)).toBe(index + 1);
      if (index % 2 === 0) library.close();
    }
    expect(libraries[1]!.words('a b')).toEqual(['a', 'b']);
  });
});
