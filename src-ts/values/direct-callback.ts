/**
 * Generates the code for callbacks whose arguments and result are scalars: it reads them from the exchange and stores them
 * there in place, without the reader of streams and without an arena. All other values, and those that are refused, are
 * left to the code for any callback.
 */

import { EXCHANGE_COUNT, EXCHANGE_SMALL, POST_COUNT, POST_WORDS } from '../crossing/block';
import { doorbell } from '../crossing/doorbell';
import { canSpecialize, type Code, code, identifier, join, specialize } from '../runtime/code';
import { type Scalar, SCALARS } from '../types/scalar';
import type { FunctionShape, Shape } from '../types/shape';
import { isShort, isSingle } from './scalar-code';

/** A function of JavaScript. */
interface Callable {
  readonly call: (...args: unknown[]) => unknown;
}

/** Calls a function with the arguments that are in the exchange, and returns its result. */
type Call<C> = (callback: C, text: string | null | undefined) => unknown;

/** Calls a function with the arguments of the post at this offset in the block. */
type CallPosted<C> = (callback: C, at: number) => unknown;

/** How a function is called whose arguments and result are scalars. */
export interface DirectCode<C> {
  readonly call: Call<C>;
  readonly callPosted: CallPosted<C>;
  /** Stores a result as the small words, unless it needs a closer look; returns true if it has. */
  readonly store: (value: unknown) => boolean;
}

/**
 * Generates the code for functions of a type; returns null if it has other values than scalars, or code may not be
 * generated.
 *
 * @param bigint - True if 64-bit integers become bigints.
 * @param callAny - Calls any function.
 * @param callAnyPosted - Does so with the arguments of a post.
 */
export function directCode<C extends Callable>(
  { parameters, result }: FunctionShape,
  bigint: boolean,
  name: string,
  callAny: Call<C>,
  callAnyPosted: CallPosted<C>,
): DirectCode<C> | null {
  const isDirect = (shape: Shape): boolean =>
    shape.kind === 'scalar' && (SCALARS[shape.name].kind === 'wide' ? !bigint : SCALARS[shape.name].kind !== 'char');
  if (!canSpecialize || !parameters.every(isDirect) || !(result.kind === 'unit' || isDirect(result))) return null;
  const scalars = parameters.flatMap((shape) => (shape.kind === 'scalar' ? SCALARS[shape.name] : []));
  const { i32, f32, f64 } = doorbell;
  const parts = [
    code`call: ${callSource(scalars)}`,
    code`callPosted: ${callPostedSource(scalars)}`,
    code`store: ${storeSource(result.kind === 'scalar' ? SCALARS[result.name] : null)}`,
  ];
  return specialize(
    { i32, f32, f64, callAny, callAnyPosted },
    code`return { ${join(parts, code`, `)} };`,
    'callback',
    name,
  );
}

/** Returns an expression for an index of a view, of so many bytes an element, at this offset behind an argument. */
type IndexOf = (offset: number, shift: number) => Code;

/** Generates the function that reads the arguments and makes the call. */
function callSource(scalars: readonly Scalar[]): Code {
  const rest = code`return callAny(callback, text);`;
  return code`(callback, text) => {
    if (typeof text === 'string' || i32[${EXCHANGE_COUNT >> 2}] !== ${scalars.length}) ${rest}
    ${callWithArguments(scalars, (offset, shift) => code`${(EXCHANGE_SMALL + offset) >> shift}`, rest)}
  }`;
}

/** Generates the function that does the same with the arguments of a post. */
function callPostedSource(scalars: readonly Scalar[]): Code {
  const rest = code`return callAnyPosted(callback, at);`;
  return code`(callback, at) => {
    if (i32[(at >> 2) + ${POST_COUNT >> 2}] !== ${scalars.length}) ${rest}
    ${callWithArguments(scalars, (offset, shift) => code`(at >> ${shift}) + ${(POST_WORDS + offset) >> shift}`, rest)}
  }`;
}

/** Generates the statements that read the arguments and make the call. A word that no value of a type has is left to `rest`. */
function callWithArguments(scalars: readonly Scalar[], indexOf: IndexOf, rest: Code): Code {
  const values = scalars.map((_, index) => identifier(`v${index}`));
  const reads = scalars.map((scalar, index) =>
    readOf(scalar, (offset, shift) => indexOf(8 * index + offset, shift), values[index] as Code, rest),
  );
  return code`${reads}
    const { call } = callback;
    return call(${join(values, code`, `)});`;
}

/** Generates the statements that declare an argument. */
function readOf({ kind, size, signed, min, max }: Scalar, indexOf: IndexOf, value: Code, rest: Code): Code {
  const lo = code`i32[${indexOf(0, 2)}]`;
  const unless = (test: Code): Code => code`if (!(${test})) ${rest}`;
  if (kind === 'float') {
    return code`const ${value} = ${size === 8 ? code`f64[${indexOf(0, 3)}]` : code`f32[${indexOf(0, 2)}]`};`;
  }
  const read = code`const ${value} = ${lo}${kind === 'bool' ? code` !== 0` : signed ? code`` : code` >>> 0`};`;
  if (kind === 'bool') return code`${unless(code`${lo} >>> 0 <= 1`)} ${read}`;
  if (kind === 'wide') {
    const hi = code`i32[${indexOf(4, 2)}]`;
    return code`${read} ${unless(signed ? code`${hi} === ${value} >> 31` : code`${hi} === 0`)}`;
  }
  return size === 4 ? read : code`${read} ${unless(code`${value} >= ${min} && ${value} <= ${max}`)}`;
}

/** Generates the function that stores the result. */
function storeSource(scalar: Scalar | null): Code {
  const store = (test: Code, words: number, statements: Code): Code => code`(value) => {
    if (!(${test})) return false;
    i32[${EXCHANGE_COUNT >> 2}] = ${words};
    ${statements}
    return true;
  }`;
  if (scalar === null) return store(code`value === undefined`, 0, code``);
  const at = EXCHANGE_SMALL >> 2;
  const integer = (test: Code, lo: Code, hi: Code): Code =>
    store(test, 1, code`i32[${at}] = ${lo}; i32[${at + 1}] = ${hi};`);
  const { kind, size, signed } = scalar;
  if (kind === 'bool') return integer(code`typeof value === 'boolean'`, code`value ? 1 : 0`, code`0`);
  if (kind === 'float') {
    if (size === 8) return store(code`typeof value === 'number'`, 1, code`f64[${EXCHANGE_SMALL >> 3}] = value;`);
    return store(isSingle(code`value`), 1, code`f32[${at}] = value; i32[${at + 1}] = 0;`);
  }
  return integer(isShort(code`value`, scalar), code`value`, signed ? code`value >> 31` : code`0`);
}
