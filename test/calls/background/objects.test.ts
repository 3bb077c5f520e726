import * as generated from '../../../src-ts/index';
import { WAYS } from '../../support/exported';
import { libraryPath } from '../../support/kernels';

const OPENED = WAYS.map(
  ([name, { rustdll }]) => [name, { rustdll, lib: new rustdll.RustDLL(libraryPath('objects')) }] as const,
);

let threads: number;
beforeAll(() => {
  threads = generated.RustDLL.threads;
  generated.RustDLL.threads = 4;
});
afterAll(() => {
  generated.RustDLL.threads = threads;
});

/** What becomes of promises: values, or the codes of errors. */
async function outcomes(promises: readonly Promise<unknown>[]): Promise<unknown[]> {
  const settled = await Promise.allSettled(promises);
  return settled.map((each) => {
    if (each.status === 'fulfilled') return each.value as unknown;
    const { code, name } = each.reason as Error & { code?: unknown };
    return typeof code === 'string' ? code : name;
  });
}

function times<T>(count: number, make: (index: number) => T): T[] {
  return Array.from({ length: count }, (_, index) => make(index));
}

describe.each(OPENED)('objects in the background, %s', (_, { rustdll, lib }) => {
  const { Counter, Shelf } = lib;
  const live = (): number => lib.live() as number;

  /** Waits until no more objects live than that. */
  async function expectLive(count: number): Promise<void> {
    for (let tries = 0; live() !== count && tries < 200; tries++) await new Promise((go) => setTimeout(go, 5));
    expect(live()).toBe(count);
  }

  test('methods, static functions, the constructor and functions with objects have a form', async () => {
    const before = live();
    const counter = await Counter.async.new(1);
    expect(counter).toBeInstanceOf(Counter);
    expect(await counter.async.add(2)).toBe(3);
    expect(await counter.async.label('a', 'b')).toBe('a3b');
    expect(await counter.async.exact()).toBe(3n);
    const factors = [1, 0.5];
    await counter.async.scale(factors);
    expect(factors).toEqual([3, 1.5]);
    const other = await Counter.async.parse('5');
    await counter.async.merge(other);
    await counter.async.swap(other);
    expect([counter.count, other.count]).toEqual([5, 8]);
    expect(await lib.async.total([counter, other, counter], other)).toBe(26);
    await lib.async.double(counter);
    expect(counter.count).toBe(10);
    const [first, second] = (await lib.async.chosen(await lib.async.choose([counter, other]))) as { count: number }[];
    expect([first?.count, second?.count]).toEqual([10, 8]);
    expect(await lib.async.take(counter)).toBe(10);
    const next = await other.async.then_add(1);
    expect(next.count).toBe(9);
    expect(await outcomes([counter.async.add(1), other.async.add(1)])).toEqual(times(2, () => 'ERR_RUSTDLL_RELEASED'));
    next.close();
    expect(live()).toBeGreaterThanOrEqual(before);
  });

  test('calls that change one object run one after the other, in their order', async () => {
    const counter = new Counter(0);
    const order: unknown[] = [];
    const calls = times(100, async (index) => {
      order.push([index, await counter.async.add_slowly(1, index % 7 === 0 ? 2 : 0)]);
    });
    await Promise.all(calls);
    expect(order).toEqual(times(100, (index) => [index, index + 1]));
    counter.close();
  });

  test('calls that read one object run at the same time, between those that change it', async () => {
    const counter = new Counter(1);
    const reads = times(4, () => counter.async.read_slowly(100));
    const change = counter.async.add(10);
    const after = times(4, () => counter.async.read_slowly(0));
    while (generated.RustDLL.threadUse.busy < 4) await new Promise((go) => setTimeout(go, 1));
    expect(await Promise.all([...reads, change, ...after])).toEqual([1, 1, 1, 1, 11, 11, 11, 11, 11]);
    counter.close();
  });

  test('a call waits for all of its objects, and no other for it without need', async () => {
    const [a, b, c] = [new Counter(1), new Counter(2), new Counter(3)];
    const order: string[] = [];
    const note = async (name: string, call: Promise<unknown>): Promise<void> => {
      await call;
      order.push(name);
    };
    await Promise.all([
      note('a', a.async.add_slowly(0, 60)),
      note('ab', b.async.merge(a)),
      note('b', b.async.add(1)),
      note('c', c.async.add(1)),
    ]);
    expect(order).toEqual(['c', 'a', 'ab', 'b']);
    expect([a.count, b.count, c.count]).toEqual([1, 4, 4]);
    [a, b, c].forEach((counter) => counter.close());
  });

  test('a synchronous call of an object in use does not wait', async () => {
    const counter = new Counter(1);
    const slow = counter.async.add_slowly(1, 100);
    await new Promise((go) => setTimeout(go, 30));
    expect(() => counter.add(1)).toThrow(
      expect.objectContaining({
        name: 'RustDLLError',
        code: 'ERR_RUSTDLL_BUSY',
        message: 'Counter.add: the Counter is in use by Counter.add_slowly',
      }),
    );
    expect(() => counter.count).toThrow(expect.objectContaining({ code: 'ERR_RUSTDLL_BUSY' }));
    expect(await slow).toBe(2);
    expect(counter.add(1)).toBe(3);
    counter.close();
  });

  test('an object that is closed meanwhile is there until its calls are complete', async () => {
    const before = live();
    const counter = new Counter(1);
    const calls = [counter.async.add_slowly(1, 40), counter.async.add(1), lib.async.total([counter], counter)];
    counter.close();
    expect(live()).toBe(before + 1);
    expect(await outcomes([...calls, counter.async.add(1)])).toEqual([2, 3, 6, 'ERR_RUSTDLL_RELEASED']);
    await expectLive(before);
  });

  test('wrong arguments reject as they are thrown otherwise', async () => {
    const counter = new Counter(1);
    const calls: [() => unknown, () => Promise<unknown>][] = [
      [() => counter.add('x'), () => counter.async.add('x')],
      [() => counter.add(), () => counter.async.add()],
      [() => counter.merge(1), () => counter.async.merge(1)],
      [() => counter.merge(counter), () => counter.async.merge(counter)],
      [() => lib.total([1]), () => lib.async.total([1])],
      [() => Counter.parse('x'), () => Counter.async.parse('x')],
      [() => counter.explode(), () => counter.async.explode()],
    ];
    for (const [sync, background] of calls) {
      let thrown: Error & { code?: string } = new Error('nothing was thrown');
      try {
        sync();
      } catch (error) {
        thrown = error as Error;
      }
      const { code, name } = thrown;
      await expect(background()).rejects.toMatchObject({ code, name });
      if (code !== 'ERR_RUSTDLL_PANIC') await expect(background()).rejects.toThrow(thrown.message);
    }
    await expect(counter.async.add(1, 2)).rejects.toThrow(
      'Counter.add: argument 2 (options): expected options such as',
    );
    await expect((counter.async.add as (this: unknown, by: number) => unknown).call({}, 1)).rejects.toThrow(
      'Counter.add: this: expected a Counter, got an object',
    );
    // A panic or an error ends the use of the object.
    expect(await counter.async.add(1)).toBeGreaterThan(1);
    counter.close();
  });

  test('a call that is given up uses its objects until Rust has ended', async () => {
    const counter = new Counter(0);
    const running = new AbortController();
    const waiting = new AbortController();
    const calls = [
      counter.async.add_slowly(1, 60, { signal: running.signal }),
      counter.async.add(100, { signal: waiting.signal }),
      counter.async.add(1),
    ];
    await new Promise((go) => setTimeout(go, 20));
    running.abort();
    waiting.abort();
    expect(await outcomes(calls)).toEqual(['AbortError', 'AbortError', 2]);
    expect(await counter.async.add(1)).toBe(3);
    counter.close();
  });

  test('objects in results that nobody gets are dropped', async () => {
    const before = live();
    const controller = new AbortController();
    const calls = times(20, () => Counter.async.many(50, { signal: controller.signal }));
    setTimeout(() => {
      controller.abort();
    }, 1);
    await Promise.allSettled(calls);
    const kept = (await Promise.allSettled(calls)).flatMap((each) =>
      each.status === 'fulfilled' ? (each.value as { close(): void }[]) : [],
    );
    kept.forEach((counter) => counter.close());
    await expectLive(before);
  });

  test('objects whose type is not Send stay on their thread', () => {
    const shelf = new Shelf();
    expect(shelf.async.put).toBeUndefined();
    expect(Shelf.async.new).toBeUndefined();
    shelf[Symbol.dispose]();
  });

  test('a limit of calls counts those that wait for an object', async () => {
    const limited = new rustdll.RustDLL(libraryPath('objects'), { pending: 3 });
    const counter = new limited.Counter(0);
    const calls = times(5, () => counter.async.add_slowly(1, 10));
    expect(await outcomes(calls)).toEqual([1, 2, 3, 'ERR_RUSTDLL_FULL', 'ERR_RUSTDLL_FULL']);
    counter.close();
  });
});
