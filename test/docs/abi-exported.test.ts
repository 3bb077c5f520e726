/** The statements of docs/abi.md about exported functions agree with the sources in all three languages. */

import * as fs from 'node:fs';
import * as path from 'node:path';
import { Status } from '../../src-ts/call/failure';
import * as abi from '../../src-ts/crossing/block';
import { CONTRACT_SYMBOLS, CONTRACTS, FLUSH_SYMBOL } from '../../src-ts/levels/export/symbols';
import { doorbell } from '../../src-ts/crossing/doorbell';
import { Encoders } from '../../src-ts/values/stream/encoders';
import { Writer } from '../../src-ts/memory/writer';
import { MAX_BYTES, MAX_ENTRIES } from '../../src-ts/values/stream/json';
import { native } from '../../src-ts/crossing/node-api/native';
import { MAX_RECURSION } from '../../src-ts/types/limits';
import { isReserved, RESERVED } from '../../src-ts/levels/export/reserved';
import { openLibrary } from '../../src-ts/file/open';
import { SCALARS } from '../../src-ts/types/scalar';
import type { Shape } from '../../src-ts/types/shape';
import { parseTable } from '../../src-ts/levels/export/table';
import { others, SPELLINGS } from '../../src-ts/values/stream/kinds/registry';
import { PARAMETER_ONLY } from '../../src-ts/values/stream/shapes';
import { allPages, readPage, section, tableRows } from './markdown';
import { builtLibrary, buildLibraries, ROOT } from './workshop';

const page = readPage('docs/abi.md');
const read = (...parts: string[]): string => fs.readFileSync(path.join(ROOT, ...parts), 'utf8');
const rust = (file: string): string => read('rust', 'rustdll', 'src', file);
const header = read('src-native', 'abi.h');

/** A record, an enum or a variant of the table. */
interface Named {
  kind: string;
  fields?: object[];
  variants?: Named[];
}

const codeOf = (cell = ''): string[] => [...cell.matchAll(/`([^`]+)`/g)].map(([, name]) => name as string);
const rowsOf = (heading: string): string[][] => tableRows(section(page, heading));

/** Returns the named fields among rows of name, offset and bytes. The rows must follow one another without a gap. */
function layoutOf(rows: readonly string[][]): { offsets: Record<string, number>; size: number } {
  const offsets: Record<string, number> = {};
  let end = 0;
  for (const [name, offset, bytes] of rows) {
    expect(Number(offset)).toBe(end);
    end += Number(bytes);
    for (const field of codeOf(name)) offsets[field] = Number(offset);
  }
  return { offsets, size: end };
}

/** Returns the offsets that the Rust sources assert, including those of structs within a struct. */
function inRust(struct: string, base = 0): Record<string, number> {
  const asserted = rust('frame.rs').matchAll(/offset_of!\((\w+), (\w+)\) == (\d+)/g);
  const found: Record<string, number> = {};
  for (const [, of, field = '', offset] of asserted) {
    if (of !== struct) continue;
    const at = base + Number(offset);
    const within = inRust(field.charAt(0).toUpperCase() + field.slice(1), at);
    Object.assign(found, Object.keys(within).length > 0 ? within : { [field]: at });
  }
  return found;
}

/** Returns the fields of a struct in the C++ header, with offsets computed from their sizes. */
function inHeader(struct: string): Record<string, number> {
  const body = new RegExp(`struct ${struct} \\{([\\s\\S]+?)\\n\\};`).exec(header)?.[1] ?? '';
  const arguments_ = Number(/kFrameArguments = (\d+)/.exec(header)?.[1]);
  const found: Record<string, number> = {};
  let end = 0;
  const fields = body.matchAll(/^ {2}(?:const )?(\w+)(\*| \(\*)? ?(\w+)(?:\)\(Owned\*\)|\[\w+\])?;/gm);
  for (const [, type, pointer, name = ''] of fields) {
    found[name] = end;
    if (pointer !== undefined || type === 'uint64_t') end += name === 'arguments' ? 8 * arguments_ : 8;
    else end += { uint32_t: 4, Owned: 32 }[type as string] ?? NaN;
  }
  return { ...found, size: end };
}

/** The version of the contract that the crate implements. */
const CONTRACT = Math.max(...CONTRACTS);

describe('the symbols', () => {
  test('are those that the host asks for and the crate defines', () => {
    const [symbols] = [rowsOf('The symbols').filter((cells) => cells.length === 2)];
    const names = symbols.flatMap(([name]) => codeOf(name));
    expect(new Set(names)).toEqual(CONTRACT_SYMBOLS);
    const sources = rust('table/contract.rs') + rust('exit.rs');
    const inCrate = [...sources.matchAll(/export_name = "(\w+)"/g)].map(([, name]) => name);
    expect(inCrate.sort()).toEqual([...names].sort());
    const inAddon = [...read('src-native', 'library.cc').matchAll(/Symbol\(handle_, "(\w+)"\)/g)].map(
      ([, name]) => name,
    );
    expect([...inAddon, FLUSH_SYMBOL].sort()).toEqual([...names].sort());
  });

  test('the contract', () => {
    const { size } = layoutOf(
      rowsOf('The symbols')
        .filter((cells) => cells.length === 3)
        .map(([offset = '', bytes = '']) => ['', offset, bytes]),
    );
    expect(size).toBe(16);
    expect(rust('table/contract.rs')).toContain('size_of::<Contract>() == 16 && align_of::<Contract>() == 8');
    expect(section(page, 'The symbols')).toContain(`the version of the contract, ${CONTRACT} `);
    expect(rust('table/contract.rs')).toContain(`const VERSION: u32 = ${CONTRACT};`);
    expect(section(page, 'Exported functions')).toContain(`This is version ${CONTRACT} of the contract`);
  });
});

describe('the context', () => {
  const rows = rowsOf('The context');
  const second = rows.findLastIndex(([, offset]) => offset === '0');

  test.each([
    ['Context', rows.slice(0, second)],
    ['Host', rows.slice(second)],
  ])('%s is that of the addon and of the crate', (struct, fields) => {
    const { offsets, size } = layoutOf(fields.map(([field = '', offset = '', bytes = '']) => [field, offset, bytes]));
    for (const [field, offset] of Object.entries(offsets)) {
      const asserts = new RegExp(`offsetof\\(${struct}, ${field}\\) == ${offset}\\b`);
      const isFirst = offset === 0 || field === 'reserved';
      expect(isFirst || asserts.test(header)).toBe(true);
      expect(isFirst || asserts.test(rust('frame/context.rs').replaceAll('offset_of!', 'offsetof'))).toBe(true);
    }
    expect(header).toContain(`sizeof(${struct}) == ${size}`);
    expect(rust('frame/context.rs')).toContain(`size_of::<${struct}>() == ${size}`);
  });

  test('the flags', () => {
    expect(section(page, 'The context')).toMatch(/bit 0: the call has been given up; bit 2: the host wants/);
    for (const [name, value] of [
      ['CANCELLED', 1],
      ['LISTENS', 4],
    ]) {
      expect(rust('frame/context.rs')).toContain(`const ${name}: u32 = ${value};`);
    }
    expect(header).toContain('kContextCancelled = 1;');
    expect(header).toContain('kContextListens = 4;');
  });
});

describe('the frame', () => {
  const { offsets, size } = layoutOf(rowsOf('The frame'));

  test('is that of the addon', () => {
    const { size: total, ...fields } = inHeader('Frame');
    expect(fields).toEqual(offsets);
    expect(total).toBe(size);
    expect(native.layout()).toMatchObject({ frameSize: size, frameArguments: offsets.arguments });
    expect(section(page, 'The frame')).toMatch(new RegExp(`The frame is ${size}\\s+bytes`));
  });

  test('is that of the crate', () => {
    const { args, ...fields } = inRust('Frame');
    expect({ ...fields, arguments: args }).toEqual(offsets);
    expect(rust('frame.rs')).toContain(`size_of::<Frame>() == ${size} && align_of::<Frame>() == 8`);
    expect(rust('frame.rs')).toContain('MAX_PARAMETERS: usize = 32;');
  });

  test('is that of TypeScript', () => {
    const inTypeScript = Object.entries(abi).filter(([name]) => name.startsWith('FRAME_'));
    expect(inTypeScript.length).toBeGreaterThan(8);
    for (const [name, offset] of inTypeScript) {
      expect([name, offset]).toEqual([name, abi.BLOCK_FRAME + (offsets[name.slice(6).toLowerCase()] as number)]);
    }
  });

  test('and so is a reference', () => {
    const { offsets: fields, size: bytes } = layoutOf(rowsOf('Objects'));
    expect([fields, bytes]).toEqual([{ retain: 0, release: 8, next: 16, previous: 24, memory: 32 }, 40]);
    expect(header).toContain(
      'sizeof(Reference) == 40 && offsetof(Reference, next) == 16 && offsetof(Reference, memory) == 32',
    );
    expect(rust('object/reference.rs')).toContain('size_of::<Reference>() == 40');
    expect(rust('object/reference.rs')).toContain(
      'offset_of!(Reference, next) == 16 && offset_of!(Reference, memory) == 32',
    );
  });

  test('and so is what is owned', () => {
    const owned = layoutOf(rowsOf('Owned memory'));
    expect(inHeader('Owned')).toEqual({ ...owned.offsets, size: owned.size });
    expect(inRust('Owned')).toEqual(owned.offsets);
  });
});

test('the statuses', () => {
  const statuses = [
    ...rowsOf('Statuses'),
    ...rowsOf('The block').filter(([status = '']) => /^\d{3}$/.test(status)),
  ].map(([status, name]) => [codeOf(name)[0], Number(status)]);
  const inCrate = [...rust('call.rs').matchAll(/const (\w+): Status = Status\((\d+)\);/g)].map(
    ([, name = '', status]) => [
      name.toLowerCase().replace(/(?:^|_)(\w)/g, (_, letter: string) => letter.toUpperCase()),
      Number(status),
    ],
  );
  const inHeader = [...header.matchAll(/constexpr uint64_t kStatus(\w+) = (0x\w+);/g)].map(([, name, status]) => [
    name,
    Number(status),
  ]);
  expect([...inCrate, ...inHeader]).toEqual(statuses);
  expect(statuses).toEqual(expect.arrayContaining(Object.entries(Status)));
});

describe('the stream', () => {
  const f64: Shape = { kind: 'scalar', name: 'f64' };
  const text: Shape = { kind: 'string' };
  const record: Shape = {
    kind: 'named',
    definition: { kind: 'record', name: 'R', doc: '', fields: [{ name: 'x', doc: '', shape: f64 }] },
  };
  const choice: Shape = {
    kind: 'named',
    definition: {
      kind: 'enum',
      name: 'E',
      doc: '',
      tag: 'type',
      variants: [
        { name: 'A', doc: '', payload: { kind: 'unit' } },
        { name: 'B', doc: '', payload: { kind: 'value', shape: f64 } },
      ],
    },
  };
  /** For each row of the page a type, a value, and the number of its words that the row does not count. */
  const samples: [row: string, shape: Shape, value: unknown, more: number][] = [
    ['an integer of up to 64 bits', { kind: 'scalar', name: 'i16' }, -1, 0],
    ['"bool"', { kind: 'scalar', name: 'bool' }, true, 0],
    ['"char"', { kind: 'scalar', name: 'char' }, 'é', 0],
    ['"f64"', f64, 0.5, 0],
    ['"f32"', { kind: 'scalar', name: 'f32' }, 0.5, 0],
    ['"i128"', { kind: 'huge', signed: true }, -1n, 0],
    ['"unit"', { kind: 'unit' }, undefined, 0],
    ['"string"', text, 'é👍', 0],
    ['"date"', { kind: 'date' }, new Date(-1), 0],
    ['"json"', { kind: 'json' }, { a: [1] }, 0],
    ['["option", T]', { kind: 'option', some: f64 }, 1, 1],
    ['["default", T]', { kind: 'default', value: f64 }, 1, 1],
    ['["bigint", T]', { kind: 'bigint', value: f64 }, 1, 1],
    ['["vec", P]', { kind: 'list', element: { kind: 'scalar', name: 'u16' }, length: null }, [1, 2, 3, 4, 5], 2],
    ['["vec", T]', { kind: 'list', element: text, length: null }, ['a', 'b', 'c'], 3],
    [
      '["ndarray", P, N]',
      { kind: 'ndarray', element: 'f64', dimensions: 2 },
      { data: Float64Array.of(1, 2), shape: [1, 2] },
      7,
    ],
    ['["tuple", T, U]', { kind: 'tuple', elements: [f64, text] }, [1, 'a'], 2],
    ['["map", T]', { kind: 'map', key: text, value: f64, isMap: false }, { a: 1, b: 2 }, 4],
    [
      '["entries", K, T]',
      { kind: 'map', key: { kind: 'scalar', name: 'bool' }, value: f64, isMap: true },
      new Map([
        [true, 1],
        [false, 2],
      ]),
      4,
    ],
    ['["ref", i]`, a record', record, { x: 1 }, 1],
    [
      '["ref", i]`, a tuple struct',
      { kind: 'named', definition: { kind: 'tuple', name: 'T', doc: '', elements: [f64, text] } },
      [1, 'a'],
      2,
    ],
    ['["ref", i]`, an enum', choice, { type: 'B', value: 1 }, 1],
  ];
  // Objects, iterators and functions need a library: test/calls/export/objects.test.ts and others beside it.
  const rows = rowsOf('The stream').filter(([type = '']) => !/a class$|"iter"|"fn"/.test(type));

  test('each type is there', () => expect(rows).toHaveLength(samples.length));

  test.each(samples)('%s', (row, shape, value, more) => {
    const matching = rows.filter(([type = '']) => type.replace(/^`/, '').startsWith(row));
    expect(matching).toHaveLength(1);
    const own = Number(/^(\d):/.exec(matching[0]?.[1] ?? '')?.[1] ?? 0);
    const writer = new Writer();
    new Encoders().of(shape)(writer, value);
    expect(writer.at).toBe(own + more);
  });

  test('as the page says, bit by bit', () => {
    const writer = new Writer();
    const encode = (shape: Shape, value: unknown): void => new Encoders().of(shape)(writer, value);
    encode({ kind: 'scalar', name: 'i8' }, -2);
    encode({ kind: 'scalar', name: 'char' }, 'é');
    encode({ kind: 'scalar', name: 'f32' }, 1);
    encode({ kind: 'huge', signed: false }, (3n << 64n) | 4n);
    encode(text, 'a👍');
    encode({ kind: 'list', element: { kind: 'scalar', name: 'u16' }, length: null }, [1, 2, 3, 4, 5]);
    encode(choice, { type: 'B', value: 1 });
    expect([...writer.chunk.u64.subarray(0, writer.at)]).toEqual([
      0xffff_ffff_ffff_fffen,
      0xe9n,
      0x3f80_0000n,
      4n,
      3n,
      3n,
      5n,
      0x0004_0003_0002_0001n,
      5n,
      1n,
      0x3ff0_0000_0000_0000n,
    ]);
    expect(writer.text).toBe('a👍');
  });
});

describe('the table', () => {
  const block = page.blocks.find(({ language, words }) => language === 'json' && words.includes('table'));
  const onPage = block?.text ?? '';
  const json = JSON.parse(onPage) as Record<string, unknown> & { types: object[]; functions: object[] };

  beforeAll(() => buildLibraries(allPages()), 600_000);

  test('is that of the library on the page', () => {
    const library = openLibrary(builtLibrary(page)).native;
    const symbol = library.table();
    doorbell.i32[abi.BLOCK_SYMBOL >> 2] = symbol as number;
    doorbell.i32[abi.BLOCK_CALL_CODE >> 2] = abi.CALL_CODE_FRAMED;
    const text = doorbell.ring();
    expect(doorbell.i32[abi.BLOCK_RESULT >> 2]).toBe(0);
    // Cargo has built it with the features of the other pages too, whose records one can listen to.
    const { log, take, ...real } = JSON.parse(
      (text as string).replace(/page_docs_abi::block_\d/g, 'mylib'),
    ) as typeof json;
    expect([log, take]).toEqual([expect.stringMatching(/^[0-9a-f]{16}$/), expect.stringMatching(/^[0-9a-f]{16}$/)]);
    expect({ ...real, target: json.target, rustdll: json.rustdll }).toEqual(json);
    expect(real.rustdll).toBe((JSON.parse(read('package.json')) as { version: string }).version);
    const system = { linux: 'linux', darwin: 'macos', win32: 'windows' }[process.platform as string];
    expect(real.target).toBe(`${process.arch === 'x64' ? 'x86_64' : 'aarch64'}-${system}`);
  });

  test('is one that this package can read', () => {
    expect(() => parseTable(onPage, 'page')).not.toThrow();
  });

  test('every object in it has the fields of the page', () => {
    const rows = rowsOf('The table');
    const known = new Map(
      rows.filter(([what]) => /^(a|an) /.test(what ?? '')).map(([what = '', fields]) => [what, codeOf(fields)]),
    );
    // The library of the page has no tuple struct: test/unit/levels/export/table.test.ts.
    const seen = new Set(['a tuple struct']);
    const check = (what: string, value: object): void => {
      seen.add(what);
      const kinds = ['record', 'enum', 'unit', 'value', 'tuple', ...(what === 'a class' ? ['class'] : [])];
      const fields = known.get(what)?.filter((field) => !kinds.includes(field));
      expect([what, Object.keys(value).sort()]).toEqual([what, fields?.sort()]);
    };
    const top = rows.filter(([name = '']) => Object.hasOwn(json, codeOf(name)[0] ?? ''));
    expect(top.map(([name]) => codeOf(name)[0]).sort()).toEqual(Object.keys(json).sort());
    const KINDS: Record<string, string> = {
      unit: 'a variant that holds nothing',
      value: 'a variant that holds one value',
      tuple: 'a variant that holds several',
      record: 'a variant that has fields',
    };
    for (const type of json.types as Named[]) {
      check(
        ({ record: 'a record', enum: 'an enum', class: 'a class' } as Record<string, string>)[type.kind] as string,
        type,
      );
      type.fields?.forEach((field) => check('a field', field));
      for (const variant of type.variants ?? []) {
        check(KINDS[variant.kind] as string, variant);
        variant.fields?.forEach((field) => check('a field', field));
      }
    }
    for (const signature of json.functions as { parameters: object[] }[]) {
      check('class' in signature ? 'a function of a class' : 'a function', signature);
      signature.parameters.forEach((parameter) => check('a parameter', parameter));
    }
    expect([...seen].sort()).toEqual([...known.keys()].sort());
  });

  const wordOf = (type: string): string => /^\[?"(\w+)"/.exec(type)?.[1] ?? type;
  /** The words of types other than scalars. */
  const words = [...SPELLINGS.keys(), ...others().SPELLINGS.keys(), ...PARAMETER_ONLY].filter(
    (word) => !Object.hasOwn(SCALARS, String(word)),
  );

  test('has the words that the crate writes', () => {
    const folder = path.join(ROOT, 'rust', 'rustdll', 'src', 'types');
    const kinds = fs
      .readdirSync(folder, { recursive: true, encoding: 'utf8' })
      .filter((file) => file.endsWith('.rs'))
      .map((file) => rust(`types/${file}`));
    const written = kinds.flatMap((kind) => [...kind.matchAll(/Shape::(?:Plain|Applied)\("(\w+)"/g)]);
    // Scalars of 128 bits have the names that they have in Rust, and records and enums have numbers. The words of functions
    // are those of `describe_function`.
    const others = ['i128', 'u128', 'ref', 'fn', 'callback'];
    expect(new Set([...written.map(([, word]) => word), ...others])).toEqual(new Set(words));
  });

  test('a type that the page does not have is refused, and so is a field', () => {
    const broken = (change: (table: typeof json) => void): string => {
      const table = structuredClone(json);
      change(table);
      return JSON.stringify(table);
    };
    const damaged = expect.objectContaining({ code: 'ERR_RUSTDLL_TABLE' }) as Error;
    expect(() =>
      parseTable(
        broken((table) => (table.more = 1)),
        'page',
      ),
    ).toThrow(damaged);
    const types = rowsOf('The table').flatMap((cells) => codeOf(cells.join(' ')).filter((code) => /^\[?"/.test(code)));
    expect(new Set(types.map(wordOf))).toEqual(new Set([...words, 'f64']));
    const classAt = (json.types as Named[]).findIndex(({ kind }) => kind === 'class');
    const parse = (type: unknown): unknown =>
      parseTable(
        broken((table) =>
          Object.assign(
            table.functions[0] as object,
            // Only a result can have an iterator.
            String(type).startsWith('iter,') ? { result: type } : { parameters: [{ name: 'x', type }] },
          ),
        ),
        'page',
      );
    for (const type of types) {
      const isObject = /^\["(mut|own)", \["ref"/.test(type);
      const sample = type
        .replace('...', '')
        .replace(/\b[TUR]\b|\bP\b/g, '"f64"')
        .replace(/\bK\b/, '"char"')
        .replace(/\bN\b|\bi\b/, isObject ? String(classAt) : '0');
      expect(() => parse(JSON.parse(sample))).not.toThrow();
    }
    expect(() => parse(['list', 'f64'])).toThrow(damaged);
    expect(() => parse('usize128')).toThrow(damaged);
  });

  test('the names that no function has', () => {
    const text = /looks for on any object[^]+?```text\n([^]+?)```/.exec(section(page, 'The table'))?.[1] ?? '';
    const names = text.trim().split(/\s+/);
    expect(new Set(names)).toEqual(RESERVED);
    const inMacro = [
      ...(
        /RESERVED: &\[&str\] = &\[([^]+?)\];/.exec(read('rust', 'rustdll-macros', 'src', 'names.rs'))?.[1] ?? ''
      ).matchAll(/"(\w+)"/g),
    ].map(([, name]) => name);
    expect(inMacro.sort()).toEqual([...names].sort());
    expect([isReserved('$'), isReserved('@a'), isReserved('mean')]).toEqual([true, true, false]);
  });

  test('its limits', () => {
    const limits = new Map(rowsOf('Limits').map(([name = '', value]) => [name, Number(value)]));
    expect(limits.get('bytes of the table')).toBe(MAX_BYTES);
    expect(limits.get('functions in it, types in it')).toBe(MAX_ENTRIES);
    expect(limits.get('parameters of an exported function')).toBe(
      ((layoutOf(rowsOf('The frame')).offsets.objects as number) - native.layout().frameArguments) / 8,
    );
    expect(limits.get('records and enums inside one another in an argument')).toBe(MAX_RECURSION);

    const nested = (depth: number): unknown => (depth === 0 ? 'f64' : ['option', nested(depth - 1)]);
    const table = (depth: number): string => {
      const [first] = structuredClone(json.functions);
      return JSON.stringify({ ...json, functions: [{ ...first, result: nested(depth) }] });
    };
    const deepest = limits.get('types inside one another, without a `["ref"]`') as number;
    expect(() => parseTable(table(deepest), 'page')).not.toThrow();
    expect(() => parseTable(table(deepest + 1), 'page')).toThrow('deep');
  });
});
