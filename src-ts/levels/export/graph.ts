/** Which named types lead to which. */

import type { Definition, Shape } from '../../types/shape';
import { definitionKindOf, kindOf, shapesOf } from '../../values/stream/kinds/registry';

/** One way in which a value of `definition` can be made, and how many of the types it needs are not known to end. */
interface Way {
  readonly definition: Definition;
  missing: number;
}

/**
 * The definitions of which there can be no value that ends. A record ends if all of its fields do, an enum if one of
 * its variants does; a list, a map and an option can be empty.
 *
 * Takes time linear in the size of the definitions, and no stack.
 */
export function endless(definitions: readonly Definition[]): Definition[] {
  const waiting = new Map<Definition, Way[]>();
  const ending = new Set<Definition>();
  const found: Definition[] = [];
  const end = (definition: Definition): void => {
    if (ending.has(definition)) return;
    ending.add(definition);
    found.push(definition);
  };

  for (const definition of definitions) {
    for (const shapes of definitionKindOf(definition).ways(definition)) {
      const needed = new Set<Definition>();
      for (const shape of shapes) need(shape, needed);
      const way = { definition, missing: needed.size };
      if (way.missing === 0) end(definition);
      for (const other of needed) {
        const ways = waiting.get(other);
        if (ways === undefined) waiting.set(other, [way]);
        else ways.push(way);
      }
    }
  }
  for (let known = found.pop(); known !== undefined; known = found.pop()) {
    for (const way of waiting.get(known) ?? []) {
      way.missing -= 1;
      if (way.missing === 0) end(way.definition);
    }
  }
  return definitions.filter((definition) => !ending.has(definition));
}

/** Adds the named types without which there is no value of `shape`. */
function need(shape: Shape, found: Set<Definition>): void {
  if (shape.kind === 'named') found.add(shape.definition);
  for (const { shape: part, needed } of kindOf(shape).parts(shape)) if (needed) need(part, found);
}

/** A shape and those inside it. Named types are not entered. */
function* partsOf(shape: Shape): Generator<Shape> {
  yield shape;
  for (const { shape: part } of kindOf(shape).parts(shape)) yield* partsOf(part);
}

/** The named types that are part of `shapes`, at any depth. */
export function reachable(shapes: Iterable<Shape>): Set<Definition> {
  const found = new Set<Definition>();
  const visit = (shape: Shape): void => {
    for (const part of partsOf(shape)) if (part.kind === 'named') found.add(part.definition);
  };
  for (const shape of shapes) visit(shape);
  // A set's iterator also comes by what is added on the way.
  for (const definition of found) for (const shape of shapesOf(definition)) visit(shape);
  return found;
}

/** The definitions that have a part, at any depth, for which `is` is true. */
export function holders(definitions: readonly Definition[], is: (part: Shape) => boolean): Set<Definition> {
  const found = new Set<Definition>();
  const users = new Map<Definition, Definition[]>();
  for (const definition of definitions) {
    for (const shape of shapesOf(definition)) {
      for (const part of partsOf(shape)) {
        if (is(part)) found.add(definition);
        if (part.kind !== 'named') continue;
        const known = users.get(part.definition);
        if (known === undefined) users.set(part.definition, [definition]);
        else known.push(definition);
      }
    }
  }
  for (const definition of found) for (const user of users.get(definition) ?? []) found.add(user);
  return found;
}
