/** Functions with the names of members of objects, at all three levels. */

import { inspect } from 'node:util';
import { declarationText } from '../../src-ts/cli/declarations/declarations';
import { RustDLL, RustDLLError } from '../../src-ts/index';
import { tableOf } from '../../src-ts/library/library';
import type { Table } from '../../src-ts/types/signature';
import { expectError, expectTypeError } from '../support/errors';
import { libraryPath } from '../support/kernels';
import { typeErrors } from '../docs/type-check';
import { Project } from '../docs/workshop';

/** The exported functions of test/fixtures/clashing. Each returns its own name. */
const NAMES = [
  ...[
    'path',
    'async',
    'declare',
    'prototype',
    'size',
    'length',
    'sample',
    'splice',
    'inspect',
    'catch',
    'finally',
    'default',
  ],
  ...['__esModule', 'nodeType', 'asymmetricMatch', 'hasOwnProperty'],
] as const;

type Members = { readonly [Name in (typeof NAMES)[number]]: () => string } & {
  readonly close: (handle: number) => number;
};

describe('exported', () => {
  const library = new RustDLL<Members>(libraryPath('clashing'));

  test.each(NAMES)('%s', (name) => {
    expect(library[name]()).toBe(name);
    expect(Object.hasOwn(library, name)).toBe(true);
  });

  test('close, which takes an argument; the library is closed as ever', () => {
    expect(library.close(41)).toBe(42);
    expectTypeError(
      () => (library.close as unknown as () => void)(),
      /^close: expected 1 argument/,
      'ERR_RUSTDLL_ARITY',
    );
    const other = new RustDLL<Members>(libraryPath('clashing'));
    other[Symbol.dispose]();
    expectError(() => other.close(1), RustDLLError, 'ERR_RUSTDLL_CLOSED', 'close');
    const third = new RustDLL<Members>(libraryPath('clashing'));
    RustDLL.prototype.close.call(third);
    expectError(() => third.size(), RustDLLError, 'ERR_RUSTDLL_CLOSED', 'size');
    expect(library.size()).toBe('size');
  });

  test("the class's own members, by its prototype", async () => {
    const { crc32 } = RustDLL.prototype.declare.call(library, 'fn crc32(x: u64, y: u64, z: u64) -> u64') as unknown as {
      crc32: (x: number, y: number, z: number) => number;
    };
    expect(crc32(1, 1, 1)).toBe(6);
    expect(RustDLL.reload(library as never)).toBe(library);
    expect(inspect(library)).toContain(`path: '${libraryPath('clashing')}'`);
    expect(await Promise.resolve(library)).toBe(library);
    expectError(
      () => RustDLL.prototype.declare.call(library, 'fn crc33()') as unknown,
      RustDLLError,
      'ERR_RUSTDLL_SYMBOL',
      'did you mean `crc32`?',
    );
  });

  test('a subclass that closes in a way of its own', () => {
    const closed: string[] = [];
    class Mine extends (RustDLL as unknown as new (path: string) => { close(): void; [Symbol.dispose](): void }) {
      override close(): void {
        closed.push('mine');
        super.close();
      }
    }
    new Mine(libraryPath('kernels'))[Symbol.dispose]();
    new Mine(libraryPath('clashing'))[Symbol.dispose]();
    expect(closed).toEqual(['mine', 'mine']);
  });

  test('their declarations are TypeScript', () => {
    const project = new Project({ path: 'none.md', text: '', blocks: [] });
    try {
      const program = `import { RustDLL } from 'rustdll';
        import type * as mylib from './mylib';
        const lib = new RustDLL<typeof mylib>('./libmylib.so');
        const names: string[] = [${NAMES.map((name) => `lib[${JSON.stringify(name)}]()`).join(', ')}];
        const handle: number = lib.close(1);
        // @ts-expect-error -- the function takes an argument
        lib.close();
        lib[Symbol.dispose]();
        export { names, handle };`;
      const declarations = declarationText(tableOf(new RustDLL(libraryPath('clashing'))) as Table, 'mylib.so');
      const source = { source: program, code: program, typescript: true, place: 'names.ts' };
      expect(typeErrors([{ path: 'names.md', programs: [source] as never, declarations }], project.folder)).toEqual([]);
    } finally {
      project.remove();
    }
  });
});

describe('guessed', () => {
  const library = new RustDLL(libraryPath('kernels'));

  test.each([
    ['length', 112],
    ['inspect', 113],
    ['prototype', 109],
  ])('%s', (name, value) => {
    expect((library[name] as () => number)()).toBe(value);
  });

  test('what JavaScript itself looks for, and the members of the class, stay theirs; declare reaches the functions', () => {
    expect([library.then, library.toJSON]).toEqual([undefined, undefined]);
    expect(library.path).toBe(libraryPath('kernels'));
    expect(Reflect.apply(library.toString as () => unknown, library, [])).toBe('[object Object]');
    const lib = library.declare('fn then() -> u32; fn path() -> u32; fn close() -> u32; fn toString() -> u32');
    expect([lib.then(), lib.path(), lib.close(), (lib.toString as () => unknown)()]).toEqual([101, 111, 104, 107]);
  });
});
