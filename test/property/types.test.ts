/**
 * The types in the tables of the guide against models of them that know nothing of the package: whatever value a function is
 * given, it returns what the model returns, or refuses it by the same class of error with the same path. So does one for lists.
 */

import * as fc from 'fast-check';
import { isIPv4, isIPv6 } from 'node:net';
import { RustDLL } from '../../src-ts/library/library';
import { CASES, FUNCTIONS } from '../conformance/type-samples.cjs';
import { texts, units } from '../support/arbitraries';
import { libraryPath, type LooseFunction } from '../support/kernels';
import {
  bits,
  boolean,
  but,
  bytes,
  date,
  either,
  float,
  integer,
  list,
  map,
  type Model,
  type Outcome,
  option,
  oneOf,
  record,
  text,
  tuple,
} from '../support/models';

const lib = new RustDLL(libraryPath('types'));

/** Numbers around the bounds of types, and others. */
const numbers = fc.oneof(
  fc.integer({ min: -300, max: 300 }),
  fc.integer({ min: -70_000, max: 70_000 }),
  fc.maxSafeInteger(),
  fc.double(),
  fc.float(),
  fc.constantFrom(
    ...[7, 8, 15, 16, 31, 32, 53, 63, 64, 128].flatMap((n) => [2 ** n, 2 ** n - 1, -(2 ** n), -(2 ** n) - 1]),
  ),
);
const bigints = fc.oneof(
  fc.bigInt({ min: -300n, max: 300n }),
  fc.constantFrom(...[63n, 64n, 127n, 128n].flatMap((n) => [2n ** n, 2n ** n - 1n, -(2n ** n), -(2n ** n) - 1n])),
);
const dates = fc.oneof(fc.date({ noInvalidDate: false }), fc.constantFrom(new Date(8.64e15), new Date(-8.64e15)));
const wholeLeaves = fc.oneof(
  numbers,
  bigints,
  texts,
  dates,
  fc.boolean(),
  fc.constantFrom(null, undefined, Symbol('s'), () => 1, new Number(1), new String('a'), /a/),
);
const leaves = fc.oneof({ weight: 6, arbitrary: wholeLeaves }, { weight: 1, arbitrary: units });
/** Values of all kinds, for types of which few of them are. */
const anything: fc.Arbitrary<unknown> = fc.oneof(
  leaves,
  fc.array(leaves, { maxLength: 4 }),
  fc.array(fc.nat(300), { maxLength: 4 }),
  fc.array(fc.nat(300), { maxLength: 4 }).map((values) => new Set(values)),
  fc.array(fc.tuple(wholeLeaves, fc.nat(300)), { maxLength: 3 }).map((entries) => new Map(entries)),
  fc.dictionary(fc.constantFrom('a', 'x', 'label', 'type', '1', 're', 'im', 'shape'), leaves, { maxKeys: 3 }),
  fc.array(fc.nat(255), { maxLength: 9 }).map((values) => Uint8Array.from(values)),
  fc.array(fc.nat(255), { maxLength: 3 }).map((values) => Int32Array.from(values)),
  fc.array(fc.nat(255), { maxLength: 3 }).map((values) => Float64Array.from(values)),
);

/** A model, and values that are nearly of its type. */
interface Type {
  readonly model: Model;
  readonly near: fc.Arbitrary<unknown>;
}

const I32 = bits(32n, true);
const ints = fc.oneof({ weight: 6, arbitrary: fc.integer() }, { weight: 1, arbitrary: leaves });
const lists = fc.oneof(
  fc.array(fc.integer(), { maxLength: 5 }),
  fc.array(ints, { maxLength: 4 }),
  fc.array(fc.integer(), { maxLength: 4 }).map((values) => Int32Array.from(values)),
  fc.array(fc.integer(), { maxLength: 4 }).map((values) => new Set(values)),
);
const octets = fc.oneof(
  fc.array(fc.integer({ min: -2, max: 257 }), { maxLength: 4 }),
  fc.array(fc.nat(255), { minLength: 3, maxLength: 3 }),
  fc.array(fc.nat(255), { maxLength: 4 }).map((values) => Uint8Array.from(values)),
  fc.array(fc.nat(255), { maxLength: 4 }).map((values) => Uint8Array.from(values).buffer),
  fc.array(fc.nat(255), { maxLength: 4 }).map((values) => Uint16Array.from(values)),
);
const ofList = (result?: (values: unknown[]) => unknown): Type => ({
  model: list(I32, Int32Array, result),
  near: lists,
});
const ofBytes = (length?: number): Type => ({ model: bytes(length), near: octets });
const ofText = (result?: (value: string) => unknown, near: fc.Arbitrary<unknown> = texts): Type => ({
  model: text(result),
  near: fc.oneof(near, units),
});
const ofNumber = (model: Model): Type => ({ model, near: fc.oneof(numbers, bigints) });
const inside = ofNumber(I32);

/** -0 becomes 0 where it is an integer in Rust. */
const unsigned = (values: unknown[]): number[] => values as number[];
const ascending = (values: unknown[]): number[] => unsigned(values).sort((a, b) => a - b);
const distinct = (values: unknown[]): unknown[] => [...new Set(values)];
const zero = (value: unknown): 'RangeError' | null => (Number(value) === 0 ? 'RangeError' : null);

const INTEGERS = { i8: 8n, i16: 16n, i32: 32n, i64: 64n, isize: 64n, i128: 128n };
const integers = Object.entries(INTEGERS).flatMap(([name, count]) => [
  [name, bits(count, true)] as const,
  [name.replace('i', 'u').replace('usuze', 'usize'), bits(count, false)] as const,
]);

const path = ofText();
const ISO_DATE = /^(\d{4})-(\d\d)-(\d\d)$/;
/** The days that JavaScript knows, written as in ISO 8601. */
const days = fc.oneof(
  fc
    .date({ min: new Date('0001-01-01'), max: new Date('9998-12-31'), noInvalidDate: true })
    .map((value) => value.toISOString().slice(0, 10)),
  fc
    .tuple(fc.integer({ min: 1000, max: 9998 }), fc.integer({ min: 0, max: 13 }), fc.integer({ min: 0, max: 32 }))
    .map(([year, month, day]) => `${year}-${String(month).padStart(2, '0')}-${String(day).padStart(2, '0')}`),
);
/** The day, if there is one. */
function dayOf(value: string): string | undefined {
  if (!ISO_DATE.test(value)) return undefined;
  const time = new Date(`${value}T00:00:00Z`);
  return !Number.isNaN(time.getTime()) && time.toISOString().startsWith(value) ? value : undefined;
}
const day = ofText(dayOf, days);
const times = days.chain((value) =>
  fc.nat(86_399).map((seconds) => `${value}T${new Date(seconds * 1000).toISOString().slice(11, 19)}`),
);
const naive = (value: string): string | undefined => {
  const [of = '', time = '', ...more] = value.split('T');
  return more.length === 0 && dayOf(of) !== undefined && timeOf(time) !== undefined ? value : undefined;
};
function timeOf(value: string): string | undefined {
  const [, hours, minutes, seconds] = /^(\d\d):(\d\d):(\d\d)$/.exec(value) ?? [];
  return Number(hours) < 24 && Number(minutes) < 60 && Number(seconds) < 60 ? value : undefined;
}
const clocks = fc
  .tuple(fc.nat(25), fc.nat(59), fc.nat(59))
  .map((parts) => parts.map((part) => String(part).padStart(2, '0')).join(':'));
const clock = ofText(timeOf, clocks);
const withSuffix = (suffix: string): Type =>
  ofText(
    (value) => (value.endsWith(suffix) ? joined(naive(value.slice(0, -suffix.length)), suffix) : undefined),
    times.map((value) => value + suffix),
  );
const joined = (value: string | undefined, suffix: string): string | undefined =>
  value === undefined ? value : value + suffix;

const UUID = /^[\da-f]{8}-[\da-f]{4}-[\da-f]{4}-[\da-f]{4}-[\da-f]{12}$/i;
const addresses = fc.oneof(fc.ipV4(), fc.ipV6(), texts);
const canonical = (value: string): string => new URL(`http://[${value}]`).hostname;
/** Any form of the same address of version 6. */
const sameAddress = (value: string): unknown => ({
  asymmetricMatch: (given: unknown) => isIPv6(given as string) && canonical(given as string) === canonical(value),
});
const v6 = (value: string): unknown => (isIPv6(value) && !value.includes('%') ? sameAddress(value) : undefined);
const v4 = (value: string): unknown => (isIPv4(value) ? value : undefined);
/** A socket's address, of the form `host:port`. */
function socket(value: string): string | undefined {
  const [, host = '', port = ''] = /^(\d+\.\d+\.\d+\.\d+|\[::1\]):(\d{1,5})$/.exec(value) ?? [];
  return (host === '[::1]' || isIPv4(host)) && Number(port) < 65_536 ? `${host}:${Number(port)}` : undefined;
}
const sockets = fc
  .tuple(fc.oneof(fc.ipV4(), fc.constantFrom('[::1]', '::1', 'a')), fc.integer({ min: 0, max: 70_000 }))
  .map(([host, port]) => `${host}:${port}`);
const decimals = fc
  .tuple(fc.bigInt({ min: -(10n ** 20n), max: 10n ** 20n }), fc.option(fc.stringMatching(/^\d{1,8}$/)))
  .map(([whole, fraction]) => (fraction === null ? `${whole}` : `${whole}.${fraction}`));

/** The number that a float of that many bits of exponent and mantissa is, or null if there is none. */
function half(value: number, exponent: number, mantissa: number): number | null {
  const single = Math.fround(value);
  if (!Number.isFinite(value)) return value;
  if (!Number.isFinite(single)) return null;
  if (single === 0) return single;
  const least = 2 - 2 ** (exponent - 1);
  const scale = 2 ** (Math.max(Math.floor(Math.log2(Math.abs(single))), least) - mantissa);
  const steps = single / scale;
  const whole = Math.floor(steps);
  const rest = steps - whole;
  const rounded = (rest > 0.5 || (rest === 0.5 && whole % 2 !== 0) ? whole + 1 : whole) * scale;
  if (Math.abs(rounded) >= 2 ** (2 ** (exponent - 1))) return null;
  return rounded === 0 && single < 0 ? -0 : rounded;
}

/** True for the two texts that Rust writes as the first. */
const single = (value: number): number | null =>
  Number.isFinite(value) && !Number.isFinite(Math.fround(value)) ? null : Math.fround(value);

const complex = (part: (value: number) => number | null): Type => ({
  model: record({ re: { model: float(part) }, im: { model: float(part) } }),
  near: fc.record({ re: fc.oneof(numbers, leaves), im: numbers }),
});
const ofMap = (): Type => ({
  model: map(text(), (name) => name, I32, false),
  near: fc.oneof(
    fc.dictionary(fc.oneof(fc.string(), fc.constantFrom('a', 'b c', '1')), ints, {
      maxKeys: 4,
      noNullPrototype: false,
    }),
    fc.array(fc.tuple(texts, ints), { maxLength: 3 }).map((entries) => new Map(entries)),
    fc.tuple(wholeLeaves, fc.integer()).map((entry) => new Map([entry])),
  ),
});

/** A JSON value of which serde makes the same. */
const jsonModel: Model = (value) => ({ value });
const json = fc
  .jsonValue()
  .map((value) => JSON.parse(JSON.stringify(value)) as unknown)
  .filter(isExact);
function isExact(value: unknown): boolean {
  if (typeof value === 'number') return !Number.isInteger(value) || Number.isSafeInteger(value);
  return typeof value !== 'object' || value === null || Object.values(value).every(isExact);
}

/** An array of `f64` of so many dimensions; any if it is null. */
function ndarray(rank: number | null): Type {
  const model: Model = (value) => {
    if (typeof value !== 'object' || value === null || Array.isArray(value) || ArrayBuffer.isView(value)) {
      return { refused: 'TypeError', path: '' };
    }
    const { data, shape } = value as { data: Float64Array; shape: number[] };
    if (!Array.isArray(shape) || (rank !== null && shape.length !== rank))
      return { refused: 'TypeError', path: '.shape' };
    if (!(data instanceof Float64Array)) return { refused: 'TypeError', path: '.data' };
    const size = shape.reduce((product, length) => product * length, 1);
    return size === data.length ? { value } : { refused: 'TypeError', path: '.data' };
  };
  const near = fc
    .tuple(fc.array(fc.nat(3), { minLength: rank ?? 0, maxLength: rank ?? 4 }), fc.constantFrom(0, 0, 0, 1), fc.nat(9))
    .map(([shape, more, first]) => ({
      data: Float64Array.from(
        { length: shape.reduce((product, length) => product * length, 1) + more },
        (_, i) => first + i,
      ),
      shape,
    }));
  return { model, near };
}

const fits = (most: number) => (values: unknown[]) => (values.length > most ? undefined : values);

const TYPES: Readonly<Record<string, Type>> = {
  ...Object.fromEntries(integers.map(([name, model]) => [`echo_${name}`, ofNumber(model)])),
  ...Object.fromEntries(integers.map(([name, model]) => [`echo_non_zero_${name}`, ofNumber(but(model, zero))])),
  echo_f64: ofNumber(float((value) => value)),
  echo_f32: ofNumber(float(single)),
  echo_bool: { model: boolean, near: fc.boolean() },
  echo_char: ofText(
    (value) => ([...value].length === 1 ? value : undefined),
    fc.string({ unit: 'binary', maxLength: 2 }),
  ),
  ...Object.fromEntries(
    ['str', 'string', 'box_str', 'rc_str', 'arc_str', 'cow_str'].map((name) => [`echo_${name}`, ofText()]),
  ),
  echo_system_time: { model: date(-8.64e15, 8.64e15), near: dates },
  echo_path_buf: path,
  echo_path: path,
  echo_os_string: path,
  echo_os_str: path,
  echo_duration: ofNumber(
    float((value) => {
      if (!(value >= 0) || value >= 2 ** 64 * 1000) return null;
      // To the nearest nanosecond, or the nearest number.
      return (value >= 2 ** 53 ? value : expect.closeTo(value, 5)) as number;
    }),
  ),
  echo_ip: ofText((value) => v4(value) ?? v6(value), addresses),
  echo_ipv4: ofText(v4, addresses),
  echo_ipv6: ofText(v6, addresses),
  echo_socket: ofText(socket, sockets),
  echo_socket_v4: ofText((value) => (value.startsWith('[') ? undefined : socket(value)), sockets),
  echo_socket_v6: ofText((value) => (value.startsWith('[') ? socket(value) : undefined), sockets),
  echo_ordering: ofNumber(integer(-1n, 1n, false)),
  echo_range: { model: tuple(bits(32n, false), bits(32n, false)), near: fc.array(ints, { maxLength: 3 }) },
  echo_range_inclusive: {
    model: tuple(...Array<Model>(2).fill(text((value) => ([...value].length === 1 ? value : undefined)))),
    near: fc.tuple(
      fc.string({ unit: 'binary', maxLength: 2 }),
      fc.string({ unit: 'binary', minLength: 1, maxLength: 1 }),
    ),
  },
  echo_slice: ofList(),
  echo_vec: ofList(),
  echo_box_slice: ofList(),
  echo_vec_deque: ofList(),
  echo_linked_list: ofList(),
  echo_binary_heap: ofList((values) => ascending(values).reverse()),
  echo_hash_set: ofList((values) => sameElements(distinct(values))),
  echo_b_tree_set: ofList((values) => ascending(distinct(values))),
  echo_array: { model: list(I32, Int32Array, (values) => values, 3), near: lists },
  echo_byte_slice: ofBytes(),
  echo_byte_vec: ofBytes(),
  echo_byte_array: ofBytes(3),
  echo_typed_array: {
    model: (value) => (value instanceof Int32Array ? { value } : { refused: 'TypeError', path: '' }),
    near: fc.array(fc.integer(), { maxLength: 4 }).map((values) => Int32Array.from(values)),
  },
  echo_option: { model: option(I32), near: ints },
  echo_tuple: { model: tuple(I32, text()), near: fc.tuple(ints, fc.oneof(texts, leaves)) },
  echo_twelve: {
    model: tuple(...Array<Model>(11).fill(bits(8n, false)), boolean),
    near: fc
      .tuple(fc.array(fc.integer({ min: 0, max: 256 }), { minLength: 11, maxLength: 11 }), fc.boolean())
      .map(([a, b]) => [...a, b]),
  },
  echo_hash_map: ofMap(),
  echo_b_tree_map: ofMap(),
  echo_number_hash_map: {
    model: map(bits(8n, false), (name) => (/^(0|-?[1-9]\d*)$/.test(name) ? Number(name) : name), I32, true),
    near: fc.oneof(
      fc.array(fc.tuple(fc.nat(255), ints), { maxLength: 3 }).map((entries) => new Map(entries)),
      fc.tuple(fc.integer({ min: -300, max: 300 }), fc.integer()).map((entry) => new Map([entry])),
      fc.dictionary(fc.nat(255).map(String), ints, { maxKeys: 3, noNullPrototype: false }),
    ),
  },
  echo_bool_map: {
    model: map(boolean, (name) => ({ true: true, false: false })[name] ?? name, I32, true),
    near: fc.oneof(
      fc.array(fc.tuple(fc.boolean(), ints), { maxLength: 2 }).map((entries) => new Map(entries)),
      fc.tuple(wholeLeaves, fc.integer()).map((entry) => new Map([entry])),
    ),
  },
  echo_record: {
    model: record({ x: { model: I32 }, label: { model: option(text()), optional: true } }),
    near: fc.record({ x: ints, label: fc.oneof(texts, leaves) }, { requiredKeys: ['x'], noNullPrototype: false }),
  },
  echo_tuple_struct: {
    model: tuple(...Array<Model>(3).fill(bits(8n, false))),
    near: fc.array(fc.oneof(fc.nat(256), leaves), { minLength: 2, maxLength: 4 }),
  },
  echo_level: { model: oneOf('Low', 'High'), near: fc.constantFrom('Low', 'High', 'low', 'Medium') },
  echo_signal: { model: oneOf(1, 9), near: fc.nat(10) },
  echo_enum: {
    model: (value) => {
      const tag = (value as { type?: unknown } | null | undefined)?.type;
      const type = { model: oneOf(tag) };
      if (typeof value !== 'object' || value === null) return { refused: 'TypeError', path: '' };
      if (tag === 'Circle') return record({ type, radius: { model: I32 } })(value);
      if (tag === 'Square') return record({ type, value: { model: I32 } })(value);
      if (tag === 'Rect') return record({ type, value: { model: tuple(I32, I32) } })(value);
      if (tag === 'Empty') return record({ type })(value);
      return { refused: 'TypeError', path: '.type' };
    },
    near: fc.oneof(
      fc.record({ type: fc.constantFrom('Circle', 'Square', 'circle'), radius: ints }),
      fc.record({ type: fc.constant('Square'), value: ints }),
      fc.record({ type: fc.constant('Rect'), value: fc.array(ints, { maxLength: 3 }) }),
      fc.record({ type: fc.constant('Empty') }),
    ),
  },
  echo_untagged: {
    model: untagged,
    near: fc.letrec((tie) => ({
      cell: fc.oneof({ maxDepth: 3 }, wholeLeaves, texts, fc.constant(null), fc.array(tie('cell'), { maxLength: 3 })),
    })).cell,
  },
  echo_box: inside,
  echo_rc: ofList(),
  echo_arc: inside,
  echo_cow: ofList(),
  echo_reference: inside,
  echo_cell: inside,
  echo_ref_cell: inside,
  echo_mutex: inside,
  echo_rw_lock: inside,
  echo_wrapping: inside,
  echo_saturating: inside,
  echo_reverse: inside,
  echo_version: ofText(
    (value) => /^(?:0|[1-9]\d{0,8})\.(?:0|[1-9]\d{0,8})$/.exec(value)?.[0],
    fc.tuple(fc.nat(), fc.nat(999)).map(([a, b]) => `${a % 1e8}.${b}`),
  ),
  nothing: { model: jsonModel, near: fc.constant(undefined) },
  positive: ofNumber(I32),
  echo_json: {
    model: tuple(I32, list(text(), null)),
    near: fc.tuple(fc.integer(), fc.array(texts, { maxLength: 3 })),
  },
  echo_value: { model: jsonModel, near: json },
  echo_chrono_utc: { model: date(-8.3346012288e15, 8.210266876799999e15), near: dates },
  echo_chrono_offset: withSuffix('+02:00'),
  echo_chrono_naive: ofText(naive, times),
  echo_chrono_date: day,
  echo_chrono_time: clock,
  echo_time_utc: { model: date(Date.UTC(-9999, 0, 1), Date.UTC(9999, 11, 31, 23, 59, 59, 999)), near: dates },
  echo_time_offset: withSuffix('Z'),
  echo_time_naive: ofText((value) => joined(naive(value), '.000000000'), times),
  echo_time_date: day,
  echo_time_time: ofText((value) => joined(timeOf(value), '.000000000'), clocks),
  echo_jiff_timestamp: { model: date(-377705023201000, 253402207200999), near: dates },
  echo_jiff_zoned: withSuffix('+02:00[+02:00]'),
  echo_jiff_naive: ofText(naive, times),
  echo_jiff_date: day,
  echo_jiff_time: clock,
  echo_jiff_span: ofText(
    (value) => (/^P[1-9]\d?D$/.test(value) ? value : undefined),
    fc.integer({ min: 1, max: 99 }).map((n) => `P${n}D`),
  ),
  echo_uuid: ofText((value) => (UUID.test(value) ? value.toLowerCase() : undefined), fc.uuid()),
  echo_url: ofText(
    (value) => (URL.canParse(value) ? new URL(value).href : undefined),
    fc.webUrl({ withQueryParameters: true }),
  ),
  echo_decimal: ofText(
    (value) => (/^-?\d+(\.\d+)?$/.test(value) ? value.replace(/^-(0(\.0+)?)$/, '$1') : undefined),
    decimals,
  ),
  echo_bytes: ofBytes(),
  echo_bytes_mut: ofBytes(),
  echo_small_vec: ofList(),
  echo_array_vec: ofList(fits(3)),
  echo_array_string: ofText(
    (value) => (Buffer.byteLength(value) > 4 ? undefined : value),
    fc.string({ unit: 'grapheme', maxLength: 4 }),
  ),
  echo_either: {
    model: either([(value) => typeof value === 'number', I32], [() => true, text()]),
    near: fc.oneof(numbers, texts),
  },
  echo_index_map: ofMap(),
  echo_index_set: ofList(distinct),
  echo_array_1: ndarray(1),
  echo_array_2: ndarray(2),
  echo_array_6: ndarray(6),
  echo_array_d: ndarray(null),
  echo_array_view: ndarray(2),
  echo_complex: complex((value) => value),
  echo_small_complex: complex(single),
  echo_f16: ofNumber(float((value) => half(value, 5, 10))),
  echo_bf16: ofNumber(float((value) => half(value, 8, 7))),
};

function untagged(value: unknown): Outcome {
  if (value === null || typeof value === 'number' || (typeof value === 'string' && value.isWellFormed()))
    return { value };
  return list(untagged, null)(value);
}

function sameElements(values: unknown[]): unknown {
  return {
    asymmetricMatch: (given: unknown) =>
      Array.isArray(given) && given.length === values.length && values.every((value) => given.includes(value)),
  };
}

/** What a function did with a value. */
function outcomeOf(call: () => unknown, place: string): Outcome | string {
  try {
    return { value: call() };
  } catch (error) {
    const { name, message } = error as Error;
    // An integer of 64 bits that a number does not hold is known from the message.
    const inexact = /: the result (?:holds )?(-?\d+)/.exec(message)?.[1];
    if (inexact !== undefined) return { value: Number(inexact) };
    if ((name !== 'TypeError' && name !== 'RangeError') || !message.startsWith(place)) return String(error);
    // The path ends where the reason begins.
    const path = /^(?:\.[\p{ID_Start}$_][\p{ID_Continue}$\u200c\u200d]*|\[(?:\d+|"(?:[^"\\]|\\.)*")\])*(?=: )/u.exec(
      message.slice(place.length),
    );
    return path === null ? message : { refused: name, path: path[0] };
  }
}

/** Types of which a value of another kind is told only by Rust, or whose refusals are tested by what is near them. */
const NEAR_ONLY = new Set(['echo_untagged', 'echo_json', 'echo_value', 'nothing', 'echo_decimal', 'echo_jiff_span']);

const incremented = (values: readonly number[]): number[] => values.map((value) => value + 1);
const call = (name: string, value: unknown): unknown => (lib[name] as LooseFunction)(value);
const small = fc.array(fc.integer({ max: 2 ** 31 - 2 }), { maxLength: 9 });

/** What is changed in place is what JavaScript makes of it. */
function changed(name: string, lists: fc.Arbitrary<number[]>, nested: boolean): void {
  fc.assert(
    fc.property(fc.array(lists, { minLength: 1, maxLength: 3 }), fc.boolean(), (all, typed) => {
      const views = all.map((list) => (typed ? Int32Array.from(list) : [...list]));
      const given = nested ? views : (views[0] as number[]);
      expect(call(name, given)).toBeUndefined();
      const expected = all.map((list) => (typed ? Int32Array.from(incremented(list)) : incremented(list)));
      expect(given).toEqual(nested ? expected : expected[0]);
    }),
    { numRuns: 60 },
  );
}

/** Properties of types that are only parameters or only results. */
const FUNCTION_TESTS: Readonly<Record<string, () => unknown>> = {
  change_slice: () => changed('change_slice', small, false),
  change_array: () => changed('change_array', fc.array(fc.integer({ max: 9 }), { minLength: 3, maxLength: 3 }), false),
  change_option: () => changed('change_option', small, false),
  change_slices: () => changed('change_slices', small, true),
  change_vec: () => changed('change_vec', small, true),
  iterate: () =>
    fc.assert(
      fc.property(small, (values) => {
        expect([...(call('iterate', values) as Iterable<number>)]).toEqual(values);
      }),
    ),
  stream: () =>
    fc.assert(
      fc.asyncProperty(small, async (values) => {
        const items: number[] = [];
        for await (const item of call('stream', values) as AsyncIterable<number>) items.push(item);
        expect(items).toEqual(values);
      }),
      { numRuns: 30 },
    ),
  collect: () =>
    fc.assert(
      fc.property(small, (values) => {
        expect(call('collect', new Set(values))).toEqual([...new Set(values)]);
        expect(call('collect', values.values())).toEqual(values);
      }),
    ),
  collect_later: () =>
    fc.assert(
      fc.asyncProperty(small, async (values) => {
        expect(await call('collect_later', values)).toEqual(values);
      }),
      { numRuns: 30 },
    ),
};

test('every type in the tables of the guide is here', () => {
  expect(Object.keys(TYPES).sort()).toEqual(CASES.map(({ name }) => name).sort());
  expect(Object.keys(FUNCTION_TESTS).sort()).toEqual(Object.values(FUNCTIONS).sort());
});

test.each(Object.entries(FUNCTION_TESTS))('%s', (_, run) => run());

test.each(CASES.map(({ name, alone }) => [name, alone === true] as const))('%s', (name, alone) => {
  const { model, near } = TYPES[name] as Type;
  const values = NEAR_ONLY.has(name)
    ? near
    : fc.oneof({ weight: 3, arbitrary: near }, { weight: 1, arbitrary: anything });
  if (name !== 'nothing') {
    fc.assert(
      fc.property(values, (value) => {
        const expected = model(value);
        if (name === 'positive' && 'value' in expected && (expected.value as number) < 0) return;
        expect(outcomeOf(() => call(name, value), `${name}: argument 1 (value)`)).toEqual(expected);
      }),
      { numRuns: 200 },
    );
  }
  if (alone) return;
  const inList = `${name}_in_list`;
  fc.assert(
    fc.property(fc.array(values, { maxLength: 4 }), (list) => {
      const outcomes = list.map(model);
      const refused = outcomes.flatMap((outcome, k) =>
        'refused' in outcome ? [{ ...outcome, path: `[${k}]${outcome.path}` }] : [],
      );
      const found = outcomeOf(() => call(inList, list), `${inList}: argument 1 (value)`);
      if (refused.length > 0) {
        // Kinds of values are looked at before Rust sees one of them.
        expect(refused).toContainEqual(found);
      } else {
        const { value } = found as { value: unknown };
        const expected = outcomes.map((outcome) => (outcome as { value: unknown }).value);
        // A list of `u8` is a Uint8Array. One with an integer that no number holds is thrown, with that integer.
        if (typeof value === 'number') expect(expected).toContain(value);
        else expect(value instanceof Uint8Array ? [...value] : value).toEqual(expected);
      }
    }),
    { numRuns: 60 },
  );
});
