/** On every target a structure by value is in the registers in which the compiler puts it, whose LLVM IR says so. */

import { execFileSync } from 'node:child_process';
import * as fs from 'node:fs';
import * as os from 'node:os';
import * as path from 'node:path';
import * as fc from 'fast-check';
import { BLOCK_FLOATS, BLOCK_STACK } from '../../src-ts/crossing/block';
import { type Convention, Placement, ResultBank } from '../../src-ts/crossing/convention';
import { placeStructure, returningOf, type Structure } from '../../src-ts/crossing/structure';
import { parseDeclarations } from '../../src-ts/levels/declare/parser';
import type { StructType } from '../../src-ts/types/c';
import { leavesOf } from '../../src-ts/values/c/by-value';

const AAPCS64: Convention = { name: 'aapcs64', intRegisters: 8, floatRegisters: 8 };
const TARGETS: readonly (readonly [string, Convention])[] = [
  ['x86_64-unknown-linux-gnu', { name: 'sysv', intRegisters: 6, floatRegisters: 8 }],
  ['x86_64-apple-darwin', { name: 'sysv', intRegisters: 6, floatRegisters: 8 }],
  ['x86_64-pc-windows-msvc', { name: 'win64', intRegisters: 4, floatRegisters: 0 }],
  ['x86_64-pc-windows-gnu', { name: 'win64', intRegisters: 4, floatRegisters: 0 }],
  ['aarch64-unknown-linux-gnu', AAPCS64],
  ['aarch64-pc-windows-msvc', AAPCS64],
  ['aarch64-apple-darwin', { ...AAPCS64, name: 'apple-arm64' }],
];

const scalar = fc.constantFrom('i8', 'u16', 'i32', 'u64', 'f32', 'f64', 'bool', 'char', '*const c_char', '*mut Opaque');
const one = fc.oneof({ weight: 4, arbitrary: scalar }, fc.constantFrom('Floats', 'Small'));
const field = fc.oneof(
  { weight: 4, arbitrary: one },
  fc.tuple(one, fc.integer({ min: 1, max: 4 })).map(([type, length]) => `[${type}; ${length}]`),
);
const floats = fc
  .tuple(fc.constantFrom('f32', 'f64'), fc.integer({ min: 1, max: 5 }))
  .map(([type, count]) => Array.from({ length: count }, () => type));
const structure = fc.oneof(
  { weight: 3, arbitrary: fc.array(field, { minLength: 1, maxLength: 3 }) },
  fc.array(field, { minLength: 1, maxLength: 8 }),
  floats,
);

const COUNT = 400;
const structures = [
  ...[['i32', 'i32'], ['f64'], ['f32', 'f32'], ['f32', 'f32', 'f32'], ['u8', 'u16'], ['i64', 'i64'], ['f64', 'i32']],
  ...[['u8', 'u8', 'u8'], ['[u8; 16]'], ['[u8; 17]'], ['Floats'], ['Floats', 'f32'], ['[Floats; 2]'], ['f32', 'f64']],
  ...fc.sample(structure, COUNT),
];
const items = [
  '#[repr(C)] pub struct Floats { a: f32, b: f32 }',
  '#[repr(C)] pub struct Small { a: u8, b: f32 }',
  ...structures.map((types, index) => `#[repr(C)] pub struct S${index} { ${fieldsOf(types)} }`),
];

function fieldsOf(types: readonly string[]): string {
  return types.map((type, k) => `f${k}: ${type}`).join(', ');
}

/** Without the standard library, so that the compiler needs nothing of the target's. */
const SOURCE = `
  #![feature(no_core, lang_items)]
  #![no_core]
  #![crate_type = "lib"]
  #[lang = "pointee_sized"] pub trait PointeeSized {}
  #[lang = "meta_sized"] pub trait MetaSized: PointeeSized {}
  #[lang = "sized"] pub trait Sized: MetaSized {}
  #[lang = "copy"] pub trait Copy {}
  #[allow(non_camel_case_types)] pub type c_char = i8;
  pub struct Opaque;
  ${items.join('\n')}
  ${structures.map((_, k) => `#[no_mangle] pub extern "C" fn f${k}(s: S${k}) -> S${k} { s }`).join('\n')}
`;

/** Returns the registers of a type in LLVM's terms: `I` for an integer, `F` for a float. */
function registersOf(type: string): string {
  const array = /^\[(\d+) x (\w+)\]$/.exec(type);
  if (array !== null) return registersOf(array[2]!).repeat(Number(array[1]));
  return [...type.matchAll(/\b(?:i\d+|float|double|ptr)\b/g)]
    .map(([name]) => (name.startsWith('i') || name === 'ptr' ? 'I' : 'F'))
    .join('');
}

/** Returns how the compiler passes and returns the structures of the source. */
function statedBy(target: string, file: string): { passed: string; returned: string }[] {
  const llvm = execFileSync('rustc', ['--edition=2021', '--target', target, '--emit=llvm-ir', '-o', '-', file], {
    encoding: 'utf8',
    maxBuffer: 2 ** 28,
    env: { ...process.env, RUSTC_BOOTSTRAP: '1' },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const stated: { passed: string; returned: string }[] = [];
  for (const [, result, index, parameters] of llvm.matchAll(/^define (.*) @f(\d+)\((.*?)\) unnamed_addr/gm)) {
    const [first, ...rest] = parameters!.split(/, (?=ptr |[^{}[\]]*$)/);
    const parameter = first!.includes('sret') ? rest.join(', ') : parameters!;
    stated[Number(index)] = {
      returned: result === 'void' ? 'memory' : registersOf(typeOf(result!)),
      passed: parameter.includes('byval')
        ? 'stack'
        : /^ptr\b.*%s$/.test(parameter)
          ? 'pointer'
          : registersOf(typeOf(parameter)),
    };
  }
  return stated;
}

/** Returns the type in a text that has attributes before and a name behind it. */
function typeOf(text: string): string {
  return /\{[^}]*\}|\[\d+ x \w+\]|\b(?:i\d+|float|double|ptr)\b/.exec(text)![0];
}

function passedBy(rules: Convention, type: Structure): string {
  const passing = placeStructure(new Placement(rules), type, rules)!;
  if ('address' in passing) return 'pointer';
  if (passing.parts[0]!.to >= BLOCK_STACK) return 'stack';
  return passing.parts.map(({ to }) => (to >= BLOCK_FLOATS ? 'F' : 'I')).join('');
}

/** Returns the registers of a result in the order of its parts; all four floats of AAPCS64 are read, and only the parts count. */
function returnedBy(rules: Convention, type: Structure): string {
  const returning = returningOf(type, rules);
  if (returning === null || returning.kind === 'memory') return 'memory';
  const { bank, parts } = returning;
  if (bank === ResultBank.Memory) return 'memory';
  if (bank <= ResultBank.F64) return bank === ResultBank.Int ? 'I' : 'F';
  return parts.map(({ to }) => (to >= BLOCK_FLOATS ? 'F' : 'I')).join('');
}

const types = parseDeclarations(
  `${items.join('\n')}\n${structures.map((_, k) => `fn f${k}(s: S${k});`).join('\n')}`,
).map(({ parameters }): Structure => {
  const type = parameters[0]!.type as StructType;
  return { size: type.size, leaves: leavesOf(type)! };
});

let folder = '';
beforeAll(() => {
  folder = fs.mkdtempSync(path.join(os.tmpdir(), 'rustdll-by-value-'));
  fs.writeFileSync(path.join(folder, 'passing.rs'), SOURCE);
});
afterAll(() => {
  fs.rmSync(folder, { recursive: true });
});

test.each(TARGETS)('%s', (target, rules) => {
  const stated = statedBy(target, path.join(folder, 'passing.rs'));
  expect(stated).toHaveLength(structures.length);
  for (const [index, { passed, returned }] of stated.entries()) {
    const fields = structures[index]!;
    const type = types[index]!;
    expect({ fields, passed: passedBy(rules, type) }).toEqual({ fields, passed });
    expect({ fields, returned: returnedBy(rules, type) }).toEqual({ fields, returned });
  }
});
