/** Finds the types whose values can be nested without limit. */

import type { Definition, Shape } from '../../types/shape';
import { kindOf, shapesOf } from './kinds/registry';

/** The depth up to which a recursive type is encoded or decoded by recursion; deeper values are walked through. */
export const MOST_RECURSION = 64;

/** True if a shape contains a recursive type, directly or in lists, options and the like. */
export function isDeep(shape: Shape): boolean {
  if (shape.kind === 'named') return isRecursive(shape.definition);
  return kindOf(shape)
    .parts(shape)
    .some((part) => isDeep(part.shape));
}

/** True if a definition contains itself, directly or through others. */
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
