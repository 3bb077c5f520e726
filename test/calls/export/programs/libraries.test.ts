/** More libraries as their authors would first write them: each exercises other types. */

import { randomUUID } from 'node:crypto';
import * as path from 'node:path';
import { RustDLL, RustError } from '../../../../src-ts/index';
import type * as programs from '../../../types/programs';
import { expectRangeError, expectTypeError, thrownBy } from '../../../support/errors';
import { libraryPath, type LooseFunction } from '../../../support/kernels';

const lib = new RustDLL<typeof programs>(libraryPath('programs'));
const loose = lib as unknown as Record<string, LooseFunction>;

describe('compiled patterns', () => {
  const pattern = new lib.Pattern('(?<key>[a-z]+)=(?<value>[0-9]+)?', { ignoreCase: true });

  test('are objects whose options have defaults', () => {
    expect(pattern.test('A=1')).toBe(true);
    expect(new lib.Pattern('a').test('A')).toBe(false);
    expect(new lib.Pattern('^b', { multiLine: true }).find('a\nb')).toEqual({ text: 'b', span: [2, 3], groups: {} });
    expect(new lib.Pattern('a', { sizeLimit: null }).find('b')).toBeNull();
  });

  test('iterate, and call back', () => {
    const all = [...pattern.findAll('a=1, B=, c=22')];
    expect(all.map(({ groups }) => groups)).toEqual([
      { key: 'a', value: '1' },
      { key: 'B' },
      { key: 'c', value: '22' },
    ]);
    expect(all[2]?.span).toEqual([9, 13]);
    expect(pattern.replace('a=1 b=2', (text, count) => `${count}:${text}`)).toBe('1:a=1 2:b=2');
    const thrown = new Error('no');
    const run = (): string =>
      pattern.replace('a=1', () => {
        throw thrown;
      });
    expect(thrownBy(run)).toBe(thrown);
  });

  test('fail with data', () => {
    const syntax = thrownBy(() => new lib.Pattern('('));
    expect(lib.isPatternError(syntax) && syntax.data.type === 'Syntax' && syntax.data.pattern).toBe('(');
    expect(syntax).toMatchObject({ code: 'Syntax', message: expect.stringContaining('unclosed group') as string });
    expect(thrownBy(() => new lib.Pattern('[a-z]{9}', { sizeLimit: 10 }))).toMatchObject({
      code: 'TooBig',
      data: { type: 'TooBig', limit: 10 },
    });
    expectTypeError(
      () => new (lib.Pattern as unknown as new (...args: unknown[]) => object)('a', { g: 1 }),
      '(options).g:',
    );
  });
});

describe('a codec', () => {
  const packets = [
    { opcode: lib.Opcode.Text, sequence: 2n ** 64n - 1n, payload: Buffer.from('héllo') },
    { opcode: lib.Opcode.Close, sequence: 0n, payload: Buffer.alloc(0) },
  ];
  const bytes = Buffer.concat(packets.map((packet) => lib.encodePacket(packet)));

  test('decodes what comes in pieces of any length and of any view', () => {
    for (const size of [1, 7, 1000]) {
      const decoder = new lib.Decoder();
      const decoded = [];
      for (let at = 0; at < bytes.length; at += size) {
        const piece = bytes.subarray(at, at + size);
        decoded.push(...decoder.push(size === 7 ? new DataView(Uint8Array.from(piece).buffer) : piece));
      }
      expect(decoded).toEqual(packets);
      expect(decoded.every(({ payload }) => Buffer.isBuffer(payload))).toBe(true);
      expect(decoder.pending).toBe(0);
    }
    expect(lib.encodePacket({ opcode: 2, payload: [1, 2] }).subarray(0, 9)).toEqual(
      Buffer.from([2, 0, 0, 0, 0, 0, 0, 0, 0]),
    );
  });

  test('fails with data', () => {
    const damaged = Buffer.from(lib.encodePacket({ opcode: 1, payload: [1] }));
    damaged[13] = 2;
    const error = thrownBy(() => new lib.Decoder().push(damaged));
    expect(error).toBeInstanceOf(RustError);
    expect(error).toMatchObject({
      code: 'BAD_CHECKSUM',
      data: { type: 'BAD_CHECKSUM', expectedSum: damaged.readUInt32BE(14) },
    });
    expect(lib.isCodecError(error) && error.code).toBe('BAD_CHECKSUM');
    expectTypeError(
      () => loose['encodePacket']?.({ opcode: 3, payload: [] }),
      '(packet).opcode: expected 1 (Text), 2 (Binary) or 8 (Close), got number 3',
    );
    expectRangeError(() => loose['encodePacket']?.({ opcode: 1, payload: [256] }), '(packet).payload[0]:');
  });
});

describe('tables', () => {
  const text = '# made by hand\nname;size;new\na;1.5;true\nb;;false\nc;x;';
  const options = { delimiter: ';', comment: '#' };

  test('give pages of cells of any type', () => {
    expect(lib.sheetRows(text, undefined, undefined, options)).toEqual({
      items: [
        ['a', 1.5, true],
        ['b', null, false],
      ],
      total: 3,
      next: 2,
    });
    expect(lib.sheetRows(text, 2, 5, options)).toEqual({ items: [['c', 'x', null]], total: 3, next: null });
    expect(lib.sheetRows('1', 9, 1, { header: false })).toEqual({ items: [], total: 1, next: null });
    expect(lib.sheetNames(text, 2, options)).toEqual({ items: ['name', 'size'], total: 3, next: 2 });
  });

  test('give rows as values of JSON, and columns by number', () => {
    expect(lib.sheetObjects(text, options)).toEqual([
      { name: 'a', size: 1.5, new: true },
      { name: 'b', size: null, new: false },
      { name: 'c', size: 'x', new: null },
    ]);
    expect(lib.sheetColumns([[1, null], [2, 3.5], []])).toEqual(
      new Map([
        [0, Float64Array.of(1, 2)],
        [1, Float64Array.of(NaN, 3.5)],
      ]),
    );
  });

  test('refuse', () => {
    expectTypeError(() => lib.sheetColumns([[1], ['a']]), 'row 1, column 0: Text("a")', 'ERR_RUSTDLL_RUST' as never);
    expectTypeError(() => loose['sheetColumns']?.([[1], [{}]]), 'argument 1 (rows)[1][0]: expected ');
    expectTypeError(
      () => lib.sheetObjects('', { delimiter: ';;' }),
      '(options).delimiter: expected a string of one code point (char)',
    );
  });
});

test('a document goes there and back', () => {
  const text = '# Title\nOne\ntwo\n\n> ## In\n> quoted\n---\n';
  const blocks = lib.parseMarkdown(text);
  expect(blocks).toEqual([
    { type: 'heading', level: 1, text: 'Title', line: 1, height: 1 },
    { type: 'paragraph', lines: ['One', 'two'], line: 2, height: 2 },
    {
      type: 'quote',
      blocks: [
        { type: 'heading', level: 2, text: 'In', line: 5, height: 1 },
        { type: 'paragraph', lines: ['quoted'], line: 6, height: 1 },
      ],
      line: 5,
      height: 2,
    },
    { type: 'rule' },
  ]);
  expect(lib.writeHtml(blocks)).toBe(
    '<h1>Title</h1><p>One two</p><blockquote><h2>In</h2><p>quoted</p></blockquote><hr>',
  );
  expect(lib.writeHtml([{ type: 'heading', level: 1, text: 'a', line: 1 }])).toBe('<h1>a</h1>');
  expectTypeError(
    () =>
      loose['writeHtml']?.([
        { type: 'quote', line: 1, blocks: [{ type: 'paragraph', lines: [], line: 1, heigth: 1 }] },
      ]),
    'argument 1 (blocks)[0].blocks[0].heigth: Block.paragraph has no such field',
  );
});

test('differences borrow from the texts', () => {
  expect(lib.diffLines('a\nb\nc', 'a\nx\ty\nz\nc', {})).toEqual([
    {
      op: 'equal',
      data: [
        [0, 1],
        [0, 1],
      ],
    },
    { op: 'delete', data: [1, 2] },
    { op: 'insert', data: { before: 2, lines: ['x y', 'z'] } },
    {
      op: 'equal',
      data: [
        [2, 3],
        [3, 4],
      ],
    },
  ]);
  expect(lib.diffLines('a', 'a  ', { ignoreSpace: true, tab: 4 })).toEqual([
    {
      op: 'equal',
      data: [
        [0, 1],
        [0, 1],
      ],
    },
  ]);
  expectRangeError(() => lib.diffLines('', '', { tab: 0 }), '(options).tab: 0 is not an integer other than 0');
});

describe('geometry', () => {
  const place = {
    type: 'Feature',
    geometry: { type: 'Point', coordinates: [1, 2] },
    properties: { kind: 'town', population: 5 },
  } as const;
  const way = {
    id: 7,
    geometry: {
      type: 'LineString',
      coordinates: [
        [0, 9],
        [-1, 3],
      ],
    },
  } as const satisfies programs.FeatureInput;

  test('is GeoJSON', () => {
    expect(lib.boundsOf([place, way])).toEqual([-1, 2, 1, 9]);
    expect(lib.boundsOf([])).toBeNull();
    expect(lib.groupFeatures([place, way, place], 'kind')).toEqual({
      '"town"': [0, 1].map(() => ({ id: null, geometry: place.geometry, properties: place.properties })),
      '': [{ ...way, properties: {} }],
    });
    const polygon = { type: 'Polygon', coordinates: [[[0, 0], [1]]] };
    expectTypeError(
      () => loose['boundsOf']?.([place, { geometry: polygon }]),
      'argument 1 (features)[1].geometry.coordinates[0][1]: expected a list of 2 elements, got one of 1',
    );
  });

  test('moves arrays of points', () => {
    const points = { data: Float64Array.of(1, 2, 3, 4), shape: [2, 2] };
    expect(lib.translate(points, { data: Float64Array.of(1, -1), shape: [2] })).toMatchObject({
      data: Float64Array.of(2, 1, 4, 3),
      shape: [2, 2],
    });
    expect(lib.translate(points).data).toEqual(points.data);
    expect(thrownBy(() => lib.translate(points, { data: Float64Array.of(1), shape: [1] }))).toMatchObject({
      name: 'RangeError',
      message: '1 numbers for points of 2',
    });
  });
});

test('versions of another crate are values, keys, and in errors', () => {
  const releases = [
    { version: '1.10.0', needs: { b: '^2' } },
    { version: '1.9.0' },
    { version: '2.0.0', yanked: true },
  ];
  expect(lib.bestRelease(releases, '1')).toEqual({ version: '1.10.0', needs: { b: '^2' }, yanked: false });
  const error = thrownBy(() => lib.bestRelease(releases, '>=2'));
  expect(error).toMatchObject({ message: 'no release fits >=2', data: { wanted: '>=2', newest: '1.10.0' } });
  expect(lib.isNoRelease(error)).toBe(true);
  expect(lib.byMajor(['1.10.0', '1.9.0', '0.1.0', '1.9.0'])).toEqual(
    new Map([
      [0, new Set(['0.1.0'])],
      [1, new Set(['1.9.0', '1.10.0'])],
    ]),
  );
  expect(lib.countDownloads({ '1.0.0': 2, '0.9.0': 3 }, '1.0.0')).toBe(2);
  expect(lib.countDownloads(new Map([['1.0.0', 2]]))).toBe(2);
  expectTypeError(() => lib.bestRelease([{ version: '1' }], '*'), 'argument 1 (releases)[0].version: unexpected end');
  expectTypeError(() => lib.bestRelease([{ version: '1.0.0', needs: { b: 'x y' } }], '*'), '(releases)[0].needs.b:');
  expectTypeError(() => lib.countDownloads({ one: 1 }), 'unexpected character');
});

test('jobs have ids, times, durations, paths and addresses', () => {
  const queue = new lib.JobQueue();
  const program = path.join('bin', 'größe');
  const notBefore = new Date(Date.now() + 60_000);
  const first = queue.add({ task: { kind: 'run', program } });
  const id = randomUUID();
  expect(queue.add({ task: { kind: 'fetch', pageUrl: 'https://a.b' }, notBefore, retry: { times: 3 } }, id)).toBe(id);
  const before = Date.now();
  const taken = queue.take(new Date());
  expect(taken).toEqual({
    id: first,
    task: { kind: 'run', program, workingFolder: null },
    notBefore: null,
    retry: { times: 1, delay: 250 },
    added: expect.any(Date) as Date,
  });
  expect(Math.abs((taken?.added.getTime() ?? 0) - before)).toBeLessThan(60_000);
  expect(queue.take(new Date())).toBeNull();
  expect(queue.take(notBefore)?.retry).toEqual({ times: 3, delay: 250 });
  expect(Object.keys(queue.all()).sort()).toEqual([first, id].sort());
  const wrong = queue.add.bind(queue) as (request: unknown, id?: unknown) => unknown;
  expectTypeError(() => wrong({ task: { kind: 'fetch', pageUrl: 'a' } }), '(request).task.pageUrl: relative URL');
  expectRangeError(
    () => wrong({ task: { kind: 'run', program }, retry: { delay: -1 } }),
    '(request).retry.delay: -1 is not',
  );
  expectRangeError(
    () => wrong({ task: { kind: 'run', program }, retry: { times: 0 } }),
    '(request).retry.times: 0 is not',
  );
  expectTypeError(
    () => wrong({ task: { kind: 'fetch', pageUrl: 'a:b', viaProxy: '::1' } }),
    '(request).task.viaProxy: expected an IP address with a port, got string "::1"',
  );
  expectRangeError(
    () => wrong({ task: { kind: 'run', program }, notBefore: new Date(NaN) }),
    '(request).notBefore: the Date is invalid',
  );
  expectTypeError(() => wrong({ task: { kind: 'run', program } }, 'x'), '(id): invalid character');
});
