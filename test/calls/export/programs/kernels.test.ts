/** Libraries as their authors would first write them, called as their users would. */

import * as fs from 'node:fs';
import * as os from 'node:os';
import * as path from 'node:path';
import { RustDLL, RustError } from '../../../../src-ts/index';
import type * as programs from '../../../types/programs';
import { expectRangeError, expectTypeError, thrownBy } from '../../../support/errors';
import { libraryPath } from '../../../support/kernels';

const lib = new RustDLL<typeof programs>(libraryPath('programs'));

describe('a search index', () => {
  const index = new lib.SearchIndex();
  index.add('a', 'The quick brown fox quick');
  index.add('b', 'A quiet river');

  test('options may be left out, one by one and all', () => {
    expect(index.search('qui', {})).toEqual([
      { id: 'a', score: 2, terms: { quick: 2 } },
      { id: 'b', score: 1, terms: { quiet: 1 } },
    ]);
    expect(index.search('qui', { limit: 1, order: 'name' })).toHaveLength(1);
    expect(index.search('qui', { among: new Set(['b']) })[0]?.id).toBe('b');
    expect(index.search('qui', { among: ['b'], prefix: false })).toEqual([]);
    expect(index.size).toBe(2);
  });

  test('no options are the same as an empty object', () => {
    const lists = [new lib.SearchIndex(), new lib.SearchIndex({}), new lib.SearchIndex({ caseSensitive: undefined })];
    for (const each of lists) {
      each.add('x', 'The a ab');
      expect(each.search('', {})[0]?.terms).toEqual({ ab: 1 });
    }
    const other = new lib.SearchIndex({ minLength: 1, stopWords: [] });
    other.add('x', 'The a ab');
    expect(other.search('', {})[0]?.terms).toEqual({ the: 1, a: 1, ab: 1 });
  });

  test('options that are not there, and wrong ones', () => {
    const wrong = index.search.bind(index) as (query: string, options: unknown) => unknown;
    expectTypeError(() => wrong('x', { limits: 3 }), '(options).limits: SearchOptions has no such field');
    expectRangeError(() => wrong('x', { limit: -1 }), '(options).limit: number -1 does not fit usize');
    expectTypeError(() => wrong('x', { order: 'best' }), "(options).order: expected 'score' or 'name'");
    expectTypeError(() => wrong('x', { among: ['a', 1] }), '(options).among[1]: expected a string');
  });

  test('in the background', async () => {
    const other = await lib.SearchIndex.async.new({ minLength: 1 }, {});
    await other.async.add('x', 'y', {});
    expect(await other.async.search('y', { prefix: false })).toHaveLength(1);
  });
});

describe('a configuration of serde', () => {
  test('its attributes hold', () => {
    expect(lib.parseConfig('{"name":"x","other":[1,2]}')).toEqual({
      name: 'x',
      threadCount: 8,
      level: 'info',
      other: [1, 2],
    });
    const config = { name: 'y', level: 'debug', root: '/a' };
    expect(lib.normalize(config)).toEqual({ ...config, threadCount: 8 });
    expect(lib.withTimeout({ name: 'x' }, 1500)).toMatchObject({ timeout: 1.5 });
    expect(lib.merge({ a: 1, c: [2] }, { a: null })).toEqual({ a: null, c: [2] });
  });

  test('what is wrong is told with its path, or with its reasons', () => {
    expectTypeError(() => lib.normalize({ name: 'y', threadCount: 70_000 }), /threadCount|70000/);
    expect(thrownBy(() => lib.parseConfig('{'))).toBeInstanceOf(RustError);
    const file = path.join(os.tmpdir(), 'rustdll-no-such-file');
    const error = thrownBy(() => lib.readConfig(file));
    expect(error.message).toBe(`cannot read ${file}`);
    expect((error.cause as Error).message).toMatch(/os error 2/);
  });

  test('files', () => {
    const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'rustdll-programs-'));
    const [from, to] = [path.join(folder, 'ä'), path.join(folder, 'b')];
    fs.writeFileSync(from, '{"name":"file"}');
    expect(lib.copyFile(from, to)).toBe(15);
    expect(lib.readConfig(to)).toMatchObject({ name: 'file' });
    fs.rmSync(folder, { recursive: true });
    expect(thrownBy(() => lib.copyFile(from, to))).toBeInstanceOf(RustError);
  });
});

describe('events', () => {
  const visit = lib.visit('https://example.org', new Date(5));
  const purchase: programs.Event = {
    ...visit,
    id: '67e55044-10b1-426f-9247-bb680e5fe0c8',
    at: new Date('2024-02-29T12:00:00Z'),
    kind: { kind: 'purchase', amount: '1.10', items: ['67e55044-10b1-426f-9247-bb680e5fe0c8'] },
    tags: ['a'],
  };

  test('have the types that JavaScript has for them', () => {
    expect(visit).toEqual({
      id: '00000000-0000-0000-0000-000000000000',
      at: new Date(5),
      url: 'https://example.org/',
      took: 5,
      file: null,
      tags: [],
      from: '127.0.0.1',
      kind: { kind: 'visit' },
      payload: null,
    });
    const { payload: _, ...without } = purchase;
    expect(lib.byId([visit, without])).toEqual({ [visit.id]: visit, [purchase.id]: purchase });
    expect(lib.byDay([visit, purchase, visit])).toEqual({ '1970-01-01': 2, '2024-02-29': 1 });
    expect(lib.revenue([purchase, purchase, visit])).toBe('2.20');
    expect(lib.filterEvents([visit, purchase], ({ kind }) => kind.kind === 'purchase')).toEqual([purchase]);
    expect(lib.hosts(['https://a.b/', 'https://a.b/c'])).toEqual(['a.b']);
    expect(lib.age(new Date(0), new Date(1500))).toBe(1500);
    expect(lib.age(new Date(2), new Date(0))).toBeNull();
  });

  test('one by one', async () => {
    expect([...lib.days('2024-02-28', 3)]).toEqual(['2024-02-28', '2024-02-29', '2024-03-01']);
    const ticks: Date[] = [];
    for await (const tick of lib.ticks(new Date(0), 2)) ticks.push(tick);
    expect(ticks).toEqual([new Date(0), new Date(1000)]);
  });

  test('a wrong one is told by its path', () => {
    expect(thrownBy(() => lib.parseUrls(['x']))).toBeInstanceOf(RustError);
    expectTypeError(() => lib.hosts(['https://a.b/', 'x']), 'hosts: argument 1 (urls)[1]: relative URL without a base');
    const wrong = { ...purchase, kind: { kind: 'purchase', amount: '1', items: ['x'] } } as const;
    expectTypeError(() => lib.revenue([purchase, wrong]), '(events)[1].kind.items[0]: invalid');
    expectTypeError(() => lib.byDay([{ ...visit, from: 'here' }]), '(events)[0].from: expected an IP address');
    expectRangeError(() => lib.byDay([{ ...visit, took: -1 }]), '(events)[0].took: -1 is not');
  });
});

describe('images', () => {
  const image = (): { data: Uint8Array; shape: number[] } => ({
    data: new Uint8Array([0, 0, 0, 255, 255, 255]),
    shape: [1, 2, 3],
  });

  test('as arrays of three dimensions', () => {
    expect(lib.grayscale(image())).toEqual({ data: new Float32Array([0, 255]), shape: [1, 2] });
    expect(lib.blur(image(), {}).data).toEqual(new Uint8Array(6).fill(127));
    expect(lib.blur(image(), { radius: 0 })).toEqual(image());
    expect(lib.stats(image())).toEqual({ min: 0, max: 255, mean: 127.5, histogram: [3, 0, 0, 3] });
    expect(lib.stats({ data: new Uint8Array(0), shape: [0, 2, 3] })).toBeNull();
  });

  test('in place', () => {
    const own = image();
    lib.invert(own);
    expect(own.data).toEqual(new Uint8Array([255, 255, 255, 0, 0, 0]));
    expectTypeError(
      () => lib.blur({ ...own, shape: [2, 2, 3] }, {}),
      '(image).data: expected 12 elements (2 × 2 × 3), got 6',
    );
  });
});

describe('a store whose errors have data', () => {
  const store = new lib.Store();
  const id = '67e55044-10b1-426f-9247-bb680e5fe0c8';
  const name = 'apple' as programs.ItemName;

  test('what goes well', () => {
    expect(store.put(id, { name, count: 2, version: 1 })).toBeNull();
    expect(store.take(id, 1)).toEqual({ name: 'apple', count: 1, version: 2n });
    expect(store.items()).toEqual({ [id]: { name: 'apple', count: 1, version: 2n } });
  });

  test('what does not', () => {
    const error = thrownBy(() => store.take(id, 5));
    if (!lib.isStoreError(error)) throw error;
    expect(error.message).toBe('5 wanted, 1 left');
    expect(error.code).toBe('SoldOut');
    if (error.data.type === 'SoldOut') expect(error.data.left).toBe(1);
    expect(thrownBy(() => store.parse(''))).toMatchObject({
      data: { type: 'Invalid', value: 'there is nothing to read' },
    });
    expect(thrownBy(() => store.parse('x'))).toMatchObject({
      message: 'line 3',
      code: 'Parse',
      data: { type: 'Parse', value: { line: 3 } },
    });
    expect(thrownBy(() => store.take('00000000-0000-0000-0000-000000000000', 1)).code).toBe('NotFound');
    expectRangeError(() => store.take(id, 0), '(count): 0 is not an integer other than 0');
  });
});
