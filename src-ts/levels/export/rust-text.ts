/** Prints exported functions and types in Rust's syntax. */

import { formatType } from '../../types/lent';
import type { Definition, LentShape, Shape } from '../../types/shape';
import { type ExportedSignature, hasReceiver } from '../../types/signature';
import { definitionKindOf, kindOf } from '../../values/stream/kinds/registry';

/** Prints a type: `[f64]`, `Option<str>`, `Map<str, Point>`. */
function rustType(shape: Shape): string {
  return kindOf(shape).rust(shape, rustType);
}

function lentType({ type, length, optional, array }: LentShape): string {
  if (array !== undefined) return rustType(array).replace('Array', 'ArrayViewMut');
  if (optional === true && type.kind === 'vec') return `Option<&mut [${formatType(type.element)}]>`;
  // A `&mut PyVec<f64>` has the same lent type as a `&mut [f64]`, since callers pass the same to both.
  const isSlice = type.kind === 'vec' && type.held === 'mut' && !type.nullable && type.element.kind === 'scalar';
  return isSlice ? `&mut [${formatType(type.element)}${length === undefined ? '' : `; ${length}`}]` : formatType(type);
}

/** Prints a function: `fn centroid(points: [Point]) -> Result<Point>`. */
export function rustFunction(signature: ExportedSignature): string {
  const { name, member, parameters, result, throws, error } = signature;
  const list = parameters.map(({ name: parameter, shape }, index) => {
    if (index === 0 && hasReceiver(signature) && shape.kind === 'object') {
      return rustType(shape).replace(shape.definition.name, 'self');
    }
    return `${parameter}: ${shape.kind === 'lent' ? lentType(shape) : rustType(shape)}`;
  });
  const returned = rustType(result);
  const arrow = throws
    ? ` -> Result<${returned}${error === null ? '' : `, ${error.name}`}>`
    : result.kind === 'unit'
      ? ''
      : ` -> ${returned}`;
  if (signature.isConstant) return `const ${name}: ${returned}`;
  return `fn ${member === null ? '' : `${member.definition.name}::`}${name}(${list.join(', ')})${arrow}`;
}

/** Prints a named type: `struct Point { x: f64 }`. */
export function rustDefinition(definition: Definition): string {
  return definitionKindOf(definition).rust(definition, rustType);
}
