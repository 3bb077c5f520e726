/** The numbers in docs/abi.md are those of the sources. */

import * as fs from 'node:fs';
import * as path from 'node:path';
import {
  BLOCK_ARGUMENT_COUNT,
  BLOCK_BACKGROUND,
  BLOCK_FLOATS,
  BLOCK_FRAME,
  BLOCK_INTS,
  BLOCK_OUT,
  BLOCK_CALL_CODE,
  BLOCK_POINTER_COUNT,
  BLOCK_REGION_COUNT,
  BLOCK_REGIONS,
  BLOCK_RESULT,
  BLOCK_SIZE,
  BLOCK_STACK,
  BLOCK_SYMBOL,
  BLOCK_TEXT_COUNT,
  BLOCK_TEXT_PIECE,
  BLOCK_TEXTS,
  BLOCK_LENT,
  BLOCK_LENT_COUNT,
  BLOCK_LISTENS,
  BLOCK_OBJECT_COUNT,
  BLOCK_OBJECTS,
  BLOCK_POSTS,
  BLOCK_WAITS,
  EXCHANGE_HELD,
  MAX_LENT,
  OUT_WORDS,
  CALL_CODE_FRAMED,
  CALL_CODE_PIECES,
  CALL_CODE_STREAM,
  CALL_CODE_FUNCTIONS,
  STACK_WORDS,
  TEXT_PIECE,
  TEXT_UNITS,
  TEXTS,
  VEC_LENGTH,
  VEC_SIZE,
} from '../../src-ts/crossing/block';
import { Placement, ResultBank } from '../../src-ts/crossing/convention';
import { RingStatus } from '../../src-ts/crossing/node-api/native';
import { SCALARS } from '../../src-ts/types/scalar';
import { f64, u8 } from '../../src-ts/index';
import { expectError, expectRangeError, thrownBy } from '../support/errors';
import { kernels } from '../support/kernels';
import { readPage, section, tableRows } from './markdown';

const page = readPage('docs/abi.md');
const header = fs.readFileSync(path.join(__dirname, '..', '..', 'src-native', 'abi.h'), 'utf8');

const codeOf = (cell: string): string[] => [...cell.matchAll(/`([^`]+)`/g)].map(([, name]) => name as string);

test('the sizes and kinds of the types', () => {
  const types = tableRows(section(page, 'Types')).flatMap(([names = '', bytes, kind]) =>
    codeOf(names).map((name) => [name, Number(bytes), kind] as const),
  );
  expect(types).toEqual(
    expect.arrayContaining(
      Object.values(SCALARS).map(({ name, size, kind }) => [name, size, kind === 'float' ? 'float' : 'integer']),
    ),
  );
  expect(types).toHaveLength(Object.keys(SCALARS).length);
});

test('the descriptor', () => {
  const rows = Object.fromEntries(tableRows(section(page, 'Lists and strings'))) as Record<string, string>;
  expect(rows).toEqual({
    size: String(VEC_SIZE),
    alignment: '8',
    'offset of `ptr`': '0',
    'offset of `len`': String(VEC_LENGTH),
  });
  expect(header).toContain('static_assert(sizeof(PyVec) == 16 && alignof(PyVec) == 8');
});

test('the registers of the conventions', () => {
  const pattern =
    /kConvention = "([^"]+)";\s+constexpr size_t kIntRegisters = (\d+);\s+constexpr size_t kFloatRegisters = (\d+);/g;
  const inHeader = [...header.matchAll(pattern)].map(([, ...numbers]) => numbers);
  const onPage = tableRows(section(page, 'Arguments')).map(([name = '', , ints, floats]) => [
    codeOf(name)[0],
    ints,
    floats,
  ]);
  expect(inHeader).toHaveLength(4);
  expect(onPage.sort()).toEqual(inHeader.sort());
});

test('the fields of the block, without a gap', () => {
  const offsets = {
    result: BLOCK_RESULT,
    symbol: BLOCK_SYMBOL,
    call_code: BLOCK_CALL_CODE,
    ints: BLOCK_INTS,
    floats: BLOCK_FLOATS,
    stack: BLOCK_STACK,
    text_count: BLOCK_TEXT_COUNT,
    text_piece: BLOCK_TEXT_PIECE,
    texts: BLOCK_TEXTS,
    text_buffers: BLOCK_TEXTS + TEXTS * VEC_SIZE,
    frame: BLOCK_FRAME,
    out: BLOCK_OUT,
    background: BLOCK_BACKGROUND,
    listens: BLOCK_LISTENS,
    lent_count: BLOCK_LENT_COUNT,
    argument_count: BLOCK_ARGUMENT_COUNT,
    lent: BLOCK_LENT,
    objects: BLOCK_OBJECTS,
    object_count: BLOCK_OBJECT_COUNT,
    waits: BLOCK_WAITS,
    exchange: EXCHANGE_HELD,
    regions: BLOCK_REGIONS,
    region_count: BLOCK_REGION_COUNT,
    pointer_count: BLOCK_POINTER_COUNT,
    posts: BLOCK_POSTS,
  };
  const rows = tableRows(section(page, 'The block')).filter((cells) => cells.length === 4);
  const named = rows.flatMap(([name = '', offset]) => codeOf(name).map((field) => [field, Number(offset)] as const));
  expect(Object.fromEntries(named)).toEqual(offsets);
  let end = 0;
  for (const [, offset, bytes] of rows) {
    expect(Number(offset)).toBe(end);
    end += Number(bytes);
  }
  expect(end).toBe(BLOCK_SIZE);
  expect(page.text).toContain(`The whole block has ${BLOCK_SIZE} bytes.`);
  expect(page.text).toContain(`at most ${TEXTS}, each of at most ${TEXT_UNITS} UTF-16 units`);
  expect(page.text).toContain(`their bytes, ${(BLOCK_FRAME - offsets.text_buffers) / TEXTS} for each`);
  expect(page.text).toContain(`the room for its result, ${OUT_WORDS} words`);
  expect(page.text).toContain(`those arguments: ${MAX_LENT} pairs`);
});

test('the call code and the statuses', () => {
  const rows = tableRows(section(page, 'The block')).filter((cells) => cells.length === 2);
  const statuses = tableRows(section(page, 'The block'))
    .filter((cells) => cells.length === 3 && /^\d\d?$/.test(cells[0] ?? ''))
    .map(([status, name]) => [codeOf(name ?? '')[0], Number(status)]);
  const inTypeScript = Object.entries(RingStatus).filter(([, status]) => typeof status === 'number');
  expect(statuses).toEqual(inTypeScript);
  const addon = fs.readFileSync(path.join(__dirname, '..', '..', 'src-native', 'environment.h'), 'utf8');
  const [, inAddon = ''] = /enum RingStatus : uint32_t \{([^}]+)\}/.exec(addon) ?? [];
  expect([...inAddon.matchAll(/k(\w+) = (\d+)/g)].map(([, name, status]) => [name, Number(status)])).toEqual([
    ['Rung', 0],
    ...inTypeScript,
  ]);

  expect(rows.find(([bits]) => bits === '0 to 1')?.[1]).toContain(
    `${ResultBank.Int} integer or none, ${ResultBank.F64} \`f64\`, ${ResultBank.F32} \`f32\``,
  );
  const win64 = new Placement({ name: 'win64', intRegisters: 4, floatRegisters: 0 });
  win64.assign(true, 8);
  expect(win64.callCode(ResultBank.Int)).toBe(1 << Number(rows.find(([bits]) => bits === '2')?.[0]));

  const prose = page.text.replace(/\s+/g, ' ');
  expect(prose).toMatch(
    new RegExp(
      `bit 3, that is ${CALL_CODE_FRAMED}, .+ bit 4, that is ${CALL_CODE_STREAM}, .+ bit 5, that is ${CALL_CODE_PIECES}, .+ bit 7, that is ${CALL_CODE_FUNCTIONS}, `,
    ),
  );
  expect([CALL_CODE_FRAMED, CALL_CODE_STREAM, CALL_CODE_PIECES, CALL_CODE_FUNCTIONS]).toEqual([8, 16, 32, 128]);
  expect(page.text).toContain(`make one string of, ${TEXT_PIECE}`);

  const words = rows
    .find(([bits]) => bits === '8 to 15')?.[1]
    ?.match(/\d+/g)
    ?.map(Number);
  const sysv = new Placement({ name: 'sysv', intRegisters: 0, floatRegisters: 0 });
  const passed = new Set([sysv.callCode(ResultBank.Int) >> 8]);
  for (let word = 0; word < STACK_WORDS; word++) {
    sysv.assign(false, 8);
    passed.add(sysv.callCode(ResultBank.Int) >> 8);
  }
  expect(words).toEqual([...passed]);
});

describe('the limits', () => {
  const limits = tableRows(section(page, 'Limits')).map(([name = '', value]) => [name, Number(value)] as const);
  const limit = (words: string): number => {
    const found = limits.filter(([name]) => name.includes(words));
    expect(found).toHaveLength(1);
    return found[0]?.[1] as number;
  };
  const nested = (depth: number): unknown[] => (depth === 1 ? [1] : [nested(depth - 1)]);

  test('there are nine', () => expect(limits).toHaveLength(9));

  test('elements', () => {
    const long = (length: number): unknown =>
      new Proxy([] as number[], { get: (list, key) => (key === 'length' ? length : Reflect.get(list, key)) });
    const most = limit('elements of a list');
    expectRangeError(() => kernels.noop(long(most + 1)), 'elements is too long; 2^32 - 1 are the most');
    // This many elements would fit, whatever they are, if there were the memory for them.
    expect(thrownBy(() => kernels.noop(u8(long(most) as number[]))).message).not.toContain(
      'elements is too long; 2^32 - 1 are the most',
    );
  });

  test('words on the stack', () => expect(limit('on the stack')).toBe(STACK_WORDS));

  test('depth', () => {
    const most = limit('are guessed');
    expect(() => kernels.noop(nested(most))).not.toThrow();
    expect(() => kernels.noop(f64(nested(most) as number[]))).not.toThrow();
    expectRangeError(() => kernels.noop(nested(most + 1)), `more than ${most} deep`);
  });

  test('depth of a declaration', () => {
    const most = limit('in a declaration');
    const type = (depth: number): string => (depth === 0 ? 'i64' : `&PyVec<${type(depth - 1)}>`);
    expect(() => kernels.declare(`fn noop(v: ${type(most)})` as string)).not.toThrow();
    expectError(
      () => kernels.declare(`fn noop(v: ${type(most + 1)})` as string),
      SyntaxError,
      'ERR_RUSTDLL_DECLARATION',
      `at most ${most}`,
    );
  });
});
