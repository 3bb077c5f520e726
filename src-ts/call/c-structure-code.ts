/**
 * Generates the code of structures by value that consist of scalars and other such structures: each scalar has its place in
 * the block, so that no memory is needed.
 */

import type { Part } from '../crossing/structure';
import { type Code, code, identifier, join, keyOf } from '../runtime/code';
import { type FieldType, layoutOf, type StructType } from '../types/c';
import { type Scalar, SCALARS } from '../types/scalar';
import { isShort } from '../values/scalar-code';

/** The most scalars of a structure for which there is such code. */
const MOST_SCALARS = 16;

/** Returns the number of scalars in a type; infinity if it has anything else. */
function countIn(type: FieldType): number {
  if (type.kind === 'scalar') return SCALARS[type.name].kind === 'char' ? Infinity : 1;
  if (type.kind !== 'struct') return Infinity;
  return type.fields.reduce((sum, field) => sum + countIn(field.type), 0);
}

/** True if there is code for a structure that is in such parts. */
export function hasStructureCode(type: StructType): boolean {
  return countIn(type) <= MOST_SCALARS;
}

/** The offset in the block of a scalar that is `from` bytes behind the beginning of its structure. */
function placeIn(parts: readonly Part[], from: number): number {
  const part = parts.find((one) => from >= one.from && from < one.from + one.size);
  if (part === undefined) throw new Error('the parts of a structure have all of its scalars');
  return part.to + from - part.from;
}

/** A field that is a scalar: its variable, and its offset in the block. */
interface ScalarField {
  readonly scalar: Scalar;
  readonly variable: Code;
  readonly place: number;
}

/** The code for a structure that is an argument. */
export interface StructureArgument {
  /** Reads the fields, which may run code of the user's, and leaves the block `direct` for what is to be refused. */
  readonly admission: Code;
  /** Stores them in the block. */
  readonly stores: Code;
}

/**
 * @param value - The argument.
 * @param name - A prefix of its variables.
 */
export function structureArgument(
  type: StructType,
  parts: readonly Part[],
  value: Code,
  name: string,
): StructureArgument {
  const admissions: Code[] = [];
  const fields: ScalarField[] = [];
  let count = 0;
  const admit = (object: Code, { fields: inner }: StructType, offset: number): void => {
    admissions.push(code`if (typeof ${object} !== 'object' || ${object} === null) break direct;`);
    for (const field of inner) {
      const variable = identifier(`${name}x${count++}`);
      admissions.push(code`const ${variable} = ${object}[${field.name}];`);
      if (field.type.kind === 'struct') {
        admit(variable, field.type, offset + field.offset);
      } else if (field.type.kind === 'scalar') {
        const scalar = SCALARS[field.type.name];
        admissions.push(code`if (!(${isUsual(scalar, variable)})) break direct;`);
        fields.push({ scalar, variable, place: placeIn(parts, offset + field.offset) });
      }
    }
  };
  admit(value, type, 0);
  return { admission: code`${admissions}`, stores: code`${fields.map(storeOf)}` };
}

/** Generates the test for the values of which the bits are stored here; all others are left to `callC`. */
function isUsual(scalar: Scalar, value: Code): Code {
  switch (scalar.kind) {
    case 'float':
      if (scalar.size === 8) return code`typeof ${value} === 'number'`;
      // An infinite difference is not 0: a number beyond the type is refused, and infinity is not.
      return code`typeof ${value} === 'number' && (fround(${value}) - fround(${value}) === 0 || ${value} - ${value} !== 0)`;
    case 'bool':
      return code`typeof ${value} === 'boolean'`;
    default:
      return isShort(value, scalar);
  }
}

function storeOf({ scalar, variable, place }: ScalarField): Code {
  if (scalar.kind === 'float') {
    return scalar.size === 8 ? code`f64[${place >> 3}] = ${variable};` : code`f32[${place >> 2}] = ${variable};`;
  }
  if (scalar.kind === 'bool') return code`i8[${place}] = ${variable} ? 1 : 0;`;
  switch (scalar.size) {
    case 1:
      return code`i8[${place}] = ${variable};`;
    case 2:
      return code`i16[${place >> 1}] = ${variable};`;
    case 4:
      return code`i32[${place >> 2}] = ${variable};`;
    default: {
      const upper = scalar.signed ? code`${variable} >> 31` : code`0`;
      return code`i32[${place >> 2}] = ${variable}; i32[${(place >> 2) + 1}] = ${upper};`;
    }
  }
}

/**
 * Generates the expression for a structure that is a result. Bits that are not the usual ones are read by `readStructure`.
 */
export function structureResult(type: StructType, parts: readonly Part[], bigint: boolean): Code {
  const tests: Code[] = [];
  const object = ({ fields }: StructType, offset: number): Code => {
    const properties = fields.map((field) => {
      const { name, type: inner } = field;
      const value =
        inner.kind === 'struct'
          ? object(inner, offset + field.offset)
          : read(inner, placeIn(parts, offset + field.offset));
      return code`${keyOf(name)}: ${value}`;
    });
    return code`{ ${join(properties, code`, `)} }`;
  };
  const read = (inner: FieldType, place: number): Code => {
    if (inner.kind !== 'scalar') throw new Error(`a field of ${layoutOf(inner).size} bytes is no scalar`);
    const scalar = SCALARS[inner.name];
    const { size, signed } = scalar;
    if (scalar.kind === 'float') return size === 8 ? code`f64[${place >> 3}]` : code`f32[${place >> 2}]`;
    if (scalar.kind === 'bool') {
      tests.push(code`(i8[${place}] & 0xfe) === 0`);
      return code`i8[${place}] === 1`;
    }
    if (scalar.kind === 'wide') {
      const [low, high] = [code`i32[${place >> 2}]`, code`i32[${(place >> 2) + 1}]`];
      if (bigint) return code`bigResult(${place}, ${signed})`;
      tests.push(signed ? code`${high} === ${low} >> 31` : code`${high} === 0 && ${low} >= 0`);
      return low;
    }
    const bits = size === 1 ? code`i8[${place}]` : size === 2 ? code`i16[${place >> 1}]` : code`i32[${place >> 2}]`;
    if (signed) return bits;
    return size === 4 ? code`${bits} >>> 0` : code`${bits} & ${2 ** (8 * size) - 1}`;
  };
  const literal = object(type, 0);
  return tests.length === 0 ? literal : code`${join(tests, code` && `)} ? ${literal} : readStructure(plan)`;
}
