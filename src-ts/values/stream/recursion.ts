/** Which types can have values that are any number of values deep. */

import type { Definition, Shape } from '../../types/shape';
import { kindOf, shapesOf } from './kinds/registry';

/** How often a type may be entered from within itself by a call; what is deeper is walked through. */
export const MOST_RECURSION = 64;

/** Whether values of a shape hold, in all that is not a record or enum of their own, values of a type that holds itself. */
export function isDeep(shape: Shape): boolean {
  if (shape.kind === 'named') return isRecursive(shape.definition);
  return kindOf(shape)
    .parts(shape)
    .some((part) => isDeep(part.shape));
}

/** Whether a definition leads to itself. */
function isRecursive(definition: Definition): boolean {
  const found = new Set<Definition>();
  const shapes = [...shapesOf(definition)];
  for (let shape = shapes.pop(); shape !== undefined; shape = shapes.pop()) {
    for (const part of kindOf(shape).parts(shape)) shapes.push(part.shape);
    if (shape.kind !== 'named' || found.has(shape.definition)) continue;
    found.add(shape.definition);
    for (const inner of shapesOf(shape.definition)) shapes.push(inner);
  }
  return found.has(definition);
}
