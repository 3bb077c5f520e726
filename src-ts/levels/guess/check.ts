/**
 * Checks guessed calls against the signature that the debug information of a library states. A call is refused if it is
 * certainly wrong. Otherwise it is made as it would be without: nothing is passed or read in another way.
 */

import { argumentError, typeError } from '../../errors/errors';
import { type Callee, placeOf } from '../../errors/words';
import type { Arena } from '../../memory/arena';
import { makeList } from '../../runtime/list';
import { formatKnown, formatSignature, type KnownSignature, type KnownType, obstacleOf } from '../../types/known';
import type { StrType, VecType } from '../../types/lent';
import type { Code } from '../../runtime/code';
import { storeChecked } from './checked-code';
import { type Fault, faultOfPacked, faultOfTyped, faultOfValue, isAlwaysRight, scalarOf } from './faults';
import { isTyped, typeOf, valueOf } from './typed';

/** The size of the largest value that is returned in registers, and of the largest that takes the place of one argument. */
const MOST_RETURNED = 16;

const MOST_PASSED = 8;

/** The code of the warning about a result. */
const WARNING = 'RUSTDLL_GUESSED_RESULT';

/** The type as which an argument is packed; null if it is in a register, and undefined if it is not to be checked. */
export type Packed = VecType | StrType | null | undefined;

export class GuessCheck {
  /** The types as which the arguments of the last calls were packed, where those are right whatever their values are. */
  readonly right: Packed[];
  readonly #callee: Callee;
  readonly #signature: KnownSignature;
  /** The number of parameters in front of the first that does not take the place of exactly one argument. */
  readonly #regular: number;
  #hasWarned = false;

  constructor(callee: Callee, signature: KnownSignature) {
    const { parameters, result } = signature;
    const nameOf = (index: number): string | undefined => {
      const name = parameters[index]?.name;
      return name === '' ? undefined : name;
    };
    this.#callee = { ...callee, parameterName: nameOf };
    this.#signature = signature;
    this.right = makeList(parameters.length);
    // Larger results are written to memory whose address is an additional first argument.
    const isReturned = result.kind !== 'value' || result.size <= MOST_RETURNED;
    const irregular = parameters.findIndex(({ type }) => !isRegular(type));
    this.#regular = !isReturned ? 0 : irregular < 0 ? parameters.length : irregular;
  }

  /**
   * Generates the storing of a call's arguments with the checks of {@link checkValues}.
   *
   * @param others - The statements that store any arguments, and set `count` and `text`.
   */
  storing(others: Code): Code {
    const { parameters } = this.#signature;
    const isRegular = this.#regular === parameters.length;
    return storeChecked(isRegular ? parameters.map(({ type }) => type) : null, others);
  }

  /**
   * Checks the number of arguments, and those whose types are known before they are packed.
   *
   * @throws TypeError, RangeError
   */
  checkValues(args: ArrayLike<unknown>): void {
    const { parameters } = this.#signature;
    this.#checkCount(args.length);
    for (let i = 0; i < this.#regular; i++) {
      const fault = faultOfValue((parameters[i] as (typeof parameters)[number]).type, args[i]);
      if (fault !== null) throw this.#error(i, fault, args);
    }
  }

  #checkCount(count: number): void {
    const { parameters, result } = this.#signature;
    const { length } = parameters;
    if (this.#regular === length) {
      if (count === length) return;
      const takes = `the library takes ${length} argument${length === 1 ? '' : 's'}, got ${count}`;
      throw typeError('ERR_RUSTDLL_ARITY', `${this.#callee.name}: ${takes}${this.#advice()}`);
    }
    // Others may have been passed in parts, which debug information does not forbid.
    if (count !== length) return;
    if (result.kind === 'value' && result.size > MOST_RETURNED) {
      const problem = `the library returns ${formatKnown(result)}, for which a guessed call has no place`;
      throw typeError('ERR_RUSTDLL_TYPE', `${this.#callee.name}: ${problem}${this.#advice()}`);
    }
    const { type } = parameters[this.#regular] as (typeof parameters)[number];
    if (type.kind === 'unit' || (type.kind === 'value' && type.size === 0)) return;
    const problem = `the library takes ${formatKnown(type)}, which a guessed call does not pass`;
    throw this.#error(this.#regular, { problem });
  }

  /**
   * Checks the arguments that are neither numbers, bigints, booleans nor strings, when all are packed and sealed.
   *
   * @param types - The types as which they are packed, by their index; null for those in a register.
   * @throws TypeError
   */
  checkPacked(arena: Arena, args: ArrayLike<unknown>, types: readonly Packed[]): void {
    const { parameters } = this.#signature;
    const count = Math.min(this.#regular, args.length);
    for (let i = 0; i < count; i++) {
      const { type } = parameters[i] as (typeof parameters)[number];
      const packed = types[i];
      let fault: Fault | null = null;
      if (packed === null) {
        const value = args[i];
        if (isTyped(value)) fault = faultOfTyped(type, typeOf(value), valueOf(value));
      } else if (packed !== undefined && typeof args[i] !== 'string') {
        if (isAlwaysRight(type, packed)) this.right[i] = packed;
        else fault = faultOfPacked(type, packed, arena, i);
      }
      if (fault !== null) throw this.#error(i, fault, args);
    }
  }

  /** True if a guessed call does not read the result. */
  get warns(): boolean {
    return problemOf(this.#signature.result) !== null;
  }

  /** Warns once if a guessed call does not read the result. */
  warn(): void {
    if (this.#hasWarned) return;
    this.#hasWarned = true;
    const { result } = this.#signature;
    const problem = problemOf(result);
    if (problem === null) return;
    const end = obstacleOf(this.#signature) === null ? '; declare it:' : ':';
    process.emitWarning(`${this.#callee.name}: ${problem}${end}${this.#advice()}`, 'RustDLLWarning', WARNING);
  }

  #error(index: number, { problem, isRange }: Fault, args: ArrayLike<unknown> = []): Error {
    const kind = isRange === true ? 'ERR_RUSTDLL_RANGE' : 'ERR_RUSTDLL_TYPE';
    return argumentError(kind, `${placeOf(this.#callee, index)}: ${problem}${this.#advice(args)}`);
  }

  /** Returns the line to paste, or what the library has if it cannot be declared. */
  #advice(args: ArrayLike<unknown> = []): string {
    const text = formatSignature(this.#signature, (index) => typeof args[index] === 'string');
    return `\n  ${obstacleOf(this.#signature) === null ? `dll.declare('${text}')` : text}`;
  }
}

/** True if a parameter takes the place of exactly one argument. */
function isRegular(type: KnownType): boolean {
  switch (type.kind) {
    case 'fat':
    case 'unit':
    case 'vec':
      return false;
    case 'scalar':
      return scalarOf(type) !== undefined;
    case 'value':
      return type.size > 0 && type.size <= MOST_PASSED;
    default:
      return true;
  }
}

/** Returns why a guessed call does not read a result; null if it does. */
function problemOf(result: KnownType): string | null {
  if (result.kind === 'unit') return 'it returns nothing, and what a guessed call returns is arbitrary';
  const scalar = scalarOf(result);
  switch (scalar?.kind) {
    case 'float':
      return `it returns ${scalar.name}, which a guessed call does not read`;
    case 'int':
    case 'bool':
    case 'char':
      return `it returns ${scalar.name}, of which a guessed call reads undefined bits too`;
    default:
      return null;
  }
}
