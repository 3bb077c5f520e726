import { cabi } from '../../../support/cabi';
import { expectRangeError, expectTypeError } from '../../../support/errors';
import { expectHealthy } from '../../../support/health';

const lib = cabi.declare(`
  fn text_length(text: Option<*const c_char>) -> i64;
  fn error_text(code: c_int) -> *const c_char;
  #[free = "text_free"]
  fn text_upper(text: *const c_char) -> *mut c_char;
  fn text_upper_into(text: *const c_char, #[out] #[free = "text_free"] upper: *mut *mut c_char) -> c_int;
  fn text_count() -> i64;
  fn text_into(buffer: *mut c_char, room: usize) -> c_int;
`);

afterEach(() => {
  expectHealthy();
  expect(lib.text_count()).toBe(0);
});

test('go in as UTF-8 with a NUL behind them', () => {
  expect(lib.text_length('')).toBe(0);
  expect(lib.text_length('né 🦀')).toBe(8);
  expect(lib.text_length('x'.repeat(2_000_000))).toBe(2_000_000);
  expect(lib.text_length(null)).toBe(-1);
  expect(lib.text_length(undefined)).toBe(-1);
});

test('what C cannot see is refused', () => {
  expectTypeError(() => lib.text_upper('a\0b'), /^text_upper: argument 1 \(text\): the string has a NUL at index 1/);
  expectTypeError(
    () => lib.text_upper('\ud800'),
    /^text_upper: argument 1 \(text\): the string has a lone surrogate/,
    'ERR_RUSTDLL_SURROGATE',
  );
  expectTypeError(
    () => lib.text_upper(null as never),
    /^text_upper: argument 1 \(text\): expected a string, got null; where NULL is allowed, write Option<\*const c_char>$/,
  );
  expectTypeError(() => lib.text_upper(1 as never), /expected a string \(\*const c_char\), got number 1/);
  expectTypeError(() => lib.text_length(Buffer.from('a') as never), /expected a string/);
});

test('come out as strings', () => {
  expect(lib.error_text(0)).toBe('in Ordnung — 🦀');
  expect(lib.error_text(1)).toBe('');
  expect(lib.error_text(3)).toBeNull();
  expectTypeError(() => lib.error_text(2), /^error_text: the result: the 2 bytes of the text are not UTF-8/);
});

test('are freed by the library', () => {
  expect(lib.text_upper('straße')).toBe('STRAßE');
  expect(lib.text_upper_into('a')).toEqual({ result: 0, upper: 'A' });
  expect(lib.text_upper_into('')).toEqual({ result: -1, upper: null });
  // Without `free` the pointer itself has to be asked for, to free it later.
  const kept = cabi.declare(`
    fn text_upper(text: *const c_char) -> *mut c_void;
    fn text_free(#[release] text: *mut c_void);
  `);
  const text = kept.text_upper('b')!;
  expect(lib.text_count()).toBe(1);
  expect(Buffer.from(text.bytes(1)).toString()).toBe('B');
  kept.text_free(text);
  expect(text.released).toBe(true);
  expectTypeError(
    () => kept.text_free(text),
    /^text_free: argument 1 \(text\): the c_void was released$/,
    'ERR_RUSTDLL_RELEASED',
  );
  expectTypeError(() => text.bytes(1), /^bytes: the c_void was released$/, 'ERR_RUSTDLL_RELEASED');
});

test('are freed even if they cannot be read', () => {
  const { text_upper } = cabi.declare('#[free = "text_free"] fn text_upper(text: *const u8) -> *mut c_char');
  expectTypeError(
    () => text_upper(new Uint8Array([0xff, 0])),
    /^text_upper: the result: the 1 bytes of the text are not UTF-8/,
  );
});

test('a function that frees has to exist', () => {
  expect(() => cabi.declare('#[free = "text_fre"] fn text_upper(text: *const c_char) -> *mut c_char')).toThrow(
    expect.objectContaining({ code: 'ERR_RUSTDLL_SYMBOL' }),
  );
});

test('are written into a buffer', () => {
  const buffer = Buffer.alloc(10);
  expect(lib.text_into(buffer, buffer.length)).toBe(5);
  expect(buffer.toString('utf8', 0, 5)).toBe('hello');
  expect(lib.text_into(null, 0)).toBe(5);
  expect(() => lib.text_into(buffer, 11)).toThrow(RangeError);
  expectTypeError(
    () => lib.text_into('hello' as never, 1),
    /^text_into: argument 1 \(buffer\): expected bytes to write to/,
  );
  expectTypeError(() => lib.text_into([1] as never, 1), /expected bytes to write to/);
});

describe('lists of texts', () => {
  const lists = cabi.declare(`
    fn texts_size(texts: *const *const c_char) -> i64;
    fn texts_bytes(#[len = "texts"] count: usize, texts: *const *const c_char, room: usize) -> i64;
    fn texts_known() -> *const *const c_char;
  `);

  test('go in with NULL behind them, and their number', () => {
    expect(lists.texts_size([])).toBe(0);
    expect(lists.texts_size(['', 'né', '🦀'])).toBe(3007);
    expect(lists.texts_size(Array.from({ length: 5000 }, (_, k) => 'x'.repeat(k % 100)))).toBe(5_000_000 + 50 * 4950);
    expect(lists.texts_size(Object.freeze(['a']))).toBe(1001);
    expect(lists.texts_size(null)).toBe(-1);
    expect(lists.texts_size(lists.texts_known())).toBe(2008);
    expect(lists.texts_bytes(['ab', 'c'], 2)).toBe(3);
    expect(lists.texts_bytes([], 0)).toBe(0);
  });

  test('what is refused', () => {
    expectTypeError(
      () => lists.texts_size(['a', 1] as never),
      /^texts_size: argument 1 \(texts\)\[1\]: expected a string, got number 1$/,
    );
    expectTypeError(
      () => lists.texts_size(Object.assign(['a'], { 2: 'b' })),
      /\(texts\)\[1\]: expected a string, got undefined$/,
    );
    expectTypeError(() => lists.texts_size(['a\0']), /\(texts\)\[0\]: the string has a NUL at index 1/);
    expectTypeError(() => lists.texts_size('a' as never), /expected a list of strings, a Pointer or null/);
    expectTypeError(() => lists.texts_bytes(lists.texts_known(), 1), /the length of a Pointer is unknown/);
    expectRangeError(() => lists.texts_bytes(['a'], 2), /2 is beyond the length of texts, which has 1 elements$/);
  });

  test('a list that shrinks while it is packed', () => {
    const list = ['a', 'b', 'c'];
    Object.defineProperty(list, 0, {
      get: () => {
        list.length = 1;
        return 'a';
      },
    });
    expectTypeError(() => lists.texts_size(list), /\(texts\)\[1\]: expected a string, got undefined$/);
  });
});
