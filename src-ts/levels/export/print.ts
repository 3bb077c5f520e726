/** The types of exported functions in TypeScript's syntax: what can be passed for them, and what they give. */

import type { RustType } from '../../types/lent';
import type { Definition, ParameterShape, Shape } from '../../types/shape';
import { type ExportedSignature, requiredParameters } from '../../types/signature';
import { listType, scalarListTypes, scalarType, type WideType } from '../../types/typescript';
import type { DeclarationPrinter, InputPrinter, OutputPrinter } from '../../values/stream/kinds/kind';
import { definitionKindOf, kindOf } from '../../values/stream/kinds/registry';

export type { DeclarationPrinter };

/** How a text refers to what has a name. */
export interface References {
  /** A named type as Rust gives it, with these 64-bit integers. */
  output(definition: Definition, wide: WideType): string;
  /** A named type as Rust takes it. */
  input(definition: Definition): string;
  /** What can be passed for a map. It has a name, since a map of maps would be spelled out many times over. */
  map(value: string): string;
  /** A type of JavaScript's own, such as `Record`. */
  global(name: string): string;
}

/** Spells types. */
export class TypePrinter {
  readonly #references: References;
  readonly #inputs: InputPrinter;
  readonly #outputs = new Map<WideType, OutputPrinter>();

  constructor(references: References) {
    this.#references = references;
    const inputs: InputPrinter = {
      of: (shape) => unique(kindOf(shape).input(shape, inputs)),
      union: (shape) => union(inputs.of(shape)),
      named: (definition) => references.input(definition),
      map: (value) => references.map(value),
      global: (name) => references.global(name),
    };
    this.#inputs = inputs;
  }

  /** What can be passed for a shape. */
  input(shape: ParameterShape): string {
    return shape.kind === 'lent' ? union(this.#lent(shape.type, false)) : this.#inputs.union(shape);
  }

  /** What a shape comes out as. */
  output(shape: ParameterShape, wide: WideType): string {
    return shape.kind === 'lent' ? union(plainLent(shape.type)) : this.#outputsOf(wide).union(shape);
  }

  /** What a function returns. */
  result(shape: Shape, wide: WideType): string {
    return shape.kind === 'unit' ? 'void' : this.output(shape, wide);
  }

  #outputsOf(wide: WideType): OutputPrinter {
    const known = this.#outputs.get(wide);
    if (known !== undefined) return known;
    const outputs: OutputPrinter = {
      wide,
      of: (shape) => unique(kindOf(shape).output(shape, outputs)),
      union: (shape) => union(outputs.of(shape)),
      named: (definition) => this.#references.output(definition, wide),
      global: (name) => this.#references.global(name),
    };
    this.#outputs.set(wide, outputs);
    return outputs;
  }

  /** What `declare` takes for a type; `written` is whether the list around it can be written to. */
  #lent(type: RustType, written: boolean): string[] {
    if (type.kind === 'scalar') return [scalarType(type.name, 'number')];
    const nothing = type.nullable ? ['null', 'undefined'] : [];
    const { global } = this.#inputs;
    if (type.kind === 'str') return ['string', global('Uint8Array'), ...nothing];
    const writes = type.held === 'mut' || (type.held === 'value' && written);
    const { element } = type;
    if (element.kind === 'scalar') return [...scalarListTypes(element.name, writes, global), ...nothing];
    return [`${writes ? '' : 'readonly '}${listType(this.#lent(element, writes))}`, ...nothing];
  }
}

function unique(members: readonly string[]): readonly string[] {
  return members.length < 2 ? members : [...new Set(members)];
}

function union(members: readonly string[]): string {
  return members.join(' | ');
}

/** A lent parameter in few words. */
function plainLent(type: RustType): string[] {
  if (type.kind === 'scalar') return [scalarType(type.name, 'number')];
  const nothing = type.nullable ? ['null'] : [];
  if (type.kind === 'str') return ['string', ...nothing];
  const isBytes = type.element.kind === 'scalar' && type.element.name === 'u8';
  return [isBytes ? 'Uint8Array' : listType(plainLent(type.element)), ...nothing];
}

/**
 * A named type as TypeScript declares it, without its documentation.
 *
 * @param head - The name that is declared, with its type parameters.
 */
export function declaration(definition: Definition, head: string, printer: DeclarationPrinter): string {
  return definitionKindOf(definition).declaration(definition, head, printer);
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
