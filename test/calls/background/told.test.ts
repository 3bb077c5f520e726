/**
 * The state of its call that a function can read (`&Cancel`), and the progress that it reports (`&Progress`); `async`
 * and `sync`.
 */

import { AsyncLocalStorage } from 'node:async_hooks';
import type { Progress } from '../../../src-ts/index';
import { expectWorking, WAYS } from '../../support/exported';

type Call = (...args: unknown[]) => Promise<unknown>;

afterEach(expectWorking);

async function until(is: () => boolean): Promise<void> {
  while (!is()) await new Promise((resolve) => setTimeout(resolve, 1));
}

describe.each(WAYS)('%s', (_, { lib, rustdll }) => {
  const background = lib.async as Record<string, Call>;
  const { RustDLL } = rustdll;

  afterEach(() => until(() => RustDLL.threadUse.busy === 0));

  describe('&Cancel', () => {
    const calls = (): [number, number] => lib.until_cancelled_calls!() as [number, number];

    test('tells a function that runs; nothing that it then does is seen', async () => {
      const [begun, stopped] = calls();
      const controller = new AbortController();
      const list = [1];
      const call = background.until_cancelled!(list, { signal: controller.signal });
      await until(() => calls()[0] === begun + 1);
      const reason = new Error('enough');
      controller.abort(reason);
      await expect(call).rejects.toBe(reason);
      await until(() => calls()[1] === stopped + 1);
      await until(() => RustDLL.threadUse.busy === 0);
      expect(list).toEqual([1]);
    });

    test('tells none but the calls of that signal', async () => {
      const [begun] = calls();
      const [one, other] = [new AbortController(), new AbortController()];
      RustDLL.threads = 2;
      const first = background.until_cancelled!([], { signal: one.signal });
      const second = background.until_cancelled!([], { signal: other.signal });
      await until(() => calls()[0] === begun + 2);
      one.abort('one');
      await expect(first).rejects.toBe('one');
      expect(RustDLL.threadUse.busy).toBeGreaterThan(0);
      other.abort('other');
      await expect(second).rejects.toBe('other');
    });

    test('is not set in a call on the spot, nor without a signal, and is no parameter', async () => {
      expect(lib.is_cancelled!()).toBe(false);
      expect(await background.is_cancelled!()).toBe(false);
      expect(await background.is_cancelled!({ signal: new AbortController().signal })).toBe(false);
      expect([lib.is_cancelled!.length, background.until_cancelled!.length]).toEqual([0, 1]);
      expect(() => lib.is_cancelled!(1)).toThrow(/expected 0 arguments, got 1/);
    });
  });

  describe('&Progress', () => {
    test('the events rise, are at least 16 ms apart, and the last one comes before the result', async () => {
      const events: (Progress & { at: number })[] = [];
      const onProgress = (progress: Progress): number => events.push({ ...progress, at: performance.now() });
      expect(await background.steps!(60, 'at', 3, { onProgress })).toBe('at');
      expect(events.length).toBeGreaterThan(3);
      expect(events.length).toBeLessThan(60);
      expect(events.at(-1)).toMatchObject({ done: 60, total: 60, message: 'at 50' });
      expect(events[0]!.message).toMatch(/^at \d+$/);
      for (const [index, event] of events.entries()) {
        if (index === 0) continue;
        expect(event.done).toBeGreaterThan(events[index - 1]!.done);
        // The last event is not delayed. Timers may run a millisecond early.
        if (index < events.length - 1) expect(event.at - events[index - 1]!.at).toBeGreaterThan(14);
      }
      const { length } = events;
      await new Promise((resolve) => setTimeout(resolve, 40));
      expect(events).toHaveLength(length);
    });

    test('one event is enough for a call that is soon over, also if it fails', async () => {
      const events: Progress[] = [];
      const onProgress = (progress: Progress): number => events.push(progress);
      await background.steps!(1, 'quick', 0, { onProgress });
      expect(events).toEqual([{ done: 1, total: 1, message: 'quick 0' }]);
      await expect(background.fail_halfway!({ onProgress })).rejects.toThrow('halfway');
      expect(events.at(-1)).toEqual({ done: 1, total: null, message: null });
      expect(events).toHaveLength(2);
    });

    test('threads that tell without a pause are not held up, and neither is JavaScript', async () => {
      let events = 0;
      const onProgress = (): number => (events += 1);
      const begin = performance.now();
      expect(await background.chatter!(200_000, { onProgress })).toBe(800_001);
      expect(events).toBeLessThan(3 + (performance.now() - begin) / 16);
      expect(events).toBeGreaterThan(0);
    });

    test('many calls at once, each with its own', async () => {
      const seen = new Map<number, Progress[]>();
      const calls = Array.from({ length: 200 }, (_, i) =>
        background.steps!(i + 1, `call ${i}`, 0, {
          onProgress: (progress: Progress) => seen.set(i, [...(seen.get(i) ?? []), progress]),
        }),
      );
      await Promise.all(calls);
      for (let i = 0; i < 200; i++) {
        expect(seen.get(i)!.at(-1)).toEqual({ done: i + 1, total: i + 1, message: `call ${i} ${i - (i % 10)}` });
      }
    });

    test('a call that is given up has no more events; a listener may give up its own', async () => {
      const controller = new AbortController();
      const events: Progress[] = [];
      const onProgress = (progress: Progress): void => {
        events.push(progress);
        if (events.length === 2) controller.abort('two are enough');
      };
      await expect(background.steps!(100, '', 2, { onProgress, signal: controller.signal })).rejects.toBe(
        'two are enough',
      );
      await until(() => RustDLL.threadUse.busy === 0);
      await new Promise((resolve) => setTimeout(resolve, 40));
      expect(events).toHaveLength(2);
    });

    test('a listener may call the library', async () => {
      const results: unknown[] = [];
      const onProgress = (): void => {
        results.push(lib.echo_points!([{ x: 1, y: 2, label: 'é' }]));
        void background.echo_str!('x').then((text) => results.push(text));
      };
      expect(await background.steps!(20, 'é'.repeat(1000), 3, { onProgress })).toBe('é'.repeat(1000));
      await until(() => results.includes('x'));
      expect(results[0]).toEqual([{ x: 1, y: 2, label: 'é' }]);
    });

    test('it has the asynchronous context of its call', async () => {
      const storage = new AsyncLocalStorage<string>();
      const seen = new Set<string | undefined>();
      const onProgress = (): unknown => seen.add(storage.getStore());
      await storage.run('mine', () => background.steps!(5, '', 10, { onProgress }));
      expect([...seen]).toEqual(['mine']);
    });

    test('where nobody listens nothing happens, and in a call on the spot nobody can', async () => {
      expect(lib.steps!(3, 'a', 0)).toBe('a');
      expect(await background.steps!(3, 'a', 0)).toBe('a');
      expect(() => lib.steps!(3, 'a', 0, { onProgress: () => undefined })).toThrow(/expected 3 arguments, got 4/);
      await expect(background.steps!(3, 'a', 0, { onProgress: 1 })).rejects.toThrow(
        /^steps: argument 4 \(options\)\.onProgress: expected a function, got number 1$/,
      );
    });
  });

  describe('async and sync', () => {
    test('a function that is always async gives a promise itself, and takes options', async () => {
      const call = lib.reversed!('abc') as Promise<unknown>;
      expect(call).toBeInstanceOf(Promise);
      expect(await call).toBe('cba');
      expect(await lib.reversed!('ab', 2, { signal: new AbortController().signal })).toBe('baba');
      expect(await background.reversed!('ab', 2)).toBe('baba');
      await expect(lib.reversed!('')).rejects.toMatchObject({ name: 'RustError', message: 'there is no text' });
      await expect(lib.reversed!(1)).rejects.toMatchObject({ code: 'ERR_RUSTDLL_TYPE' });
      await expect(lib.reversed!('a', 1, { signal: AbortSignal.abort('no') })).rejects.toBe('no');
      expect([lib.reversed!.name, lib.reversed!.length]).toEqual(['reversed', 1]);
      const here = lib.thread_number!();
      expect(await lib.thread_number_async!()).not.toBe(here);
    });

    test('a function that is never async has no background form', () => {
      expect(lib.thread_number_sync!()).toBe(lib.thread_number!());
      expect(background.thread_number_sync).toBeUndefined();
      expect('thread_number_sync' in background).toBe(false);
    });
  });
});
