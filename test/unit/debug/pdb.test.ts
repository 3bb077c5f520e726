import { execFileSync } from 'node:child_process';
import * as fs from 'node:fs';
import * as os from 'node:os';
import * as path from 'node:path';
import fc from 'fast-check';
import { plainFunctions } from '../../../src-ts/cli/plain-functions';
import { DebugInfo } from '../../../src-ts/debug/debug-info';
import { hasDebugInfo } from '../../../src-ts/file/debug-sections';
import { identityOf } from '../../../src-ts/file/identity';
import { contradiction } from '../../../src-ts/levels/declare/contradiction';
import { parseDeclarations } from '../../../src-ts/levels/declare/parser';
import { faultOfValue } from '../../../src-ts/levels/guess/faults';
import { formatSignature, type KnownSignature } from '../../../src-ts/types/known';
import { crossLibrary, isElf, plainLibrary } from '../../support/plain';
import { countWork, MOST_BYTES, MOST_STEPS } from '../../support/work';

const RUNS = Number(process.env['DAMAGED_FILES'] ?? 100);

function open(file: string): DebugInfo {
  return new DebugInfo(file, identityOf(file), true);
}

function known(info: DebugInfo, name: string): string {
  const { signature, reason } = info.find(name);
  return signature === null ? `${name}: ${reason}` : formatSignature(signature);
}

/** Compiles the library; null if this machine cannot. */
function attempt(level: number): string | null {
  try {
    return crossLibrary('x86_64-pc-windows-msvc', `-Copt-level=${level}`);
  } catch (error) {
    console.warn(
      `no PDB is read: rustc does not write one here: ${String((error as { stderr?: Buffer }).stderr ?? error)}`,
    );
    return null;
  }
}

/** The functions as a PDB describes them: `usize` is `u64` there, and whether Rust may change a list is not stated. */
const SIGNATURES = [
  'fn add(a: i64, b: i64) -> i64',
  'fn all(v: &mut PyVec<bool>) -> u64',
  'fn anything(v: *mut c_void) -> u64',
  'fn block(n: i64) -> Block',
  'fn c_string(v: *mut i8) -> i32',
  'fn call(f: extern "C" fn) -> i32',
  'fn chosen(first: bool, a: i64, b: i64) -> i64',
  'fn colour(c: Colour) -> i64',
  'fn count(text: &mut PyVec<u8>) -> u64',
  'fn first_of(b: *mut Block) -> f64',
  'fn flip(a: u64) -> u64',
  'fn floats(_: &[f64]) -> i64',
  'fn forever()',
  'fn half(x: f64) -> f64',
  'fn half_f32(x: f32) -> f32',
  'fn in_place(v: &mut PyVec<PyVec<i64>>) -> i64',
  'fn index(a: i64, b: u64) -> u64',
  'fn inner(a: i64, v: &mut PyVec<f64>) -> i64',
  'fn join(v: &mut PyVec<&mut PyVec<u8>>) -> i64',
  'fn letter(c: char) -> char',
  'fn mean(v: &mut PyVec<f64>) -> f64',
  'fn metres(m: Metres) -> f64',
  'fn narrow(a: u8, b: i16) -> i32',
  'fn nested(v: &mut PyVec<&mut PyVec<i64>>) -> i64',
  'fn nested_floats(v: &mut PyVec<&mut PyVec<f64>>) -> i64',
  'fn norm(_: Point) -> f64',
  'fn norm_of(p: *mut Point) -> f64',
  'fn not(x: bool) -> bool',
  'fn nothing()',
  'fn optional(v: Option<&PyVec<i64>>) -> i64',
  'fn outer(a: i64, v: &mut PyVec<f64>) -> i64',
  'fn pattern(_: i64, _: f64) -> i64',
  'fn raw(v: *mut f64, n: u64) -> u64',
  'fn raw_list(v: &mut PyVec<i64>) -> i64',
  'fn repeat(text: &mut PyVec<u8>, times: u32) -> u64',
  'fn rounded(x: f64) -> i64',
  'fn scale(v: &mut PyVec<f64>, by: f64)',
  'fn sum(v: &mut PyVec<i64>) -> i64',
  'fn sum_bytes(v: &mut PyVec<u8>) -> u64',
  'fn sum_f32(v: &mut PyVec<f32>) -> i64',
  'fn sum_u64(v: &mut PyVec<u64>) -> u64',
  'fn text(_: &str) -> i64',
  'fn twin_a(x: i64) -> i64',
  'fn twin_b(x: u64) -> u64',
  'fn unused(_: i64, _b: f64, _c: &mut PyVec<f64>) -> i64',
  'fn wide(a: i128) -> i64',
];

const NAMES = SIGNATURES.map((text) => (/\w+(?=\()/.exec(text) as RegExpExecArray)[0]);

const [plain, optimised] = [attempt(0), attempt(3)];

(plain === null || optimised === null ? describe.skip : describe)('a PDB', () => {
  const [library, other] = [plain, optimised] as [string, string];
  let folder: string;

  beforeEach(() => (folder = fs.realpathSync(fs.mkdtempSync(path.join(os.tmpdir(), 'rustdll-pdb-')))));
  afterEach(() => {
    fs.rmSync(folder, { recursive: true });
  });

  test('states the signatures', () => {
    const info = open(library);
    expect(NAMES.map((name) => known(info, name))).toEqual(SIGNATURES);
    expect(known(info, 'nope')).toBe('nope: its debug information does not mention it');
    expect(hasDebugInfo({ format: 'pe', path: library } as Parameters<typeof hasDebugInfo>[0])).toBe(true);
  });

  test('states those of optimised code, but for functions that were merged', () => {
    const info = open(other);
    const merged: string[] = [];
    for (const [index, name] of NAMES.entries()) {
      const text = known(info, name);
      if (/: the compiler has merged it with \w+, whose code is the same$/.test(text)) merged.push(name);
      else expect(text).toBe(SIGNATURES[index]);
    }
    expect(merged.length).toBeGreaterThan(0);
    expect(merged.length).toBeLessThan(6);
  });

  const places = (info: DebugInfo) => NAMES.map((name) => info.find(name).signature?.source);

  test('states where functions are in the sources', () => {
    expect(new DebugInfo(library, identityOf(library)).find('add').signature?.source).toBeNull();
    const begins = fs
      .readFileSync(places(open(library))[0]!.file, 'utf8')
      .split('\n')
      .flatMap((text, index) => (/\bfn \w+/.test(text) ? [index + 1] : []));
    for (const [info, all] of [
      [open(library), NAMES.length],
      [open(other), NAMES.length - 6],
    ] as const) {
      const stated = places(info).filter((source) => source != null);
      expect(stated.length).toBeGreaterThanOrEqual(all);
      // Some have no code for their first line, but one of the next.
      for (const { line } of stated) expect(begins.some((begin) => line >= begin && line < begin + 30)).toBe(true);
    }
  });

  (isElf ? test : test.skip)('which is where DWARF states them, or a line of the body', () => {
    const [own, dwarf] = [places(open(library)), places(open(plainLibrary('debug')))];
    for (const [index, source] of own.entries()) {
      expect(source!.file).toBe(dwarf[index]!.file);
      expect(source!.line - dwarf[index]!.line).toBeGreaterThanOrEqual(0);
      expect(source!.line - dwarf[index]!.line).toBeLessThan(3);
    }
  });

  test.each([library, other])('the declarations are spelled as in the sources', (path) => {
    const exports = (): ReadonlyMap<string, 'function'> => new Map(NAMES.map((name) => [name, 'function'] as const));
    const image = { path, exports } as unknown as Parameters<typeof plainFunctions>[0];
    const declarations = plainFunctions(image).map(({ declaration }) => declaration);
    expect(declarations).toContain('fn count(text: &PyStr) -> usize');
    expect(declarations).toContain('fn index(a: isize, b: usize) -> usize');
    expect(declarations).toContain('fn nested(v: &PyVec<&mut PyVec<i64>>) -> i64');
  });

  /** What is contradicted in a declaration. */
  function contradicted(declaration: string): string | null {
    const [signature] = parseDeclarations(declaration);
    const found = open(library).find(signature?.name ?? '').signature;
    return signature === undefined || found === null ? 'not known' : contradiction(signature, found);
  }

  test.each([
    ['fn scale(v: &mut PyVec<f64>, by: f64)'],
    ['fn mean(v: &PyVec<f64>) -> f64'],
    ['fn count(text: &PyStr) -> usize'],
    ['fn index(a: isize, b: usize) -> usize'],
    ['fn optional(v: Option<&PyVec<i64>>) -> i64'],
    ['fn raw_list(v: Option<&PyVec<i64>>) -> i64'],
    ['fn raw_list(v: usize) -> i64'],
    ['fn nested(v: &PyVec<&mut PyVec<i64>>) -> i64'],
    ['fn join(v: &PyVec<&PyStr>) -> i64'],
    ['fn in_place(v: &PyVec<PyVec<i64>>) -> i64'],
    ['fn pattern(x: i64, y: f64) -> i64'],
  ])('%s is not contradicted', (declaration) => {
    expect(contradicted(declaration)).toBeNull();
  });

  test.each([
    ['fn scale(v: &mut PyVec<f32>, by: f64)', /takes &mut PyVec<f64>, not &mut PyVec<f32>/],
    ['fn add(a: i64) -> i64', /takes 2 parameters, not 1/],
    ['fn half(x: f64) -> f32', /returns f64, not f32/],
    ['fn nested(v: &PyVec<&PyVec<f64>>) -> i64', /takes &mut PyVec<&mut PyVec<i64>>/],
    ['fn not(x: u8) -> bool', /takes bool, not u8/],
  ])('%s is contradicted', (declaration, problem) => {
    expect(contradicted(declaration)).toMatch(problem);
  });

  test('refuses guesses that are certainly wrong, and no others', () => {
    const info = open(library);
    const fault = (name: string, value: unknown): string | undefined =>
      faultOfValue((info.find(name).signature as KnownSignature).parameters[0]!.type, value)?.problem;
    expect(fault('half', 1)).toMatch(/^the library takes f64, got the whole number 1/);
    expect(fault('add', 'a')).toMatch(/^the library takes i64, got a string/);
    expect(fault('sum', 'a')).toMatch(/^the library takes &mut PyVec<i64>, got a string/);
    expect(fault('sum', 1.5)).toMatch(/^the library takes &mut PyVec<i64>, got the number 1.5/);
    // It may be an address, as nothing tells a reference from a raw pointer.
    expect(fault('sum', 4096)).toBeUndefined();
    expect(fault('optional', 4096)).toMatch(/^the library takes Option<&PyVec<i64>>, got/);
    expect(fault('optional', 0)).toBeUndefined();
    expect(fault('count', 'text')).toBeUndefined();
  });

  /** Copies the library, with a link to a PDB of another name in place of that which the linker wrote. */
  function copy(): { dll: string; pdb: string } {
    const dll = path.join(folder, 'plain.dll');
    const bytes = fs.readFileSync(library);
    bytes.write('other.pdb', bytes.indexOf('RSDS') + 24);
    fs.writeFileSync(dll, bytes);
    return { dll, pdb: path.join(folder, 'other.pdb') };
  }

  test('is the one beside the library, if it has the same id', () => {
    const { dll, pdb } = copy();
    expect(known(open(dll), 'add')).toBe(`add: its debug information is in ${pdb}, which is not there`);
    fs.copyFileSync(library.replace('.dll', '.pdb'), pdb);
    expect(known(open(dll), 'add')).toBe('fn add(a: i64, b: i64) -> i64');
    fs.copyFileSync(other.replace('.dll', '.pdb'), pdb);
    expect(known(open(dll), 'add')).toBe(`add: its debug information in ${pdb} is of another build`);
  });

  test('is looked for where the linker wrote it, unless that is relative to where the program runs', () => {
    const { dll, pdb } = copy();
    const elsewhere = path.join(folder, 'deps', 'elsewhere.pdb');
    fs.mkdirSync(path.dirname(elsewhere));
    fs.copyFileSync(library.replace('.dll', '.pdb'), elsewhere);
    const bytes = fs.readFileSync(dll);
    const at = bytes.indexOf('RSDS');
    // The linker leaves room behind the path only where the section ends, so the whole link is moved to the end.
    const link = Buffer.concat([bytes.subarray(at, at + 24), Buffer.from(`${elsewhere}\0`)]);
    const [from, size] = [Buffer.alloc(4), Buffer.alloc(4)];
    from.writeUInt32LE(at);
    size.writeUInt32LE(link.length);
    const pointer = bytes.indexOf(from);
    expect(pointer).toBeGreaterThan(0);
    bytes.writeUInt32LE(bytes.length, pointer);
    size.copy(bytes, pointer - 8);
    fs.writeFileSync(dll, Buffer.concat([bytes, link]));
    expect(known(open(dll), 'add')).toBe('fn add(a: i64, b: i64) -> i64');
    fs.rmSync(elsewhere);
    expect(known(open(dll), 'add')).toBe(`add: its debug information is in ${elsewhere}, which is not there`);
    expect(fs.existsSync(pdb)).toBe(false);
  });

  test('is a file', () => {
    const { dll, pdb } = copy();
    if (process.platform !== 'win32') {
      execFileSync('mkfifo', [pdb]);
      expect(known(open(dll), 'add')).toBe('add: it cannot be read (it is a named pipe, not a file)');
      fs.rmSync(pdb);
    }
    fs.mkdirSync(pdb);
    expect(known(open(dll), 'add')).toBe('add: it cannot be read (it is a directory, not a file)');
    fs.rmdirSync(pdb);
    fs.writeFileSync(pdb, 'no PDB at all, but longer than the header of one would be'.repeat(2));
    expect(known(open(dll), 'add')).toBe('add: it is no PDB');
  });

  test('makes functions unknown if it is damaged, and is never an error', () => {
    const { dll, pdb } = copy();
    const original = fs.readFileSync(library.replace('.dll', '.pdb'));
    const blocks = original.length / 4096;
    const bytes = fc.oneof(
      fc.uint8Array({ minLength: 1, maxLength: 8 }),
      fc.constantFrom(
        new Uint8Array(8).fill(0xff),
        new Uint8Array(64),
        new Uint8Array(4096),
        Uint8Array.of(0xff, 0x7f),
      ),
    );
    // Many tables begin where a block does.
    const inside = fc.oneof(fc.nat(4095), fc.nat(64), fc.constant(0));
    const change = fc.record({ block: fc.nat(blocks - 1), inside, bytes });
    const work = countWork();
    try {
      fc.assert(
        fc.property(fc.array(change, { minLength: 1, maxLength: 8 }), (changes) => {
          const damaged = Buffer.from(original);
          for (const { block, inside: at, bytes: piece } of changes)
            damaged.set(piece.subarray(0, 4096 - at), block * 4096 + at);
          fs.writeFileSync(pdb, damaged);
          const info = open(dll);
          for (const name of ['add', 'scale', 'optional', 'join', 'text']) {
            work.bytes = work.steps = 0;
            const { signature, reason } = info.find(name);
            expect(signature === null ? typeof reason : signature.name).toBe(signature === null ? 'string' : name);
            expect(work.bytes).toBeLessThan(MOST_BYTES);
            expect(work.steps).toBeLessThan(MOST_STEPS);
          }
        }),
        { numRuns: RUNS },
      );
    } finally {
      work.stop();
    }
  });
});
