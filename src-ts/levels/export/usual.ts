/**
 * Reads the functions of a table that have no unusual part, as nearly all of them. A program waits until all functions
 * of a library have been read; reading them field by field, with the place of each in mind, takes several times as long.
 */

import { MAX_PARAMETERS } from '../../types/limits';
import type { ParameterShape, Shape } from '../../types/shape';
import type { ExportedParameter, ExportedSignature } from '../../types/signature';
import { fault, hasExactly, JsonFault, name as validName } from '../../values/stream/json';
import { isReserved } from './reserved';

/** The fields of a function and of a parameter, in the order in which the crate writes them. */
export const FUNCTION = ['name', 'doc', 'module', 'parameters', 'result', 'throws', 'bigint', 'hash'] as const;
export const PARAMETER = ['name', 'type'] as const;

export const HASH = /^[0-9a-f]{16}$/;

/** A usual name of a function. The order of such names is the same in UTF-16 and in UTF-8. */
const NAME = /^[A-Za-z_]\w*$/;

/** Reads the types of one library, and throws for those that are invalid. */
export interface TypeReader {
  readonly parameter: (type: unknown) => ParameterShape;
  readonly result: (type: unknown) => Shape;
}

/** The types that are lists of two words, such as `["vec", "f64"]`. Most functions have the same as others. */
class Pairs<T> {
  readonly #known = new Map<string, T>();

  constructor(private readonly read: (type: unknown) => T) {}

  of(type: unknown): T {
    if (!Array.isArray(type) || type.length !== 2) return this.read(type);
    const word = type[0] as unknown;
    const inner = type[1] as unknown;
    if (typeof word !== 'string' || typeof inner !== 'string') return this.read(type);
    const key = `${word},${inner}`;
    let known = this.#known.get(key);
    if (known === undefined) this.#known.set(key, (known = this.read(type)));
    return known;
  }
}

/** Reads the usual functions of one library. */
export class UsualFunctions {
  /** The names of modules and parameters that are valid. Most functions have the same as others. */
  readonly #names = new Set<unknown>();
  readonly #readParameter: (value: unknown) => ExportedParameter;

  readonly #results: Pairs<Shape>;

  constructor(types: TypeReader) {
    const shapes = new Pairs(types.parameter);
    this.#results = new Pairs(types.result);
    this.#readParameter = (value) => {
      if (!hasExactly(value, PARAMETER)) return fault(null, 'unusual');
      return { name: this.#name(value.name), shape: shapes.of(value.type) };
    };
  }

  /**
   * Reads a function.
   *
   * @param before - The name of the function before it; empty for the first one.
   * @returns Undefined if anything of it is unusual, or invalid.
   */
  read(value: unknown, before: string): ExportedSignature | undefined {
    if (!hasExactly(value, FUNCTION)) return undefined;
    const { name, doc, module, parameters, result, throws, bigint, hash } = value;
    if (typeof name !== 'string' || !NAME.test(name) || isReserved(name) || name <= before) return undefined;
    if (typeof doc !== 'string' || typeof throws !== 'boolean' || typeof bigint !== 'boolean') return undefined;
    if (typeof hash !== 'string' || !HASH.test(hash)) return undefined;
    if (!Array.isArray(parameters) || parameters.length > MAX_PARAMETERS) return undefined;
    try {
      return {
        name,
        doc,
        module: this.#name(module),
        member: null,
        parameters: parameters.map(this.#readParameter),
        result: this.#results.of(result),
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
  }

  #name(value: unknown): string {
    if (!this.#names.has(value)) this.#names.add(validName(value, null));
    return value as string;
  }
}
