/** Streams that stay in Rust, which are asynchronous iterators in JavaScript. */

import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { WAYS } from '../../support/exported';
import { libraryPath } from '../../support/kernels';

const OPENED = WAYS.map(([name, { rustdll }]) => [name, new rustdll.RustDLL(libraryPath('futures_fixture'))] as const);

interface Stream extends AsyncIterableIterator<unknown> {
  return(value?: unknown): Promise<IteratorResult<unknown>>;
}

function wait(milliseconds: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, milliseconds));
}

async function collected(stream: AsyncIterable<unknown>): Promise<unknown[]> {
  const items: unknown[] = [];
  for await (const item of stream) items.push(item);
  return items;
}

const range = (count: number): number[] => Array.from({ length: count }, (_, i) => i);

describe.each(OPENED)('streams, %s', (_, lib) => {
  const open = (name: string, ...args: unknown[]): Stream =>
    (lib as unknown as Record<string, (...given: unknown[]) => Stream>)[name]!(...args);
  const guards = (): number => lib.guards() as number;

  async function expectGuards(count: number): Promise<void> {
    for (let tries = 0; guards() !== count && tries < 1000; tries++) await wait(5);
    expect(guards()).toBe(count);
  }

  afterEach(() => expectGuards(0));

  test('all items, in their order, however they come', async () => {
    expect(await collected(open('count_to', 0, 1))).toEqual([]);
    expect(await collected(open('count_to', 1, 1))).toEqual([0]);
    expect(await collected(open('count_to', 5000, 1))).toEqual(range(5000));
    expect(await collected(open('count_to', 20_000, 1000))).toEqual(range(20_000));
    expect(await collected(open('slowly', 5, 2))).toEqual(range(5));
    expect(await collected(open('pieces', 5, 100_000))).toEqual(range(5).map((n) => new Uint8Array(100_000).fill(n)));
  });

  test('is an asynchronous iterator like those of generators', async () => {
    const stream = open('count_to', 3, 1);
    expect(stream[Symbol.asyncIterator]()).toBe(stream);
    expect(Object.prototype.toString.call(stream)).toBe('[object Rust Stream]');
    expect(await stream.next()).toEqual({ done: false, value: 0 });
    expect(await stream.return(7)).toEqual({ done: true, value: 7 });
    expect(await stream.next()).toEqual({ done: true, value: undefined });
    expect(await stream.return()).toEqual({ done: true, value: undefined });
  });

  test('asked several times at once: the items come in the order of the calls', async () => {
    const stream = open('slowly', 3, 2);
    expect(await Promise.all([stream.next(), stream.next(), stream.next(), stream.next(), stream.next()])).toEqual([
      { done: false, value: 0 },
      { done: false, value: 1 },
      { done: false, value: 2 },
      { done: true, value: undefined },
      { done: true, value: undefined },
    ]);
  });

  test('a loop that is left releases the stream, also while items are waited for', async () => {
    for await (const item of open('slowly', 100, 1)) if (item === 3) break;
    await expectGuards(0);
    for await (const item of open('count_to', 1_000_000, 4)) if (item === 3) break;
    await expectGuards(0);
    const stream = open('stuck', ['a']);
    expect(await stream.next()).toEqual({ done: false, value: 'a' });
    const waiting = [stream.next(), stream.next()];
    await wait(2);
    expect(guards()).toBe(1);
    await stream.return();
    expect(await Promise.all(waiting)).toEqual(Array(2).fill({ done: true, value: undefined }));
  });

  test('an error comes after the items before it, and then the end', async () => {
    const stream = open('fails_after_three');
    for (const name of ['n0', 'n1', 'n2']) expect(await stream.next()).toMatchObject({ value: { name } });
    await expect(stream.next()).rejects.toMatchObject({ name: 'RustError', code: 'ENOUGH', message: 'enough' });
    expect(await stream.next()).toEqual({ done: true, value: undefined });

    const panicking = open('panics_after_one');
    const all = await Promise.allSettled([panicking.next(), panicking.next(), panicking.next()]);
    expect(all).toMatchObject([
      { value: { done: false, value: 0 } },
      { reason: { name: 'RustPanic', message: expect.stringContaining('it is one') as unknown } },
      { value: { done: true } },
    ]);
  });

  test('several senders, and a stream inside of a tuple of a promise', async () => {
    const [stream, count] = (await (lib as unknown as Record<string, (...given: unknown[]) => unknown>)[
      'many_senders'
    ]!(4, 500)) as [Stream, number];
    const items = (await collected(stream)) as number[];
    expect([items.length, items.reduce((sum, item) => sum + item, 0)]).toEqual([count, 4 * 124_750]);
  });

  test('unbuffered, an item is made when it is asked for; otherwise some are made ahead', async () => {
    for (const unbuffered of [true, false]) {
      const stream = open('counted_stream', unbuffered);
      for (const n of range(20)) expect(await stream.next()).toEqual({ done: false, value: n });
      await stream.return();
    }
  });

  test('from a function of JavaScript that loads pages', async () => {
    const load = async (page: number): Promise<string | null> => {
      await wait(1);
      return page < 3 ? `page ${page}` : null;
    };
    expect(await collected(open('pages', load))).toEqual(['page 0', 'page 1', 'page 2']);
  });

  test('as streams of Node and of the web', async () => {
    const bytes: number[] = [];
    await pipeline(Readable.from(open('pieces', 10, 1000)), async (pieces: AsyncIterable<Uint8Array>) => {
      for await (const piece of pieces) bytes.push(piece.length);
    });
    expect(bytes).toEqual(Array(10).fill(1000));
    if (!('from' in ReadableStream)) return;
    const web = (ReadableStream as unknown as { from(items: unknown): ReadableStream }).from(open('count_to', 5, 1));
    expect(await collected(web as unknown as AsyncIterable<unknown>)).toEqual(range(5));
  });

  test('many streams at once', async () => {
    const all = await Promise.all(range(50).map(() => collected(open('slowly', 20, 0))));
    expect(all).toEqual(Array(50).fill(range(20)));
  });
});
