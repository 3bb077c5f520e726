/** Reads and validates the types in a library's table, whose JSON docs/abi.md describes. */

import { MAX_TYPE_DEPTH } from '../../types/limits';
import type { Definition, Shape } from '../../types/shape';
import { count, distinct, fault, name, oneOf, peek, type Place, unexpected } from './json';
import type { ShapeReader } from './kinds/kind';
import { DEFINITION_KIND_NAMES, definitionKindOf, SPELLINGS } from './kinds/registry';

/** The words of the types that only parameters can have, which are not kinds of values. */
export const PARAMETER_ONLY: ReadonlySet<unknown> = new Set(['mut', 'py']);

/** The types of one library. */
export class Shapes implements ShapeReader {
  readonly definitions: readonly Definition[];
  /** The number of types around the one that is being read. */
  #depth = 0;

  /**
   * @param places - The named types.
   * @throws JsonFault
   */
  constructor(places: readonly Place[]) {
    const names = places.map((place) => peek(place, 'name'));
    // Definitions may refer to each other and to themselves, so all exist before the contents of any are read.
    const definitions = places.map((place, index) => {
      const known = name(names[index] as Place);
      return { kind: oneOf(peek(place, 'kind'), DEFINITION_KIND_NAMES), name: known } as Definition;
    });
    distinct(names, 'types');
    this.definitions = definitions;
    for (const [index, definition] of definitions.entries()) {
      Object.assign(definition, definitionKindOf(definition).read(places[index] as Place, this));
    }
  }

  of(place: Place): Shape {
    const { value, at } = place;
    const word = SPELLINGS.get(value);
    if (typeof word === 'object') return word;
    if (!Array.isArray(value)) return unexpected(place, 'a type');
    if (this.#depth === MAX_TYPE_DEPTH) fault(at, `types are at most ${MAX_TYPE_DEPTH} deep`);
    const read = SPELLINGS.get(value[0]);
    if (typeof read !== 'function') {
      if (PARAMETER_ONLY.has(value[0])) fault(at, 'only a parameter can have such a type');
      return fault(`${at}[0]`, 'an unknown kind of type');
    }
    // The depth is not restored after a fault, which ends the reading of the whole table.
    this.#depth++;
    const shape = read(place, this);
    this.#depth--;
    return shape;
  }

  definition(place: Place): Definition {
    const definition = this.definitions[count(place, Number.MAX_SAFE_INTEGER)];
    return definition ?? fault(place.at, `there is no type ${String(place.value)}`);
  }
}
