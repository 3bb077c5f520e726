import { define, defineFunctions } from '../../../src-ts/library/functions';

type Library = Record<string, unknown>;

/** Makes a library with `count` functions, and notes the groups that are made: the first and the end of each. */
function libraryOf(count: number): { library: Library; groups: [number, number][]; names: string[] } {
  const library: Library = {};
  const groups: [number, number][] = [];
  const names = Array.from({ length: count }, (_, index) => (index === 5 ? '__proto__' : `f${index}`));
  defineFunctions(
    library,
    names.map((name) => ({ name })),
    (first, end) => {
      groups.push([first, end]);
      return names.slice(first, end).map((name) => Object.defineProperty(() => name, 'name', { value: name }));
    },
  );
  return { library, groups, names };
}

const called = (library: Library, name: string): unknown =>
  (Object.getOwnPropertyDescriptor(library, name)?.value as () => unknown)();

test('the functions of a small library are made at once', () => {
  const { library, groups, names } = libraryOf(128);
  expect(groups).toEqual([[0, 128]]);
  expect(names.map((name) => called(library, name))).toEqual(names);
});

test('those of a large one are made in groups, when one of them is used first', () => {
  const { library, groups, names } = libraryOf(131);
  expect(Object.keys(library)).toEqual(names);
  expect(groups).toEqual([]);
  const { f9 } = library;
  expect(groups).toEqual([[8, 16]]);
  expect(library['f9']).toBe(f9);
  // From now on they are ordinary properties.
  expect(Object.getOwnPropertyDescriptor(library, 'f9')).toEqual({
    value: f9,
    writable: true,
    enumerable: true,
    configurable: true,
  });
  expect(called(library, 'f15')).toBe('f15');
  expect(library['f130']).toHaveProperty('name', 'f130');
  expect(groups).toEqual([
    [8, 16],
    [128, 131],
  ]);
  for (const name of names) expect(library[name]).toBeInstanceOf(Function);
  expect(names.map((name) => called(library, name))).toEqual(names);
  expect(groups).toHaveLength(17);
});

test('what the program has made of a property before stays', () => {
  const { library, groups } = libraryOf(200);
  const own = (): number => 1;
  library['f0'] = own;
  delete library['f1'];
  Object.defineProperty(library, 'f2', { get: () => 2 });
  expect(groups).toEqual([]);
  expect(called(library, 'f0')).toBe(1);
  expect((library['f3'] as () => unknown)()).toBe('f3');
  expect([library['f0'], library['f1'], library['f2']]).toEqual([own, undefined, 2]);
  expect(Object.keys(library)).not.toContain('f1');
});

test('an assignment to an object that inherits from the library does not change the library', () => {
  const { library } = libraryOf(200);
  const derived = Object.create(library) as Library;
  derived['f7'] = 7;
  expect(Object.hasOwn(derived, 'f7')).toBe(true);
  expect(derived['f7']).toBe(7);
  expect((library['f7'] as () => unknown)()).toBe('f7');
});

test('a frozen library has its functions too', () => {
  const { library, names } = libraryOf(200);
  Object.freeze(library);
  const { f20 } = library;
  expect((f20 as () => unknown)()).toBe('f20');
  expect(library['f20']).toBe(f20);
  expect(() => {
    library['f20'] = 1;
  }).toThrow(TypeError);
  expect(names.filter((name) => name !== '__proto__').map((name) => (library[name] as () => unknown)())).toHaveLength(
    199,
  );
});

test('a function that cannot be made is made at the next use', () => {
  const library: Library = {};
  let fails = true;
  defineFunctions(
    library,
    Array.from({ length: 200 }, (_, i) => ({ name: `f${i}` })),
    (first, end) => {
      if (fails) throw new RangeError('no memory');
      return Array.from({ length: end - first }, (_, i) => ({ name: `f${first + i}` }));
    },
  );
  expect(() => library['f0']).toThrow(RangeError);
  fails = false;
  expect(library['f0']).toEqual({ name: 'f0' });
});

test('functions are defined, whatever their names', () => {
  const object: Library = {};
  define(
    object,
    ['__proto__', 'constructor'].map((name) => ({ name })),
  );
  expect(Object.keys(object)).toEqual(['__proto__', 'constructor']);
  expect(Object.getPrototypeOf(object)).toBe(Object.prototype);
});
