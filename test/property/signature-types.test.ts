/**
 * The types that TypeScript infers from the text of a declaration are compared with those that follow from the
 * declaration.
 */
import * as path from 'node:path';
import * as fc from 'fast-check';
import * as ts from 'typescript';
import type { RustType } from '../../src-ts/types/lent';
import type { ScalarName } from '../../src-ts/types/scalar';
import { type PlainSignature, signatures, spell, spelling } from './signature.arbitrary';

const VIEWS: Partial<Record<ScalarName, string>> = {
  i8: 'Int8Array',
  i16: 'Int16Array',
  i32: 'Int32Array',
  i64: 'BigInt64Array',
  u8: 'Uint8Array | Uint8ClampedArray | DataView | ArrayBuffer',
  u16: 'Uint16Array',
  u32: 'Uint32Array',
  u64: 'BigUint64Array',
  isize: 'BigInt64Array',
  usize: 'BigUint64Array',
  f32: 'Float32Array',
  f64: 'Float64Array',
};

function isWide(name: ScalarName): boolean {
  return /64|size/.test(name) && name !== 'f64';
}

function scalarType(name: ScalarName): string {
  return name === 'bool' ? 'boolean' : name === 'char' ? 'string' : 'number';
}

/** Returns the JavaScript type of a parameter or element; `writable` is that of the list that contains it. */
function valueType(type: RustType, writable: boolean): string {
  if (type.kind === 'scalar') return isWide(type.name) ? 'number | bigint' : scalarType(type.name);
  const none = type.nullable ? ' | null | undefined' : '';
  if (type.kind === 'str') return `string | Uint8Array${none}`;
  const written = type.held === 'mut' || (type.held === 'value' && writable);
  const list = (element: string) => `${written ? '' : 'readonly '}(${element})[]`;
  if (type.element.kind !== 'scalar') return list(valueType(type.element, written)) + none;
  const { name } = type.element;
  const arrays = isWide(name) ? `${list('number')} | ${list('bigint')}` : list(scalarType(name));
  return arrays + (VIEWS[name] === undefined ? '' : ` | ${VIEWS[name]}`) + none;
}

function functionType({ name, parameters, result }: PlainSignature, bigInts: boolean): string {
  const list = parameters.map((parameter, index) => `p${index}: ${valueType(parameter.type, false)}`);
  const value = result === null ? 'void' : bigInts && isWide(result) ? 'bigint' : scalarType(result);
  return `${JSON.stringify(name)}: (${list.join(', ')}) => ${value};`;
}

const FILE = path.join(__dirname, 'virtual.ts');
const OPTIONS: ts.CompilerOptions = {
  strict: true,
  noEmit: true,
  target: ts.ScriptTarget.ES2022,
  module: ts.ModuleKind.Node16,
  moduleResolution: ts.ModuleResolutionKind.Node16,
  types: [],
  lib: ['lib.es2022.d.ts'],
  skipLibCheck: true,
};
const host = ts.createCompilerHost(OPTIONS);
const parsed = new Map<string, ts.SourceFile | undefined>();
const readSource = host.getSourceFile.bind(host);
let text = '';
host.getSourceFile = (name, target) => {
  if (name === FILE) return ts.createSourceFile(name, text, target);
  if (!parsed.has(name)) parsed.set(name, readSource(name, target));
  return parsed.get(name);
};
let program: ts.Program | undefined;

/** Returns the compiler's errors for a source file beside this one. */
function errorsOf(source: string): string[] {
  text = source;
  program = ts.createProgram([FILE], OPTIONS, host, program);
  return program.getSemanticDiagnostics(program.getSourceFile(FILE)).map((diagnostic) => {
    const message = ts.flattenDiagnosticMessageText(diagnostic.messageText, '\n');
    const start = diagnostic.start ?? 0;
    return `${message}\n${diagnostic.file?.text.slice(start, start + 1500)}`;
  });
}

const PRELUDE = `
import type { Declared } from '../../src-ts/levels/declare/types/declared';
type Equal<A, B> = (<T>() => T extends A ? 1 : 2) extends <T>() => T extends B ? 1 : 2 ? true : false;
declare function check<const S extends string, B extends boolean, E>(...proof: Equal<Declared<S, B>, E> extends true ? [] : [unequal: Declared<S, B>]): void;
`;

test('the test tells a wrong type from a right one', () => {
  const wrong = `check<'fn f(v: &PyVec<f64>) -> f64', false, { f: (v: number[] | Float64Array) => number }>();`;
  expect(errorsOf(PRELUDE + wrong)).toHaveLength(1);
  expect(errorsOf(PRELUDE + wrong.replace('number[]', 'readonly number[]'))).toEqual([]);
});

test('the type computed from the text is that of the declaration, however it is spelled', () => {
  const oneCase = fc
    .tuple(signatures, fc.array(spelling, { minLength: 1, maxLength: 8 }), fc.boolean())
    .map(([declared, spellings, bigInts]) => {
      const expected = declared.map((signature) => functionType(signature, bigInts)).join(' ');
      return `check<${JSON.stringify(spell(declared, spellings))}, ${bigInts}, { ${expected} }>();\n`;
    });
  fc.assert(
    fc.property(fc.array(oneCase, { minLength: 40, maxLength: 40 }), (cases) => {
      expect(errorsOf(PRELUDE + cases.join(''))).toEqual([]);
    }),
    // Each run of the compiler takes many cases, and reducing a failure would take many runs.
    { numRuns: 2, endOnFailure: true },
  );
});

test('parameters are called as in the text where the name is a common one', () => {
  errorsOf(PRELUDE + `declare const f: Declared<'fn f(values: f64, mut by: i64, blorp: bool, r#in: i8)'>['f'];`);
  const file = program!.getSourceFile(FILE)!;
  const checker = program!.getTypeChecker();
  const symbol = checker.getSymbolsInScope(file, ts.SymbolFlags.Variable).find(({ name }) => name === 'f')!;
  expect(checker.typeToString(checker.getTypeOfSymbol(symbol))).toBe(
    '(values: number, by: number | bigint, args_2: boolean, args_3: number) => void',
  );
});

test('a library of 60 functions costs the compiler little', () => {
  const parameters = 'v: &PyVec<f64>, out: &mut PyVec<f64>, name: &PyStr, m: Option<&PyVec<&PyVec<u8>>>, by: f64';
  const source = Array.from(
    { length: 60 },
    (_, k) =>
      `/// Kernel.\n#[unsafe(no_mangle)]\npub extern "C" fn kernel_${k}(${parameters}) -> f64 {\n    todo!("{${k}}")\n}\n`,
  ).join('\n');
  const count = (declared: string) => {
    expect(errorsOf(`${PRELUDE} export const x: keyof Declared<${JSON.stringify(declared)}> = 'kernel_0';`)).toEqual(
      [],
    );
    return program!.getInstantiationCount();
  };
  // The compiler's limit for one expression is five million.
  expect(count(source) - count('fn kernel_0()')).toBeLessThan(100_000);
});
