/**
 * Structures by value are where the compiler expects them: functions with any parameters store what they get, and are
 * compared with what was passed.
 */

import { execFileSync } from 'node:child_process';
import * as fs from 'node:fs';
import * as os from 'node:os';
import * as path from 'node:path';
import * as fc from 'fast-check';
import { RustDLL } from '../../src-ts/index';

const SCALARS = ['i8', 'u16', 'i32', 'u32', 'i64', 'f32', 'f64', 'f32', 'f64', 'bool'] as const;
type ScalarName = (typeof SCALARS)[number];
type Field = ScalarName | `[${ScalarName}; ${number}]`;

const COUNT = 120;
const scalar = fc.constantFrom(...SCALARS);
const field: fc.Arbitrary<Field> = fc.oneof(
  { weight: 5, arbitrary: scalar },
  fc.tuple(scalar, fc.integer({ min: 1, max: 3 })).map(([type, length]): Field => `[${type}; ${length}]`),
);
/** The fields of a structure, which are often so few that they fit registers. */
const structure = fc.oneof(
  fc.array(field, { minLength: 1, maxLength: 3 }),
  fc.array(field, { minLength: 1, maxLength: 6 }),
  fc.tuple(fc.constantFrom<Field>('f32', 'f64'), fc.integer({ min: 1, max: 5 })).map(([type, count]) => {
    return Array.from({ length: count }, () => type);
  }),
);
const parameters = fc.array(fc.oneof({ weight: 2, arbitrary: structure }, scalar), { minLength: 1, maxLength: 9 });

type Parameter = Field[] | ScalarName;

/** Returns a value of a type whose float is exact, the `index`-th of them. */
function valueOf(type: ScalarName, index: number): number | boolean {
  if (type === 'bool') return index % 3 === 0;
  if (type.startsWith('f')) return index * 1.5 - 20.25;
  if (type.startsWith('u')) return 7 * index + 1;
  return (index % 2 === 0 ? 1 : -1) * ((3 * index + 2) % 128);
}

const elementsOf = (type: Field): { type: ScalarName; length: number } | null => {
  const parts = /^\[(\w+); (\d+)\]$/.exec(type);
  return parts === null ? null : { type: parts[1] as ScalarName, length: Number(parts[2]) };
};

/** Makes arguments, and notes the scalars in them. */
function makeArguments(list: readonly Parameter[]): { args: unknown[]; scalars: number[] } {
  const scalars: number[] = [];
  const one = (type: ScalarName): number | boolean => {
    const value = valueOf(type, scalars.length);
    scalars.push(Number(value));
    return value;
  };
  const fieldValue = (type: Field): unknown => {
    const elements = elementsOf(type);
    return elements === null
      ? one(type as ScalarName)
      : Array.from({ length: elements.length }, () => one(elements.type));
  };
  const args = list.map((parameter) =>
    Array.isArray(parameter)
      ? Object.fromEntries(parameter.map((type, k) => [`f${k}`, fieldValue(type)]))
      : one(parameter),
  );
  return { args, scalars };
}

/** Returns the declaration of a function that passes to a callback what it gets, structures by value. */
function callOf(index: number, list: readonly Parameter[], types: readonly string[]): string {
  const pointed = types.map((type, p) => `p${p}: ${Array.isArray(list[p]) ? `*const ${type}` : type}`);
  return `fn c${index}(${pointed.join(', ')}, call: extern "C" fn(${types.join(', ')}) -> i32) -> i32`;
}

/** Writes a library of functions that store all they get, and of functions that return it. */
function compile(folder: string, functions: readonly (readonly Parameter[])[]): { file: string; text: string[][] } {
  const text: string[][] = [];
  let source = 'use std::ptr::addr_of;\n';
  for (const [index, list] of functions.entries()) {
    let structs = '';
    const stores: string[] = [];
    const store = (place: string): void => {
      stores.push(`*out.add(${stores.length}) = ${place} as f64;`);
    };
    const types = list.map((parameter, p) => {
      const leaf = (type: ScalarName, place: string): void => {
        store(type === 'bool' ? `(${place} as u8)` : place);
      };
      if (!Array.isArray(parameter)) {
        leaf(parameter, `p${p}`);
        return parameter;
      }
      structs += `#[repr(C)] pub struct S${index}x${p} { ${parameter.map((type, k) => `pub f${k}: ${type}`).join(', ')} }\n`;
      for (const [k, type] of parameter.entries()) {
        const elements = elementsOf(type);
        if (elements === null) leaf(type as ScalarName, `p${p}.f${k}`);
        else for (let e = 0; e < elements.length; e++) leaf(elements.type, `p${p}.f${k}[${e}]`);
      }
      return `S${index}x${p}`;
    });
    const declared = types.map((type, p) => `p${p}: ${type}`).join(', ');
    const items = [`fn f${index}(${declared}, out: *mut f64)`, callOf(index, list, types)];
    source += `${structs}#[no_mangle] pub unsafe extern "C" fn f${index}(${declared}, out: *mut f64) { ${stores.join(' ')} }\n`;
    const pointed = types.map((type, p) => (Array.isArray(list[p]) ? `*const ${type}` : type));
    const values = types.map((_, p) => (Array.isArray(list[p]) ? `addr_of!(*p${p}).read()` : `p${p}`));
    source += `#[no_mangle] pub unsafe extern "C" fn c${index}(${pointed.map((type, p) => `p${p}: ${type}`).join(', ')},
      call: extern "C" fn(${types.join(', ')}) -> i32) -> i32 { call(${values.join(', ')}) }\n`;
    for (const [p, type] of types.entries()) {
      if (!Array.isArray(list[p])) continue;
      items.push(`fn r${index}x${p}(before: f64, value: *const ${type}, behind: i32) -> ${type}`);
      source += `#[no_mangle] pub unsafe extern "C" fn r${index}x${p}(before: f64, value: *const ${type}, behind: i32) -> ${type} {
        assert!(before == 0.5 && behind == -7); addr_of!(*value).read() }\n`;
    }
    text.push([structs, ...items]);
  }
  const file = path.join(folder, process.platform === 'win32' ? 'by_value.dll' : 'libby_value.so');
  fs.writeFileSync(path.join(folder, 'by_value.rs'), `#![allow(unused, improper_ctypes_definitions)]\n${source}`);
  execFileSync('rustc', ['--edition=2021', '-O', '--crate-type=cdylib', '-o', file, path.join(folder, 'by_value.rs')], {
    stdio: 'pipe',
  });
  return { file, text };
}

test('as arguments and results, with whatever is beside them', () => {
  const functions = fc.sample(parameters, COUNT);
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'rustdll-by-value-'));
  try {
    const { file, text } = compile(folder, functions);
    const dll = new RustDLL(file);
    let passed = 0;
    let returned = 0;
    let calledBack = 0;
    for (const [index, list] of functions.entries()) {
      const [structs, call, back, ...results] = text[index] as [string, string, string, ...string[]];
      const { args, scalars } = makeArguments(list);
      const out = new Float64Array(scalars.length);
      const lib = declareIfCarried(dll, `${structs} ${call};`);
      if (lib !== null) {
        lib[`f${index}`]!(...args, out);
        expect({ call, got: [...out] }).toEqual({ call, got: scalars });
        passed++;
      }
      const calling = declareIfCarried(dll, `${structs} ${back};`);
      if (calling !== null) {
        const got: unknown[][] = [];
        const callback = (...given: unknown[]): number => got.push(given);
        expect(calling[`c${index}`]!(...args, callback)).toBe(1);
        expect({ structs, back, got }).toEqual({ structs, back, got: [args] });
        calledBack++;
      }
      for (const result of results) {
        const name = /fn (\w+)/.exec(result)![1]!;
        const value = args[Number(name.split('x')[1])];
        const one = declareIfCarried(dll, `${structs} ${result};`);
        if (one === null) continue;
        expect({ structs, result: one[name]!(0.5, value, -7) }).toEqual({ structs, result: value });
        returned++;
      }
    }
    expect(passed).toBeGreaterThan(COUNT / 3);
    expect(calledBack).toBeGreaterThan(COUNT / 4);
    expect(returned).toBe(text.reduce((sum, [, , , ...results]) => sum + results.length, 0));
  } finally {
    fs.rmSync(folder, { recursive: true });
  }
});

/** Declares a function; null if it is refused for what its platform cannot carry. */
function declareIfCarried(dll: RustDLL, text: string): Record<string, (...args: unknown[]) => unknown> | null {
  try {
    return dll.declare(text);
  } catch (error) {
    expect((error as Error).message).toMatch(/does not fit the registers|more parameters than/);
    return null;
  }
}
