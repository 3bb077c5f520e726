import * as fc from 'fast-check';
import { inspect } from 'node:util';
import { WAYS } from '../../support/exported';
import { libraryPath } from '../../support/kernels';

const OPENED = WAYS.map(
  ([name, { rustdll }]) => [name, { rustdll, lib: new rustdll.RustDLL(libraryPath('objects')) }] as const,
);

/** Takes everything from an iterator, and returns it with the code or name of the error at the end, if there is one. */
function drained(iterator: Iterable<unknown>): [unknown[], unknown] {
  const items: unknown[] = [];
  try {
    for (const item of iterator) items.push(item);
  } catch (error) {
    const { code, name } = error as Error & { code?: unknown };
    return [items, code ?? name];
  }
  return [items, undefined];
}

describe.each(OPENED)('iterators, %s', (_, { rustdll, lib }) => {
  const live = (): number => (lib.iterators() as [number, number])[0];
  const made = (): number => (lib.iterators() as [number, number])[1];
  const { Counter, Shelf } = lib;

  test('all items arrive, in their order, and then the iterator is dropped', () => {
    for (const count of [0, 1, 2, 3, 255, 256, 257, 1000, 5000]) {
      expect([...lib.below(count)]).toEqual(Array.from({ length: count }, (_, i) => i));
      expect([...lib.below_unbuffered(count % 300)]).toHaveLength(count % 300);
      expect([...lib.nothings(count)]).toEqual(new Array(count).fill(undefined));
      expect([...lib.texts(count, 3)]).toEqual(Array.from({ length: count }, (_, i) => `é${i}xxx`));
    }
    expect([...lib.texts(10, 100_000)].map((text) => text.length)).toEqual(new Array(10).fill(100_002));
    expect([...lib.pieces(3, 2)]).toEqual([new Uint8Array([0, 0]), new Uint8Array([1, 1]), new Uint8Array([2, 2])]);
    expect([...lib.big_powers()].at(-1)).toBe(2n ** 63n);
    expect(live()).toBe(0);
  });

  test('it is an iterator like any other', () => {
    const iterator = lib.below(3);
    expect(iterator[Symbol.iterator]()).toBe(iterator);
    expect(iterator.next()).toEqual({ done: false, value: 0 });
    expect(iterator.next()).toEqual({ done: false, value: 1 });
    expect(iterator.next()).toEqual({ done: false, value: 2 });
    expect(iterator.next()).toEqual({ done: true, value: undefined });
    expect(iterator.next()).toEqual({ done: true, value: undefined });
    expect(Object.prototype.toString.call(iterator)).toBe('[object Rust Iterator]');
    expect(inspect(iterator)).toBe('Object [Rust Iterator] {}');
    expect(Object.keys(iterator)).toEqual([]);
    // Engines with helpers for iterators have them in this prototype.
    const inherited = Object.getPrototypeOf(Object.getPrototypeOf([][Symbol.iterator]())) as { map?: unknown };
    expect(Object.getPrototypeOf(Object.getPrototypeOf(iterator))).toBe(inherited);
    expect(iterator.constructor).not.toHaveProperty('name', 'RustIterator');
    if (inherited.map !== undefined) {
      expect(
        lib
          .below(1e9)
          .map((n: number) => 2 * n)
          .take(3)
          .toArray(),
      ).toEqual([0, 2, 4]);
    }
    expect(live()).toBe(0);
    expect(() => iterator.next.call({})).toThrow(TypeError);
  });

  test('a loop that is left releases it, and so do return() and `using`', () => {
    for (const number of lib.below(1e9)) if (number === 1000) break;
    expect(live()).toBe(0);
    const [first, second] = lib.below(1e9);
    expect([first, second, live()]).toEqual([0, 1, 0]);
    const iterator = lib.below(1e9);
    iterator.next();
    iterator.next();
    expect(live()).toBe(1);
    expect(iterator.return('over')).toEqual({ done: true, value: 'over' });
    expect(live()).toBe(0);
    expect(iterator.next()).toEqual({ done: true, value: undefined });
    expect(iterator.return()).toEqual({ done: true, value: undefined });
    const disposed = lib.below(5);
    disposed[Symbol.dispose]();
    disposed[Symbol.dispose]();
    expect([live(), [...disposed]]).toEqual([0, []]);
    expect(() => {
      for (const _ of lib.below(10)) throw new Error('of the loop');
    }).toThrow('of the loop');
    expect(live()).toBe(0);
  });

  test('the items before a failure arrive, then the failure, and then the iterator has ended', () => {
    const iterator = lib.integers('1 2 3 x 5');
    expect(drained(iterator)).toEqual([[1, 2, 3], 'NAN']);
    expect([iterator.next(), live()]).toEqual([{ done: true, value: undefined }, 0]);
    expect(drained(lib.integers('x'))).toEqual([[], 'NAN']);
    expect(drained(lib.integers('1 2'))).toEqual([[1, 2], undefined]);
    for (const place of [0, 1, 6, 7, 300]) {
      const panicking = lib.panicking(place);
      expect(drained(panicking)).toEqual([Array.from({ length: place }, (_, i) => i), 'ERR_RUSTDLL_PANIC']);
      expect(panicking.next()).toEqual({ done: true, value: undefined });
    }
    const [powers, code] = drained(lib.powers());
    expect([powers.length, powers.at(-1), code]).toEqual([53, 2 ** 52, 'ERR_RUSTDLL_RANGE']);
    expect(live()).toBe(0);
  });

  test('an error has the name of the step, and its stack trace begins at the loop', () => {
    const thrown = (iterator: Iterable<unknown>): Error & { location?: string } => {
      try {
        for (const _ of iterator);
      } catch (error) {
        return error as Error;
      }
      throw new Error('nothing was thrown');
    };
    const err = thrown(lib.integers('1 x'));
    expect(err.name).toBe('RustError');
    expect(err.message).toBe('invalid digit found in string');
    const panic = thrown(lib.panicking(3));
    expect(panic.name).toBe('RustPanic');
    expect(panic.location).toMatch(/iterators\.rs:\d+:\d+$/);
    const range = thrown(lib.powers());
    expect(range.message).toMatch(/^next: the result holds 9007199254740992, beyond what a number holds/);
    for (const { stack } of [err, range]) {
      expect(stack?.split('\n').find((line) => line.startsWith('    at '))).toContain('iterators.test');
    }
    expect(panic.stack?.split('\n').filter((line) => line.startsWith('    at '))[1]).toContain('iterators.test');
  });

  test('few items are made that nobody asks for, and none if it is not buffered', () => {
    let before = made();
    const iterator = lib.below(1e9);
    iterator.next();
    expect(made() - before).toBe(1);
    for (let i = 0; i < 100; i++) iterator.next();
    expect(made() - before).toBeLessThanOrEqual(101 + 256);
    iterator.return();
    before = made();
    const unbuffered = lib.below_unbuffered(1e9);
    for (let i = 1; i < 50; i++) {
      unbuffered.next();
      expect(made() - before).toBe(i);
    }
    unbuffered.return();
    // Nor many that take long, or are large.
    before = made();
    const slow = lib.slow(300, 2);
    for (let i = 0; i < 302; i++) slow.next();
    expect(made() - before).toBeLessThan(340);
    for (let i = 0; i < 20; i++) slow.next();
    const after = made();
    slow.next();
    slow.next();
    expect(made() - after).toBeLessThan(9);
    slow.return();
    before = made();
    const pieces = lib.pieces(1e6, 1 << 20);
    for (let i = 0; i < 20; i++) pieces.next();
    expect(made() - before).toBeLessThan(24);
    pieces.return();
    expect(live()).toBe(0);
  });

  test('iterators are in tuples, options and lists, and their items may be objects', () => {
    const [none, one, two] = lib.series(3) as [string, Iterable<number> | null][];
    expect(none).toEqual(['0', null]);
    expect([...(one?.[1] ?? [])]).toEqual([0]);
    expect([...(two?.[1] ?? [])]).toEqual([0, 0.5]);
    const before = lib.live() as number;
    const shelf = new Shelf();
    for (const count of [5, 6, 7]) shelf.put(new Counter(count));
    const each = shelf.each();
    shelf.close('now');
    expect([...each].map((counter: { count: number }) => counter.count)).toEqual([5, 6, 7]);
    let count = 0;
    for (const counter of Counter.endless()) {
      expect(counter.count).toBe(count);
      counter.close();
      if (count++ === 600) break;
    }
    expect(lib.live()).toBeGreaterThanOrEqual(before);
    expect(live()).toBe(0);
    expect(() => lib.no_iterator()).toThrow('there is none');
  });

  test('one that is made in the background is used like any other', async () => {
    const iterator = await lib.async.below(1000);
    expect([...iterator]).toHaveLength(1000);
    const controller = new AbortController();
    const calls = Array.from({ length: 10 }, () => lib.async.below(5, { signal: controller.signal }));
    controller.abort();
    const settled = (await Promise.allSettled(calls)) as PromiseFulfilledResult<Iterable<number> | undefined>[];
    for (const { value } of settled) if (value !== undefined) for (const _ of value) break;
    for (let tries = 0; live() > 0 && tries < 200; tries++) await new Promise((go) => setTimeout(go, 5));
    expect(live()).toBe(0);
  });

  test('a destructor that panics is told when the iterator is released', () => {
    const iterator = lib.below_unbuffered(1e9);
    for (let i = 0; i < 777; i++) iterator.next();
    let error: unknown;
    try {
      iterator.return();
    } catch (thrown) {
      error = thrown;
    }
    expect((error as Error).name).toBe('RustPanic');
    expect((error as Error).message).toContain('an iterator at 777 cannot be dropped');
    expect(iterator.return()).toEqual({ done: true, value: undefined });
    // At the end, it is told after the items.
    const [items, code] = drained(lib.below(776));
    expect([items.length, code]).toEqual([776, 'ERR_RUSTDLL_PANIC']);
    expect(live()).toBe(0);
  });

  test('an iterator ends with its library', () => {
    const opened = new rustdll.RustDLL(libraryPath('objects'));
    const iterator = opened.below(1e9);
    iterator.next();
    opened.close();
    expect(drained(iterator)[1]).toBe('ERR_RUSTDLL_CLOSED');
    expect([iterator.next(), live()]).toEqual([{ done: true, value: undefined }, 0]);
  });

  test('any steps of any number of iterators at the same time agree with a model', () => {
    fc.assert(
      fc.property(fc.array(fc.nat(600), { minLength: 1, maxLength: 4 }), fc.array(fc.nat(3)), (ends, steps) => {
        const iterators = ends.map((end) => lib.below(end) as Iterator<number>);
        const model = ends.map((end) => Array.from({ length: end }, (_, i) => i)[Symbol.iterator]());
        for (const step of steps) {
          const which = step % ends.length;
          for (let i = 0; i < step * step * 20 + 1; i++) {
            expect(iterators[which]?.next()).toEqual(model[which]?.next());
          }
        }
        iterators.forEach((iterator) => iterator.return?.());
        expect(live()).toBe(0);
      }),
    );
  });
});
