/** The types that TypeScript infers from declarations of C functions; `tsc -p test/types` is the test. */
import type { WithBackground } from '../../src-ts/call/background/typed';
import type { BigIntsOf, Declared, DeclareOptions } from '../../src-ts/levels/declare/types/declared';
import type { Pointer } from '../../src-ts/types/pointer';

type Equal<A, B> = (<T>() => T extends A ? 1 : 2) extends <T>() => T extends B ? 1 : 2 ? true : false;
function expectTrue<_T extends true>(): void {}

/** Without what says that it has no background form. */
type Plain<F> = F extends (...args: infer A) => infer R ? (...args: A) => R : never;

// Has the type of `RustDLL.declare`.
declare function declared<const S extends string, const O extends DeclareOptions = object>(
  source: S,
  options?: O,
): Declared<S, BigIntsOf<O>>;

// Texts, handles and what comes out of parameters.
{
  const lib = declared(`
    fn version() -> *const c_char;
    fn open(name: *const c_char, #[out] db: *mut *mut sqlite3) -> c_int;
    fn prepare(db: *mut sqlite3, sql: *const std::ffi::c_char, n: c_int, #[out] stmt: *mut *mut stmt, #[out] tail: *mut *const c_char) -> c_int;
    fn close(#[release] db: *mut sqlite3) -> c_int;
    pub fn errmsg(db: Option<*mut sqlite3>) -> *const libc::c_char;
  `);
  type Db = Pointer<'sqlite3'>;
  expectTrue<Equal<Plain<typeof lib.version>, () => string | null>>();
  expectTrue<Equal<Plain<typeof lib.open>, (name: string) => { db: Db | null; result: number }>>();
  expectTrue<
    Equal<
      Plain<typeof lib.prepare>,
      (a: Db, b: string, c: number) => { stmt: Pointer<'stmt'> | null; tail: string | null; result: number }
    >
  >();
  expectTrue<Equal<Plain<typeof lib.close>, (db: Db) => number>>();
  expectTrue<Equal<Plain<typeof lib.errmsg>, (db: Db | null | undefined) => string | null>>();
  const { stmt } = lib.prepare({} as Db, 'select 1', -1);
  // @ts-expect-error -- a pointer to another type
  lib.close(stmt!);
  // @ts-expect-error -- it may be null
  lib.close(lib.open('a').db);
  // @ts-expect-error -- no argument is given for what comes out
  lib.open('a', null);
}

// Numbers, bytes and lengths.
{
  const lib = declared(`
    fn sum(data: *const f64, n: usize) -> f64;
    fn fill(data: *mut u8, n: usize);
    fn hash(data: *const c_void, #[len = "data"] n: usize, #[inout] state: *mut u64) -> bool;
    fn blob() -> *const c_void;
    fn text(buffer: *mut c_char, n: usize) -> c_long;
  `);
  expectTrue<
    Equal<
      Plain<typeof lib.sum>,
      (data: readonly number[] | Float64Array | Pointer<'f64'> | null | undefined, n: number | bigint) => number
    >
  >();
  type Bytes = Uint8Array | Uint8ClampedArray | DataView | ArrayBuffer;
  expectTrue<
    Equal<
      Plain<typeof lib.fill>,
      (data: number[] | Bytes | Pointer<'u8'> | null | undefined, n: number | bigint) => void
    >
  >();
  expectTrue<
    Equal<
      Plain<typeof lib.hash>,
      (
        data: ArrayBufferView | ArrayBuffer | SharedArrayBuffer | Pointer | null | undefined,
        state: number | bigint,
      ) => { state: number; result: boolean }
    >
  >();
  expectTrue<Equal<Plain<typeof lib.blob>, () => Pointer<'c_void'> | null>>();
  expectTrue<
    Equal<
      Plain<typeof lib.text>,
      (buffer: Uint8Array | Pointer<'c_char'> | null | undefined, n: number | bigint) => number
    >
  >();
  const big = declared('fn f(#[out] a: *mut u64, #[out] b: *mut c_int);', { bigint: true });
  expectTrue<Equal<Plain<typeof big.f>, () => { a: bigint; b: number }>>();
}

// Structures, and extern blocks.
{
  const lib = declared(`
    #[repr(C)]
    pub struct Point { pub x: f64, y: f64 }
    #[repr(C)]
    struct Path { from: Point, pub(crate) marks: [i32; 4], name: *const c_char, tree: *mut Tree }
    extern "C" {
      pub fn length(path: *const Path) -> f64;
      fn reset(path: *mut Path, #[out] origin: *mut Point);
      fn find(tree: &Point) -> *const Path;
    }
    fn last() -> i8;
  `);
  interface Point {
    x: number;
    y: number;
  }
  interface PathIn {
    from: Point;
    marks: readonly number[] | ArrayBufferView;
    name: string | null;
    tree: Pointer<'Tree'>;
  }
  interface PathOut {
    from: Point;
    marks: number[];
    name: string | null;
    tree: Pointer<'Tree'> | null;
  }
  const point: Point = lib.reset({} as PathIn).origin;
  const length: number = lib.length({} as PathIn);
  const path: PathOut | null = lib.find(point);
  const last: number = lib.last();
  // @ts-expect-error -- a field is missing
  lib.length({ from: point });
  void [length, path, last];
}

// Callbacks.
{
  const lib = declared(`
    fn exec(db: *mut Db, sql: *const c_char, row: Option<unsafe extern "C" fn(data: *mut c_void, #[len = "values, names"] n: c_int, values: *mut *mut c_char, names: *mut *mut c_char) -> c_int>, data: *mut c_void, #[out] #[free = "db_free"] error: *mut *mut c_char) -> c_int;
    fn sort(base: *mut f64, n: usize, compare: extern "C" fn(&f64, &f64) -> i32);
    fn after(f: extern "C" fn()) -> u8;
  `);
  const { error, result } = lib.exec(
    {} as Pointer<'Db'>,
    'select 1',
    (data, values, names) => {
      expectTrue<Equal<typeof data, Pointer<'c_void'> | null>>();
      expectTrue<Equal<typeof values, (string | null)[]>>();
      expectTrue<Equal<typeof names, (string | null)[]>>();
      return 0;
    },
    null,
  );
  expectTrue<Equal<typeof error, string | null>>();
  const code: number = result;
  lib.sort(new Float64Array(3), 3, (a, b) => a - b);
  // @ts-expect-error -- no number
  lib.sort(new Float64Array(3), 3, () => 'a');
  const byte: number = lib.after(() => undefined);
  void [code, byte];
}

// Statics.
{
  const lib = declared(`
    unsafe extern "C" {
      pub static LIMIT: c_int;
      static mut LEVEL: u64;
      static VERSION: *const c_char;
      static mut ORIGIN: [f64; 2];
      fn level() -> u16;
      fn fill(data: *mut u8, n: usize);
    }
  `);
  lib.LEVEL = 3;
  lib.ORIGIN = [1, 2];
  const numbers: readonly number[] = [lib.LIMIT, lib.LEVEL, ...lib.ORIGIN, lib.level()];
  const version: string | null = lib.VERSION;
  // @ts-expect-error -- it is no `static mut`
  lib.LIMIT = 3;
  void [numbers, version];
}

// The background form of C functions.
{
  const functions = {} as WithBackground<
    Declared<`
      type len = usize;
      type Visit = extern "C" fn(i32);
      #[repr(C)] struct Point { x: f64 }
      fn a(x: *const u8, #[out] y: *mut i32) -> bool;
      fn b(x: u8);
      fn c(x: Point) -> Point;
      fn d(visit: Visit);
      fn e(visit: Option<Visit>);
      fn f(length: i64, Pointless: f64, len: bool) -> u32;
      fn g(text: &PyStr, Point: &PyVec<f64>);
      fn h(x: f32, visit: extern "C" fn());
    `>
  >;
  const a: Promise<{ result: boolean; y: number }> = functions.async.a(null);
  const b: Promise<void> = functions.async.b(1, { onProgress: () => undefined });
  const c: Promise<{ x: number }> = functions.async.c({ x: 1 });
  const e: Promise<void> = functions.async.e(null);
  // Parts of names, and names of parameters, are no types of the text.
  const f: Promise<number> = functions.async.f(1, 2, true);
  const g: Promise<void> = functions.async.g('a', new Float64Array(1));
  expectTrue<Equal<typeof functions.f, (length: number | bigint, b: number, len: boolean) => number>>();
  // @ts-expect-error -- a function of JavaScript cannot be called on another thread
  functions.async.d(() => undefined);
  // @ts-expect-error -- the same
  functions.async.h(1, () => undefined);
  void [a, b, c, e, f, g];
}

// Structures by value.
{
  const lib = declared(`
    #[repr(C)] struct Point { x: f64, y: i64 }
    #[repr(C)] struct Line { from: Point, name: *const c_char }
    fn length(line: geometry::Line, by: f64) -> f64;
    fn middle(line: Line) -> Point;
    fn origin() -> crate::Point;
    fn plain(a: f64) -> f64;
    fn walk(line: &Line, step: extern "C" fn(at: Point, crate::Line) -> Point);
  `);
  interface Line {
    from: { x: number; y: number | bigint };
    name: string | null;
  }
  expectTrue<Equal<Plain<typeof lib.length>, (line: Line, by: number) => number>>();
  expectTrue<Equal<Plain<typeof lib.middle>, (line: Line) => { x: number; y: number }>>();
  expectTrue<Equal<ReturnType<typeof lib.origin>, { x: number; y: number }>>();
  expectTrue<Equal<Plain<typeof lib.plain>, (a: number) => number>>();
  lib.walk({ from: { x: 1, y: 2 }, name: 'a' }, ({ x, y }, line) => {
    const name: string | null = line.name;
    void name;
    return { x: x + y, y };
  });
  // @ts-expect-error -- a field is missing
  lib.walk({ from: { x: 1, y: 2 }, name: 'a' }, () => ({ x: 1 }));
  // @ts-expect-error -- a field is missing
  lib.middle({ from: { x: 1, y: 2 } });
}

// Names of other types, and lists of texts.
{
  const lib = declared(`
    type Db = *mut sqlite3;
    pub type Status = c_int;
    type Text = *const c_char;
    type Digest = [u8; 16];
    type Inner = Point;
    #[repr(C)] struct Point { x: Number, digest: Digest }
    type Number = f64;
    fn open(name: Text, #[out] db: *mut Db) -> Status;
    fn close(db: Option<Db>) -> Status;
    fn errmsg(db: Db) -> Text;
    fn move_by(point: *mut Inner, by: Number);
    fn run(args: *const *const c_char, #[len = "args"] count: c_int, names: *const Text) -> Status;
    type Compare = extern "C" fn(a: Number, b: Number) -> Status;
    fn sort(compare: Compare);
    static VERSION: Status;
    fn last(a: Number) -> Number;
  `);
  type Db = Pointer<'sqlite3'>;
  expectTrue<Equal<Plain<typeof lib.open>, (name: string) => { db: Db | null; result: number }>>();
  expectTrue<Equal<Plain<typeof lib.close>, (db: Db | null | undefined) => number>>();
  expectTrue<Equal<Plain<typeof lib.errmsg>, (db: Db) => string | null>>();
  interface Point {
    x: number;
    digest: readonly number[] | ArrayBufferView;
  }
  expectTrue<Equal<Plain<typeof lib.move_by>, (point: Point | Pointer<'Point'>, by: number) => void>>();
  type Texts = readonly string[] | Pointer | null | undefined;
  expectTrue<Equal<Plain<typeof lib.run>, (args: Texts, names: Texts) => number>>();
  lib.sort((a, b) => Math.sign(a - b));
  expectTrue<Equal<typeof lib.VERSION, number>>();
  expectTrue<Equal<Plain<typeof lib.last>, (a: number) => number>>();
}

// Arrays inside of arrays.
{
  const lib = declared(`
    extern "C" {
      static GRID: [[i32; 2]; 3];
      static mut CUBE: [ [ [ Number ; 2 ] ; 3 ] ; 4 ];
      static PLAIN: c_int;
      static NAMED: Table;
    }
    type Number = f64;
    type Table = [[*const c_char; 2]; 2];
    #[repr(C)] struct Grid { cells: [[u8; 3]; 2], name: *const c_char }
    fn grid() -> Grid;
    fn fill(grid: *mut Grid);
  `);
  expectTrue<Equal<typeof lib.GRID, number[][]>>();
  expectTrue<Equal<typeof lib.CUBE, number[][][]>>();
  expectTrue<Equal<typeof lib.PLAIN, number>>();
  expectTrue<Equal<typeof lib.NAMED, (string | null)[][]>>();
  expectTrue<Equal<ReturnType<typeof lib.grid>, { cells: number[][]; name: string | null }>>();
  lib.fill({ cells: [[1, 2, 3], new Uint8Array(3)], name: null });
  // @ts-expect-error -- a list of numbers
  lib.fill({ cells: [1, 2, 3], name: null });
}
