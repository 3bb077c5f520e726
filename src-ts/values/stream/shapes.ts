/** Reads and validates the types in a library's table, whose JSON docs/abi.md describes. */

import { MAX_TYPE_DEPTH } from '../../types/limits';
import type { ClassDefinition, Definition, Shape } from '../../types/shape';
import {
  boolean,
  count,
  distinct,
  each,
  fault,
  fields,
  leading,
  name,
  oneOf,
  peek,
  type Step,
  text,
  unexpected,
} from './json';
import type { ShapeReader } from './kinds/kind';
import { definitionKindOf, spelled } from './kinds/registry';

/** The words of the types that only parameters can have, which are not kinds of values. */
export const PARAMETER_ONLY: ReadonlySet<unknown> = new Set(['mut', 'own', 'py']);

const NAMED_KINDS = ['record', 'tuple', 'enum', 'class'] as const satisfies readonly (Definition['kind'] | 'class')[];

/** Reads a class. Its members are functions. */
function readClass(value: unknown): ClassDefinition {
  const read = fields(value, null, ['kind', 'name', 'doc', 'send', 'sync']);
  return {
    kind: 'class',
    name: name(read.name, 'name'),
    doc: text(read.doc, 'doc'),
    send: boolean(read.send, 'send'),
    sync: boolean(read.sync, 'sync'),
  };
}

/** The types of one library. */
export class Shapes implements ShapeReader {
  readonly definitions: readonly Definition[];
  readonly classes: readonly ClassDefinition[];
  /** Both, in the order of the table. */
  readonly #named: readonly (Definition | ClassDefinition)[];
  /** True if any of the definitions refers to one. */
  readonly areLinked: boolean;
  /** The number of types around the one that is being read. */
  #depth = 0;
  #references = 0;

  /**
   * @param list - The named types, which stand in the table as `types`.
   * @throws JsonFault
   */
  constructor(list: readonly unknown[]) {
    // Definitions may refer to each other and to themselves, so all exist before the contents of any are read.
    const named = each(list, 'types', (value) => {
      const known = name(peek(value, 'name'), 'name');
      return { kind: oneOf(peek(value, 'kind'), 'kind', NAMED_KINDS), name: known } as Definition | ClassDefinition;
    });
    distinct(named, 'types', 'types');
    this.#named = named;
    this.definitions = named.filter((each) => each.kind !== 'class');
    this.classes = named.filter((each) => each.kind === 'class');
    each(list, 'types', (value, index) => {
      const definition = named[index] as Definition | ClassDefinition;
      const read = definition.kind === 'class' ? readClass(value) : definitionKindOf(definition).read(value, this);
      Object.assign(definition, read);
    });
    this.areLinked = this.#references > 0;
  }

  of(value: unknown, step: Step): Shape {
    const word = spelled(value);
    if (typeof word === 'object') return word;
    if (!Array.isArray(value)) return unexpected(value, step, 'a type');
    if (this.#depth === MAX_TYPE_DEPTH) fault(step, `types are at most ${MAX_TYPE_DEPTH} deep`);
    const depth = this.#depth;
    try {
      const read = spelled(value[0]);
      if (typeof read !== 'function') {
        if (PARAMETER_ONLY.has(value[0])) fault(null, 'only a parameter can have such a type');
        return fault(0, 'an unknown kind of type');
      }
      this.#depth++;
      return read(value, this);
    } catch (error) {
      throw leading(error, step);
    } finally {
      this.#depth = depth;
    }
  }

  definition(value: unknown, step: Step): Definition | ClassDefinition {
    this.#references++;
    const definition = this.#named[count(value, step, Number.MAX_SAFE_INTEGER)];
    return definition ?? fault(step, `there is no type ${String(value)}`);
  }
}
