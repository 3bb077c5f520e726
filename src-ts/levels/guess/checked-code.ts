/**
 * Generates the checks that are built into a guessed call whose signature is known. The usual arguments are stored
 * without a loop over them, which takes less time than the checks take.
 */

import { BLOCK_FLOATS, BLOCK_INTS, TEXT_UNITS, TEXTS, VEC_SIZE } from '../../crossing/block';
import { convention } from '../../crossing/convention';
import { TEXT_ADDRESSES } from '../../crossing/doorbell';
import { type Code, code, join } from '../../runtime/code';
import { UPPER } from '../../types/bits';
import type { KnownType } from '../../types/known';
import { isLong, isShort } from '../../values/scalar-code';
import { faultOfValue, scalarOf } from './faults';

/**
 * Generates the storing of the arguments.
 *
 * @param parameters - The types that the library takes; null if they are not all arguments.
 * @param others - The statements that store any arguments that the library may take, and set `count` and `text`.
 */
export function storeChecked(parameters: readonly KnownType[] | null, others: Code): Code {
  const check = code`check.checkValues(arguments);`;
  if (parameters === null)
    return code`${check}
    ${others}`;
  const count = code`arguments.length === ${parameters.length}`;
  const areRight = join([count, ...parameters.map(rightTest)], code` && `);
  const checkOthers = code`if (!(${areRight})) ${check}
    ${others}`;
  const plain = new PlainArguments();
  for (const [index, type] of parameters.entries()) plain.add(type, index);
  if (!plain.isPossible) return checkOthers;
  return code`if (${join([count, ...plain.tests], code` && `)}) {
      ${plain.stores}
    } else {
      ${checkOthers}
    }`;
}

/** Returns the source of an argument. */
function argument(index: number): Code {
  return code`arguments[${index}]`;
}

/** Returns the source of a test that an argument passes only if it is right, or is checked when it is packed. */
function rightTest(type: KnownType, index: number): Code {
  const value = argument(index);
  const isObject = code`typeof ${value} === 'object'`;
  const scalar = scalarOf(type);
  switch (scalar?.kind) {
    case undefined:
      return faultOfValue(type, 'text') === null ? code`(${isObject} || typeof ${value} === 'string')` : isObject;
    case 'int':
      return code`(${isShort(value, scalar)} || ${isObject} || ${isLong(value, scalar)})`;
    case 'wide': {
      // The guess itself refuses a bigint that no integer of 64 bits can be.
      const isBig = scalar.signed ? code`${value} <= 9223372036854775807n` : code`${value} >= 0n`;
      return code`(${isShort(value, scalar)} || ${isObject} || typeof ${value} === 'bigint' && ${isBig} || ${isLong(value, scalar)})`;
    }
    case 'float':
      return scalar.size === 8 ? code`(typeof ${value} === 'number' && !isInteger(${value}) || ${isObject})` : isObject;
    case 'bool':
      return code`(typeof ${value} === 'boolean' || ${isObject})`;
    case 'char':
      return isObject;
  }
}

/** The arguments of a call all of which are in registers, and none of which needs memory. */
class PlainArguments {
  readonly tests: Code[] = [];
  readonly stores: Code[] = [];
  #ints = 0;
  #floats = 0;
  #texts = 0;
  #isPossible = true;

  /** False if no call of the function can have such arguments. */
  get isPossible(): boolean {
    return (
      this.#isPossible &&
      this.#ints <= convention.intRegisters &&
      this.#floats <= convention.floatRegisters &&
      this.#texts <= TEXTS
    );
  }

  add(type: KnownType, index: number): void {
    const value = argument(index);
    const scalar = scalarOf(type);
    switch (scalar?.kind) {
      case 'int':
      case 'wide':
        this.tests.push(isShort(value, scalar));
        this.#storeInt(value, code`${value} >> 31`);
        break;
      case 'bool':
        this.tests.push(code`typeof ${value} === 'boolean'`);
        this.#storeInt(code`${value} ? 1 : 0`, code`0`);
        break;
      case 'float':
        if (scalar.size < 8) this.#isPossible = false;
        this.tests.push(code`typeof ${value} === 'number' && !isInteger(${value})`);
        this.stores.push(code`f64[${(BLOCK_FLOATS >> 3) + this.#floats++}] = ${value};`);
        break;
      default:
        if (type.kind !== 'reference' && type.kind !== 'option') this.#isPossible = false;
        else if (faultOfValue(type, 'text') !== null) this.#isPossible = false;
        this.tests.push(code`typeof ${value} === 'string' && ${value}.length <= ${TEXT_UNITS}`);
        this.#storeText(value);
    }
  }

  #storeInt(lower: Code, upper: Code): void {
    const at = (BLOCK_INTS >> 2) + 2 * this.#ints++;
    this.stores.push(code`i32[${at}] = ${lower};`, code`i32[${at + 1}] = ${upper};`);
  }

  #storeText(value: Code): void {
    const address = code`${TEXT_ADDRESSES[0] as number} + ${VEC_SIZE * this.#texts}`;
    this.#storeInt(address, code`(${address}) * ${UPPER}`);
    this.stores.push(this.#texts === 0 ? code`text = ${value};` : code`texts[${this.#texts}] = ${value};`);
    this.#texts++;
    this.stores.push(code`count = ${this.#texts};`);
  }
}
