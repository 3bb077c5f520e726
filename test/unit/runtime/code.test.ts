import { code, type Code, identifier, join, specialize } from '../../../src-ts/runtime/code';

function run(source: Code, parts: Record<string, unknown> = {}): unknown {
  return specialize(parts, code`return ${source};`, 'declare', 'test');
}

describe('a template', () => {
  test('takes finite numbers, booleans and null', () => {
    expect(String(code`f(${1}, ${1e21}, ${true}, ${null})`)).toBe('f(1, 1e+21, true, null)');
    expect(run(code`5 -${-3}`)).toBe(8);
    expect(run(code`${-0}`)).toBe(-0);
    for (const number of [NaN, Infinity, -Infinity]) expect(() => code`${number}`).toThrow('no piece of source');
  });

  test('quotes every string', () => {
    const texts = [
      '',
      'plain',
      `'"\`\${x}\\`,
      '*/ //',
      '\n\r\u2028\u2029\0',
      '\ud800',
      '\n//# sourceURL=x',
      '__proto__',
    ];
    for (const text of texts) {
      expect(run(code`${text}`)).toBe(text);
      expect(run(code`({ [${text}]: 1 })[${text}]`)).toBe(1);
      expect(String(code`${text}`)).toMatch(/^"[^\n\r\u2028\u2029]*"$/);
    }
  });

  test('takes code and lists of code, and nothing that is like code', () => {
    const sum = join([code`1`, code`2`, code`3`], code` + `);
    expect(run(code`${sum}`)).toBe(6);
    expect(String(code`${[code`a;`, code`b;`]}`)).toBe('a;\nb;');
    const alike = Object.create(Object.getPrototypeOf(sum) as object) as Code;
    for (const piece of [alike, ['process.exit()'], { toString: () => 'process.exit()' }, undefined, 1n, () => 1]) {
      expect(() => code`${piece as Code}`).toThrow('no piece of source');
      expect(() => join([piece as Code], code`, `)).toThrow('no piece of source');
    }
  });
});

test('an identifier is the name of a variable', () => {
  for (const name of ['a', '$', '_b1', 'p0']) expect(String(identifier(name))).toBe(name);
  for (const name of ['', '1a', 'a-b', 'a b', 'a\n', 'größe', 'a;b', 'class', 'yield', 'arguments', 'eval', 'true']) {
    expect(() => identifier(name)).toThrow('names no variable');
  }
});

describe('specialize', () => {
  test('runs only code, with parts whose names are identifiers', () => {
    expect(run(code`a + b`, { a: 1, b: 2 })).toBe(3);
    // @ts-expect-error A string is no code.
    expect(() => specialize({}, 'return 1', 'declare', 'test')).toThrow('only Code');
    expect(() => run(code`1`, { 'a = process.exit()': 1 })).toThrow('names no variable');
  });

  /** Returns the source name of code that is generated for a function of this name. */
  function sourceOf(name: string): string {
    const { stack } = specialize<Error>({}, code`return new Error();`, 'encode', name);
    return /rustdll:.*(?=:\d+:\d+)/.exec(stack ?? '')?.[0] ?? '';
  }

  test('names each source after its function, and no two alike', () => {
    expect(sourceOf('source_name')).toBe('rustdll:encode/source_name.js');
    expect(sourceOf('source_name')).toBe('rustdll:encode/source_name~2.js');
    expect(sourceOf('Shape.Circle')).toBe('rustdll:encode/Shape.Circle.js');
  });

  test('lets nothing in by way of a name', () => {
    const names = ['a\nthrow 1', 'a\u2028throw 1', 'a*/b', "a' + b", 'größe', '../../a', 'a~2', '%', ''];
    const sources = names.map(sourceOf);
    for (const source of sources) expect(source).toMatch(/^rustdll:encode\/[\w$.%-]*(~\d+)?\.js$/);
    expect(new Set(sources).size).toBe(names.length);
  });
});
