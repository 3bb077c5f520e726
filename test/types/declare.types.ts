/** The types that TypeScript infers from declarations; `tsc -p test/types` is the test. */
import type {
  BigIntsOf,
  Declared,
  DeclareOptions,
  LooseFunction,
  Malformed,
} from '../../src-ts/levels/declare/types/declared';
import type { Unsupported } from '../../src-ts/levels/declare/types/values';

type Equal<A, B> = (<T>() => T extends A ? 1 : 2) extends <T>() => T extends B ? 1 : 2 ? true : false;
function expectTrue<_T extends true>(): void {}

// Has the type of `RustDLL.declare`.
declare function declared<const S extends string, const O extends DeclareOptions = object>(
  source: S,
  options?: O,
): Declared<S, BigIntsOf<O>>;

// The example.
{
  const lib = declared('fn mean(v: &PyVec<f64>) -> f64');
  expectTrue<Equal<typeof lib, { mean: (v: readonly number[] | Float64Array) => number }>>();
  const mean: number = lib.mean([1, 2, 3]);
  lib.mean(new Float64Array(3));
  lib.mean(Object.freeze([1, 2]));
  lib.mean([]);
  // @ts-expect-error -- a string is no list of f64
  lib.mean('1');
  // @ts-expect-error -- a wrong element
  lib.mean(['1']);
  // @ts-expect-error -- a bigint is no f64
  lib.mean([1n]);
  // @ts-expect-error -- another typed array
  lib.mean(new Float32Array(3));
  // @ts-expect-error -- null, which only an Option takes
  lib.mean(null);
  // @ts-expect-error -- too few
  lib.mean();
  // @ts-expect-error -- too many
  lib.mean([1], 2);
  // @ts-expect-error -- a number is no string
  const text: string = lib.mean([1]);
  // @ts-expect-error -- no such function
  lib.median([1]);
  void [mean, text];
}

// Scalars.
{
  type Small = 'i8' | 'i16' | 'i32' | 'u8' | 'u16' | 'u32' | 'f32' | 'f64';
  type Wide = 'i64' | 'u64' | 'isize' | 'usize';
  type Of<T extends string> = Declared<`fn f(x: ${T}) -> ${T}`>;
  expectTrue<Equal<{ [T in Small]: Of<T> }, { [T in Small]: { f: (x: number) => number } }>>();
  expectTrue<Equal<{ [T in Wide]: Of<T> }, { [T in Wide]: { f: (x: number | bigint) => number } }>>();
  expectTrue<Equal<Of<'bool'>, { f: (x: boolean) => boolean }>>();
  expectTrue<Equal<Of<'char'>, { f: (x: string) => string }>>();
  expectTrue<Equal<Of<'core::primitive::f64'>, { f: (x: number) => number }>>();
}

// Options: 64-bit results as bigint.
{
  const source = 'fn wide(x: u64) -> u64; fn narrow() -> i32; fn list(x: &PyVec<i64>) -> isize';
  const numbers = declared(source);
  expectTrue<Equal<ReturnType<typeof numbers.wide>, number>>();
  const same = declared(source, {});
  expectTrue<Equal<typeof same, typeof numbers>>();
  const also = declared(source, { bigint: false });
  expectTrue<Equal<typeof also, typeof numbers>>();
  const big = declared(source, { bigint: true });
  expectTrue<
    Equal<
      typeof big,
      {
        wide: (x: number | bigint) => bigint;
        narrow: () => number;
        list: (x: readonly number[] | readonly bigint[] | BigInt64Array) => bigint;
      }
    >
  >();
  expectTrue<Equal<Declared<'fn f() -> i64', boolean>, { f: () => number | bigint }>>();
  const unknown = declared('fn f() -> i64', {} as DeclareOptions);
  expectTrue<Equal<typeof unknown, { f: () => number | bigint }>>();
  // @ts-expect-error -- no such option
  declared(source, { bigints: true });
  // @ts-expect-error -- not a boolean
  declared(source, { bigint: 1 });
}

// Lists that Rust reads, and lists that it changes.
{
  type ArgumentOf<D> = D extends { f: (v: infer V) => void } ? V : never;
  type Read<T extends string> = ArgumentOf<Declared<`fn f(v: &PyVec<${T}>)`>>;
  type Written<T extends string> = ArgumentOf<Declared<`fn f(v: &mut PyVec<${T}>)`>>;
  type Bytes = Uint8Array | Uint8ClampedArray | DataView | ArrayBuffer;
  expectTrue<Equal<Read<'i8'>, readonly number[] | Int8Array>>();
  expectTrue<Equal<Read<'i16'>, readonly number[] | Int16Array>>();
  expectTrue<Equal<Read<'i32'>, readonly number[] | Int32Array>>();
  expectTrue<Equal<Read<'u8'>, readonly number[] | Bytes>>();
  expectTrue<Equal<Read<'u16'>, readonly number[] | Uint16Array>>();
  expectTrue<Equal<Read<'u32'>, readonly number[] | Uint32Array>>();
  expectTrue<Equal<Read<'u64'>, readonly number[] | readonly bigint[] | BigUint64Array>>();
  expectTrue<Equal<Read<'usize'>, readonly number[] | readonly bigint[] | BigUint64Array>>();
  expectTrue<Equal<Read<'f32'>, readonly number[] | Float32Array>>();
  expectTrue<Equal<Read<'bool'>, readonly boolean[]>>();
  expectTrue<Equal<Read<'char'>, readonly string[]>>();
  expectTrue<Equal<Read<'&PyStr'>, readonly (string | Uint8Array)[]>>();
  expectTrue<Equal<Read<'PyStr'>, readonly (string | Uint8Array)[]>>();
  expectTrue<Equal<Read<'Option<&PyStr>'>, readonly (string | Uint8Array | null | undefined)[]>>();
  expectTrue<Equal<Read<'PyVec<f32>'>, readonly (readonly number[] | Float32Array)[]>>();
  expectTrue<Equal<Read<'&PyVec<f32>'>, readonly (readonly number[] | Float32Array)[]>>();
  expectTrue<Equal<Read<'&mut PyVec<f32>'>, readonly (number[] | Float32Array)[]>>();
  expectTrue<Equal<Read<'Option<&PyVec<bool>>'>, readonly (readonly boolean[] | null | undefined)[]>>();
  expectTrue<Equal<Written<'i64'>, number[] | bigint[] | BigInt64Array>>();
  expectTrue<Equal<Written<'isize'>, number[] | bigint[] | BigInt64Array>>();
  expectTrue<Equal<Written<'u8'>, number[] | Bytes>>();
  expectTrue<Equal<Written<'bool'>, boolean[]>>();
  expectTrue<Equal<Written<'PyVec<f32>'>, (number[] | Float32Array)[]>>();
  expectTrue<Equal<Written<'&PyVec<f32>'>, (readonly number[] | Float32Array)[]>>();
  expectTrue<Equal<Written<'&mut PyVec<&mut PyVec<char>>'>, string[][][]>>();

  const lib = declared(`
    fn bytes(v: &PyVec<u8>); fn write(v: &mut PyVec<f64>); fn flags(v: &PyVec<bool>);
    fn wide(v: &PyVec<u64>); fn matrix(m: &mut PyVec<&mut PyVec<f64>>);
  `);
  lib.bytes(new Uint8Array(1));
  lib.bytes(new Uint8ClampedArray(1));
  lib.bytes(new DataView(new ArrayBuffer(1)));
  lib.bytes(new ArrayBuffer(1));
  lib.bytes(Buffer.from('x'));
  lib.bytes(new Uint8Array(new SharedArrayBuffer(1)));
  lib.wide([1, 2]);
  lib.wide([1n, 2n]);
  lib.wide(new BigUint64Array(1));
  lib.matrix([[1, 2], new Float64Array(2), []]);
  // @ts-expect-error -- text is no PyVec<u8>
  lib.bytes('x');
  // @ts-expect-error -- other elements
  lib.bytes(new Int8Array(1));
  // @ts-expect-error -- Rust would write to it
  lib.write(Object.freeze([1, 2]));
  // @ts-expect-error -- numbers are no bools
  lib.flags([0, 1]);
  // @ts-expect-error -- and bytes neither
  lib.flags(new Uint8Array(1));
  // @ts-expect-error -- signed for unsigned
  lib.wide(new BigInt64Array(1));
  // @ts-expect-error -- mixed
  lib.wide([1, 2n]);
  // @ts-expect-error -- not nested deep enough
  lib.matrix([1, 2]);
}

// Strings, options, several functions.
{
  const lib = declared(
    'fn greet(name: &PyStr); fn maybe(s: Option<&mut PyStr>, v: Option<&PyVec<f64>>) -> bool; fn on(f: char)',
  );
  expectTrue<
    Equal<
      typeof lib,
      {
        greet: (name: string | Uint8Array) => void;
        maybe: (
          s: string | Uint8Array | null | undefined,
          v: readonly number[] | Float64Array | null | undefined,
        ) => boolean;
        on: (f: string) => void;
      }
    >
  >();
  lib.greet('x');
  lib.greet(Buffer.from('x'));
  lib.maybe(null, undefined);
  lib.maybe('x', [1]);
  // @ts-expect-error -- not optional
  lib.greet(null);
  // @ts-expect-error -- Option is none for its elements
  lib.maybe('x', [null]);
  // @ts-expect-error -- an Option is no optional parameter
  lib.maybe('x');
}

// The text of a source file.
{
  const lib = declared(`
    //! A kernel. fn no();
    use_nothing
  `);
  expectTrue<Equal<typeof lib, Malformed<'use_nothing'>>>();

  const pasted = declared(`
    /// The mean. Don't "panic" {
    #[unsafe(no_mangle)]
    pub extern "C" fn mean(v: &rustdll::PyVec<f64>) -> f64 {
        // }
        let braces = ['}', '\\'', '"', '\\\\', '/'];
        let strings = ("}", "\\"}", r"\\", r#"}"}"#);
        'outer: loop { break 'outer; } /* } /* } */ */
        v.iter().sum::<f64>() / v.len() as f64
    }

    /* fn no() /* nested */ { */
    #[no_mangle]
    #[doc = "]"] #[cfg(all(a, b[0]))]
    pub(crate) unsafe extern "C" fn scale<'a, 'b: 'a>(
        v: &'a mut PyVec<f64>, // the list ) ,
        mut by: f64, /* ) , */
    ) -> ()
    {
    }
    pub const fn r#type(_: i32, _x: & 'static PyStr,) ;

    fn
    nested ( m
      : & PyVec <
          & PyVec<f64>,
      > ) -> /* the sum */ i64
    fn __proto__ ( ); ;
    fn then ( ) -> bool
  `);
  expectTrue<
    Equal<
      typeof pasted,
      {
        mean: (v: readonly number[] | Float64Array) => number;
        scale: (v: number[] | Float64Array, by: number) => void;
        type: (_: number, _x: string | Uint8Array) => void;
        nested: (m: readonly (readonly number[] | Float64Array)[]) => number;
        __proto__: () => void;
        then: () => boolean;
      }
    >
  >();
  expectTrue<
    Equal<Declared<'fn a(x: i32)\r\n\tfn b(\r\n\tx: i32,\r\n)'>, { a: (x: number) => void; b: (x: number) => void }>
  >();
}

// Types that cannot be declared.
{
  const lib = declared(`
    fn text(s: &str) -> f64;
    fn owned(v: PyVec<f64>, n: i32);
    fn inner(v: &PyVec<String>);
    fn scalar(x: &mut f64);
    fn pair(p: (i32, i32), x: i32) -> f64;
    fn map(m: HashMap<String, Vec<u8>>);
    fn maybe(x: Option<f64>);
    fn result() -> Result<f64, String>;
    fn array() -> [f64; 3];
    fn tuple() -> (f64, f64) { (0.0, 0.0) }
    fn vec() -> PyVec<f64>;
    fn generic<T>(x: f64);
    fn receiver(&self);
    fn right(x: f64) -> f64;
  `);
  expectTrue<Equal<typeof lib.text, Unsupported<'&str'>>>();
  expectTrue<Equal<typeof lib.owned, Unsupported<'PyVec<f64>'>>>();
  expectTrue<Equal<typeof lib.inner, Unsupported<'String'>>>();
  expectTrue<Equal<typeof lib.scalar, Unsupported<'&mut f64'>>>();
  expectTrue<Equal<typeof lib.pair, Unsupported<'(i32'>>>();
  expectTrue<Equal<typeof lib.map, Unsupported<'HashMap<String'>>>();
  expectTrue<Equal<typeof lib.maybe, Unsupported<'Option<f64>'>>>();
  expectTrue<Equal<typeof lib.result, Unsupported<'Result<f64, String>'>>>();
  expectTrue<Equal<typeof lib.array, Unsupported<'[f64; 3]'>>>();
  expectTrue<Equal<typeof lib.tuple, Unsupported<'(f64, f64)'>>>();
  expectTrue<Equal<typeof lib.vec, Unsupported<'PyVec<f64>'>>>();
  expectTrue<Equal<typeof lib.generic, Unsupported<'<T>'>>>();
  expectTrue<Equal<typeof lib.receiver, Unsupported<'&self'>>>();
  expectTrue<Equal<typeof lib.right, (x: number) => number>>();
  expectTrue<Equal<(typeof lib.text)['rustdll: unsupported type'], '&str'>>();
  // @ts-expect-error -- not callable
  lib.text('x');

  expectTrue<Equal<Declared<''>, Malformed<''>>>();
  expectTrue<Equal<Declared<' // fn f()'>, Malformed<''>>>();
  expectTrue<Equal<Declared<'struct Foo;'>, Malformed<'struct Foo;'>>>();
  expectTrue<Equal<Declared<'fn f(); mod x {}'>, Malformed<'mod x {}'>>>();
  expectTrue<Equal<Declared<'fn f'>, Malformed<'fn f'>>>();
  expectTrue<Equal<Declared<'fn f(x: i32'>, Malformed<'fn f(x: i32'>>>();
  expectTrue<Equal<Declared<'fn f; fn g()'>, Malformed<'fn f; fn g()'>>>();
  expectTrue<Equal<Declared<'fnord()'>, Malformed<'fnord()'>>>();
  expectTrue<Equal<Declared<'extern "system" fn f()'>, Malformed<'extern "system" fn f()'>>>();
}

// Texts that are not known at compile time, and function bodies that TypeScript cannot parse.
{
  expectTrue<Equal<Declared<string>, Record<string, LooseFunction>>>();
  expectTrue<Equal<Declared<`fn f(x: ${string})`>, Record<string, LooseFunction>>>();
  const lib = declared('fn f() {' as string);
  lib['anything']?.(1, 'x');

  type Long<N extends unknown[] = [], S extends string = ''> = N['length'] extends 600 ? S : Long<[...N, 0], `${S}{}`>;
  const long = declared('' as `fn f(x: f64) { ${Long} } fn g(x: f64);`);
  expectTrue<Equal<(typeof long)['f'], (x: number) => void>>();
  expectTrue<Equal<(typeof long)['g'], LooseFunction>>();

  type Either = Declared<'fn a()' | 'fn b()'>;
  expectTrue<Equal<Either, { a: () => void } | { b: () => void }>>();
}

// A library of many functions.
{
  const lib = declared(`
    #[no_mangle] pub extern "C" fn kernel_0(out: &mut PyVec<f64>, by: f64, name: &PyStr) -> f64;
    #[no_mangle] pub extern "C" fn kernel_1(out: &mut PyVec<f64>, by: f64, name: &PyStr) -> f64;
    #[no_mangle] pub extern "C" fn kernel_2(out: &mut PyVec<f64>, by: f64, name: &PyStr) -> f64;
    #[no_mangle] pub extern "C" fn kernel_3(out: &mut PyVec<f64>, by: f64, name: &PyStr) -> f64;
    #[no_mangle] pub extern "C" fn kernel_4(out: &mut PyVec<f64>, by: f64, name: &PyStr) -> f64;
    #[no_mangle] pub extern "C" fn kernel_5(out: &mut PyVec<f64>, by: f64, name: &PyStr) -> f64;
    #[no_mangle] pub extern "C" fn kernel_6(out: &mut PyVec<f64>, by: f64, name: &PyStr) -> f64;
    #[no_mangle] pub extern "C" fn kernel_7(out: &mut PyVec<f64>, by: f64, name: &PyStr) -> f64;
    #[no_mangle] pub extern "C" fn kernel_8(out: &mut PyVec<f64>, by: f64, name: &PyStr) -> f64;
    #[no_mangle] pub extern "C" fn kernel_9(out: &mut PyVec<f64>, by: f64, name: &PyStr) -> f64;
    #[no_mangle] pub extern "C" fn kernel_10(out: &mut PyVec<f64>, by: f64, name: &PyStr) -> f64;
    #[no_mangle] pub extern "C" fn kernel_11(out: &mut PyVec<f64>, by: f64, name: &PyStr) -> f64;
    #[no_mangle] pub extern "C" fn kernel_12(out: &mut PyVec<f64>, by: f64, name: &PyStr) -> f64;
    #[no_mangle] pub extern "C" fn kernel_13(out: &mut PyVec<f64>, by: f64, name: &PyStr) -> f64;
    #[no_mangle] pub extern "C" fn kernel_14(out: &mut PyVec<f64>, by: f64, name: &PyStr) -> f64;
    #[no_mangle] pub extern "C" fn kernel_15(out: &mut PyVec<f64>, by: f64, name: &PyStr) -> f64;
    #[no_mangle] pub extern "C" fn kernel_16(out: &mut PyVec<f64>, by: f64, name: &PyStr) -> f64;
    #[no_mangle] pub extern "C" fn kernel_17(out: &mut PyVec<f64>, by: f64, name: &PyStr) -> f64;
    #[no_mangle] pub extern "C" fn kernel_18(out: &mut PyVec<f64>, by: f64, name: &PyStr) -> f64;
    #[no_mangle] pub extern "C" fn kernel_19(out: &mut PyVec<f64>, by: f64, name: &PyStr) -> f64;
    #[no_mangle] pub extern "C" fn kernel_20(out: &mut PyVec<f64>, by: f64, name: &PyStr) -> f64;
    #[no_mangle] pub extern "C" fn kernel_21(out: &mut PyVec<f64>, by: f64, name: &PyStr) -> f64;
    #[no_mangle] pub extern "C" fn kernel_22(out: &mut PyVec<f64>, by: f64, name: &PyStr) -> f64;
    #[no_mangle] pub extern "C" fn kernel_23(out: &mut PyVec<f64>, by: f64, name: &PyStr) -> f64;
    #[no_mangle] pub extern "C" fn kernel_24(out: &mut PyVec<f64>, by: f64, name: &PyStr) -> f64;
    #[no_mangle] pub extern "C" fn kernel_25(out: &mut PyVec<f64>, by: f64, name: &PyStr) -> f64;
    #[no_mangle] pub extern "C" fn kernel_26(out: &mut PyVec<f64>, by: f64, name: &PyStr) -> f64;
    #[no_mangle] pub extern "C" fn kernel_27(out: &mut PyVec<f64>, by: f64, name: &PyStr) -> f64;
    #[no_mangle] pub extern "C" fn kernel_28(out: &mut PyVec<f64>, by: f64, name: &PyStr) -> f64;
    #[no_mangle] pub extern "C" fn kernel_29(out: &mut PyVec<f64>, by: f64, name: &PyStr) -> f64;
    #[no_mangle] pub extern "C" fn kernel_30(out: &mut PyVec<f64>, by: f64, name: &PyStr) -> f64;
    #[no_mangle] pub extern "C" fn kernel_31(out: &mut PyVec<f64>, by: f64, name: &PyStr) -> f64;
    #[no_mangle] pub extern "C" fn kernel_32(out: &mut PyVec<f64>, by: f64, name: &PyStr) -> f64;
    #[no_mangle] pub extern "C" fn kernel_33(out: &mut PyVec<f64>, by: f64, name: &PyStr) -> f64;
    #[no_mangle] pub extern "C" fn kernel_34(out: &mut PyVec<f64>, by: f64, name: &PyStr) -> f64;
    #[no_mangle] pub extern "C" fn kernel_35(out: &mut PyVec<f64>, by: f64, name: &PyStr) -> f64;
    #[no_mangle] pub extern "C" fn kernel_36(out: &mut PyVec<f64>, by: f64, name: &PyStr) -> f64;
    #[no_mangle] pub extern "C" fn kernel_37(out: &mut PyVec<f64>, by: f64, name: &PyStr) -> f64;
    #[no_mangle] pub extern "C" fn kernel_38(out: &mut PyVec<f64>, by: f64, name: &PyStr) -> f64;
    #[no_mangle] pub extern "C" fn kernel_39(out: &mut PyVec<f64>, by: f64, name: &PyStr) -> f64;
    #[no_mangle] pub extern "C" fn kernel_40(out: &mut PyVec<f64>, by: f64, name: &PyStr) -> f64;
    #[no_mangle] pub extern "C" fn kernel_41(out: &mut PyVec<f64>, by: f64, name: &PyStr) -> f64;
    #[no_mangle] pub extern "C" fn kernel_42(out: &mut PyVec<f64>, by: f64, name: &PyStr) -> f64;
    #[no_mangle] pub extern "C" fn kernel_43(out: &mut PyVec<f64>, by: f64, name: &PyStr) -> f64;
    #[no_mangle] pub extern "C" fn kernel_44(out: &mut PyVec<f64>, by: f64, name: &PyStr) -> f64;
    #[no_mangle] pub extern "C" fn kernel_45(out: &mut PyVec<f64>, by: f64, name: &PyStr) -> f64;
    #[no_mangle] pub extern "C" fn kernel_46(out: &mut PyVec<f64>, by: f64, name: &PyStr) -> f64;
    #[no_mangle] pub extern "C" fn kernel_47(out: &mut PyVec<f64>, by: f64, name: &PyStr) -> f64;
    #[no_mangle] pub extern "C" fn kernel_48(out: &mut PyVec<f64>, by: f64, name: &PyStr) -> f64;
    #[no_mangle] pub extern "C" fn kernel_49(out: &mut PyVec<f64>, by: f64, name: &PyStr) -> f64;
    #[no_mangle] pub extern "C" fn kernel_50(out: &mut PyVec<f64>, by: f64, name: &PyStr) -> f64;
    #[no_mangle] pub extern "C" fn kernel_51(out: &mut PyVec<f64>, by: f64, name: &PyStr) -> f64;
    #[no_mangle] pub extern "C" fn kernel_52(out: &mut PyVec<f64>, by: f64, name: &PyStr) -> f64;
    #[no_mangle] pub extern "C" fn kernel_53(out: &mut PyVec<f64>, by: f64, name: &PyStr) -> f64;
    #[no_mangle] pub extern "C" fn kernel_54(out: &mut PyVec<f64>, by: f64, name: &PyStr) -> f64;
    #[no_mangle] pub extern "C" fn kernel_55(out: &mut PyVec<f64>, by: f64, name: &PyStr) -> f64;
    #[no_mangle] pub extern "C" fn kernel_56(out: &mut PyVec<f64>, by: f64, name: &PyStr) -> f64;
    #[no_mangle] pub extern "C" fn kernel_57(out: &mut PyVec<f64>, by: f64, name: &PyStr) -> f64;
    #[no_mangle] pub extern "C" fn kernel_58(out: &mut PyVec<f64>, by: f64, name: &PyStr) -> f64;
    #[no_mangle] pub extern "C" fn kernel_59(out: &mut PyVec<f64>, by: f64, name: &PyStr) -> f64;
    #[no_mangle] pub extern "C" fn kernel_60(out: &mut PyVec<f64>, by: f64, name: &PyStr) -> f64;
    #[no_mangle] pub extern "C" fn kernel_61(out: &mut PyVec<f64>, by: f64, name: &PyStr) -> f64;
    #[no_mangle] pub extern "C" fn kernel_62(out: &mut PyVec<f64>, by: f64, name: &PyStr) -> f64;
    #[no_mangle] pub extern "C" fn kernel_63(out: &mut PyVec<f64>, by: f64, name: &PyStr) -> f64;
  `);
  expectTrue<Equal<keyof typeof lib extends `kernel_${number}` ? true : false, true>>();
  expectTrue<
    Equal<Parameters<typeof lib.kernel_63>, [out: number[] | Float64Array, by: number, name: string | Uint8Array]>
  >();
  // @ts-expect-error -- one beyond the last
  void lib.kernel_64;
}
