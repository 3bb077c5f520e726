/** The types of exported functions in TypeScript's syntax: what can be passed for them, and what they give. */

import type { RustType } from './lent';
import { type ScalarName, SCALARS } from './scalar';
import type { Definition, ParameterShape, Shape } from './shape';
import { type ExportedSignature, requiredParameters } from './signature';

/** What 64-bit integers become: one of the two, or a type parameter that stands for them. */
export type Wide = string;

/** How a text refers to what has a name. */
export interface References {
  /** A named type as Rust gives it, with these 64-bit integers. */
  output(definition: Definition, wide: Wide): string;
  /** A named type as Rust takes it. */
  input(definition: Definition): string;
  /** What can be passed for a map. It has a name, since a map of maps would be spelled out many times over. */
  map(value: string): string;
  /** A type of JavaScript's own, such as `Record`. */
  global(name: string): string;
}

/** The typed array whose elements are of a type. */
function viewName(name: ScalarName): string {
  const { kind, size, signed } = SCALARS[name];
  if (kind === 'float') return `Float${8 * size}Array`;
  return `${kind === 'wide' ? 'Big' : ''}${signed ? 'Int' : 'Uint'}${8 * size}Array`;
}

/** A list of what is one of `members`. */
function listOf(members: readonly string[]): string {
  const [only = '', ...others] = members;
  return others.length === 0 && !only.startsWith('readonly ') ? `${only}[]` : `(${members.join(' | ')})[]`;
}

/** A scalar in JavaScript. */
function scalarType(name: ScalarName, wide: Wide): string {
  const { kind } = SCALARS[name];
  if (kind === 'wide') return wide;
  return kind === 'bool' ? 'boolean' : kind === 'char' ? 'string' : 'number';
}

/** Spells types. A type is a list of the members of a union. */
export class TypePrinter {
  readonly #references: References;

  constructor(references: References) {
    this.#references = references;
  }

  /** What can be passed for a shape. */
  input(shape: ParameterShape): string {
    return this.#union(this.#taken(shape));
  }

  /** What a shape comes out as. */
  output(shape: ParameterShape, wide: Wide): string {
    return this.#union(this.#given(shape, wide));
  }

  /** What a function returns. */
  result(shape: Shape, wide: Wide): string {
    return shape.kind === 'unit' ? 'void' : this.output(shape, wide);
  }

  #union(members: readonly string[]): string {
    return [...new Set(members)].join(' | ');
  }

  #global(name: string): string {
    return this.#references.global(name);
  }

  #taken(shape: ParameterShape): string[] {
    switch (shape.kind) {
      case 'unit':
        return ['undefined'];
      case 'scalar':
        return SCALARS[shape.name].kind === 'wide' ? ['number', 'bigint'] : [scalarType(shape.name, 'number')];
      case 'huge':
        return ['number', 'bigint'];
      case 'string':
        return ['string'];
      case 'typed':
        return [this.#global(viewName(shape.element))];
      case 'list':
        return shape.element.kind === 'scalar'
          ? this.#scalars(shape.element.name, false)
          : [`readonly ${listOf(this.#taken(shape.element))}`];
      case 'option':
        return [...this.#taken(shape.some), 'null', 'undefined'];
      case 'tuple':
        return [`readonly [${shape.elements.map((element) => this.input(element)).join(', ')}]`];
      case 'map':
        return [this.#references.map(this.input(shape.value))];
      case 'named':
        return [this.#references.input(shape.definition)];
      case 'lent':
        return this.#lent(shape.type, false);
    }
  }

  /** The lists and memory that a list of scalars can be; `written` where Rust may change them. */
  #scalars(name: ScalarName, written: boolean): string[] {
    const { kind } = SCALARS[name];
    const list = `${written ? '' : 'readonly '}${scalarType(name, 'number')}[]`;
    if (kind === 'bool' || kind === 'char') return [list];
    if (kind === 'wide') return [list, list.replace('number', 'bigint'), this.#global(viewName(name))];
    if (name !== 'u8') return [list, this.#global(viewName(name))];
    const views = ['Uint8Array', 'Uint8ClampedArray', 'DataView', 'ArrayBuffer'];
    return [list, ...views.map((view) => this.#global(view))];
  }

  /** What `declare` takes for a type; `written` is whether the list around it can be written to. */
  #lent(type: RustType, written: boolean): string[] {
    if (type.kind === 'scalar') return [scalarType(type.name, 'number')];
    const nothing = type.nullable ? ['null', 'undefined'] : [];
    if (type.kind === 'str') return ['string', this.#global('Uint8Array'), ...nothing];
    const writes = type.held === 'mut' || (type.held === 'value' && written);
    const { element } = type;
    if (element.kind === 'scalar') return [...this.#scalars(element.name, writes), ...nothing];
    return [`${writes ? '' : 'readonly '}${listOf(this.#lent(element, writes))}`, ...nothing];
  }

  #given(shape: ParameterShape, wide: Wide): string[] {
    switch (shape.kind) {
      case 'unit':
        return ['undefined'];
      case 'scalar':
        return [scalarType(shape.name, wide)];
      case 'huge':
        return ['bigint'];
      case 'string':
        return ['string'];
      case 'typed':
        return [this.#global(viewName(shape.element))];
      case 'list':
        return shape.element.kind === 'scalar' && shape.element.name === 'u8'
          ? [this.#global('Uint8Array')]
          : [listOf([...new Set(this.#given(shape.element, wide))])];
      case 'option':
        return [...this.#given(shape.some, wide), 'null'];
      case 'tuple':
        return [`[${shape.elements.map((element) => this.output(element, wide)).join(', ')}]`];
      case 'map':
        return [`${this.#global('Record')}<string, ${this.output(shape.value, wide)}>`];
      case 'named':
        return [this.#references.output(shape.definition, wide)];
      case 'lent':
        return plainLent(shape.type);
    }
  }
}

/** A lent parameter in few words. */
function plainLent(type: RustType): string[] {
  if (type.kind === 'scalar') return [scalarType(type.name, 'number')];
  const nothing = type.nullable ? ['null'] : [];
  if (type.kind === 'str') return ['string', ...nothing];
  const isBytes = type.element.kind === 'scalar' && type.element.name === 'u8';
  return [isBytes ? 'Uint8Array' : listOf(plainLent(type.element)), ...nothing];
}

const PLAIN = new TypePrinter({
  output: ({ name }) => name,
  input: ({ name }) => name,
  map: (value) => `Record<string, ${value}>`,
  global: (name) => name,
});

/**
 * A function in one line, for messages: `centroid(points: Point[]): Point`. Of what can be passed it has one form only,
 * that in which Rust would give it.
 */
export function signatureText(signature: ExportedSignature): string {
  const { name, parameters, result, bigint } = signature;
  const required = requiredParameters(signature);
  const list = parameters.map(
    ({ name: parameter, shape }, index) =>
      `${parameter}${index < required ? '' : '?'}: ${PLAIN.output(shape, 'number')}`,
  );
  return `${name}(${list.join(', ')}): ${PLAIN.result(result, bigint ? 'bigint' : 'number')}`;
}
