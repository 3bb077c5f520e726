/** Prints the types of exported functions in TypeScript's syntax, as types of arguments and of results. */

import type { RustType } from '../../types/lent';
import type { Brand, ClassDefinition, Definition, ParameterShape, Shape } from '../../types/shape';
import {
  type ExportedParameter,
  type ExportedSignature,
  fullName,
  hasReceiver,
  requiredParameters,
} from '../../types/signature';
import { listType, scalarListTypes, scalarType, type WideType } from '../../types/typescript';
import type { DeclarationPrinter, InputPrinter, OutputPrinter } from '../../values/stream/kinds/kind';
import { definitionKindOf, kindOf } from '../../values/stream/kinds/registry';

export type { DeclarationPrinter };

/** Prints references to types that have a name. */
export interface References {
  /** Refers to a named type of the library as a result, whose 64-bit integers are of the type `wide`. */
  output(definition: Definition | ClassDefinition, wide: WideType): string;
  /** Refers to a named type of the library as an argument. */
  input(definition: Definition | ClassDefinition): string;
  /** Refers to the type of a list as an argument, by that of its elements. */
  list(element: string): string;
  /** Refers to the type of a map as an argument. It has a name, as the text of nested maps would grow exponentially. */
  map(value: string, key: string | null): string;
  /** Refers to the type of bytes as an argument. */
  bytes(): string;
  /** Refers to the type of an array of n dimensions as an argument, by that of its typed array. */
  ndArrayInput(data: string): string;
  /** Refers to the type of such an array as a result, by those of its typed array and of its lengths. */
  ndArray(data: string, shape: string): string;
  /** Refers to the type of a JSON value as an argument. */
  jsonInput(): string;
  /** Refers to the type of a JSON value as a result, whose large integers are of the type `wide`. */
  json(wide: WideType): string;
  /** Refers to the type of a typed array as a result, by the name of its class. */
  view(name: string): string;
  /** Refers to the type of an object with these keys and values. */
  record(key: string, value: string): string;
  /** Refers to the type of an iterator, by that of its items. */
  iterator(item: string): string;
  /** Refers to the type of a stream, by that of its items. */
  stream(item: string): string;
  /** Refers to the type that a brand is the name of. */
  branded(brand: Brand): string;
  /** Refers to a global type such as `Record`. */
  global(name: string): string;
}

/** Prints types. */
export class TypePrinter {
  readonly #references: References;
  readonly #inputs = new Map<WideType, InputPrinter>();
  readonly #outputs = new Map<WideType, OutputPrinter>();

  constructor(references: References) {
    this.#references = references;
  }

  #branded({ brand }: Shape): string[] | undefined {
    return brand === undefined ? undefined : [this.#references.branded(brand)];
  }

  #inputsOf(wide: WideType): InputPrinter {
    const known = this.#inputs.get(wide);
    if (known !== undefined) return known;
    const references = this.#references;
    const inputs: InputPrinter = {
      of: (shape) => this.#branded(shape) ?? unique(kindOf(shape).input(shape, inputs)),
      union: (shape) => union(inputs.of(shape)),
      named: (definition) => references.input(definition),
      given: (shape) => this.output(shape, wide),
      list: (element) => references.list(element),
      map: (value, key) => references.map(value, key),
      bytes: () => references.bytes(),
      ndArray: (data) => references.ndArrayInput(data),
      json: () => references.jsonInput(),
      global: (name) => references.global(name),
    };
    this.#inputs.set(wide, inputs);
    return inputs;
  }

  /**
   * Prints the type of an argument.
   *
   * @param wide - The type of the 64-bit integers that callbacks are called with.
   */
  input(shape: ParameterShape, wide: WideType = 'number'): string {
    const inputs = this.#inputsOf(wide);
    if (shape.kind !== 'lent') return inputs.union(shape);
    return shape.array === undefined ? union(this.#lent(shape.type, false)) : inputs.union(shape.array);
  }

  /** Prints the type of a value that Rust returns. */
  output(shape: ParameterShape, wide: WideType): string {
    if (shape.kind !== 'lent') return this.#outputsOf(wide).union(shape);
    return shape.array === undefined ? union(plainLent(shape.type)) : this.#outputsOf(wide).union(shape.array);
  }

  /** Prints the result type of a function. */
  result(shape: Shape, wide: WideType): string {
    return shape.kind === 'unit' ? 'void' : this.output(shape, wide);
  }

  #outputsOf(wide: WideType): OutputPrinter {
    const known = this.#outputs.get(wide);
    if (known !== undefined) return known;
    const outputs: OutputPrinter = {
      wide,
      of: (shape) => this.#branded(shape) ?? unique(kindOf(shape).output(shape, outputs)),
      union: (shape) => union(outputs.of(shape)),
      named: (definition) => this.#references.output(definition, wide),
      view: (name) => this.#references.view(name),
      record: (key, value) => this.#references.record(key, value),
      ndArray: (data, shape = 'number[]') => this.#references.ndArray(data, shape),
      iterator: (item) => this.#references.iterator(item),
      stream: (item) => this.#references.stream(item),
      json: () => this.#references.json(wide),
      global: (name) => this.#references.global(name),
      exact: () => this.#outputsOf('bigint'),
    };
    this.#outputs.set(wide, outputs);
    return outputs;
  }

  /**
   * Prints the members of the type that `declare` accepts; `written` is true if Rust may write to the list around it.
   */
  #lent(type: RustType, written: boolean): string[] {
    if (type.kind === 'scalar') return [scalarType(type.name, 'number')];
    const nothing = type.nullable ? ['null', 'undefined'] : [];
    const { bytes, global, list } = this.#inputsOf('number');
    if (type.kind === 'str') return ['string', global('Uint8Array'), ...nothing];
    const writes = type.held === 'mut' || (type.held === 'value' && written);
    const { element } = type;
    if (element.kind !== 'scalar') {
      const members = this.#lent(element, writes);
      return [writes ? listType(members) : list(members.join(' | ')), ...nothing];
    }
    if (element.name === 'u8' && !writes) return [bytes(), ...nothing];
    // What Rust may change has to be stored again, so it is an array, whose elements are of one type.
    const lists = (elements: readonly string[]): string[] =>
      writes ? elements.map((each) => listType([each])) : [list(elements.join(' | '))];
    return [...scalarListTypes(element.name, lists, global), ...nothing];
  }
}

function unique(members: readonly string[]): readonly string[] {
  return members.length < 2 ? members : [...new Set(members)];
}

function union(members: readonly string[]): string {
  const [first] = members;
  // The type of a function is in parentheses for unions, which it does not need alone.
  if (members.length === 1 && first !== undefined && /^\(\(.*\)$/.test(first)) return first.slice(1, -1);
  return members.join(' | ');
}

/** Prints a short form of the type of a lent parameter. */
function plainLent(type: RustType): string[] {
  if (type.kind === 'scalar') return [scalarType(type.name, 'number')];
  const nothing = type.nullable ? ['null'] : [];
  if (type.kind === 'str') return ['string', ...nothing];
  const isBytes = type.element.kind === 'scalar' && type.element.name === 'u8';
  return [isBytes ? 'Uint8Array' : listType(plainLent(type.element)), ...nothing];
}

/**
 * Prints a named type as a TypeScript declaration, without its documentation.
 *
 * @param head - The declared name with its type parameters.
 */
export function declaration(definition: Definition, head: string, printer: DeclarationPrinter): string {
  return definitionKindOf(definition).declaration(definition, head, printer);
}

const PLAIN = new TypePrinter({
  output: ({ name }) => name,
  input: ({ name }) => name,
  list: (element) => `ListLike<${element}>`,
  map: (value) => `Record<string, ${value}>`,
  bytes: () => 'Uint8Array',
  ndArrayInput: (data) => `NdArray<${data}>`,
  ndArray: (data) => `NdArray<${data}>`,
  jsonInput: () => 'Json',
  json: (wide) => (wide === 'number' ? 'Json' : `Json<${wide}>`),
  view: (name) => name,
  record: (key, value) => `Record<${key}, ${value}>`,
  branded: ({ name }) => name,
  iterator: (item) => `Iterator<${item}>`,
  stream: (item) => `AsyncIterator<${item}>`,
  global: (name) => name,
});

/**
 * Prints a function on one line, for messages: `centroid(points: Point[]): Point`. Of the types that an argument can
 * have it prints only the one that a result would have.
 */
export function signatureText(signature: ExportedSignature): string {
  const { parameters, result, bigint, isAsync } = signature;
  const name = fullName(signature);
  const required = requiredParameters(signature);
  const list = parameters.flatMap(({ name: parameter, shape }, index) =>
    index === 0 && hasReceiver(signature)
      ? []
      : `${parameter}${index < required ? '' : '?'}: ${PLAIN.output(shape, 'number')}`,
  );
  const value = PLAIN.result(result, bigint ? 'bigint' : 'number');
  if (signature.isConstant || signature.member?.role === 'getter') return `${name}: ${value}`;
  if (signature.member?.role === 'setter')
    return `${name} = ${PLAIN.output((parameters[1] as ExportedParameter).shape, 'number')}`;
  return `${name}(${list.join(', ')}): ${isAsync ? `Promise<${value}>` : value}`;
}
