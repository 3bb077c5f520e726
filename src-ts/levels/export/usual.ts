/**
 * Reads the functions of a table that have no unusual part, as nearly all of them. A program waits until all functions
 * of a library have been read; reading them field by field, with the place of each in mind, takes several times as long.
 */

import { MAX_PARAMETERS } from '../../types/limits';
import type { ParameterShape, Shape } from '../../types/shape';
import type { ExportedParameter, ExportedSignature } from '../../types/signature';
import { fault, type Fields, isName, JsonFault } from '../../values/stream/json';
import { RESERVED } from './reserved';

/** The fields of a function and of a parameter, in the order in which the crate writes them. */
export const FUNCTION = ['name', 'doc', 'module', 'parameters', 'result', 'throws', 'bigint', 'hash'] as const;
export const PARAMETER = ['name', 'type'] as const;

export const HASH = /^[0-9a-f]{16}$/;

/** A usual name of a function. The order of such names is the same in UTF-16 and in UTF-8. */
const NAME = /^[A-Za-z_]\w*$/;

/** Reads the types of one library, and throws for those that are invalid. */
export interface TypeReader {
  /** Reads a type that only parameters can have; undefined if it is another one. */
  readonly parameter: (type: unknown) => ParameterShape | undefined;
  readonly any: (type: unknown) => Shape;
}

/** The types that are words, and lists of two words such as `["vec", "f64"]`. Most functions have the same as others. */
class Known<T> {
  readonly #words = new Map<unknown, T>();
  readonly #pairs = new Map<unknown, Map<unknown, T>>();

  constructor(private readonly read: (type: unknown) => T) {}

  of(type: unknown): T {
    let known = this.#words;
    let word = type;
    if (Array.isArray(type) && type.length === 2) {
      const pairs = this.#pairs.get(type[0]);
      if (pairs === undefined) this.#pairs.set(type[0], (known = new Map<unknown, T>()));
      else known = pairs;
      word = type[1] as unknown;
    }
    let shape = known.get(word);
    // An object is no other one, so that it is not found.
    if (shape === undefined) known.set(word, (shape = this.read(type)));
    return shape;
  }
}

/*
 * The names of the fields are compared in the functions below and not by `hasExactly`, as for so many objects the engine
 * would optimize that function at once, which takes as long as all the reading.
 */

/**
 * Makes the function that reads the usual functions of one library.
 *
 * @returns The function. It is given a function and the name of the one before it, which is empty for the first one, and
 *   returns undefined if anything of the function is unusual, or invalid.
 */
export function usualReader(types: TypeReader): (value: unknown, before: string) => ExportedSignature | undefined {
  /** The names of modules and parameters that are valid. Most functions have the same as others. */
  const names = new Set<unknown>();
  const shapes = new Known(types.any);
  const parameterShapes = new Known((type) => types.parameter(type) ?? shapes.of(type));

  function isKnown(name: unknown): name is string {
    return names.has(name) || (isName(name) && names.add(name).has(name));
  }

  const readParameter = (value: unknown): ExportedParameter => {
    let count = 0;
    for (const field in value as object) if (field !== PARAMETER[count++]) return fault(null, 'unusual');
    if (count !== PARAMETER.length || !Object.hasOwn(value as object, 'type')) return fault(null, 'unusual');
    const { name, type } = value as Fields<typeof PARAMETER>;
    return isKnown(name) ? { name, shape: parameterShapes.of(type) } : fault(null, 'unusual');
  };

  return (value, before) => {
    let count = 0;
    for (const field in value as object) if (field !== FUNCTION[count++]) return undefined;
    if (count !== FUNCTION.length || !Object.hasOwn(value as object, 'hash')) return undefined;
    const { name, doc, module, parameters: list, result, throws, bigint, hash } = value as Fields<typeof FUNCTION>;
    if (typeof name !== 'string' || !NAME.test(name) || RESERVED.has(name) || name <= before) return undefined;
    if (typeof doc !== 'string' || typeof throws !== 'boolean' || typeof bigint !== 'boolean') return undefined;
    if (typeof hash !== 'string' || !HASH.test(hash) || !isKnown(module)) return undefined;
    if (!Array.isArray(list) || list.length > MAX_PARAMETERS) return undefined;
    try {
      return {
        name,
        doc,
        module,
        member: null,
        parameters: list.map(readParameter),
        result: shapes.of(result),
        throws,
        bigint,
        error: null,
        isAsync: false,
        background: true,
        isConstant: false,
        hash,
      };
    } catch (error) {
      if (error instanceof JsonFault) return undefined;
      throw error;
    }
  };
}
