/** Which named types lead to which. */

import type { Definition, Shape } from './shape';

/** The types of a definition's fields, those of all variants together. */
export function shapesOf(definition: Definition): Shape[] {
  if (definition.kind === 'record') return definition.fields.map(({ shape }) => shape);
  return definition.variants.flatMap(({ payload }) => {
    switch (payload.kind) {
      case 'unit':
        return [];
      case 'value':
        return [payload.shape];
      case 'tuple':
        return [payload];
      case 'record':
        return payload.fields.map(({ shape }) => shape);
    }
  });
}

/** A shape and those inside it. Named types are not entered. */
function* partsOf(shape: Shape): Generator<Shape> {
  yield shape;
  if (shape.kind === 'list') yield* partsOf(shape.element);
  else if (shape.kind === 'option') yield* partsOf(shape.some);
  else if (shape.kind === 'map') yield* partsOf(shape.value);
  else if (shape.kind === 'tuple') for (const element of shape.elements) yield* partsOf(element);
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
