import * as fs from 'node:fs';
import * as os from 'node:os';
import * as path from 'node:path';
import fc from 'fast-check';
import { DebugInfo } from '../../src-ts/debug/debug-info';
import { readElfSections } from '../../src-ts/file/formats/elf-sections';
import { Reader } from '../../src-ts/file/formats/reader';
import { identityOf } from '../../src-ts/file/identity';
import { isElf, plainLibrary, type Way } from '../support/plain';
import { countWork, MOST_BYTES, MOST_STEPS, type Work } from '../support/work';

const describeElf = isElf ? describe : describe.skip;

const RUNS = Number(process.env['DAMAGED_FILES'] ?? 100);

const NAMES = ['add', 'scale', 'nested', 'optional', 'outer', 'twin_b'];

interface Span {
  readonly offset: number;
  readonly size: number;
}

/** Returns the parts of a file that describe the functions: sections of debug information, and their table. */
function spansOf(file: string): Span[] {
  return Reader.open(file, (reader) => {
    const sections = readElfSections(reader).filter(({ name, size }) => /^\.(?:debug_|dynsym)/.test(name) && size > 0);
    const header = reader.bytes(0, 64, 'the header');
    return [...sections, { offset: header.u64(40), size: header.u16(60) * 64 }];
  });
}

/** A change: what part of the file it is in, where in that part (0 to 1), and the bytes there. */
const change = fc.record({
  part: fc.nat(),
  // Most of what is read of a large section is at its beginning or its end.
  at: fc.oneof(fc.double({ min: 0, max: 1, noNaN: true }), fc.constantFrom(0, 0.999_999)),
  bytes: fc.oneof(
    fc.uint8Array({ minLength: 1, maxLength: 8 }),
    fc.constantFrom(
      new Uint8Array(8).fill(0xff),
      new Uint8Array(4).fill(0xff),
      new Uint8Array(8),
      new Uint8Array(64).fill(0x80),
      Uint8Array.of(0xff, 0xff, 0xff, 0x7f),
    ),
  ),
});

describeElf.each<[Way, string]>([
  ['debug', ''],
  ['dwarf5', ''],
  ['packed', '.dwp'],
  ['packed5', '.dwp'],
  ['compressed', ''],
])('damaged debug information, %s', (way, suffix) => {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'rustdll-damaged-'));
  const library = path.join(folder, 'libplain.so');
  const damaged = library + suffix;
  let original: Buffer;
  let spans: Span[];

  beforeAll(() => {
    fs.copyFileSync(plainLibrary(way), library);
    if (suffix !== '') fs.copyFileSync(plainLibrary(way) + suffix, damaged);
    original = fs.readFileSync(damaged);
    spans = spansOf(damaged);
  });

  afterAll(() => {
    fs.rmSync(folder, { recursive: true });
  });

  /** Asks for functions, each of which is known or not. */
  function look(work: Work): void {
    const info = new DebugInfo(library, identityOf(library));
    for (const name of NAMES) {
      work.bytes = work.steps = 0;
      const { signature, reason } = info.find(name);
      expect(signature === null ? typeof reason : signature.name).toBe(signature === null ? 'string' : name);
      expect(work.bytes).toBeLessThan(MOST_BYTES);
      expect(work.steps).toBeLessThan(MOST_STEPS);
    }
  }

  test('makes functions unknown, and is never an error', () => {
    const file = fs.openSync(damaged, 'r+');
    const work = countWork();
    try {
      fc.assert(
        fc.property(fc.array(change, { minLength: 1, maxLength: 4 }), (changes) => {
          const places = changes.map(({ part, at, bytes }) => {
            const { offset, size } = spans[part % spans.length] as Span;
            return { offset: Math.min(offset + Math.floor(at * size), original.length - bytes.length), bytes };
          });
          for (const { offset, bytes } of places) fs.writeSync(file, bytes, 0, bytes.length, offset);
          look(work);
          for (const { offset, bytes } of places) fs.writeSync(file, original, offset, bytes.length, offset);
        }),
        { numRuns: RUNS },
      );
    } finally {
      work.stop();
      fs.closeSync(file);
    }
  });

  test('also if all of a section is the same byte', () => {
    const work = countWork();
    try {
      for (const { offset, size } of spans) {
        for (const byte of [0, 1, 0x7f, 0x80, 0xff]) {
          const changed = Buffer.from(original);
          changed.fill(byte, offset, offset + size);
          fs.writeFileSync(damaged, changed);
          look(work);
        }
      }
    } finally {
      work.stop();
      fs.writeFileSync(damaged, original);
    }
  });
});
