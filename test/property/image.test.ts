import { execFileSync } from 'node:child_process';
import * as fs from 'node:fs';
import * as os from 'node:os';
import * as path from 'node:path';
import fc from 'fast-check';
import { RustDLLError } from '../../src-ts/errors/errors';
import { readImage } from '../../src-ts/file/headers';
import { type Image } from '../../src-ts/file/formats/image';
import { buildElf, buildFat, buildMachO, buildPe, type Symbols } from '../support/images';

/** The number of bytes that were read. */
const mockReading = { total: 0 };
jest.mock('node:fs', () => {
  const actual = jest.requireActual<typeof fs>('node:fs');
  const readSync = (fd: number, buffer: Buffer, offset: number, length: number, position: number): number => {
    mockReading.total += length;
    return actual.readSync(fd, buffer, offset, length, position);
  };
  return { ...actual, __esModule: true, readSync };
});

const HERE = { platform: 'darwin', arch: 'arm64' };

let folder: string;
let file: string;
let real: Buffer;

beforeAll(() => {
  folder = fs.mkdtempSync(path.join(os.tmpdir(), 'rustdll-fuzz-'));
  file = path.join(folder, 'image');
  const source = path.join(folder, 'real.rs');
  fs.writeFileSync(
    source,
    '#[no_mangle] pub extern "C" fn real_function(text: &str) -> usize { println!("{text}"); text.len() }\n',
  );
  const output = path.join(folder, 'real.library');
  const flags = ['--crate-type', 'cdylib', '--crate-name', 'real', '-A', 'warnings', '-C', 'strip=symbols'];
  execFileSync('rustc', [...flags, '-o', output, source]);
  real = fs.readFileSync(output);
});
afterAll(() => {
  fs.rmSync(folder, { recursive: true });
});

/** Reads everything in the bytes. It has to end, with an image or with an error of this package. */
function expectTame(bytes: Buffer): void {
  fs.writeFileSync(file, bytes);
  mockReading.total = 0;
  try {
    const image: Image = readImage(file, HERE);
    expect(image.needed.every((name) => typeof name === 'string')).toBe(true);
    for (const [name, kind] of image.exports()) {
      expect(name).not.toBe('');
      expect(['function', 'data', 'other']).toContain(kind);
    }
  } catch (error) {
    if (!(error instanceof RustDLLError)) throw error;
    expect(error.message).toContain(file);
    expect(error.code).toMatch(/^ERR_RUSTDLL_(NOT_A_LIBRARY|TRUNCATED|WRONG_TARGET)$/);
  }
  // Each of a dozen tables is read at most as far as the file goes, and up to 4096 bytes for the name of each import
  // (20 bytes).
  expect(mockReading.total).toBeLessThanOrEqual(bytes.length * (16 + 4096 / 20) + 4096);
}

const symbols: fc.Arbitrary<Symbols> = fc.dictionary(
  fc.stringMatching(/^[a-z_][a-z0-9_é]{0,40}$/),
  fc.constantFrom('function', 'data', 'undefined', 'hidden', 'untyped'),
  { noNullPrototype: true, maxKeys: 30 },
);
const names = fc.array(fc.stringMatching(/^[a-zA-Z0-9._@/-]{1,30}$/), { maxLength: 6 });

/** Returns only the symbols that the builder of the format knows. */
function only<K extends string>(all: Symbols, kinds: Readonly<Record<string, K>>): Record<string, K> {
  const kept = Object.entries(all).filter(([, kind]) => kind in kinds);
  return Object.fromEntries(kept.map(([name, kind]) => [name, kinds[kind]!]));
}

function expectImage(bytes: Buffer, needed: string[], exports: Record<string, string>): void {
  fs.writeFileSync(file, bytes);
  const image = readImage(file, HERE);
  expect(image.needed).toEqual(needed);
  expect(Object.fromEntries(image.exports())).toEqual(exports);
}

describe('what a library holds is what is read', () => {
  test('ELF', () => {
    fc.assert(
      fc.property(symbols, names, fc.constantFrom('gnu', 'sysv', 'none'), (all, needed, hash) => {
        const exports = only(all, { function: 'function', data: 'data', untyped: 'function' });
        expectImage(buildElf({ symbols: all, needed, hash }), needed, exports);
      }),
    );
  });

  test('PE', () => {
    fc.assert(
      fc.property(symbols, names, (all, imports) => {
        const exports = only(all, { function: 'function', data: 'data' });
        expectImage(buildPe({ exports, imports }), imports, exports);
      }),
    );
  });

  test('Mach-O', () => {
    fc.assert(
      fc.property(symbols, names, fc.constantFrom('trie', 'info', 'symbols'), (all, needed, exportsIn) => {
        const exports = only(all, { function: 'function', data: 'data' });
        const locals = only(all, { hidden: 'local' });
        expectImage(buildMachO({ symbols: { ...exports, ...locals }, needed, exportsIn }), needed, exports);
      }),
    );
  });
});

const SYMBOLS = { add: 'function', added: 'function', TABLE: 'data' } as const;
const SEEDS: Readonly<Record<string, () => Buffer>> = {
  'a real library': () => real,
  ELF: () =>
    buildElf({
      symbols: SYMBOLS,
      needed: ['libc.so.6'],
      versions: [['libc.so.6', ['GLIBC_2.2.5', 'GLIBC_2.34']]],
      note: 'GNU',
    }),
  'ELF with the old hash table': () => buildElf({ symbols: SYMBOLS, hash: 'sysv', sections: false }),
  PE: () => buildPe({ imports: ['KERNEL32.dll', 'ntdll.dll'], exports: SYMBOLS, debugSymbols: true }),
  'Mach-O': () => buildMachO({ symbols: SYMBOLS, needed: ['/usr/lib/libSystem.B.dylib'], platform: 1 }),
  'Mach-O without a trie': () => buildMachO({ symbols: SYMBOLS, exportsIn: 'symbols' }),
  'a fat file': () =>
    buildFat([
      [0x01000007, buildMachO({ machine: 0x01000007, symbols: SYMBOLS })],
      [0x0100000c, buildMachO({ symbols: SYMBOLS })],
    ]),
};

/** Values for counts and offsets: small ones, ones at the limits of their sizes, and any others. */
const word = fc.oneof(
  fc.constantFrom(0n, 1n, 2n, 7n, 8n, 0x7fn, 0x80n, 0xffn, 0xffffn, 0x7fff_ffffn, 0x8000_0000n, 0xffff_ffffn),
  fc.constantFrom(2n ** 32n, 2n ** 53n, 2n ** 63n - 1n, 2n ** 63n, 2n ** 64n - 1n, 2n ** 64n - 8n),
  fc.bigInt({ min: 0n, max: 2n ** 64n - 1n }),
  fc.bigInt({ min: 0n, max: 8192n }),
);

describe.each(Object.keys(SEEDS))('damaged: %s', (seed) => {
  /** A place in the file, mostly in the headers or in the tables at the end. */
  const place = fc.oneof(
    fc.nat(700),
    fc.nat(1 << 24),
    fc.nat(5000).map((back) => -1 - back),
  );

  function at(bytes: Buffer, offset: number): number {
    return ((offset % bytes.length) + bytes.length) % bytes.length;
  }

  test('undamaged it is read', () => {
    fs.writeFileSync(file, SEEDS[seed]!());
    expect(() => readImage(file, HERE)).not.toThrow();
  });

  test('any bytes changed', () => {
    const flips = fc.array(fc.tuple(place, fc.nat(255)), { minLength: 1, maxLength: 8 });
    fc.assert(
      fc.property(flips, (changes) => {
        const bytes = Buffer.from(SEEDS[seed]!());
        for (const [offset, value] of changes) bytes[at(bytes, offset)] = value;
        expectTame(bytes);
      }),
      { numRuns: 300 },
    );
  });

  test('any words changed', () => {
    const changes = fc.array(fc.tuple(place, fc.constantFrom(2, 4, 8), word), { minLength: 1, maxLength: 4 });
    fc.assert(
      fc.property(changes, (all) => {
        const bytes = Buffer.from(SEEDS[seed]!());
        for (const [offset, size, value] of all) {
          const field = Buffer.alloc(8);
          field.writeBigUInt64LE(value);
          // Fields are approximately aligned.
          field.copy(bytes, at(bytes, offset) & ~(size / 2 - 1), 0, size);
        }
        expectTame(bytes);
      }),
      { numRuns: 300 },
    );
  });

  test('cut anywhere, and anything behind it', () => {
    fc.assert(
      fc.property(place, fc.uint8Array({ maxLength: 64 }), (offset, more) => {
        const bytes = SEEDS[seed]!();
        expectTame(Buffer.concat([bytes.subarray(0, at(bytes, offset)), more]));
      }),
      { numRuns: 200 },
    );
  });
});
