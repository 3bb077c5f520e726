import * as fc from 'fast-check';
import { RustDLLError } from '../../src-ts/errors/errors';
import { parseTable } from '../../src-ts/levels/export/table';
import { jsonOf, tables, type Json } from './table.arbitrary';

/**
 * Reads any text. A table that is accepted must be complete, and one that is not must cause an error of this package.
 */
function expectReadOrRefused(text: string): void {
  let table;
  try {
    table = parseTable(text, '/app/lib.so');
  } catch (error) {
    expect(error).toBeInstanceOf(RustDLLError);
    expect((error as RustDLLError).code).toBe('ERR_RUSTDLL_TABLE');
    expect((error as RustDLLError).message).toMatch(/^cannot load '\/app\/lib\.so': the table [^]+: .+/);
    return;
  }
  expect(jsonOf(table)).toEqual(withoutUsual(JSON.parse(text) as Json));
}

/** What the test changes of a function. */
interface Signature {
  async?: boolean;
  background?: boolean;
  parameters: { type: Json }[];
}

/**
 * Removes what a library need not say of a function, as `jsonOf` does not say it, and spells a list of lists that Rust
 * changes as it does.
 */
function withoutUsual(table: Json): Json {
  const { functions, types } = table as unknown as { functions: Signature[]; types: { open?: boolean }[] };
  for (const definition of types) if (definition.open === false) delete definition.open;
  for (const signature of functions) {
    for (const parameter of signature.parameters) {
      const element = /^\["mut",\["mut","(\w+)"\]\]$/.exec(JSON.stringify(parameter.type))?.[1];
      if (element !== undefined) parameter.type = ['py', `&mut PyVec<&mut PyVec<${element}>>`];
    }
    if (signature.async === false) delete signature.async;
    if (signature.background === true) delete signature.background;
  }
  return table;
}

test('a table is read as what it is', () => {
  fc.assert(
    fc.property(tables, (table) => {
      expect(jsonOf(parseTable(JSON.stringify(table), '/app/lib.so'))).toEqual(table);
    }),
    { numRuns: 500 },
  );
});

/** Returns all lists and objects in a value. */
function containers(value: Json, found: (Json[] | { [key: string]: Json })[] = []): typeof found {
  if (typeof value !== 'object' || value === null) return found;
  found.push(value);
  for (const inner of Object.values(value)) containers(inner, found);
  return found;
}

/** Replaces a part of a table by `value`, inserts it, or removes the part. */
function damage(table: Json, where: number, which: number, way: number, value: Json): void {
  const all = containers(table);
  const target = all[where % all.length]!;
  const key = Object.keys(target)[which % Math.max(1, Object.keys(target).length)];
  if (Array.isArray(target)) {
    const at = Number(key ?? 0);
    if (way === 0) target.splice(at, 1);
    else if (way === 1) target.splice(at, 0, value);
    else if (way === 2) target.splice(at, 0, structuredClone(target[at] ?? null));
    else target[at] = value;
  } else if (way === 0 && key !== undefined) Reflect.deleteProperty(target, key);
  else if (way === 1) target[`${key ?? ''}_`] = value;
  else if (key !== undefined) target[key] = value;
}

const words = fc.constantFrom<Json>(
  ...['', '\0', 'x', 'close', '__proto__', 'record', 'enum', 'unit', 'value', 'tuple', 'f64', 'bool', 'vec', 'array'],
  ...['typed', 'option', 'map', 'ref', 'mut', 'py', '&PyStr', '&PyVec<f64>, w: &PyStr', '\ud800', 'constructor'],
);
const numbers = fc.constantFrom<Json>(0, 1, 2, 3, -1, 0.5, 2 ** 32, 1e300);
const types = fc.constantFrom<Json>(
  ...(
    [
      ['ref', 0],
      ['ref', 1],
      ['ref', 9],
      ['mut', 'f64'],
      ['py', '&PyStr'],
      ['py', 'PyStr'],
      ['typed', 'char'],
    ] as const
  ).map((type) => [...type]),
  ['array', ['ref', 0], 1],
  ['tuple'],
  ['vec'],
);
const values: fc.Arbitrary<Json> = fc.oneof(
  words,
  numbers,
  types,
  fc.constantFrom<Json>(null, true, false, [], {}),
  fc.jsonValue({ maxDepth: 2 }) as fc.Arbitrary<Json>,
);

test('a damaged table is refused, or read as what it has become', () => {
  const hit = fc.tuple(fc.nat(), fc.nat(), fc.nat(3), values);
  fc.assert(
    fc.property(tables, fc.array(hit, { minLength: 1, maxLength: 3 }), (table, hits) => {
      // fast-check shrinks a value that failed, so it must find it as it was.
      const damaged = structuredClone(table);
      for (const [where, which, way, value] of hits) damage(damaged, where, which, way, structuredClone(value));
      expectReadOrRefused(JSON.stringify(damaged));
    }),
    { numRuns: 3000 },
  );
});

test('so is one whose text is cut or overwritten', () => {
  fc.assert(
    fc.property(tables, fc.nat(), fc.nat(8), fc.string({ maxLength: 4, unit: 'binary' }), (table, at, gone, put) => {
      const text = JSON.stringify(table);
      const start = at % text.length;
      expectReadOrRefused(text.slice(0, start) + put + text.slice(start + gone));
      expectReadOrRefused(text.slice(0, start));
    }),
    { numRuns: 500 },
  );
});

test('so is anything else', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 200 }), (bytes) => {
      expectReadOrRefused(Buffer.from(bytes).toString('utf8'));
    }),
  );
  fc.assert(
    fc.property(fc.json(), (text) => {
      expectReadOrRefused(text);
    }),
  );
});
