/** The package and the libraries of test/fixtures, for all checks. */

import assert from 'node:assert/strict';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import * as rustdll from 'rustdll';

/** The paths of the libraries by their names, which libraries.mjs has. The runner passes them as JSON. */
export const paths = JSON.parse(process.env.RUSTDLL_CONFORMANCE);

export const kernels = new rustdll.RustDLL(paths.kernels);

/** Declares the one kernel in `source`. */
export function declared(source, options) {
  const [only, ...more] = Object.values(kernels.declare(source, options));
  assert.equal(more.length, 0);
  return only;
}

/**
 * Asserts that `call` throws an error of this class with this code, and that the library works afterwards.
 *
 * @param message - What its message must match.
 */
export function throws(call, Class, code, message = /./) {
  let error;
  try {
    call();
  } catch (thrown) {
    error = thrown;
  }
  assert.ok(error instanceof Class, `expected a ${Class.name}, got ${error}`);
  assert.deepEqual([error.code, error.name], [code, Class.name], String(error.stack));
  assert.match(error.message, message);
  assert.equal(kernels.add(2, 3), 5);
  const list = [1, -1];
  kernels.add_one_i64(list);
  assert.deepEqual(list, [2, 0]);
  return error;
}

const bytes = new DataView(new ArrayBuffer(8));
const WRITE = {
  i8: [1, 'setInt8'],
  u8: [1, 'setUint8'],
  i16: [2, 'setInt16'],
  u16: [2, 'setUint16'],
  i32: [4, 'setInt32'],
  u32: [4, 'setUint32'],
  i64: [8, 'setBigInt64'],
  u64: [8, 'setBigUint64'],
  isize: [8, 'setBigInt64'],
  usize: [8, 'setBigUint64'],
  f32: [4, 'setFloat32'],
  f64: [8, 'setFloat64'],
  bool: [1, 'setUint8'],
};

/**
 * The hash that the kernels called `hash_...` answer with, which test/fixtures/kernels describes.
 *
 * @param values - Pairs of a type and a value: the name of a scalar or `str`, and one of it or lists of it, nested or not.
 */
export function canonicalHash(...values) {
  let hash = 0xcbf29ce484222325n;
  const put = (type, value) => {
    const [size, method] = WRITE[type];
    bytes[method](0, method.includes('Big') ? BigInt(value) : Number(value), true);
    for (let i = 0; i < size; i++) hash = BigInt.asUintN(64, (hash ^ BigInt(bytes.getUint8(i))) * 0x100000001b3n);
  };
  const encode = (type, value) => {
    if (type === 'str' && typeof value === 'string') return encode('u8', new TextEncoder().encode(value));
    if (type === 'char' && typeof value === 'string') return put('u32', value.codePointAt(0));
    if (typeof value !== 'object') return put(type, value);
    put('u32', value.length);
    for (const element of value) encode(type, element);
  };
  for (const [type, value] of values) encode(type, value);
  return hash;
}

/** Waits until a condition holds, for a few seconds at most. */
export async function until(condition) {
  for (let tries = 0; !condition() && tries < 1000; tries++) await new Promise((resolve) => setTimeout(resolve, 5));
  assert.ok(condition(), String(condition));
}

/** Returns what a promise becomes: its value, or the code or name of its error. */
export function outcome(promise) {
  return promise.then(
    (value) => value,
    ({ code, name }) => (typeof code === 'string' ? code : name),
  );
}

/** Returns the engine's function that collects garbage. */
function collector() {
  if (globalThis.Bun !== undefined) return () => globalThis.Bun.gc(true);
  setFlagsFromString('--expose-gc');
  return globalThis.gc ?? runInNewContext('gc');
}

let collectNow;

/** Collects garbage, again and again until a condition holds. */
export async function collect(condition, most = 200) {
  collectNow ??= collector();
  for (let tries = 0; !condition() && tries < most; tries++) {
    // What a WeakRef has returned is not collected in the same turn, and what is collected is told in a later one.
    await new Promise((resolve) => setTimeout(resolve, 5));
    collectNow();
  }
}
