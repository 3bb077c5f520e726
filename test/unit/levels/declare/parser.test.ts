import type { DeclarationError } from '../../../../src-ts/levels/declare/lexer';
import { parseDeclarations } from '../../../../src-ts/levels/declare/parser';
import { formatType, type RustType } from '../../../../src-ts/types/lent';

const F64: RustType = { kind: 'scalar', name: 'f64' };

function one(source: string) {
  const signatures = parseDeclarations(source);
  expect(signatures).toHaveLength(1);
  return signatures[0]!;
}

function texts(source: string): string[] {
  return parseDeclarations(source).map((signature) => signature.text);
}

function errorOf(source: string): DeclarationError {
  try {
    parseDeclarations(source);
  } catch (error) {
    expect(error).toBeInstanceOf(SyntaxError);
    expect(error).toMatchObject({ code: 'ERR_RUSTDLL_DECLARATION' });
    return error as DeclarationError;
  }
  throw new Error(`accepted: ${source}`);
}

describe('what is read', () => {
  test('parameters, result and the normalised text', () => {
    expect(one('fn mean(v:&PyVec<f64>)->f64')).toEqual({
      name: 'mean',
      parameters: [{ name: 'v', type: { kind: 'vec', held: 'ref', nullable: false, element: F64 } }],
      result: 'f64',
      text: 'fn mean(v: &PyVec<f64>) -> f64',
    });
    expect(one('fn f(s: Option<&mut PyStr>, v: &mut PyVec<PyStr>)')).toEqual({
      name: 'f',
      parameters: [
        { name: 's', type: { kind: 'str', held: 'mut', nullable: true } },
        {
          name: 'v',
          type: { kind: 'vec', held: 'mut', nullable: false, element: { kind: 'str', held: 'value', nullable: false } },
        },
      ],
      result: null,
      text: 'fn f(s: Option<&mut PyStr>, v: &mut PyVec<PyStr>)',
    });
  });

  test.each('i8 i16 i32 i64 u8 u16 u32 u64 isize usize f32 f64 bool char'.split(' '))(
    '%s as parameter, element and result',
    (name) => {
      const text = `fn f(x: ${name}, v: &PyVec<${name}>) -> ${name}`;
      expect(one(text)).toMatchObject({
        parameters: [{ type: { kind: 'scalar', name } }, { type: { element: { kind: 'scalar', name } } }],
        result: name,
        text,
      });
    },
  );

  test.each([
    '&PyStr',
    '&mut PyStr',
    '&PyVec<u8>',
    '&mut PyVec<i64>',
    'Option<&PyVec<f64>>',
    'Option<&mut PyVec<f64>>',
    'Option<&PyStr>',
    'Option<&mut PyStr>',
    '&PyVec<&PyStr>',
    '&PyVec<&mut PyStr>',
    '&PyVec<PyStr>',
    '&PyVec<PyVec<f32>>',
    '&mut PyVec<&mut PyVec<&PyVec<bool>>>',
    '&PyVec<Option<&PyVec<char>>>',
    '&PyVec<Option<&mut PyStr>>',
    'Option<&PyVec<Option<&PyStr>>>',
  ])('the type %s', (type) => {
    expect(formatType(one(`fn f(x: ${type})`).parameters[0]!.type as RustType)).toBe(type);
  });

  test('() and no result are the same', () => {
    expect(one('fn f() -> ()').result).toBeNull();
    expect(one('fn f() -> ( /* nothing */ )').text).toBe('fn f()');
  });

  test('several items, with and without semicolons', () => {
    const expected = ['fn a()', 'fn b() -> f64', 'fn c(x: i32)'];
    expect(texts('fn a(); fn b() -> f64; fn c(x: i32)')).toEqual(expected);
    expect(texts('fn a();; fn b() -> f64; fn c(x: i32); ;')).toEqual(expected);
    expect(texts(';fn a()\nfn b() -> f64\npub fn c(x: i32)')).toEqual(expected);
    expect(texts('fn a()\n#[no_mangle] fn b() -> f64\nunsafe extern "C" fn c(x: i32)')).toEqual(expected);
  });

  test('a whole file of functions, bodies and all', () => {
    const source = String.raw`
      //! not an attribute but a comment; fn no()
      /// Adds. "quotes, { and ' in comments" mean nothing
      #[unsafe(no_mangle)]
      pub extern "C" fn add(a: i64, mut b: i64) -> i64 {
          b += a; /* } */ // }
          b
      }

      /* a /* nested } */ comment */
      #[no_mangle] #[doc = "] fn no()"] #[cfg(all(a = "b", not(any(c))), d[0])]
      pub(crate) unsafe extern fn text<'a, 'b: 'a + 'static,>(name: &'a PyStr, _: Option<&'b mut rustdll::PyStr>) {
          let chars = ['}', '\'', '\\', '"', '\u{7d}', b'}', b'\'', '😀', '}'];
          let strings = ("}", "\"}", r"}\", r#"}"}"#, r##"}"#}"##, b"}", br#"}"#, c"}", "
              // }
          ");
          'outer: loop { break 'outer }
          let f = |x: u8| -> Vec<u8> { vec![x; 3] };
          println!("{{{}", 1.0e-3 / 2_f64);
      }
      pub(in crate::a) const unsafe extern "C" fn last() {}
    `;
    expect(texts(source)).toEqual([
      'fn add(a: i64, b: i64) -> i64',
      'fn text(name: &PyStr, _: Option<&mut PyStr>)',
      'fn last()',
    ]);
  });

  test('paths count by their last segment', () => {
    expect(
      one('fn f(a: &rustdll::PyVec<&pyo2::PyStr>, b: ::std::option::Option<&crate::PyStr>, c: core::primitive::f64)')
        .text,
    ).toBe('fn f(a: &PyVec<&PyStr>, b: Option<&PyStr>, c: f64)');
  });

  test('white space, comments and trailing commas anywhere', () => {
    expect(
      one(
        "\ufeff\tfn\r\n f /*(*/ < 'a , > ( mut x : & 'a mut /* > */ PyVec < // no\n & PyVec < f64 , > , > , ) /**/-> f64",
      ).text,
    ).toBe('fn f(x: &mut PyVec<&PyVec<f64>>) -> f64');
    expect(one('fn\u2028f\u200e(\u0085x\v:\fi32)').text).toBe('fn f(x: i32)');
  });

  test('names that JavaScript has a use for, raw names, and names beyond ASCII', () => {
    const source =
      'fn then(); fn __proto__(constructor: i32); fn constructor(); fn toString(__proto__: i8); ' +
      'fn r#type(r#fn: i32, r#x: i32); fn r#mean(_x: i32, _: i32, _: i32); fn größe(𝑥: f64)';
    const signatures = parseDeclarations(source);
    expect(signatures.map(({ name, parameters }) => [name, ...parameters.map((p) => p.name)])).toEqual([
      ['then'],
      ['__proto__', 'constructor'],
      ['constructor'],
      ['toString', '__proto__'],
      ['type', 'fn', 'x'],
      ['mean', '_x', '_', '_'],
      ['größe', '𝑥'],
    ]);
    expect(signatures[4]!.text).toBe('fn r#type(r#fn: i32, x: i32)');
  });

  test('64 lists inside one another, and no more', () => {
    const nest = (depth: number) => `fn f(x: &${'PyVec<'.repeat(depth)}f64${'>'.repeat(depth)})`;
    expect(one(nest(64)).text).toBe(nest(64));
    const error = errorOf(nest(65));
    expect(error.message).toContain('at most 64 `PyVec` inside one another');
    expect(error.column).toBe(nest(65).indexOf('PyVec') + 64 * 6 + 6);
  });
});

describe('where and what is wrong', () => {
  test('line, column, what was expected, what was found, and the line with a caret', () => {
    const error = errorOf('fn a();\n\nfn mean(v: &PyVec<f64>) > f64;\nfn b()');
    expect(error).toMatchObject({ line: 3, column: 25 });
    expect(error.message).toBe(
      'Declaration 3:25: expected `;`, a body or the next `fn` after the signature, found `>`\n' +
        '  3 | fn mean(v: &PyVec<f64>) > f64;\n' +
        '    |                         ^',
    );
  });

  test('columns count UTF-16 units, the caret characters', () => {
    const source = '/* 😀 */\tfn f(x: u128)\r\n';
    const error = errorOf(source);
    expect(source.slice(error.column - 1)).toMatch(/^u128/);
    expect(error.message.split('\n').slice(1)).toEqual(['  1 | /* 😀 */ fn f(x: u128)', '    |                 ^']);
  });

  test('a line too long to show is cut around the place', () => {
    const error = errorOf(`fn f(${'x'.repeat(5000)}: &str, ${'y'.repeat(5000)}: i32)`);
    expect(error.column).toBe(5008);
    const [, line, caret] = error.message.split('\n');
    expect(line!.length).toBeLessThan(120);
    expect(line!.slice(caret!.indexOf('^'))).toMatch(/^&str, y+…$/);
  });

  test('a token too long to quote is cut, and control characters are spelt out', () => {
    expect(errorOf(`fn f(x: i32) ${'y'.repeat(5000)}`).message.length).toBeLessThan(400);
    expect(errorOf('fn f(x: \u001b[2J)').message).not.toContain('\u001b');
    expect(errorOf('fn f(x: i32) \ufeff').message).toContain('`\\u{feff}`');
  });

  test.each([
    // Each case has a source, the place of the error, and a part of the message.
    ['', '', 'expected a declaration such as `fn mean(v: &PyVec<f64>) -> f64`, found the end of the text'],
    [' // fn f()\n;', '', 'found the end of the text'],
    ['#[no_mangle]', '', 'expected `fn`, found the end of the text'],
    ['enum Foo {}', 'enum', 'expected `fn`, found `enum`; declare an enum as the integer that it is in C'],
    ['fn f() {} impl X {}', 'impl', 'expected `fn`, found `impl`'],
    ['async fn f()', 'async', 'an async function cannot be called'],
    ['unsafe pub fn f()', 'pub', 'expected `fn`, found `pub`'],
    ['extern "system" fn f()', '"system"', 'expected `"C"`, found `"system"`; only functions of the C'],
    ['extern "C-unwind" fn f()', '"C-unwind"', 'expected `"C"`'],
    ['#[no_mangle fn f()', '#', 'expected `]` to end this attribute, found the end of the text'],
    ['#![no_std] fn f()', '!', 'expected `[` to open the attribute, found `!`'],
    ['pub(crate fn f(', '(crate', 'expected `)` to end this visibility'],
    ['fn ()', '()', 'expected a function name, found `(`'],
    ['fn _()', '_', 'expected a function name, found `_`'],
    ['fn type()', 'type', 'expected a function name, found `type`; a keyword is written r#type'],
    ['fn f<T>(x: T)', 'T>', 'expected a lifetime or `>`, found `T`; an exported function has no type or const'],
    ["fn f<'a, const N: usize>()", 'const', 'expected a lifetime or `>`, found `const`'],
    ["fn f<'a 'b>()", "'b", 'expected `,` or `>` after a lifetime'],
    ["fn f<'a", '', 'expected `,` or `>` after a lifetime, found the end of the text'],
    ['fn f', '', 'expected `(` to open the parameters, found the end of the text'],
    ['fn f(', '', 'expected a parameter name or `)`, found the end of the text'],
    ['fn f(x', '', 'expected `:` and a type after the parameter name `x`, found the end'],
    ['fn f(x:', '', 'expected a parameter type'],
    ['fn f(x: i32', '', 'expected `,` or `)` after a parameter'],
    ['fn f(x: i32 y: i32)', 'y', 'expected `,` or `)` after a parameter, found `y`'],
    ['fn f(, x: i32)', ', x', 'expected a parameter name or `)`, found `,`; a parameter is written `name: Type`'],
    ['fn f(&PyVec<f64>)', '&', 'expected a parameter name or `)`, found `&`'],
    ['fn f(f64)', ')', 'expected `:` and a type after the parameter name `f64`, found `)`'],
    ['fn f(self)', 'self', 'a method cannot be called, only a function'],
    ['fn f(x: i32, ...)', '...', 'a variadic function cannot be called'],
    ['fn f(in: i32)', 'in', 'a keyword is written r#in'],
    ['fn f(x: i32, x: i32)', 'x: i32)', 'expected each parameter name once, found `x` again'],
    ['fn f(); fn g(); fn f(x: i32)', 'f(x', 'expected each function once, found `f` again'],
    ['fn type_(); fn r#type_()', 'r#', 'expected each function once, found `type_` again'],
    ['fn f(x: i32) where i32: Copy', 'where', 'an exported function has no where clause'],
    ['fn f() { if x { }', '{ if', 'expected `}` to end this body, found the end of the text'],
    ['fn f() {} }', '}', 'expected `fn`, found `}`'],
    ['fn f() { "abc } ', '"abc', 'expected `"` to end this string'],
    ['fn f() { r#"abc" } ', 'r#"', 'expected `"#` to end this string'],
    [`fn f() { r${'#'.repeat(256)}"" }`, 'r##', 'expected at most 255 `#` on a raw string, found 256'],
    ["fn f() { '\\n }", "'\\n", "expected `'` to end this character"],
    ["fn f(x: &'1 PyStr)", "'1", "expected a character or lifetime after `'`"],
    ['fn f() /* /* */', '/* /*', 'expected `*/` to end this comment'],
    ['fn f() -> ', '', 'expected a scalar result or `()`, found the end of the text'],
    ['fn f() - > f64', '-', 'found `-`'],
    ['fn f(x: foo::)', 'foo::', 'expected a type, found `foo::`'],
    ['fn f(x: &PyVec)', ')', 'expected `<` and an element type after `PyVec`, found `)`'],
    ['fn f(x: &PyVec<>)', '>)', 'expected an element type'],
    ['fn f(x: &PyVec<f64)', ')', 'expected `>` to close `PyVec<`, found `)`'],
    ['fn f(x: &PyVec<f64, A>)', 'A', 'expected `>` to close `PyVec<`, found `A`'],
    ["fn f(x: &PyVec<'a, f64>)", "'a", 'expected an element type'],
    ['fn f(x: Option)', ')', 'expected `<` after `Option`, found `)`'],
    ['fn f(x: Option<&PyStr', '', 'expected `>` to close `Option<`, found the end'],
    ['fn f(x: &PyStr<u8>)', '<u8', 'expected `,` or `)` after a parameter, found `<`'],
  ])('%s', (source, place, message) => {
    const error = errorOf(source);
    expect(error.message).toContain(message);
    const start =
      source
        .split('\n')
        .slice(0, error.line - 1)
        .join('\n').length + (error.line > 1 ? 1 : 0);
    expect(source.slice(start + error.column - 1).startsWith(place)).toBe(true);
    if (place === '') expect(start + error.column - 1).toBe(source.length);
  });
});

describe('types that cannot be declared', () => {
  test.each([
    ['PyVec<f64>', 'pass it by reference: `&PyVec<f64>`'],
    ['rustdll::PyStr', 'pass it by reference: `&rustdll::PyStr`'],
    ['Option<PyVec<u8>>', 'pass it by reference: `&PyVec<u8>`'],
    ['&PyVec<Option<PyStr>>', 'pass it by reference: `&PyStr`'],
    ['Option<f64>', 'only a reference can be `None`'],
    ['Option<Option<&PyStr>>', 'expected a reference inside `Option`'],
    ['&str', 'write `&PyStr`'],
    ["&'a mut str", 'write `&mut PyStr`'],
    ['String', 'write `&PyStr`'],
    ['&std::string::String', 'write `&PyStr`'],
    ["Cow<'a, str>", 'write `&PyStr`'],
    ['&[f64]', 'write `&PyVec<f64>`'],
    ['&mut [u8]', 'write `&mut PyVec<u8>`'],
    ['[f32; 3]', 'write `&PyVec<f32>`'],
    ['&[&str]', 'write `&PyVec<T>`'],
    ['Vec<f64>', 'write `&PyVec<f64>`'],
    ['std::vec::Vec<Foo>', 'write `&PyVec<T>`'],
    ['&mut Vec<i64>', 'write `&mut PyVec<i64>`'],
    ['Box<[u8]>', 'write `&PyVec<u8>`'],
    ['&f64', 'pass it by value: `f64`'],
    ['&mut i32', 'take a `&mut PyVec<i32>` of one element'],
    ['&&PyVec<f64>', 'expected `PyVec` or `PyStr` behind a reference'],
    ['i128', 'the widest integers are `i64` and `u64`'],
    ['&u128', 'the widest integers are `i64` and `u64`'],
    ['f16', 'the floating-point types are `f32` and `f64`'],
    ['fn(i32) -> i32', 'a function is `extern "C" fn(...)`'],
    ['c_char', 'write `i8` or `u8`'],
    ['*const str', 'write `&PyStr`'],
    ['*mut String', 'write `&mut PyStr`'],
    ['*const Vec<u8>', 'write `&PyVec<u8>`'],
    ['*f64', 'expected `const` or `mut` after `*`, found `f64`'],
    ['(i32, f64)', 'pass the parts of a tuple as parameters of their own'],
    ['()', 'found `()`'],
    ['HashMap<String, Vec<u8>>', 'found `HashMap<String, Vec<u8>>`'],
    ['impl Fn(i32) -> i32', 'found `impl Fn(i32) -> i32`'],
    ['!', 'found `!`'],
  ])('%s as a parameter', (type, message) => {
    const error = errorOf(`fn f(a: i32, x: ${type}, b: i32)`);
    expect(error.message).toContain(message);
    expect(error.line).toBe(1);
  });

  test('as elements', () => {
    expect(errorOf('fn f(x: &PyVec<String>)').message).toContain('expected an element type');
    expect(errorOf('fn f(x: &PyVec<()>)').message).toContain('found `()`');
    expect(errorOf('fn f(x: &PyVec<&f64>)').message).toContain('pass it by value: `f64`');
  });

  test.each([
    'PyVec<f64>',
    '&PyStr',
    '&str',
    'String',
    'Vec<u8>',
    'Result<f64, String>',
    'Option<f64>',
    '(f64, f64)',
    '!',
    'i128',
  ])('%s as a result', (type) => {
    const error = errorOf(`fn f(x: i32) -> ${type} { todo!() }`);
    expect(error.message).toContain(
      `expected a scalar result or \`()\`, found \`${type}\`; a declared function returns`,
    );
    expect(error.column).toBe(17);
  });
});

describe('hostile text', () => {
  test.each([
    ['nested types', `fn f(x: ${'&PyVec<'.repeat(100_000)}`],
    ['nested options', `fn f(x: ${'Option<'.repeat(100_000)}`],
    ['references', `fn f(x: ${'&'.repeat(100_000)}`],
    ['nested comments', '/*'.repeat(100_000)],
    ['nested braces', `fn f() ${'{'.repeat(100_000)}`],
    ['nested attributes', '#['.repeat(100_000)],
    ['a path', `fn f(x: ${'a::'.repeat(100_000)}`],
    ['a long name', `fn ${'x'.repeat(5_000_000)}`],
    ['a long string', `fn f() { "${'\\"'.repeat(2_000_000)}`],
    ['characters', `fn f() { ${"'\\n'".repeat(500_000)}`],
    ['hashes', `fn f() { ${`r${'#'.repeat(200)}" `.repeat(5_000)}`],
    ['lone surrogates', `fn f() { '\ud800' } fn \udfff()`],
    ['NUL', 'fn f\0()'],
  ])('%s', (_, source) => {
    expect(errorOf(source)).toBeInstanceOf(SyntaxError);
  });

  test('many functions', () => {
    const source = Array.from({ length: 50_000 }, (_, k) => `fn f${k}(x: i32) -> i32 { x }`).join('\n');
    expect(parseDeclarations(source)).toHaveLength(50_000);
  });
});

test.each([undefined, null, 1, ['fn f()'], { toString: () => 'fn f()' }, new String('fn f()')])(
  'a TypeError for %p, which is no string',
  (value) => {
    expect(() => parseDeclarations(value as string)).toThrow(
      expect.objectContaining({ name: 'TypeError', code: 'ERR_RUSTDLL_TYPE' }),
    );
  },
);
