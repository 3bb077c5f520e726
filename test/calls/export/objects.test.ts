import * as fc from 'fast-check';
import type { RustDLL } from '../../../src-ts/index';
import { inspect } from 'node:util';
import { WAYS } from '../../support/exported';
import { libraryPath } from '../../support/kernels';

/** The libraries, each opened twice by the same copy of the package. */
const OPENED = WAYS.map(
  ([name, { rustdll }]) =>
    [
      name,
      {
        rustdll,
        lib: new rustdll.RustDLL(libraryPath('objects')),
        other: new rustdll.RustDLL(libraryPath('objects')),
      },
    ] as const,
);

/** A counter of any copy of the package. */
interface Counter {
  count: number;
  add(by: number): number;
  close(): void;
}

function closeAll(...objects: { close(...how: unknown[]): unknown }[]): void {
  for (const object of objects) object.close('it');
}

/** Runs `call`, which has to throw, and returns the error. */
function thrownBy(call: () => unknown): Error & { code?: string } {
  try {
    call();
  } catch (error) {
    return error as Error;
  }
  throw new Error('nothing was thrown');
}

describe.each(OPENED)('objects, %s', (_, { rustdll, lib, other }) => {
  const live = (): number => lib.live() as number;
  const { Counter, Shelf, Tally } = lib;

  test('an object is made, changed, read and closed', () => {
    const before = live();
    const counter = new Counter(1);
    expect(live()).toBe(before + 1);
    expect(counter.add(2)).toBe(3);
    expect(counter.count).toBe(3);
    counter.count = 40;
    expect(counter.count).toBe(40);
    expect(counter.exact()).toBe(40n);
    expect(counter.label('a')).toBe('a40');
    expect(counter.label('a', 'é')).toBe('a40é');
    const factors = [1, 0.5];
    counter.scale(factors);
    expect(factors).toEqual([40, 20]);
    lib.double(counter);
    expect(counter.count).toBe(80);
    expect(counter.close()).toBeUndefined();
    counter.close();
    expect(live()).toBe(before);
  });

  test('the class is an ordinary one', () => {
    expect(Counter.name).toBe('Counter');
    expect(Counter).toHaveLength(1);
    expect(Shelf).toHaveLength(0);
    const { prototype } = Counter;
    expect(prototype.add).toHaveLength(1);
    expect(prototype.add.name).toBe('add');
    expect(prototype.label).toHaveLength(1);
    expect(Object.getOwnPropertyDescriptor(prototype, 'count')).toMatchObject({ enumerable: true, configurable: true });
    expect(Object.getOwnPropertyDescriptor(prototype, 'add')).toMatchObject({ enumerable: false, writable: true });
    expect(Object.keys(lib)).toEqual(expect.arrayContaining(['Counter', 'Shelf', 'Tally', 'live']));
    const counter = new Counter(5);
    expect(counter).toBeInstanceOf(Counter);
    expect(Object.keys(counter)).toEqual([]);
    expect(Object.prototype.toString.call(counter)).toBe('[object Counter]');
    expect(() => Counter(1)).toThrow(/'?new'?/);
    expect(thrownBy(() => new Tally())).toMatchObject({
      name: 'TypeError',
      code: 'ERR_RUSTDLL_TYPE',
      message: 'Tally has no constructor: functions of the library return it',
    });
    expect(() => new (Object.getPrototypeOf(Counter) as new () => unknown)()).toThrow(/only a library can make/);
    closeAll(counter);
  });

  test('a class can be extended', () => {
    class Doubling extends (Counter as new (count: number) => Counter) {
      readonly steps: number[] = [];

      override add(by: number): number {
        this.steps.push(by);
        return super.add(2 * by);
      }
    }
    const counter = new Doubling(1);
    expect(counter.add(3)).toBe(7);
    expect(counter.steps).toEqual([3]);
    expect(lib.total([counter], null)).toBe(7);
    expect(counter).toBeInstanceOf(Counter);
    closeAll(counter);
  });

  test('the traits of an object are methods', () => {
    const [one, two, same] = [new Counter(1), new Counter(2), new Counter(1)];
    expect(String(one)).toBe('at 1');
    expect(`${two}`).toBe('at 2');
    expect(inspect(one)).toBe('Counter { count: 1 }');
    expect(one.equals(same)).toBe(true);
    expect(one.equals(two)).toBe(false);
    expect(one.equals(one)).toBe(true);
    expect([two, one].sort((a, b) => a.compareTo(b))).toEqual([one, two]);
    expect(one.compareTo(same)).toBe(0);
    expect(one.hashCode()).toBe(same.hashCode());
    closeAll(one, two, same);
    expect(inspect(one)).toBe('Counter {}');
    const shelf = new Shelf();
    expect(inspect(shelf)).toMatch(/^Shelf/);
    closeAll(shelf);
  });

  test('objects are moved out of lists and options', async () => {
    const before = live();
    const made = Counter.made(3);
    expect(made.map(({ count }: Counter) => count)).toEqual([0, 1, 2]);
    expect(made[2]).toBeInstanceOf(Counter);
    expect(Counter.made(0)).toBeNull();
    expect(() => Counter.made(-1)).toThrow('there is no such number');
    const [none, next] = made[2].odd;
    expect(none).toBeNull();
    expect(next.add(1)).toBe(4);
    const [one] = await made[1].odd_later();
    expect(one.count).toBe(1);
    expect(live()).toBe(before + 5);
    for (const counter of [...made, next, one]) counter.close();
    expect(live()).toBe(before);
  });

  test('objects are inside of other values', () => {
    const before = live();
    const counters = Counter.many(3);
    expect(counters.map(({ count }: Counter) => count)).toEqual([0, 1, 2]);
    const [one, two, three] = counters;
    expect(lib.total(counters, three)).toBe(5);
    expect(lib.total([], null)).toBe(0);
    expect(lib.total([three, three])).toBe(4);
    const shelf = new Shelf();
    expect([shelf.put(one), shelf.put(two)]).toEqual([1, 2]);
    const found = shelf.find(1);
    expect(found.place).toBe(1);
    expect(found.counter).toBeInstanceOf(Counter);
    found.counter.add(9);
    expect(two.count).toBe(10);
    expect(shelf.find(77)).toBeNull();
    expect(lib.choose([])).toEqual({ type: 'None' });
    const single = lib.choose([one]);
    expect(single).toEqual({ type: 'One', value: expect.any(Counter) });
    const pair = lib.choose([one, two]);
    expect([pair.type, pair.first.count, pair.second.count]).toEqual(['Two', 0, 10]);
    const again = lib.chosen(pair);
    expect(again.map(({ count }: Counter) => count)).toEqual([0, 10]);
    expect(lib.chosen({ type: 'None' })).toEqual([]);
    closeAll(one, two, three);
    const all = shelf.all as Counter[];
    expect(all.map(({ count }) => count)).toEqual([0, 10]);
    closeAll(...all);
    expect(shelf.close('well')).toBe('closed well');
    closeAll(found.counter, single.value, pair.first, pair.second, ...again);
    expect(live()).toBe(before);
  });

  test('an object in use is an error that says by what', () => {
    const counter = new Counter(4);
    for (const call of [() => counter.merge(counter), () => counter.swap(counter)]) {
      expect(thrownBy(call)).toMatchObject({ name: 'RustDLLError', code: 'ERR_RUSTDLL_BUSY' });
      expect(thrownBy(call).message).toMatch(/^Counter\.(\w+): the Counter is in use by Counter\.\1$/);
    }
    expect(counter.count).toBe(4);
    closeAll(counter);
  });

  test('an object whose value was given away is an error', () => {
    const before = live();
    for (const take of [
      (counter: { finish(): number }) => counter.finish(),
      (counter: { finish(): number }) => lib.take(counter),
    ]) {
      const counter = new Counter(6);
      expect(take(counter)).toBe(6);
      expect(live()).toBe(before);
      for (const call of [() => counter.add(1), () => counter.count, () => lib.take(counter)]) {
        expect(thrownBy(call)).toMatchObject({ name: 'TypeError', code: 'ERR_RUSTDLL_RELEASED' });
        expect(thrownBy(call).message).toMatch(/: the Counter has been given away$/);
      }
      closeAll(counter);
    }
    const first = new Counter(1);
    const second = first.then_add(2);
    expect(second.count).toBe(3);
    expect(live()).toBe(before + 1);
    closeAll(first, second);
    expect(live()).toBe(before);
  });

  test('what is no object of the class is refused', () => {
    const counter = new Counter(1);
    const closed = new Counter(2);
    closed.close();
    const foreign = new other.Counter(3);
    const add = counter.add as (this: unknown, by: number) => number;
    const cases: [() => unknown, string, string][] = [
      [
        () => counter.merge(1),
        'ERR_RUSTDLL_TYPE',
        'Counter.merge: argument 1 (other): expected a Counter, got number 1',
      ],
      [
        () => counter.merge(null),
        'ERR_RUSTDLL_TYPE',
        'Counter.merge: argument 1 (other): expected a Counter, got null',
      ],
      [
        () => counter.merge(),
        'ERR_RUSTDLL_ARITY',
        'Counter.merge: expected 1 argument, got 0 (Counter.merge(other: Counter): void)',
      ],
      [
        () => counter.merge(lib.tally(1)),
        'ERR_RUSTDLL_TYPE',
        'Counter.merge: argument 1 (other): expected a Counter, got an instance of Tally',
      ],
      [
        () => counter.merge(foreign),
        'ERR_RUSTDLL_TYPE',
        'Counter.merge: argument 1 (other): expected a Counter, got an instance of Counter of another library',
      ],
      [
        () => counter.merge(closed),
        'ERR_RUSTDLL_RELEASED',
        'Counter.merge: argument 1 (other): the Counter was closed',
      ],
      [
        () => counter.merge(new Proxy(counter, {})),
        'ERR_RUSTDLL_TYPE',
        'Counter.merge: argument 1 (other): expected a Counter, got',
      ],
      [
        () => lib.total([counter, closed]),
        'ERR_RUSTDLL_RELEASED',
        'total: argument 1 (counters)[1]: the Counter was closed',
      ],
      [
        () => lib.total([counter, Object.create(counter)]),
        'ERR_RUSTDLL_TYPE',
        'total: argument 1 (counters)[1]: expected a Counter, got an instance of Counter, which its constructor did not make',
      ],
      [
        () => lib.total([counter], {}),
        'ERR_RUSTDLL_TYPE',
        'total: argument 2 (more): expected a Counter, got an object',
      ],
      [
        () => lib.chosen({ type: 'Two', first: counter, second: 1 }),
        'ERR_RUSTDLL_TYPE',
        'chosen: argument 1 (choice).second: expected a Counter, got number 1',
      ],
      [() => closed.add(1), 'ERR_RUSTDLL_RELEASED', 'Counter.add: this: the Counter was closed'],
      [() => closed.count, 'ERR_RUSTDLL_RELEASED', 'Counter.count: this: the Counter was closed'],
      [
        () => {
          closed.count = 1;
        },
        'ERR_RUSTDLL_RELEASED',
        'Counter.count: this: the Counter was closed',
      ],
      [() => add.call({}, 1), 'ERR_RUSTDLL_TYPE', 'Counter.add: this: expected a Counter, got an object'],
      [() => add.call(undefined, 1), 'ERR_RUSTDLL_TYPE', 'Counter.add: this: expected a Counter, got undefined'],
      [() => add.call(new Proxy(counter, {}), 1), 'ERR_RUSTDLL_TYPE', 'Counter.add: this: expected a Counter, got'],
      [() => Counter.prototype.count, 'ERR_RUSTDLL_TYPE', 'Counter.count: this: expected a Counter, got'],
      [
        () => counter.close.call(Object.create(Counter.prototype)),
        'ERR_RUSTDLL_TYPE',
        'Counter.close: this: expected a Counter, got an instance of Counter, which its constructor did not make',
      ],
      [() => counter.close.call({}), 'ERR_RUSTDLL_TYPE', 'Counter.close: this: expected a Counter, got an object'],
      [
        () => new Counter('a'),
        'ERR_RUSTDLL_TYPE',
        'new Counter: argument 1 (count): expected an integer (i64), got string "a"',
      ],
      [
        () => new Counter(),
        'ERR_RUSTDLL_ARITY',
        'new Counter: expected 1 argument, got 0 (new Counter(count: number): Counter)',
      ],
      [
        () => counter.add('a'),
        'ERR_RUSTDLL_TYPE',
        'Counter.add: argument 1 (by): expected an integer (i64), got string "a"',
      ],
    ];
    for (const [call, code, message] of cases) {
      const error = thrownBy(call);
      expect([error.name, error.code, error.message.slice(0, message.length)]).toEqual(['TypeError', code, message]);
      // The first frame is the line that made the call.
      expect(error.stack?.split('\n').find((line) => line.startsWith('    at '))).toContain('objects.test');
    }
    expect(counter.count).toBe(1);
    closeAll(counter, foreign);
  });

  test('an object that a getter closes while the arguments are read is refused', () => {
    const [first, second] = [new Counter(1), new Counter(2)];
    const closing = {
      type: 'Two',
      first,
      get second() {
        first.close();
        return second as unknown;
      },
    };
    expect(thrownBy(() => lib.chosen(closing))).toMatchObject({
      code: 'ERR_RUSTDLL_RELEASED',
      message: 'chosen: the Counter was closed while the arguments were read',
    });
    const again = new Counter(3);
    const list = [again, second];
    Object.defineProperty(list, 1, {
      get: () => {
        again.close();
        return second as unknown;
      },
    });
    expect(thrownBy(() => lib.total(list))).toMatchObject({ code: 'ERR_RUSTDLL_RELEASED' });
    expect(lib.total([second])).toBe(2);
    closeAll(second);
  });

  test('errors and panics of members are those of functions', () => {
    const before = live();
    const error = thrownBy(() => Counter.parse('x'));
    expect(error).toBeInstanceOf(rustdll.RustError);
    expect(error).toMatchObject({ code: 'NAN', message: 'invalid digit found in string' });
    const counter = Counter.parse(' 5 ');
    const panic = thrownBy(() => counter.explode());
    expect(panic).toBeInstanceOf(rustdll.RustPanic);
    expect(panic.message).toBe('at 6');
    // A panic ends the borrow, so the object is not busy.
    expect(counter.add(1)).toBe(7);
    expect(thrownBy(() => lib.odd(counter)).message).toBe('it is odd');
    closeAll(counter);
    expect(live()).toBe(before);
  });

  test('a destructor that panics is thrown by close, once', () => {
    const counter = new Counter(-1);
    const panic = thrownBy(() => counter.close());
    expect(panic).toBeInstanceOf(rustdll.RustPanic);
    expect(panic.message).toContain('a counter at -1 cannot be dropped');
    expect(panic.stack?.split('\n').filter((line) => line.startsWith('    at '))[1]).toContain('objects.test');
    expect(counter.close()).toBeUndefined();
    expect(new Counter(3).add(1)).toBe(4);
  });

  test('`using` closes an object, whatever its own method is called', () => {
    const before = live();
    const shelf = new Shelf();
    shelf.put(new Counter(1));
    shelf[Symbol.dispose]();
    expect(thrownBy(() => shelf.all)).toMatchObject({ code: 'ERR_RUSTDLL_RELEASED' });
    expect(live()).toBeGreaterThanOrEqual(before);
  });

  test('objects survive their library being closed', () => {
    const opened: RustDLL = new rustdll.RustDLL(libraryPath('objects'));
    const counter = new opened.Counter(1);
    opened.close();
    expect(thrownBy(() => counter.add(1))).toMatchObject({ code: 'ERR_RUSTDLL_CLOSED' });
    const before = live();
    counter.close();
    expect(live()).toBe(before - 1);
  });

  test('any sequence of calls agrees with a model', () => {
    const operation = fc.oneof(
      fc.record({ kind: fc.constant('add' as const), on: fc.nat(3), by: fc.integer() }),
      fc.record({ kind: fc.constant('merge' as const), on: fc.nat(3), with: fc.nat(3) }),
      fc.record({ kind: fc.constant('swap' as const), on: fc.nat(3), with: fc.nat(3) }),
      fc.record({ kind: fc.constant('close' as const), on: fc.nat(3) }),
      fc.record({ kind: fc.constant('total' as const), of: fc.array(fc.nat(3)) }),
    );
    fc.assert(
      fc.property(fc.array(operation, { maxLength: 30 }), (operations) => {
        const counters = [0, 1, 2, 3].map((count) => new Counter(count));
        const model: (number | null)[] = [0, 1, 2, 3];
        const attempt = (call: () => unknown): unknown => {
          try {
            return call();
          } catch (error) {
            return (error as { code: string }).code;
          }
        };
        for (const step of operations) {
          if (step.kind === 'total') {
            const values = step.of.map((index) => model[index] as number | null);
            const expected = values.includes(null)
              ? 'ERR_RUSTDLL_RELEASED'
              : values.reduce<number>((a, b) => a + (b ?? 0), 0);
            expect(attempt(() => lib.total(step.of.map((index) => counters[index])))).toBe(expected);
            continue;
          }
          const { on } = step;
          const own = model[on] as number | null;
          if (step.kind === 'close') {
            // The destructor of a counter at -1 panics.
            expect(attempt(() => counters[on].close())).toBe(own === -1 ? 'ERR_RUSTDLL_PANIC' : undefined);
            model[on] = null;
          } else if (step.kind === 'add') {
            expect(attempt(() => counters[on].add(step.by))).toBe(
              own === null ? 'ERR_RUSTDLL_RELEASED' : own + step.by,
            );
            if (own !== null) model[on] = own + step.by;
          } else {
            const second = model[step.with] as number | null;
            const outcome = attempt(() => counters[on][step.kind](counters[step.with]));
            if (own === null || second === null) expect(outcome).toBe('ERR_RUSTDLL_RELEASED');
            else if (on === step.with) expect(outcome).toBe('ERR_RUSTDLL_BUSY');
            else if (step.kind === 'merge') model[on] = own + second;
            else [model[on], model[step.with]] = [second, own];
          }
        }
        expect(counters.map((counter) => attempt(() => counter.count))).toEqual(
          model.map((count) => count ?? 'ERR_RUSTDLL_RELEASED'),
        );
        for (const counter of counters) attempt(() => counter.close());
      }),
    );
  });
});
