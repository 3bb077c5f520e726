import { functionOfC, typeOfC } from '../../../../src-ts/levels/declare/c-syntax';
import { parseDeclarations } from '../../../../src-ts/levels/declare/parser';

test.each([
  ['int', 'c_int'],
  ['unsigned', 'c_uint'],
  ['unsigned  long   long', 'c_ulonglong'],
  ['uint8_t', 'u8'],
  ['int64_t', 'i64'],
  ['size_t', 'usize'],
  ['double', 'f64'],
  ['const char *', '*const c_char'],
  ['char const*', '*const c_char'],
  ['char*', '*mut c_char'],
  ['const void *', '*const c_void'],
  ['sqlite3 **', '*mut *mut sqlite3'],
  ['const char **', '*mut *const c_char'],
  ['struct stat *', '*mut stat'],
  ['const double * const', '*const f64'],
  ['Vec<f64>', null],
  ['&str', null],
  ['*const u8', null],
  ['String', null],
  ['void', null],
  ['', null],
])('the type %j', (text, expected) => {
  expect(typeOfC(text)).toBe(expected);
});

test.each([
  ['int add(int a, int b);', 'fn add(a: c_int, b: c_int) -> c_int'],
  ['void free_all(void);', 'fn free_all()'],
  ['extern unsigned char *data(const char *name, size_t n)', 'fn data(name: *const c_char, n: usize) -> *mut u8'],
  ['int sqlite3_open(\n  const char *filename,   /* name */\n  sqlite3 **ppDb\n);', null],
  [
    'int sqlite3_open(\n  const char *filename,\n  sqlite3 **ppDb\n);',
    'fn sqlite3_open(filename: *const c_char, ppDb: *mut *mut sqlite3) -> c_int',
  ],
  ['double mean(const double v[], unsigned n)', 'fn mean(v: *const f64, n: c_uint) -> f64'],
  ['Rgba mix(Rgba, Rgba)', 'fn mix(a1: Rgba, a2: Rgba) -> Rgba'],
  ['void each(List *l, void (*f)(int))', null],
  ['let x = 3', null],
  ['mod x {}', null],
])('the function %j', (text, expected) => {
  expect(functionOfC(text)).toBe(expected);
});

test.each([
  ['int add(int a, int b);', "in Rust's syntax it is `fn add(a: c_int, b: c_int) -> c_int`"],
  ['fn f(a: int)', 'found `int`; write `c_int`'],
  ['fn f(a: const char*)', 'found `const char*`; write `*const c_char`'],
  ['fn f() -> const char*', 'found `const char*`; write `*const c_char`'],
  ['fn f() -> unsigned long', 'write `c_ulong`'],
  ['mod x {}', 'functions, `#[repr(C)]` structures, `extern` blocks and names of types can be declared'],
])('%j is refused with what to write', (source, message) => {
  expect(() => parseDeclarations(source)).toThrow(message);
});
