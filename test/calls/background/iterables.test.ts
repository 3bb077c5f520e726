/** Iterables of JavaScript's whose items Rust takes, asynchronous ones too. */

import { Readable } from 'node:stream';
import { WAYS } from '../../support/exported';
import { libraryPath } from '../../support/kernels';

const OPENED = WAYS.map(([name, { rustdll }]) => [name, new rustdll.RustDLL(libraryPath('futures_fixture'))] as const);

type Call = (...args: unknown[]) => Promise<unknown>;

function wait(milliseconds: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, milliseconds));
}

const range = (count: number): number[] => Array.from({ length: count }, (_, i) => i);

/** An iterator that notes how far it is and how often it was left. */
class Watched<T> implements IterableIterator<T> {
  asked = 0;
  left = 0;

  constructor(readonly items: readonly T[]) {}

  [Symbol.iterator](): this {
    return this;
  }

  next(): IteratorResult<T, undefined> {
    const at = this.asked++;
    return at < this.items.length ? { done: false, value: this.items[at] as T } : { done: true, value: undefined };
  }

  return(): IteratorResult<T, undefined> {
    this.left++;
    return { done: true, value: undefined };
  }
}

describe.each(OPENED)('iterables, %s', (_, lib) => {
  const plain = lib as unknown as Record<string, (...args: unknown[]) => unknown>;
  const background = lib.async as unknown as Record<string, Call>;
  const call = (name: string, ...args: unknown[]): unknown => plain[name]!(...args);
  const later = (name: string, ...args: unknown[]): Promise<unknown> => background[name]!(...args);
  const guards = (): number => lib.guards() as number;

  async function expectGuards(count: number): Promise<void> {
    for (let tries = 0; guards() !== count && tries < 1000; tries++) await wait(5);
    expect(guards()).toBe(count);
  }

  afterEach(() => expectGuards(0));

  test('an array, a Set, a generator, an iterator of its own', async () => {
    function* generated(): Generator<number> {
      for (let n = 0; n < 1000; n++) yield n;
    }
    for (const numbers of [range(1000), new Set(range(1000)), generated(), new Watched(range(1000))]) {
      expect(call('total_of', numbers)).toBe(499_500);
    }
    for (const numbers of [range(1000), new Set(range(1000)), generated(), new Watched(range(1000))]) {
      expect(await later('total_of', numbers)).toBe(499_500);
    }
    expect(call('total_of', [])).toBe(-0);
    expect(call('total_of', new Float64Array([1, 2]))).toBe(3);
  });

  test('left early, it is told so once', async () => {
    const words = range(1000).map(String);
    for (const way of [call, later]) {
      const watched = new Watched(words);
      expect(await way('take_some', 5, watched, true)).toEqual(words.slice(0, 5));
      await wait(5);
      expect([watched.asked, watched.left]).toEqual([5, 1]);
      const ahead = new Watched(words);
      expect(await way('take_some', 5, ahead, false)).toEqual(words.slice(0, 5));
      await wait(5);
      expect([ahead.asked, ahead.left]).toEqual([7, 1]);
      const whole = new Watched(words);
      expect(await way('take_some', 2000, whole, false)).toEqual(words);
      await wait(5);
      expect([whole.asked, whole.left]).toEqual([1001, 0]);
      const unused = new Watched(words);
      expect(await way('take_some', 0, unused, false)).toEqual([]);
      await wait(5);
      expect([unused.asked, unused.left]).toEqual([0, 1]);
    }
  });

  test('what it throws is thrown by the call, after the items before it', async () => {
    const mine = new Error('mine');
    let left = 0;
    function* failing(): Generator {
      try {
        for (let n = 0; n < 10; n++) yield { name: `${n}`, at: [n, n], next: null };
        throw mine;
      } finally {
        left++;
      }
    }
    const numbers = function* (): Generator<number> {
      yield 1;
      throw mine;
    };
    expect(() => call('total_of', numbers())).toThrow(mine);
    await expect(later('total_of', numbers())).rejects.toBe(mine);
    const [places, reason] = call('try_places', failing()) as [unknown[], string];
    expect([places.length, reason]).toEqual([10, 'Error: mine']);
    expect(left).toBe(1);
  });

  test('an item of the wrong type is refused with its place, and the iterator is left', async () => {
    const wrong = new Watched<unknown>([1, 2, 3, 4, 'five', ...range(100)]);
    expect(() => call('total_of', wrong)).toThrow(
      expect.objectContaining({ message: expect.stringMatching(/^total_of: argument 1 \(numbers\)\[4\]: expected/) }),
    );
    expect(wrong.left).toBe(1);
    await expect(later('total_of', [1, null])).rejects.toThrow(/^total_of: argument 1 \(numbers\)\[1\]: expected/);
    const places = new Watched<unknown>([{ name: 'a', at: [1, 2], next: null }, { name: 'b', at: [1], next: null }]); // prettier-ignore
    expect((call('try_places', places) as [unknown, string])[1]).toContain('[1].at');
    for (const given of [5, 'text', null, undefined, {}, () => 1]) {
      expect(() => call('total_of', given)).toThrow(/^total_of: argument 1 \(numbers\): expected an iterable/);
    }
    const broken = { [Symbol.iterator]: () => ({ next: () => 5 }) };
    expect(() => call('total_of', broken)).toThrow();
  });

  test('an iterator that calls the library again, and one that Rust gives back', async () => {
    function* nested(depth: number): Generator<number> {
      yield depth;
      if (depth > 0) yield call('total_of', nested(depth - 1)) as number;
    }
    expect(call('total_of', nested(20))).toBe(210);
    expect([...(call('twice', [1, 2, 3]) as Iterable<number>)]).toEqual([1, 1, 2, 2, 3, 3]);
    const source = new Watched(range(100));
    for (const item of call('twice', source) as Iterable<number>) if (item === 3) break;
    await wait(5);
    expect(source.left).toBe(1);
  });

  test('on a thread that the call does not wait for', async () => {
    const told = await new Promise((resolve) => {
      call('take_apart', new Set(range(500)), resolve);
    });
    expect(told).toEqual(range(500));
  });

  test('a stream: an asynchronous generator, a stream of Node, one of the web, an array', async () => {
    async function* generated(): AsyncGenerator<Uint8Array> {
      for (let n = 0; n < 20; n++) {
        if (n % 5 === 0) await wait(1);
        yield new Uint8Array(1000);
      }
    }
    expect(await call('count_bytes', generated())).toBe(20_000);
    expect(await call('count_bytes', Readable.from([Buffer.alloc(10), Buffer.alloc(20)]))).toBe(30);
    const web = new ReadableStream<Uint8Array>({
      start(controller) {
        for (let n = 0; n < 3; n++) controller.enqueue(new Uint8Array(100));
        controller.close();
      },
    });
    expect(await call('count_bytes', web)).toBe(300);
    expect(await call('count_bytes', [new Uint8Array(5)])).toBe(5);
    expect(await call('count_bytes', [])).toBe(0);
  });

  test('a stream that is left, fails, or has an item of the wrong type', async () => {
    let left = 0;
    async function* texts(): AsyncGenerator<string> {
      try {
        for (let n = 0; ; n++) yield `${n}`;
      } finally {
        left++;
        await wait(0);
      }
    }
    expect(await call('take_some_later', 3, texts())).toEqual(['0', '1', '2']);
    for (let tries = 0; left === 0 && tries < 400; tries++) await wait(1);
    expect(left).toBe(1);
    const mine = new Error('mine');
    async function* failing(): AsyncGenerator<string> {
      yield 'a';
      await wait(1);
      throw mine;
    }
    await expect(call('take_some_later', 3, failing())).rejects.toBe(mine);
    await expect(call('take_some_later', 3, ['a', 5])).rejects.toThrow(/argument 2 \(items\)\[1\]: expected a string/);
    await expect(call('take_some_later', 3, 5)).rejects.toThrow(/expected an asynchronous iterable/);
  });

  test('a call that is cancelled leaves the stream', async () => {
    let left = 0;
    const source: AsyncIterable<string> = {
      [Symbol.asyncIterator]: () => ({
        next: () => new Promise<never>(() => undefined),
        return: () => {
          left++;
          return Promise.reject(new Error('nobody learns of it'));
        },
      }),
    };
    const controller = new AbortController();
    const takes = call('take_some_later', 3, source, { signal: controller.signal });
    await expectGuards(1);
    controller.abort('enough');
    await expect(takes).rejects.toBe('enough');
    for (let tries = 0; left === 0 && tries < 400; tries++) await wait(1);
    expect(left).toBe(1);
  });

  test('through Rust and back', async () => {
    const shouted: string[] = [];
    async function* words(): AsyncGenerator<string> {
      for (const word of ['a', 'é', 'ß']) {
        await wait(1);
        yield word;
      }
    }
    for await (const word of call('shouted', words()) as AsyncIterable<string>) shouted.push(word);
    expect(shouted).toEqual(['A', 'É', 'SS']);
    const mine = new Error('mine');
    async function* failing(): AsyncGenerator<string> {
      yield 'a';
      await wait(1);
      throw mine;
    }
    const stream = call('shouted', failing()) as AsyncIterator<string>;
    expect(await stream.next()).toEqual({ done: false, value: 'A' });
    await expect(stream.next()).rejects.toBe(mine);
    expect(await stream.next()).toEqual({ done: true, value: undefined });
  });
});
