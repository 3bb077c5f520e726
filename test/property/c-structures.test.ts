/** Structures have the layout of Rust: a library that Rust's compiler lays out says the offsets. */

import { execFileSync } from 'node:child_process';
import * as fs from 'node:fs';
import * as os from 'node:os';
import * as path from 'node:path';
import * as fc from 'fast-check';
import { parseDeclarations } from '../../src-ts/levels/declare/parser';
import type { PointerType, StructType } from '../../src-ts/types/c';

const scalar = fc.constantFrom(
  ...[
    'i8',
    'u16',
    'i32',
    'u64',
    'isize',
    'f32',
    'f64',
    'bool',
    'char',
    'c_int',
    'c_long',
    '*const c_char',
    '*mut Opaque',
  ],
);

/** The type of a field, which may be one of the structures before. */
function fieldType(structures: number): fc.Arbitrary<string> {
  const one =
    structures === 0
      ? scalar
      : fc.oneof(
          scalar,
          fc.nat(structures - 1).map((index) => `S${index}`),
        );
  const array = fc.tuple(one, fc.integer({ min: 1, max: 5 })).map(([type, length]) => `[${type}; ${length}]`);
  return fc.oneof({ weight: 3, arbitrary: one }, array);
}

const COUNT = 150;

/** The fields of many structures, each of which may hold those before. */
const structures = fc.tuple(
  ...Array.from({ length: COUNT }, (_, index) =>
    fc.array(fieldType(Math.min(index, 40)), { minLength: 1, maxLength: 7 }),
  ),
);

test('the offsets, sizes and alignments are those of the compiler', () => {
  const [fields] = fc.sample(structures, 1) as [string[][]];
  const items = fields.map(
    (types, index) => `#[repr(C)] pub struct S${index} { ${types.map((type, k) => `pub f${k}: ${type}`).join(', ')} }`,
  );
  const text = `${items.join('\n')}\n${fields.map((_, index) => `fn f${index}(s: *const S${index});`).join('\n')}`;
  const signatures = parseDeclarations(text);
  const laid = signatures.map(({ parameters }) => {
    const { size, align, fields } = (parameters[0]!.type as PointerType).to as StructType;
    return [size, align, ...fields.map(({ offset }) => offset)].join(' ');
  });

  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'rustdll-structures-'));
  try {
    const lines = fields.map((types, index) => {
      const offsets = types.map((_, k) => `offset_of!(S${index}, f${k})`);
      const values = [`size_of::<S${index}>()`, `align_of::<S${index}>()`, ...offsets];
      return `println!("${values.map(() => '{}').join(' ')}", ${values.join(', ')});`;
    });
    const source = path.join(folder, 'layout.rs');
    fs.writeFileSync(
      source,
      `#![allow(dead_code, unused_imports)]
       use std::ffi::{c_char, c_int, c_long};
       use std::mem::{align_of, offset_of, size_of};
       pub struct Opaque;
       ${items.join('\n')}
       fn main() { ${lines.join('\n')} }`,
    );
    const program = path.join(folder, 'layout');
    execFileSync('rustc', ['--edition=2021', '-o', program, source], { stdio: 'pipe' });
    expect(laid).toEqual(execFileSync(program, { encoding: 'utf8' }).trimEnd().split('\n'));
  } finally {
    fs.rmSync(folder, { recursive: true });
  }
});
