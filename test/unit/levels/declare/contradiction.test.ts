/** What is behind pointers is compared with what the library states, and refused only if it is certainly another type. */

import { contradiction } from '../../../../src-ts/levels/declare/contradiction';
import { parseDeclarations } from '../../../../src-ts/levels/declare/parser';
import type { KnownType } from '../../../../src-ts/types/known';

const scalar = (name: string): KnownType => ({ kind: 'scalar', name });
const pointer = (to: KnownType | null): KnownType => ({ kind: 'pointer', mutable: true, to, text: '*mut T' });
const reference = (to: KnownType): KnownType => ({ kind: 'reference', mutable: true, to });
const value = (size: number): KnownType => ({ kind: 'value', text: 'Point', size });
const option = (of: KnownType): KnownType => ({ kind: 'option', of });

const STRUCTURES = '#[repr(C)] struct Point { x: f64, y: f64 } #[repr(C)] struct One { x: f64 }';

function found(type: string, known: KnownType): string | null {
  const [signature] = parseDeclarations(`${STRUCTURES} fn f(p: ${type})`);
  return contradiction(signature!, {
    name: 'f',
    parameters: [{ name: 'p', type: known }],
    result: { kind: 'unit' },
    source: null,
  });
}

test.each<[string, KnownType]>([
  ['*const f64', pointer(scalar('f64'))],
  ['*mut i32', reference(scalar('u32'))],
  ['*mut u64', pointer(scalar('usize'))],
  ['*const u8', pointer(scalar('f64'))],
  ['*const u8', pointer(value(16))],
  ['*const c_void', pointer(scalar('i32'))],
  ['*const c_char', pointer(scalar('i8'))],
  ['*mut Opaque', pointer(value(40))],
  ['*const f64', pointer(value(16))],
  ['*const Point', pointer(value(16))],
  ['&Point', reference(value(16))],
  ['Option<&Point>', option(reference(value(16)))],
  ['*const Point', pointer(value(0))],
  ['*const Point', pointer(null)],
  ['*const Point', pointer({ kind: 'unknown', text: 'T' })],
  ['*const f64', pointer(scalar('f128'))],
  ['*mut *mut Opaque', pointer(pointer(value(8)))],
  ['*mut usize', scalar('usize')],
  ['extern "C" fn()', { kind: 'function', text: 'fn()' }],
  ['Point', value(16)],
  ['One', scalar('f64')],
])('%s may be %j', (type, known) => {
  expect(found(type, known)).toBeNull();
});

test.each<[string, KnownType]>([
  ['*const f64', pointer(scalar('f32'))],
  ['*const f64', pointer(scalar('i64'))],
  ['*mut i32', pointer(scalar('i64'))],
  ['*mut u16', reference(scalar('char'))],
  ['Option<*mut i64>', option(reference(scalar('u32')))],
  ['*const Point', pointer(value(24))],
  ['&mut One', reference(value(16))],
  ['*mut *mut f64', pointer(pointer(scalar('f32')))],
  ['*mut *mut Opaque', pointer(scalar('i32'))],
  ['*mut Opaque', scalar('i32')],
  ['Point', value(24)],
  ['Point', scalar('f64')],
])('%s is not %j', (type, known) => {
  expect(found(type, known)).toMatch(/^parameter 1 \(p\): the library takes .*, not /);
});

test('a result is compared in the same way', () => {
  const known = (result: KnownType): Parameters<typeof contradiction>[1] => {
    return { name: 'f', parameters: [], result, source: null };
  };
  const [scalars, points, texts] = parseDeclarations(
    `${STRUCTURES} fn f() -> *const f64; fn g() -> *const Point; fn h() -> *const c_char;`,
  );
  expect(contradiction(scalars!, known(pointer(scalar('f64'))))).toBeNull();
  expect(contradiction(scalars!, known(pointer(scalar('i32'))))).toMatch(/^the library returns .*, not \*const f64$/);
  expect(contradiction(points!, known(pointer(value(8))))).toMatch(/^the library returns .*, not \*const Point$/);
  expect(contradiction(texts!, known(pointer(scalar('u8'))))).toBeNull();
});
