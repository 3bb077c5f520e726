import * as generated from '../../../src-ts/index';
import { WAYS } from '../../support/exported';
import { libraryPath } from '../../support/kernels';

const OPENED = WAYS.map(([name, { rustdll }]) => [name, new rustdll.RustDLL(libraryPath('callbacks'))] as const);

type Call = (...args: unknown[]) => Promise<unknown>;

let threads: number;
beforeAll(() => {
  threads = generated.RustDLL.threads;
  generated.RustDLL.threads = 2;
});
afterAll(() => {
  generated.RustDLL.threads = threads;
});

function wait(milliseconds: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, milliseconds));
}

/** Returns the reason why a promise is rejected. */
async function reasonOf(promise: Promise<unknown>): Promise<unknown> {
  try {
    await promise;
  } catch (error) {
    return error;
  }
  throw new Error('it was fulfilled');
}

describe.each(OPENED)('callbacks in the background, %s', (_, lib) => {
  const calls = lib.async as unknown as Record<string, Call> & { [name: string]: Call };
  const call = (name: string, ...args: unknown[]): Promise<unknown> => (calls[name] as Call)(...args);
  const guards = (): number => lib.guards() as number;

  /** Waits until so many guards are left. */
  async function expectGuards(count: number): Promise<void> {
    for (let tries = 0; guards() !== count && tries < 400; tries++) await wait(5);
    expect(guards()).toBe(count);
  }

  test('a lent function is called on its own thread, for any thread of Rust', async () => {
    expect(await call('apply', (x: number) => x * 3, 2)).toBe(6);
    expect(await call('on_thread', (x: number) => x * 3, 2)).toBe(6);
    expect(await call('on_threads', 4, 500, (x: number) => x)).toBe(1_999_000);
    expect(await call('each', ['a', 'ä'], () => undefined)).toBe(2);
    const rows = [{ name: 'b', size: 2 }, { name: 'a', size: 1 }]; // prettier-ignore
    const less = (a: { size: number }, b: { size: number }): boolean => a.size < b.size;
    expect(await call('sort_by', rows, less)).toEqual([rows[1], rows[0]]);
  });

  test('it may return a promise', async () => {
    const later = async (x: number): Promise<number> => {
      await wait(1);
      return x + 1;
    };
    expect(await call('apply', later, 1)).toBe(2);
    expect(await call('on_threads', 3, 3, later)).toBe(45);
    const mine = new Error('mine');
    expect(await reasonOf(call('apply', () => Promise.reject(mine), 1))).toBe(mine);
  });

  test('what it throws rejects the promise, and its stack stays what it was', async () => {
    const before = guards();
    const mine = new RangeError('mine');
    const { stack } = mine;
    const throwing = (): never => {
      throw mine;
    };
    for (const name of ['apply', 'on_thread', 'passed_on', 'passed_on_in_box']) {
      expect(await reasonOf(call(name, throwing, ...(name.includes('pass') ? [] : [1])))).toBe(mine);
    }
    expect(mine.stack).toBe(stack);
    expect(await call('caught', throwing)).toBe('RangeError / mine / None');
    await expectGuards(before);
  });

  test('a result of the wrong type rejects it', async () => {
    expect(await reasonOf(call('apply', () => 'x', 1))).toMatchObject({
      name: 'TypeError',
      message: 'apply: the result of argument 1 (f): expected a number (f64), got string "x"',
    });
    expect(await reasonOf(call('apply', () => Promise.resolve('x'), 1))).toMatchObject({ code: 'ERR_RUSTDLL_TYPE' });
  });

  test('it may call the library, synchronously and in the background', async () => {
    const deep = async (x: number): Promise<number> =>
      (lib.apply((y: number) => y + 1, x) as number) + ((await call('apply', (y: number) => y * 10, x)) as number);
    expect(await call('apply', deep, 2)).toBe(23);
  });

  test('all threads may wait for JavaScript, and others run in their place', async () => {
    // Each waits until all have been called, which are more than there are threads.
    let open: () => void = () => undefined;
    const all = new Promise<void>((resolve) => (open = resolve));
    let count = 0;
    const meet = async (x: number): Promise<number> => {
      if (++count === 8) open();
      await all;
      return x;
    };
    const results = await Promise.all(Array.from({ length: 8 }, (__, k) => call('apply', meet, k)));
    expect(results).toEqual([0, 1, 2, 3, 4, 5, 6, 7]);
  });

  test('a call that is cancelled gives up waiting, and its function is not called any more', async () => {
    const before = guards();
    const controller = new AbortController();
    let seen = 0;
    const cancelled = call(
      'until_cancelled',
      () => {
        seen++;
        if (seen === 10) controller.abort();
      },
      { signal: controller.signal },
    );
    expect(await reasonOf(cancelled)).toMatchObject({ name: 'AbortError' });
    await expectGuards(before);
    expect(seen).toBe(10);
    // One that waits for a promise which nobody settles.
    const never = new AbortController();
    const waiting = call('apply', () => new Promise(() => undefined), 1, { signal: never.signal });
    await wait(20);
    never.abort();
    expect(await reasonOf(waiting)).toMatchObject({ name: 'AbortError' });
    await expectGuards(before);
  });

  test('posts arrive in their order, before the result of the call that makes them', async () => {
    const seen: [number, number][] = [];
    const posted = await call('post', 4, 5000, (thread: number, k: number) => {
      seen.push([thread, k]);
    });
    expect(posted).toBe(20_000);
    expect(seen).toHaveLength(20_000);
    for (let thread = 0; thread < 4; thread++) {
      const own = seen.filter(([from]) => from === thread).map(([, k]) => k);
      expect(own).toEqual(Array.from({ length: 5000 }, (__, k) => k));
    }
  });

  test('at most 4,096 are waiting', async () => {
    const seen: string[] = [];
    expect(lib.post_until_full((text: string) => seen.push(text))).toBe(4096);
    expect(seen).toEqual([]);
    for (let tries = 0; seen.length < 4096 && tries < 400; tries++) await wait(5);
    expect(seen).toEqual(Array.from({ length: 4096 }, (__, k) => `n${k}`));
  });

  test('a kept function can be called from any thread, and time out', async () => {
    lib.keep((x: number) => x + 0.5);
    expect(await call('call_kept', 1)).toBe(1.5);
    expect(await call('call_kept_within', 1, 10_000)).toBe(1.5);
    // The thread that it waits for waits for it.
    expect(() => lib.call_kept_within(1, 5)).toThrow('JavaScript’s thread was not free in time'.replace('’', "'"));
    lib.drop_kept();
  });

  test('the error names the functions that await the call', async () => {
    async function awaiting(): Promise<void> {
      await call('apply', () => 'x', 1);
    }
    const error = (await reasonOf(awaiting())) as Error;
    expect(error.stack).toContain('awaiting');
  });

  test('an object is passed to a function and back', async () => {
    const before = guards();
    interface Counter {
      count: number;
      close(): void;
    }
    const result = await call('through', (counter: Counter) => {
      const made = new lib.Counter(counter.count + 1) as unknown as Counter;
      counter.close();
      // Rust reads it afterwards.
      setImmediate(() => made.close());
      return made;
    });
    expect(result).toBe(2);
    await expectGuards(before);
  });

  test('posts that take long leave other events their turn', async () => {
    const { post } = lib.async as unknown as Record<'post', Call>;
    let [since, most] = [0, 0];
    const timer = setInterval(() => {
      most = Math.max(most, since);
      since = 0;
    }, 1);
    await post(1, 300, () => {
      since++;
      for (const end = performance.now() + 0.5; performance.now() < end;);
    });
    clearInterval(timer);
    expect(most).toBeGreaterThan(0);
    expect(most).toBeLessThanOrEqual(64);
  });
});
