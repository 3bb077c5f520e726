/**
 * Compares what a guess passes with what the library takes. Only what is certainly wrong is a fault: a type about which
 * debug information says nothing takes anything.
 */

import type { Arena, Borrow } from '../../memory/arena';
import type { Run } from '../../memory/noted-lists';
import { formatKnown, type KnownType, vecBehind } from '../../types/known';
import { formatType, type RustType, type StrType, type VecType } from '../../types/lent';
import { type Scalar, type ScalarName, SCALARS } from '../../types/scalar';
import { isCodePoint } from '../../types/bits';

/** What is wrong with an argument: a clause, and whether the value is of the right type but out of range. */
export interface Fault {
  readonly problem: string;
  readonly isRange?: true;
}

/** The size of a structure that may be one like `PyVec`. */
const VEC_BYTES = 16;

/** Returns the scalar type of a parameter, if a call carries it. */
export function scalarOf(type: KnownType): Scalar | undefined {
  return type.kind === 'scalar' && Object.hasOwn(SCALARS, type.name) ? SCALARS[type.name as ScalarName] : undefined;
}

/** True if two scalar types are the same in memory and in a register. */
export function isSame(a: string, b: string): boolean {
  return plainName(a) === plainName(b);
}

/** Returns the name of a type without the distinction between those that are the same on all supported targets. */
function plainName(name: string): string {
  return name === 'usize' ? 'u64' : name === 'isize' ? 'i64' : name;
}

/** Makes the fault of a value of the wrong type; `got` is a noun phrase, `hint` the words that follow it. */
function wrong(type: KnownType, got: string, hint = ''): Fault {
  return { problem: `the library takes ${formatKnown(type)}, got ${got}${hint}` };
}

/**
 * Returns the words that tell how to pass numbers as the type that the library takes, if there is a way.
 *
 * @param passed - The type as which they are passed.
 */
function advice(name: string, passed: string): string {
  const kind = Object.hasOwn(SCALARS, name) ? SCALARS[name as ScalarName].kind : undefined;
  const isPossible = kind === 'float' || (passed !== 'f64' && (kind === 'int' || kind === 'wide'));
  return isPossible ? `; write ${name}(...)` : '';
}

/**
 * Returns the type to which a parameter that takes an address refers; null if that is not known, and undefined if the
 * parameter takes none.
 */
function referent(type: KnownType): KnownType | null | undefined {
  const inner = type.kind === 'option' ? type.of : type;
  return inner.kind === 'reference' || inner.kind === 'pointer' ? inner.to : undefined;
}

/** True if the address of a descriptor may be right for what a parameter refers to. */
function mayBeVec(to: KnownType | null): boolean {
  if (to === null) return true;
  switch (to.kind) {
    case 'scalar':
    case 'fat':
    case 'unit':
    case 'never':
      return false;
    case 'value':
      return to.size === VEC_BYTES;
    default:
      return true;
  }
}

/** Returns the fault of an argument that is a number, bigint, boolean or string; null if there is none. */
export function faultOfValue(type: KnownType, value: unknown): Fault | null {
  switch (typeof value) {
    case 'number': {
      if (Number.isInteger(value)) return faultOfInteger(type, value);
      const hint = type.kind === 'scalar' ? `, which is passed as f64${advice(type.name, 'f64')}` : '';
      return faultOfScalar(type, 'f64', `the number ${value}`, hint);
    }
    case 'bigint':
      return faultOfInteger(type, value);
    case 'boolean':
      return isInteger(type) ? null : faultOfScalar(type, 'bool', `the boolean ${value}`);
    case 'string':
      return faultOfText(type, value);
    default:
      return null;
  }
}

/** True if a parameter is an integer, of which a boolean is 0 or 1. */
function isInteger(type: KnownType): boolean {
  const kind = scalarOf(type)?.kind;
  return kind === 'int' || kind === 'wide';
}

function faultOfInteger(type: KnownType, value: number | bigint): Fault | null {
  const isWhole = typeof value === 'number' && value >= 0;
  const got = `the ${isWhole ? 'whole ' : ''}${typeof value} ${Object.is(value, -0) ? '-0' : value}`;
  const to = referent(type);
  if (to !== undefined) {
    // An address, or the null pointer of an Option.
    const isNull = type.kind === 'option' && Number(value) === 0;
    return to?.kind !== 'vec' || type.kind === 'pointer' || isNull ? null : wrong(type, got);
  }
  const scalar = scalarOf(type);
  // The guess itself refuses a number that may have lost digits, and says what to write.
  if (typeof value === 'number' && !Number.isSafeInteger(value) && scalar?.kind !== 'float') return null;
  switch (scalar?.kind) {
    case undefined:
      return null;
    case 'int':
      return value < scalar.min || value > scalar.max ? outOfRange(scalar, value) : null;
    case 'wide': {
      const wide = BigInt(value);
      const held = scalar.signed ? BigInt.asIntN(64, wide) : BigInt.asUintN(64, wide);
      return held === wide ? null : outOfRange(scalar, value);
    }
    case 'bool':
      return Number(value) === 0 || Number(value) === 1 ? null : wrong(type, got);
    case 'char':
      return isCodePoint(Number(value)) ? null : wrong(type, got);
    case 'float': {
      const hint = typeof value === 'number' ? advice(scalar.name, 'i64') : '';
      return wrong(type, got, `, which is passed as an integer${hint}`);
    }
  }
}

function outOfRange({ name }: Scalar, value: number | bigint): Fault {
  return { problem: `the library takes ${name}, which ${typeof value} ${value} does not fit`, isRange: true };
}

/** Returns the fault of a value that is passed as the scalar `name`. */
function faultOfScalar(type: KnownType, name: ScalarName, got: string, hint = ''): Fault | null {
  const isWide = SCALARS[name].kind === 'wide';
  switch (type.kind) {
    case 'scalar':
      return isSame(type.name, name) ? null : wrong(type, got, hint);
    case 'enum':
      return SCALARS[name].kind === 'float' || SCALARS[name].kind === 'char' ? wrong(type, got, hint) : null;
    case 'function':
      return isWide ? null : wrong(type, got, hint);
    case 'reference':
    case 'pointer':
    case 'option':
      return isWide && (referent(type)?.kind !== 'vec' || type.kind === 'pointer') ? null : wrong(type, got, hint);
    default:
      return null;
  }
}

/** Returns the fault of a scalar in a wrapper such as `f64`. An integer is the same in a register of any width. */
export function faultOfTyped(type: KnownType, name: ScalarName, value: unknown): Fault | null {
  const { kind } = SCALARS[name];
  const isWhole = kind === 'int' || kind === 'wide';
  if (isWhole && isInteger(type)) return faultOfInteger(type, value as number | bigint);
  return faultOfScalar(type, name, `${name}(${String(value)})`);
}

function faultOfText(type: KnownType, text: string): Fault | null {
  const to = referent(type);
  if (to === undefined) return isRegister(type) ? wrong(type, 'a string') : null;
  if (to?.kind === 'vec') {
    // An empty list is one of any type.
    return text === '' || isBytes(to) ? null : wrong(type, 'a string');
  }
  if (mayBeVec(to)) return null;
  return wrong(
    type,
    'a string',
    to?.kind === 'scalar' ? ', which is passed as a &PyStr and not as its characters' : '',
  );
}

/** True if a parameter takes a value that is certainly no address of a descriptor. */
function isRegister(type: KnownType): boolean {
  return type.kind === 'scalar' || type.kind === 'enum' || type.kind === 'function';
}

function isBytes({ element }: { element: KnownType }): boolean {
  return element.kind === 'unknown' || (element.kind === 'scalar' && element.name === 'u8');
}

/** True if a list or view that is passed as `packed` is right whatever it contains. */
export function isAlwaysRight(type: KnownType, packed: VecType | StrType): boolean {
  const to = referent(type);
  return to?.kind === 'vec' && differentLeaf(to, packed) === null;
}

/**
 * Returns the fault of an argument that is packed: a list or a view. All arguments are packed and sealed.
 *
 * @param packed - The type as which it is passed.
 */
export function faultOfPacked(type: KnownType, packed: VecType | StrType, arena: Arena, index: number): Fault | null {
  const to = referent(type);
  let leaf: Difference | null = null;
  if (to === undefined) {
    if (!isRegister(type)) return null;
  } else if (to?.kind !== 'vec') {
    if (mayBeVec(to)) return null;
  } else {
    leaf = differentLeaf(to, packed);
    if (leaf === null || isRight(leaf, arena, index)) return null;
  }
  const isList = Array.isArray(arena.values[index]);
  return wrong(
    type,
    `a ${isList ? 'list' : 'view'} that is passed as ${formatType(packed)}`,
    isList && leaf !== null ? adviceFor(leaf) : '',
  );
}

function adviceFor({ passed, known, isText }: Difference): string {
  if (passed.kind !== 'scalar' || known === null || isText || passed.name === 'bool') return '';
  return advice(known, passed.name);
}

/** The innermost types in which what is passed and what is taken differ. */
interface Difference {
  readonly passed: RustType;
  /** The name of the scalar that is taken; null if that is no scalar. */
  readonly known: string | null;
  /** True if strings are passed there, whose lengths are not looked at. */
  readonly isText: boolean;
}

/** Returns where a list differs from what is taken; null if it does not, or nobody knows. */
function differentLeaf(known: Extract<KnownType, { kind: 'vec' }>, packed: VecType | StrType): Difference | null {
  const { element } = known;
  const isText = packed.kind === 'str';
  const passed: RustType = isText ? { kind: 'scalar', name: 'u8' } : packed.element;
  if (element.kind === 'unknown' || element.kind === 'value') return null;
  if (passed.kind === 'scalar') {
    if (element.kind !== 'scalar') return { passed, known: null, isText };
    return isSame(passed.name, element.name) ? null : { passed, known: element.name, isText };
  }
  const inner = vecBehind(element);
  return inner === null ? { passed, known: null, isText } : differentLeaf(inner, passed);
}

/**
 * True if a list is right although its type differs: it has no elements, or such as are the same in both types. The
 * arguments are in the block, so that no method is called which a program may have replaced.
 */
function isRight({ passed, known, isText }: Difference, arena: Arena, index: number): boolean {
  if (passed.kind !== 'scalar' || isText) return false;
  for (let i = 0; i < arena.borrowCount; i++) {
    const { argument, start, end } = arena.borrows[i] as Borrow;
    if (argument === index && end > start) return false;
  }
  const mayHaveElements = passed.name === 'i64' && known !== null && isSame(known, 'u64');
  const { runs, runCount } = arena.noted;
  for (let r = 0; r < runCount; r++) {
    const run = runs[r] as Run;
    if (run.argument === index && !(mayHaveElements && hasNoNegative(arena, run))) return false;
  }
  return true;
}

/** True if all integers of the lists of a run are the same as `u64`. */
function hasNoNegative({ noted }: Arena, { chunk, first, end }: Run): boolean {
  const { i32 } = chunk;
  let signs = 0;
  for (let i = first; i < end; i++) {
    const upper = (noted.offset(i) >> 2) + 1;
    const last = upper + 2 * noted.length(i);
    for (let at = upper; at < last; at += 2) signs |= i32[at] as number;
  }
  return signs >= 0;
}
