/** A library's exported functions as a TypeScript declaration file. */

import { holders, reachable } from '../../levels/export/graph';
import { declaration, type DeclarationPrinter, TypePrinter } from '../../levels/export/print';
import { type Definition, type FieldShape, mayBeMissing, type Shape } from '../../types/shape';
import { type ExportedSignature, requiredParameters, type Table } from '../../types/signature';
import type { WideType } from '../../types/typescript';
import { isValueName, propertyKey, quote, Scope } from './identifiers';

/** The longest line, unless a single name or type is longer. */
const WIDTH = 120;

/** The type parameter for 64-bit integers in a type that is used with numbers and with bigints. */
const PARAMETER = 'Int';

/** The type of the values that can be passed for a map. */
const MAP = 'MapLike';

/**
 * The text of a `.d.ts`, of which `typeof import('./geo')` is the type of the library's functions.
 *
 * A named type `Point` is the type of the values that Rust gives. If Rust takes more, since a list can be a typed array
 * and null can be left out, there is a second type, `PointInput`. If functions that return bigints give a type which
 * holds 64-bit integers, its integers are a type parameter: `Point<bigint>`.
 *
 * @param source - the file name of the library, for the first line
 */
export function declarationText(table: Table, source: string): string {
  return new Declarations(table).text(source);
}

/**
 * The side of a call that a type is written for: values that come out, with their 64-bit integers, or that are taken.
 */
type Direction = { readonly kind: 'output'; readonly wide: WideType } | { readonly kind: 'input' };

const INPUT: Direction = { kind: 'input' };

class Declarations {
  readonly #table: Table;
  readonly #types: TypePrinter;
  readonly #outputs = new Map<Definition, string>();
  /** The types that take more than they give. */
  readonly #inputs = new Map<Definition, string>();
  /** The types with a type parameter. */
  readonly #generic: Set<Definition>;
  readonly #parameter: string;
  readonly #map: string;
  #usesMap = false;
  /** The names of all types. */
  readonly #own: ReadonlySet<string>;

  constructor(table: Table) {
    const { definitions, functions } = table;
    this.#table = table;
    const scope = new Scope();
    for (const definition of definitions) this.#outputs.set(definition, scope.type(definition.name));
    const wider = holders(definitions, takesMore);
    for (const definition of definitions) {
      if (!wider.has(definition)) continue;
      this.#inputs.set(definition, scope.type(`${this.#output(definition)}Input`));
    }
    this.#parameter = scope.type(PARAMETER);
    this.#map = scope.type(MAP);

    const bigints = reachable(functions.filter(({ bigint }) => bigint).map(({ result }) => result));
    this.#generic = holders(definitions, isWide);
    for (const definition of this.#generic) if (!bigints.has(definition)) this.#generic.delete(definition);

    this.#own = new Set([...this.#outputs.values(), ...this.#inputs.values(), this.#parameter, this.#map]);
    this.#types = new TypePrinter({
      output: (definition, wide) =>
        wide === 'number' || !this.#generic.has(definition)
          ? this.#output(definition)
          : `${this.#output(definition)}<${wide}>`,
      input: (definition) => this.#inputs.get(definition) ?? this.#output(definition),
      map: (value) => {
        this.#usesMap = true;
        return `${this.#map}<${value}>`;
      },
      global: (name) => this.#global(name),
    });
  }

  text(source: string): string {
    const parts = [
      `// The exported functions of ${visible(source)}. Written by \`rustdll types\`: edits are lost when it runs again.\n/* eslint-disable */\n`,
      ...this.#functions(),
      ...this.#table.definitions.flatMap((definition) => this.#definition(definition)),
    ];
    if (this.#usesMap) parts.push(this.#mapType());
    // Without any export it would be no module.
    return (parts.length > 1 ? parts : [...parts, 'export {};\n']).join('\n');
  }

  #mapType(): string {
    const object = `${this.#global('Readonly')}<${this.#global('Record')}<string, T>>`;
    const doc = comment('What can be passed for a map: an object, or a `Map`.');
    return `${doc}export type ${this.#map}<T> = ${object} | ${this.#global('ReadonlyMap')}<string, T>;\n`;
  }

  #output(definition: Definition): string {
    return this.#outputs.get(definition) as string;
  }

  /** A type of JavaScript's own, which a type of the library may be called like. */
  #global(name: string): string {
    return this.#own.has(name) ? `globalThis.${name}` : name;
  }

  #functions(): string[] {
    const { functions } = this.#table;
    const free = functions.map(({ name }) => name).filter(isValueName);
    const scope = new Scope([...this.#own, ...free]);
    const renamed: string[] = [];
    const declared = functions.map((signature) => {
      const { name } = signature;
      if (isValueName(name)) return this.#function(signature, `export declare function ${name}`);
      const local = scope.value(name);
      renamed.push(`${local} as ${propertyKey(name)}`);
      return this.#function(signature, `declare function ${local}`);
    });
    return renamed.length === 0 ? declared : [...declared, `export { ${renamed.join(', ')} };\n`];
  }

  #function(signature: ExportedSignature, head: string): string {
    const required = requiredParameters(signature);
    const scope = new Scope();
    const parameters = signature.parameters.map(
      ({ name, shape }, index) => `${scope.value(name)}${index < required ? '' : '?'}: ${this.#types.input(shape)}`,
    );
    const result = this.#types.result(signature.result, signature.bigint ? 'bigint' : 'number');
    const line = `${head}(${parameters.join(', ')}): ${result};\n`;
    const doc = signature.throws
      ? `${signature.doc.trimEnd()}\n\n@throws RustError, with what Rust returns as the \`Err\`.`
      : signature.doc;
    const text =
      line.length <= WIDTH + 1 ? line : `${head}(\n${parameters.map((text) => `  ${text},\n`).join('')}): ${result};\n`;
    return comment(doc) + text;
  }

  #definition(definition: Definition): string[] {
    const { doc } = definition;
    const output = this.#output(definition);
    const input = this.#inputs.get(definition);
    const isGeneric = this.#generic.has(definition);
    const head = isGeneric ? `${output}<${this.#parameter} extends number | bigint = number>` : output;
    const direction: Direction = { kind: 'output', wide: isGeneric ? this.#parameter : 'number' };
    const texts = [comment(doc) + declaration(definition, head, this.#printer(direction))];
    if (input !== undefined) {
      const note = `What can be passed as {@link ${output}}.`;
      texts.push(
        comment(doc === '' ? note : `${doc.trimEnd()}\n\n${note}`) +
          declaration(definition, input, this.#printer(INPUT)),
      );
    }
    return texts;
  }

  #printer(direction: Direction): DeclarationPrinter {
    const type = (shape: Shape): string =>
      direction.kind === 'input' ? this.#types.input(shape) : this.#types.output(shape, direction.wide);
    const field = ({ name, shape }: FieldShape): string => {
      const isOptional = direction.kind === 'input' && mayBeMissing(shape);
      return `${propertyKey(name)}${isOptional ? '?' : ''}: ${type(shape)}`;
    };
    return {
      width: WIDTH,
      global: (name) => this.#global(name),
      field,
      fields: (fields, indent) =>
        fields.map((each) => `${comment(each.doc, indent)}${indent}${field(each)};\n`).join(''),
      comment,
      key: propertyKey,
      quote,
    };
  }
}

/** Spells types so that a difference of the texts is one of the types themselves, whatever named types are made of. */
const PLAIN = new TypePrinter({
  output: ({ name }) => name,
  input: ({ name }) => name,
  map: (value) => `${MAP}<${value}>`,
  global: (name) => name,
});

/** True if other values can be passed for a shape than come out of it. */
function takesMore(shape: Shape): boolean {
  return PLAIN.input(shape) !== PLAIN.output(shape, 'number');
}

/** True if 64-bit integers come out of a shape. */
function isWide(shape: Shape): boolean {
  return PLAIN.output(shape, 'number') !== PLAIN.output(shape, 'bigint');
}

/** A doc comment, which ends with the line; nothing if there is nothing to say. */
function comment(doc: string, indent = ''): string {
  const lines = doc
    .replaceAll('*/', '*\\/')
    .split(/\r\n|[\r\n\u2028\u2029]/)
    .map((line) => line.trimEnd());
  while (lines.at(-1) === '') lines.pop();
  while (lines[0] === '') lines.shift();
  const [only = '', ...others] = lines;
  if (only === '') return '';
  if (others.length === 0) return `${indent}/** ${only.trim()} */\n`;
  return `${indent}/**\n${lines.map((line) => `${indent} *${line === '' ? '' : ` ${line}`}\n`).join('')}${indent} */\n`;
}

/** A file name on one line. */
function visible(text: string): string {
  return JSON.stringify(text).slice(1, -1);
}
