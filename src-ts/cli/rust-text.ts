/** Exported functions and types in Rust's terms. How Rust holds a value is not known: `str` is a `&str` or a `String`. */

import { formatType } from '../types/lent';
import { type Definition, type FieldShape, isUnion, type ParameterShape, type Variant } from '../types/shape';
import type { ExportedSignature } from '../types/signature';

/** A type: `[f64]`, `Option<str>`, `Map<Point>`. */
export function rustType(shape: ParameterShape): string {
  switch (shape.kind) {
    case 'unit':
      return '()';
    case 'scalar':
      return shape.name;
    case 'huge':
      return shape.signed ? 'i128' : 'u128';
    case 'string':
      return 'str';
    case 'list':
      return `[${rustType(shape.element)}${shape.length === null ? '' : `; ${shape.length}`}]`;
    case 'typed':
      return `TypedArray<${shape.element}>`;
    case 'option':
      return `Option<${rustType(shape.some)}>`;
    case 'tuple': {
      const list = shape.elements.map(rustType).join(', ');
      return `(${list}${shape.elements.length === 1 ? ',' : ''})`;
    }
    case 'map':
      return `Map<str, ${rustType(shape.value)}>`;
    case 'named':
      return shape.definition.name;
    case 'lent': {
      const { type } = shape;
      // To a caller it is the same as a `&mut PyVec<f64>`.
      const isSlice = type.kind === 'vec' && type.held === 'mut' && !type.nullable && type.element.kind === 'scalar';
      return isSlice ? `&mut [${formatType(type.element)}]` : formatType(type);
    }
  }
}

/** A function: `fn centroid(points: [Point]) -> Result<Point>`. */
export function rustFunction({ name, parameters, result, throws }: ExportedSignature): string {
  const list = parameters.map((parameter) => `${parameter.name}: ${rustType(parameter.shape)}`).join(', ');
  const returned = rustType(result);
  const arrow = throws ? ` -> Result<${returned}>` : result.kind === 'unit' ? '' : ` -> ${returned}`;
  return `fn ${name}(${list})${arrow}`;
}

/** A named type: `struct Point { x: f64 }`. */
export function rustDefinition(definition: Definition): string {
  const { name } = definition;
  if (definition.kind === 'record') return `struct ${name}${braced(definition.fields.map(field))}`;
  const variants = definition.variants.map((variant) => variant.name + payload(variant));
  return isUnion(definition)
    ? `enum ${name}${braced(variants)}`
    : `enum ${name}${braced(variants)}, tag ${definition.tag}`;
}

function payload({ payload: held }: Variant): string {
  switch (held.kind) {
    case 'unit':
      return '';
    case 'value':
      return `(${rustType(held.shape)})`;
    case 'tuple':
      return `(${held.elements.map(rustType).join(', ')})`;
    case 'record':
      return braced(held.fields.map(field));
  }
}

function field({ name, shape }: FieldShape): string {
  return `${name}: ${rustType(shape)}`;
}

function braced(parts: readonly string[]): string {
  return parts.length === 0 ? ' {}' : ` { ${parts.join(', ')} }`;
}
