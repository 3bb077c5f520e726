/** Types that have a name of their own in TypeScript, and are any other type otherwise. */

import * as json from '../json';
import type { ReadShape } from './kind';

/** Reads `["brand", "UserId", "geo::ids", T]`. */
export const readBrand: ReadShape = (value, shapes) => {
  if (value.length !== 4) json.fault(null, 'a type with a brand has a name, a module and a type');
  const name = json.name(value[1], 1);
  const module = json.name(value[2], 2);
  const shape = shapes.of(value[3], 3);
  if (shape.kind === 'option' || shape.kind === 'default') return json.fault(3, 'what may be missing has no brand');
  return { ...shape, brand: { name, module } };
};
