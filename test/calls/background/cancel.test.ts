/** Calls in the background that are cancelled, refused, or more than there are threads. */

import { expectWorking, WAYS } from '../../support/exported';

afterEach(expectWorking);

type Call = (...args: unknown[]) => Promise<unknown>;

let gate = 0;

/** Waits until `is` returns true. */
async function until(is: () => boolean): Promise<void> {
  while (!is()) await new Promise((resolve) => setTimeout(resolve, 1));
}

describe.each(WAYS)('%s', (_, { lib, rustdll }) => {
  const background = lib.async as Record<string, Call>;
  const { RustDLL } = rustdll;
  const limit = RustDLL.threads;

  /** Returns the number of a gate that no other test uses. */
  const newGate = (): number => (gate += 1);

  afterEach(async () => {
    RustDLL.threads = limit;
    // A test may have left calls waiting at its gates.
    for (let open = 1; open <= gate; open++) lib.open_gate(open);
    await until(() => RustDLL.threadUse.busy === 0);
  });

  test('a signal that was aborted before: the function is not called, nor its arguments read', async () => {
    const reason = new Error('mine');
    const signal = AbortSignal.abort(reason);
    const touched = lib.touched() as number;
    await expect(background.touch!([], { signal })).rejects.toBe(reason);
    await expect(background.touch!('no list', { signal })).rejects.toBe(reason);
    await expect(background.touch!([], { signal: AbortSignal.abort() })).rejects.toMatchObject({ name: 'AbortError' });
    expect(lib.touched()).toBe(touched);
  });

  test('aborted while it waits for a thread: it is never called', async () => {
    RustDLL.threads = 1;
    const at = newGate();
    const first = background.wait_at!(at, 1, []);
    await until(() => lib.waiting_at(at) === 1);
    const touched = lib.touched() as number;
    const controller = new AbortController();
    const calls = Array.from({ length: 100 }, () => background.touch!([], { signal: controller.signal }));
    controller.abort('enough');
    for (const call of calls) await expect(call).rejects.toBe('enough');
    lib.open_gate(at);
    expect(await first).toBe(1);
    await background.sleep_ms!(0, '');
    expect(lib.touched()).toBe(touched);
  });

  test('aborted while it runs: it rejects at once, and nothing is written back', async () => {
    const at = newGate();
    const controller = new AbortController();
    const list = [1, 2];
    const view = new Float64Array([1, 2]);
    const calls = [list, view].map((values) => background.wait_at!(at, 1, values, { signal: controller.signal }));
    await until(() => lib.waiting_at(at) === Math.min(2, RustDLL.threads));
    controller.abort();
    for (const call of calls) await expect(call).rejects.toMatchObject({ name: 'AbortError' });
    lib.open_gate(at);
    await until(() => RustDLL.threadUse.busy === 0);
    expect(await background.add_f64!(1, 2)).toBe(3);
    expect([list, [...view]]).toEqual([
      [1, 2],
      [1, 2],
    ]);
  });

  test('aborted when it is over: nothing', async () => {
    const controller = new AbortController();
    expect(await background.add_f64!(1, 2, { signal: controller.signal })).toBe(3);
    controller.abort();
    expect(await background.add_f64!(1, 2, {})).toBe(3);
    expect(await background.add_f64!(1, 2, undefined)).toBe(3);
  });

  test('a signal has one listener for all calls, and none when they are over', async () => {
    let listeners = 0;
    let most = 0;
    const target = new EventTarget();
    // A signal is recognised by its members, not by its class.
    const signal = {
      aborted: false,
      addEventListener: (type: string, listener: () => void) => {
        most = Math.max(most, ++listeners);
        target.addEventListener(type, listener);
      },
      removeEventListener: (type: string, listener: () => void) => {
        listeners--;
        target.removeEventListener(type, listener);
      },
    };
    await Promise.all(Array.from({ length: 1000 }, (_, i) => background.add_f64!(i, 1, { signal })));
    expect([most, listeners]).toEqual([1, 0]);
    const at = newGate();
    const call = background.wait_at!(at, 1, [], { signal });
    target.dispatchEvent(new Event('abort'));
    await expect(call).rejects.toMatchObject({ name: 'AbortError' });
    expect(listeners).toBe(0);
  });

  test('options that are none are refused', async () => {
    for (const options of [1, 'signal', null, true]) {
      await expect(background.add_f64!(1, 2, options)).rejects.toMatchObject({
        code: 'ERR_RUSTDLL_TYPE',
        message: expect.stringContaining('add_f64: argument 3 (options)') as string,
      });
    }
    await expect(background.add_f64!(1, 2, { signal: {} })).rejects.toMatchObject({
      code: 'ERR_RUSTDLL_TYPE',
      message: expect.stringContaining('(options).signal: expected an AbortSignal') as string,
    });
  });

  test('more calls than threads wait; files and timers do not wait for them', async () => {
    const at = newGate();
    const calls = Array.from({ length: 50 }, (_, i) => background.wait_at!(at, i, []));
    await until(() => lib.waiting_at(at) === RustDLL.threads);
    expect(RustDLL.threadUse).toMatchObject({ limit, busy: limit, queued: 50 - limit });
    const { readFile } = await import('node:fs/promises');
    expect((await readFile(__filename)).length).toBeGreaterThan(0);
    lib.open_gate(at);
    expect(await Promise.all(calls)).toEqual(Array.from({ length: 50 }, (_, i) => i));
  });

  test('more threads, if they are wanted', async () => {
    RustDLL.threads = 8;
    const at = newGate();
    const calls = Array.from({ length: 9 }, (_, i) => background.wait_at!(at, i, []));
    await until(() => lib.waiting_at(at) === 8);
    lib.open_gate(at);
    await Promise.all(calls);
    for (const wrong of [0, -1, 1.5, NaN, '4', 2000]) {
      expect(() => (RustDLL.threads = wrong as number)).toThrow(expect.objectContaining({ code: 'ERR_RUSTDLL_RANGE' }));
    }
    expect(RustDLL.threads).toBe(8);
  });

  test('arguments are read at the call', async () => {
    const list = [1, 2, 3];
    const view = new Float64Array([1, 2, 3]);
    const points = [{ x: 1, y: 2 }];
    const calls = [background.sum!(list), background.sum!(view), background.lengths!(points)];
    list.push(100);
    view.fill(100);
    points[0]!.x = 100;
    structuredClone(view.buffer, { transfer: [view.buffer] });
    expect(await Promise.all(calls)).toEqual([6, 6, [Math.hypot(1, 2)]]);
  });

  test('a view that was detached, or a list that was shortened, meanwhile cannot be written back', async () => {
    const at = newGate();
    const view = new Float64Array(4);
    const list = [1, 2, 3];
    const calls = [view, list].map((values) => background.wait_at!(at, 1, values));
    structuredClone(view.buffer, { transfer: [view.buffer] });
    list.length = 1;
    lib.open_gate(at);
    // The order of the rejections is not known, so both are handled at once.
    await Promise.all(calls.map((call) => expect(call).rejects.toMatchObject({ code: 'ERR_RUSTDLL_WRITE_BACK' })));
    expect(list).toEqual([1]);
  });

  test('one list twice, or two views of one memory', async () => {
    const nested = [[1], [2]];
    nested[1] = nested[0]!;
    await expect(background.py_scale!(nested, 2)).rejects.toMatchObject({ code: 'ERR_RUSTDLL_ALIAS' });
    const view = new Float64Array(4);
    await expect(background.copy_into!(view, view)).rejects.toMatchObject({ code: 'ERR_RUSTDLL_ALIAS' });
  });

  test('as many calls under way as the library may have', async () => {
    RustDLL.threads = 4;
    const { path } = lib;
    const few = new RustDLL(path, { pending: 3 });
    const at = newGate();
    const call = few.async.wait_at as Call;
    const calls = [1, 2, 3].map((i) => call(at, i, []));
    await expect(call(at, 4, [])).rejects.toMatchObject({ code: 'ERR_RUSTDLL_FULL' });
    // The limit applies to one `RustDLL` object; another of the same file has its own.
    expect(await background.add_f64!(1, 2)).toBe(3);
    lib.open_gate(at);
    expect(await Promise.all(calls)).toEqual([1, 2, 3]);
    expect(await call(at, 4, [])).toBe(4);
    for (const pending of [0, -1, 1.5, NaN, '3', null]) {
      expect(() => new RustDLL(path, { pending: pending as number })).toThrow(TypeError);
    }
  });

  test('those submitted are made though the library is closed; later ones are refused', async () => {
    const closing = new RustDLL(lib.path);
    const at = newGate();
    const calls = Array.from({ length: 20 }, (_, i) => (closing.async.wait_at as Call)(at, i, []));
    closing.close();
    await expect((closing.async.wait_at as Call)(at, 1, [])).rejects.toMatchObject({ code: 'ERR_RUSTDLL_CLOSED' });
    lib.open_gate(at);
    expect(await Promise.all(calls)).toEqual(Array.from({ length: 20 }, (_, i) => i));
  });

  test('an Err and a panic name the functions that wait for them', async () => {
    async function waiting(name: string): Promise<unknown> {
      return await background[name]!();
    }
    for (const name of ['fail_code', 'panic_str']) {
      const error = (await waiting(name).catch((error: unknown) => error)) as Error;
      const frames = error.stack!.split('\n').filter((line) => /^\s+at (?!panic_str )/.test(line));
      expect(frames[0]).toMatch(/at (async )?waiting/);
      expect(error).toBeInstanceOf(name === 'fail_code' ? rustdll.RustError : rustdll.RustPanic);
    }
  });

  test('another thread makes them, and what a callback stores asynchronously stays with it', async () => {
    const { AsyncLocalStorage } = await import('node:async_hooks');
    const storage = new AsyncLocalStorage<number>();
    const here = lib.thread_number();
    const seen = await Promise.all(
      Array.from({ length: 10 }, (_, i) =>
        storage.run(i, async () => [await background.thread_number!(), storage.getStore()]),
      ),
    );
    seen.forEach(([thread, stored], i) => {
      expect(thread).not.toBe(here);
      expect(stored).toBe(i);
    });
  });

  test('a hundred thousand at once', async () => {
    const calls = Array.from({ length: 100_000 }, (_, i) => background.add_f64!(i, 1));
    let sum = 0;
    for (const call of calls) sum += (await call) as number;
    expect(sum).toBe((100_000 * 100_001) / 2);
  }, 120_000);
});
