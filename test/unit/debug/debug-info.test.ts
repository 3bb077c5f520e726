import { execFileSync } from 'node:child_process';
import * as fs from 'node:fs';
import * as os from 'node:os';
import * as path from 'node:path';
import { DebugInfo } from '../../../src-ts/debug/debug-info';
import { hasDebugInfo } from '../../../src-ts/file/debug-sections';
import { identityOf } from '../../../src-ts/file/identity';
import { formatSignature } from '../../../src-ts/types/known';
import { compilePlain, isElf, plainLibrary, type Way } from '../../support/plain';

function open(file: string): DebugInfo {
  return new DebugInfo(file, identityOf(file), true);
}

/** Prints what is known of a function. */
function known(info: DebugInfo, name: string): string {
  const { signature, reason } = info.find(name);
  return signature === null ? `${name}: ${reason}` : formatSignature(signature);
}

/** The functions as they are described, which differs from the source in the aliases of types. */
const SIGNATURES = [
  'fn add(a: i64, b: i64) -> i64',
  'fn all(v: &PyVec<bool>) -> u64',
  'fn anything(v: *mut c_void) -> u64',
  'fn block(n: i64) -> Block',
  'fn c_string(v: *const i8) -> i32',
  'fn call(f: extern "C" fn(i32) -> i32) -> i32',
  'fn chosen(first: bool, a: i64, b: i64) -> i64',
  'fn colour(c: Colour) -> i64',
  'fn count(text: &PyVec<u8>) -> usize',
  'fn first_of(b: &Block) -> f64',
  'fn flip(a: u64) -> u64',
  'fn forever()',
  'fn half(x: f64) -> f64',
  'fn half_f32(x: f32) -> f32',
  'fn in_place(v: &PyVec<PyVec<i64>>) -> i64',
  'fn index(a: isize, b: usize) -> usize',
  'fn inner(a: i64, v: &PyVec<f64>) -> i64',
  'fn join(v: &PyVec<&PyVec<u8>>) -> i64',
  'fn letter(c: char) -> char',
  'fn mean(v: &PyVec<f64>) -> f64',
  'fn metres(m: Metres) -> f64',
  'fn narrow(a: u8, b: i16) -> i32',
  'fn nested(v: &PyVec<&mut PyVec<i64>>) -> i64',
  'fn nested_floats(v: &PyVec<&PyVec<f64>>) -> i64',
  'fn norm(p: Point) -> f64',
  'fn norm_of(p: &Point) -> f64',
  'fn not(x: bool) -> bool',
  'fn nothing()',
  'fn optional(v: Option<&PyVec<i64>>) -> i64',
  'fn outer(a: i64, v: &PyVec<f64>) -> i64',
  'fn pattern(y: f64) -> i64',
  'fn raw(v: *mut f64, n: usize) -> usize',
  'fn raw_list(v: *const PyVec<i64>) -> i64',
  'fn repeat(text: &PyVec<u8>, times: u32) -> u64',
  'fn rounded(x: f64) -> i64',
  'fn scale(v: &mut PyVec<f64>, by: f64)',
  'fn sum(v: &PyVec<i64>) -> i64',
  'fn sum_bytes(v: &PyVec<u8>) -> u64',
  'fn sum_f32(v: &PyVec<f32>) -> i64',
  'fn sum_u64(v: &PyVec<u64>) -> u64',
  'fn twin_a(x: i64) -> i64',
  'fn twin_b(x: u64) -> u64',
  'fn unused(_: i64, _b: f64, _c: &PyVec<f64>) -> i64',
  'fn wide(a: i128) -> i64',
];

const NAMES = SIGNATURES.map((text) => (/\w+(?=\()/.exec(text) as RegExpExecArray)[0]);

const describeElf = isElf ? describe : describe.skip;

describeElf('the signatures', () => {
  test.each<[Way]>([['debug']])('of every function, %s', (way) => {
    const info = open(plainLibrary(way));
    expect(NAMES.map((name) => known(info, name))).toEqual(SIGNATURES);
  });

  test.each<[Way]>([
    ['release'],
    ['units'],
    ['lto'],
    ['dwarf5'],
    ['packed'],
    ['packed5'],
    ['unpacked'],
    ['unpacked5'],
    ['compressed'],
  ])('of every function whose code is its own, %s', (way) => {
    const info = open(plainLibrary(way));
    const merged: string[] = [];
    for (const [index, name] of NAMES.entries()) {
      const text = known(info, name);
      if (text.includes('the compiler has merged it with')) merged.push(name);
      else expect(text).toBe(SIGNATURES[index]);
    }
    // Of code that is the same for several functions one is described; which one depends on the compiler.
    expect(merged.length).toBeGreaterThan(0);
    expect(merged.length).toBeLessThan(6);
    expect(merged.some((name) => name.startsWith('twin_'))).toBe(true);
  });

  test('two words are one parameter', () => {
    const info = open(plainLibrary('debug'));
    expect(known(info, 'text')).toBe('fn text(s: &str) -> i64');
    expect(known(info, 'floats')).toBe('fn floats(s: &[f64]) -> i64');
  });

  test.each<[Way]>([['debug'], ['release'], ['dwarf5'], ['packed'], ['packed5'], ['unpacked'], ['unpacked5']])(
    'and where they stand in the source, %s',
    (way) => {
      const source = open(plainLibrary(way)).find('scale').signature?.source;
      const file = path.join(__dirname, '..', '..', 'fixtures', 'plain', 'plain.rs');
      expect(source?.file).toBe(file);
      const lines = fs.readFileSync(file, 'utf8').split('\n');
      expect(lines[(source?.line ?? 0) - 1]).toContain('fn scale');
    },
  );

  test.each<[Way, RegExp]>([
    ['lines', /^add: its debug information has lines and no types$/],
    ['tables', /^add: (?:its debug information does not mention it|.*lines and no types)$/],
    ['none', /^add: (?:it has no debug information|its debug information does not mention it)$/],
    ['stripped', /^add: it has no debug information$/],
  ])('are unknown without types, %s', (way, reason) => {
    expect(known(open(plainLibrary(way)), 'add')).toMatch(reason);
  });

  test('a name that is not there', () => {
    expect(known(open(plainLibrary('debug')), 'nope')).toBe('nope: its debug information does not mention it');
  });
});

describeElf('a library without debug information', () => {
  test('is read no further than the names of its sections', () => {
    const file = plainLibrary('stripped');
    const has = (path: string): boolean => hasDebugInfo({ format: 'elf', path } as Parameters<typeof hasDebugInfo>[0]);
    expect(has(file)).toBe(false);
    /** Returns how many bytes this process has read. */
    const read = (): number => Number(/rchar: (\d+)/.exec(fs.readFileSync('/proc/self/io', 'latin1'))![1]);
    const [before, own] = [read(), read()];
    has(file);
    // The header, that of the section with the names, and these; besides what counting reads.
    const bytes = read() - own - (own - before);
    expect(bytes).toBeGreaterThan(128);
    expect(bytes).toBeLessThan(128 + 1024);
  });

  test('nor is anything else that is in its place', () => {
    const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'rustdll-sections-'));
    const has = (name: string): boolean =>
      hasDebugInfo({ format: 'elf', path: path.join(folder, name) } as Parameters<typeof hasDebugInfo>[0]);
    try {
      const whole = fs.readFileSync(plainLibrary('debug'));
      const write = (name: string, change: (bytes: Buffer) => Buffer): void => {
        fs.writeFileSync(path.join(folder, name), change(Buffer.from(whole)));
      };
      write('whole', (bytes) => bytes);
      write('empty', () => Buffer.alloc(0));
      write('cut', (bytes) => bytes.subarray(0, 1000));
      write('header', (bytes) => bytes.subarray(0, 63));
      const names = Number(whole.readBigUInt64LE(40)) + whole.readUInt16LE(62) * 64;
      write('far', (bytes) => (bytes.writeBigUInt64LE(2n ** 63n, 40), bytes));
      write('long', (bytes) => (bytes.writeBigUInt64LE(2n ** 64n - 1n, names + 32), bytes));
      write('beyond', (bytes) => (bytes.writeBigUInt64LE(BigInt(whole.length), names + 24), bytes));
      execFileSync('mkfifo', [path.join(folder, 'pipe')]);
      fs.mkdirSync(path.join(folder, 'folder'));
      const files = ['whole', 'empty', 'cut', 'header', 'far', 'long', 'beyond', 'pipe', 'folder', 'missing'];
      expect(files.filter(has)).toEqual(['whole']);
    } finally {
      fs.rmSync(folder, { recursive: true });
    }
  });
});

describeElf('the files beside the library', () => {
  let folder: string;

  beforeEach(() => (folder = fs.mkdtempSync(path.join(os.tmpdir(), 'rustdll-debug-'))));
  afterEach(() => {
    fs.rmSync(folder, { recursive: true });
  });

  function copy(way: Way, suffix = ''): string {
    const file = path.join(folder, `libplain.so${suffix}`);
    fs.copyFileSync(plainLibrary(way) + suffix, file);
    return file;
  }

  test('a library without its package', () => {
    expect(known(open(copy('packed')), 'add')).toMatch(
      /^add: its debug information is in .*\.dwo, which is not there$|^fn add/,
    );
  });

  test('a package of another build', () => {
    const file = copy('packed');
    fs.copyFileSync(`${plainLibrary('packed5')}.dwp`, `${file}.dwp`);
    expect(known(open(file), 'add')).toMatch(/^add: its debug information in .*\.dwp is of another build$|^fn add/);
  });

  test('a package that is a named pipe, a folder, or no package', () => {
    const file = copy('packed');
    const { execFileSync } = jest.requireActual<typeof import('node:child_process')>('node:child_process');
    execFileSync('mkfifo', [`${file}.dwp`]);
    expect(known(open(file), 'add')).toMatch(/^add: it cannot be read \(it is a named pipe, not a file\)$/);
    fs.rmSync(`${file}.dwp`);
    fs.mkdirSync(`${file}.dwp`);
    expect(known(open(file), 'add')).toMatch(/^add: it cannot be read \(it is a directory, not a file\)$/);
    fs.rmdirSync(`${file}.dwp`);
    fs.writeFileSync(`${file}.dwp`, 'no package');
    expect(known(open(file), 'add')).toBe('add: the debug information of files of its kind is not read');
  });

  test('a file of the compiler that is a named pipe, or of another build', () => {
    const file = path.join(folder, 'libplain.so');
    compilePlain('unpacked5', file);
    const rest = fs.readdirSync(folder).filter((name) => name.endsWith('.dwo'));
    expect(rest.length).toBeGreaterThan(0);
    expect(known(open(file), 'add')).toMatch(/^fn add/);
    const { execFileSync } = jest.requireActual<typeof import('node:child_process')>('node:child_process');
    for (const name of rest) {
      fs.rmSync(path.join(folder, name));
      execFileSync('mkfifo', [path.join(folder, name)]);
    }
    expect(known(open(file), 'add')).toBe('add: it cannot be read (it is a named pipe, not a file)');
    for (const name of rest) {
      fs.rmSync(path.join(folder, name));
      fs.copyFileSync(`${plainLibrary('packed5')}.dwp`, path.join(folder, name));
    }
    expect(known(open(file), 'add')).toMatch(/^add: its debug information in .*\.dwo is of another build$/);
  });

  test('a library that was replaced after it was loaded', () => {
    const file = copy('debug');
    const info = new DebugInfo(file, `${identityOf(file)}0`);
    expect(known(info, 'add')).toBe('add: its file was replaced after it was loaded');
  });
});
