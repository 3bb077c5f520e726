/** Writes the exported functions of a library as a TypeScript declaration file. */

import {
  bigintsIn,
  brandedIn,
  exchanged,
  givenBy,
  hasBackground,
  holders,
  isRecursive,
  reachable,
} from '../../levels/export/graph';
import { type ErrorGuard, errorGuards } from '../../levels/export/guards';
import { declaration, type DeclarationPrinter, type References, TypePrinter } from '../../levels/export/print';
import { unitEnums } from '../../levels/export/units';
import {
  type Brand,
  type ClassDefinition,
  type Definition,
  type EnumDefinition,
  type FieldShape,
  isUnion,
  mayBeMissing,
  type ParameterShape,
  type Shape,
  unitOf,
} from '../../types/shape';
import { type ExportedSignature, hasReceiver, requiredParameters, type Table } from '../../types/signature';
import { listType, scalarType, type WideType } from '../../types/typescript';
import { functionComment, itemComment } from './doc-comment';
import { isValueName, propertyKey, quote, Scope } from './identifiers';

/** The length that a line does not exceed, unless a single name or type is longer. */
const WIDTH = 120;

/** The name of the type parameter for 64-bit integers, in types that are used with numbers and with bigints. */
const PARAMETER = 'Int';

/** The types of the package that declarations may import. */
const IMPORTED = [
  'Background',
  'Branded',
  'Bytes',
  'BytesLike',
  'CallOptions',
  'Json',
  'JsonLike',
  'ListLike',
  'MapLike',
  'NdArray',
  'NdArrayLike',
  'RustError',
  'RustIterator',
  'RustObject',
  'RustStream',
  'WithoutBackground',
] as const;

type Imported = (typeof IMPORTED)[number];

/**
 * Returns the text of a `.d.ts`; `typeof import('./geo')` of it is the type of the library's functions.
 *
 * The type of results has the name of the Rust type, `Point`. If arguments may have more values, since a list can be a Set and
 * null can be omitted, they have a second type, `PointInput`; a type that is used only for arguments has only that type, under
 * its plain name. If functions that return bigints return a type with 64-bit integers, its integers are a type parameter:
 * `Point<bigint>`. Types that no function uses are omitted.
 *
 * @param source - The file name of the library, for the first line.
 */
export function declarationText(table: Table, source: string): string {
  return new Declarations(table).text(source);
}

/**
 * The direction for which a type is written, results or arguments, with the type of the 64-bit integers of results, and of those
 * with which functions inside of arguments are called.
 */
interface Direction {
  readonly kind: 'output' | 'input';
  readonly wide: WideType;
}

class Declarations {
  readonly #table: Table;
  readonly #types: TypePrinter;
  /** Prints types without the names for lists and maps, through which the compiler does not let a union refer to itself. */
  readonly #unfolded: TypePrinter;
  /** The names of the types of results, and of the types that are the same in both directions. */
  readonly #outputs = new Map<Definition, string>();
  readonly #classes = new Map<ClassDefinition, string>();
  /** The names of the types of arguments, if those may have more values than results. */
  readonly #inputs = new Map<Definition, string>();
  /** The type of the 64-bit integers with which functions inside of arguments are called, if that is not number. */
  readonly #called = new Map<Definition, WideType>();
  /** The types with a type parameter. */
  readonly #generic: Set<Definition>;
  readonly #parameter: string;
  /** The types with brands, by their modules and names. */
  readonly #branded = new Map<string, { readonly name: string; readonly shape: Shape }>();
  /** The names of all types. */
  readonly #own: ReadonlySet<string>;
  readonly #functionNames: ReadonlySet<string>;
  /** The enums that are values too. */
  readonly #units: readonly EnumDefinition[];
  /** The names under which the package's types are imported, as types of the library may have the same names. */
  readonly #imported: ReadonlyMap<Imported, string>;
  readonly #used = new Set<Imported>();

  constructor(table: Table) {
    const { definitions, classes } = table;
    const functions = [...table.functions, ...table.members];
    this.#table = table;
    this.#functionNames = new Set(table.functions.map(({ name }) => name));
    const scope = new Scope();
    // A class is a value too, whose name is that of the property.
    for (const definition of classes) this.#classes.set(definition, scope.type(definition.name));
    const types = exchanged(functions);
    const given = reachable(types.given);
    const taken = reachable(passed(types.taken));
    const wider = holders(definitions, takesMore, isWider);
    for (const definition of definitions) {
      if (given.has(definition)) this.#outputs.set(definition, scope.type(definition.name));
      else if (taken.has(definition)) this.#inputs.set(definition, scope.type(definition.name));
    }
    for (const definition of definitions) {
      if (!given.has(definition) || !taken.has(definition) || !wider.has(definition)) continue;
      this.#inputs.set(definition, scope.type(`${this.#output(definition)}Input`));
    }
    const exact = exchanged(functions.filter(({ bigint }) => bigint));
    const plain = reachable(passed(exchanged(functions.filter(({ bigint }) => !bigint)).taken));
    for (const definition of reachable(passed(exact.taken))) {
      this.#called.set(definition, plain.has(definition) ? 'number | bigint' : 'bigint');
    }
    for (const shape of brandedIn([...types.taken, ...types.given])) {
      const key = keyOf(shape.brand as Brand);
      if (!this.#branded.has(key)) {
        this.#branded.set(key, { name: scope.type((shape.brand as Brand).name), shape: withoutBrand(shape) });
      }
    }
    this.#parameter = scope.type(PARAMETER);
    const named = scope.type('Name');

    const bigints = reachable([...exact.given, ...bigintsIn(functions.flatMap(givenBy))]);
    this.#generic = holders(definitions, isWide);
    for (const definition of this.#generic) if (!bigints.has(definition)) this.#generic.delete(definition);

    const own = [
      ...this.#classes.values(),
      ...this.#outputs.values(),
      ...this.#inputs.values(),
      ...[...this.#branded.values()].map(({ name }) => name),
      this.#parameter,
    ];
    this.#units = unitEnums(table);
    const values = [...this.#functionNames, ...this.#units.map(({ name }) => name)];
    const locals = new Scope([...own, ...values]);
    this.#imported = new Map(IMPORTED.map((name) => [name, locals.type(name)]));
    this.#own = new Set([...own, ...this.#imported.values()]);
    const references: References = {
      output: (definition, wide) =>
        wide === 'number' || definition.kind === 'class' || !this.#generic.has(definition)
          ? this.#output(definition)
          : `${this.#output(definition)}<${wide}>`,
      input: (definition) =>
        (definition.kind === 'class' ? undefined : this.#inputs.get(definition)) ?? this.#output(definition),
      list: (element) => `${this.#use('ListLike')}<${element}>`,
      map: (value, key) => `${this.#use('MapLike')}<${value}${key === null ? '' : `, ${key}`}>`,
      bytes: () => this.#use('BytesLike'),
      iterator: (item) => `${this.#use('RustIterator')}<${item}>`,
      stream: (item) => `${this.#use('RustStream')}<${item}>`,
      ndArrayInput: (data) => `${this.#use('NdArrayLike')}<${data}>`,
      ndArray: (data, shape) => `${this.#use('NdArray')}<${data}, ${shape}>`,
      jsonInput: () => this.#use('JsonLike'),
      json: (wide) => (wide === 'number' ? this.#use('Json') : `${this.#use('Json')}<${wide}>`),
      view: (name) => (name === 'Uint8Array' ? this.#use('Bytes') : this.#ownView(name)),
      record: (key, value) => `${this.#global('Record')}<${key}, ${value}>`,
      branded: (brand) => this.#branded.get(keyOf(brand))?.name as string,
      global: (name) => this.#global(name),
    };
    this.#types = new TypePrinter(references);
    this.#unfolded = new TypePrinter({
      ...references,
      list: (element) => {
        const iterable = `${this.#global('Iterable')}<${element}>`;
        return `readonly ${listType(element.split(' | '))} | (${iterable} & { readonly buffer?: never; readonly charAt?: never })`;
      },
      map: (value, key) => {
        const names = key === null ? '[name: string]' : `[${named} in \`\${${key}}\`]?`;
        return `{ readonly ${names}: ${value} } | ${this.#global('ReadonlyMap')}<${key ?? 'string'}, ${value}>`;
      },
      record: (key, value) => `{ [${named} in ${key}]: ${value} }`,
    });
  }

  text(source: string): string {
    const head = `// The exported functions of ${visible(source)}. Written by \`rustdll types\`: edits are lost when it runs again.\n/* eslint-disable */\n`;
    const parts = [
      ...this.#functions(),
      ...errorGuards(this.#table).map((guard) => this.#guard(guard)),
      ...this.#unitObjects(),
      ...this.#table.classes.map((definition) => this.#class(definition)),
      ...this.#table.definitions.flatMap((definition) => this.#definition(definition)),
      ...[...this.#branded.values()].map(({ name, shape }) => this.#brand(name, shape)),
    ];
    // A file without an export is no module.
    return [head, ...this.#imports(), ...(parts.length > 0 ? parts : ['export {};\n'])].join('\n');
  }

  /** Returns the import of those of the package's types that have been used. */
  #imports(): string[] {
    if (this.#used.size === 0) return [];
    const names = IMPORTED.filter((name) => this.#used.has(name)).map((name) => {
      const local = this.#imported.get(name) as string;
      return local === name ? name : `${name} as ${local}`;
    });
    const line = `import type { ${names.join(', ')} } from 'rustdll';\n`;
    return [
      line.length <= WIDTH + 1
        ? line
        : `import type {\n${names.map((each) => `  ${each},\n`).join('')}} from 'rustdll';\n`,
    ];
  }

  /** Returns the local name of a type of the package, which is imported then. */
  #use(name: Imported): string {
    this.#used.add(name);
    return this.#imported.get(name) as string;
  }

  /** Returns the type of a typed array with a buffer of its own, in the syntax of all versions of TypeScript; see {@link Bytes}. */
  #ownView(name: string): string {
    const isShadowed = this.#functionNames.has(name) || this.#units.some((definition) => definition.name === name);
    const value = isShadowed ? `globalThis.${name}` : name;
    return `${this.#global('ReturnType')}<typeof ${value}.of>`;
  }

  #output(definition: Definition | ClassDefinition): string {
    const names: ReadonlyMap<Definition | ClassDefinition, string> =
      definition.kind === 'class' ? this.#classes : this.#outputs;
    return names.get(definition) as string;
  }

  /** Returns a reference to a global type, which a type of the library may shadow. */
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
      if (isValueName(name)) return this.#function(signature, 'export declare', name);
      const local = scope.value(name);
      renamed.push(`${local} as ${propertyKey(name)}`);
      return this.#function(signature, 'declare', local);
    });
    return renamed.length === 0 ? declared : [...declared, `export { ${renamed.join(', ')} };\n`];
  }

  #function(signature: ExportedSignature, declare: string, name: string): string {
    const { parameters, result } = this.#signature(signature);
    if (signature.isConstant) return `${itemComment(signature.doc)}${declare} const ${name}: ${result};\n`;
    const [head, tail] =
      hasBackground(signature) || signature.isAsync
        ? [`${declare} function ${name}`, `: ${result}`]
        : [`${declare} const ${name}: ${this.#use('WithoutBackground')}<`, ` => ${result}>`];
    return functionComment(signature, this.#error(signature)) + written('', head, parameters, tail);
  }

  /** Returns the name of the type of a function's errors, if they have data. */
  #error({ error }: ExportedSignature): string | null {
    return error === null ? null : this.#output(error);
  }

  /** Prints the parameters that a caller passes, that of the call's options, and the type of the result. */
  #signature(signature: ExportedSignature): { parameters: string[]; options: () => string; result: string } {
    const required = requiredParameters(signature);
    const wide = signature.bigint ? 'bigint' : 'number';
    const scope = new Scope();
    const parameters = signature.parameters.flatMap(({ name, shape }, index) =>
      index === 0 && hasReceiver(signature)
        ? []
        : `${scope.value(name)}${index < required ? '' : '?'}: ${this.#types.input(shape, wide)}`,
    );
    const value = this.#types.result(signature.result, wide);
    // A parameter of the function may have this name too.
    const options = (): string => `${scope.value('options')}?: ${this.#use('CallOptions')}`;
    if (!signature.isAsync) return { parameters, options, result: value };
    parameters.push(options());
    return { parameters, options, result: `${this.#global('Promise')}<${value}>` };
  }

  /** Prints the type guard for errors with data of a type. */
  #guard({ name, definition }: ErrorGuard): string {
    const plain = this.#output(definition);
    const data = this.#generic.has(definition) ? `${plain}<number | bigint>` : plain;
    const error = `${this.#use('RustError')}<${data}, ${codesOf(definition, plain)}>`;
    const head = `export declare const ${name}: ${this.#use('WithoutBackground')}<`;
    const type = `(error: unknown) => error is ${error}`;
    const line = `${head}${type}>;\n`;
    return (
      itemComment(`True for an error of this library whose \`data\` is of the type {@link ${plain}}.`) +
      (line.length <= WIDTH + 1 ? line : `${head}\n  ${type}\n>;\n`)
    );
  }

  /** Prints the enums that are values too. */
  #unitObjects(): string[] {
    const scope = new Scope([...this.#own, ...this.#functionNames, ...this.#units.map(({ name }) => name)]);
    return this.#units.map((definition) => {
      const { name, doc, variants } = definition;
      const isName = isValueName(name);
      const local = isName ? name : scope.value(name);
      const members = variants.map((variant) => {
        const key = propertyKey(variant.name);
        return `${itemComment(variant.doc, '', '  ')}  readonly ${key}: ${literal(unitOf(variant))};\n`;
      });
      const text = `${isName ? 'export ' : ''}declare const ${local}: {\n${members.join('')}};\n`;
      return itemComment(doc) + (isName ? text : `${text}export { ${local} as ${propertyKey(name)} };\n`);
    });
  }

  /** Prints a type with a brand, which is the same as an argument and as a result. */
  #brand(name: string, shape: Shape): string {
    const isWide = shape.kind === 'scalar' && scalarType(shape.name, 'bigint') === 'bigint';
    const type = isWide || shape.kind === 'huge' ? 'number | bigint' : this.#types.output(shape, 'number');
    return `export type ${name} = ${this.#use('Branded')}<${type}, ${quote(name)}>;\n`;
  }

  #class(definition: ClassDefinition): string {
    const name = this.#output(definition);
    const members = this.#table.members.filter(({ member }) => member?.definition === definition);
    const isConstructed = members.some(({ member }) => member?.role === 'constructor');
    const own = new Set(members.filter(hasReceiver).map((signature) => signature.name));
    const base = this.#use('RustObject');
    const inherited = own.has('close') ? `${this.#global('Omit')}<${base}, 'close'>` : base;
    const exported = name === definition.name ? 'export ' : '';
    return [
      `${itemComment(definition.doc)}${exported}declare class ${name} {\n`,
      // A private member makes other objects with the same methods no objects of this class.
      '  #private;\n',
      isConstructed ? '' : '  private constructor();\n',
      ...members.map((signature) => this.#member(signature)),
      this.#background(name, members),
      `}\n${exported}interface ${name} extends ${inherited} {}\n`,
      exported === '' ? `export { ${name} as ${propertyKey(definition.name)} };\n` : '',
    ].join('');
  }

  /** Prints the background forms of a class and of its objects. */
  #background(name: string, members: readonly ExportedSignature[]): string {
    const forms = members.filter(hasBackground);
    const named = (role: 'method' | 'static'): string[] =>
      forms
        .filter(({ member, name: own }) => member?.role === role && !own.startsWith('@'))
        .map((each) => quote(each.name));
    const pick = (of: string, names: readonly string[]): string =>
      `${this.#use('Background')}<${this.#global('Pick')}<${of}, ${names.join(' | ')}>>`;
    const parts = named('static').length === 0 ? [] : [pick(`typeof ${name}`, named('static'))];
    const constructing = forms.find(({ member }) => member?.role === 'constructor');
    if (constructing !== undefined) {
      const { parameters, options } = this.#signature(constructing);
      const all = [...parameters, options()].join(', ');
      parts.push(`{ readonly new: (${all}) => ${this.#global('Promise')}<${name}> }`);
    }
    const methods = named('method');
    return [
      parts.length === 0
        ? ''
        : `  /** The same functions and the constructor, on other threads. */\n  static readonly async: ${parts.join(' & ')};\n`,
      methods.length === 0
        ? ''
        : `  /** The same methods, on other threads. */\n  get async(): ${pick(name, methods)};\n`,
    ].join('');
  }

  #member(signature: ExportedSignature): string {
    const { parameters, result } = this.#signature(signature);
    const { name, member } = signature;
    const key = propertyKey(name);
    const comment = functionComment(signature, this.#error(signature), '  ');
    switch (member?.role) {
      case 'constructor':
        return comment + written('  ', 'constructor', parameters, '');
      case 'static':
        return comment + written('  ', `static ${key}`, parameters, `: ${result}`);
      case 'getter':
        return comment + written('  ', `get ${key}`, parameters, `: ${result}`);
      case 'setter':
        return comment + written('  ', `set ${key}`, parameters, '');
      default:
        // The method for debugging has no name in JavaScript.
        return name.startsWith('@') ? '' : comment + written('  ', key, parameters, `: ${result}`);
    }
  }

  #definition(definition: Definition): string[] {
    const { doc } = definition;
    const output = this.#outputs.get(definition);
    const input = this.#inputs.get(definition);
    const texts: string[] = [];
    if (output !== undefined) {
      const isGeneric = this.#generic.has(definition);
      const head = isGeneric ? `${output}<${this.#parameter} extends number | bigint = number>` : output;
      const direction: Direction = { kind: 'output', wide: isGeneric ? this.#parameter : 'number' };
      texts.push(itemComment(doc) + declaration(definition, head, this.#printer(direction, definition)));
    }
    if (input !== undefined) {
      const direction: Direction = { kind: 'input', wide: this.#called.get(definition) ?? 'number' };
      const note = output === undefined ? '' : `What can be passed as {@link ${output}}.`;
      texts.push(itemComment(doc, note) + declaration(definition, input, this.#printer(direction, definition)));
    }
    return texts;
  }

  #printer(direction: Direction, definition: Definition): DeclarationPrinter {
    const isUnfolded = definition.kind === 'enum' && definition.tag === null && isRecursive(definition);
    const types = isUnfolded ? this.#unfolded : this.#types;
    const type = (shape: Shape): string =>
      direction.kind === 'input' ? types.input(shape, direction.wide) : types.output(shape, direction.wide);
    const field = ({ name, shape }: FieldShape): string => {
      const isOptional = direction.kind === 'input' && mayBeMissing(shape);
      return `${propertyKey(name)}${isOptional ? '?' : ''}: ${type(shape)}`;
    };
    return {
      width: WIDTH,
      global: (name) => this.#global(name),
      field,
      type,
      tuple: (elements) => `${direction.kind === 'input' ? 'readonly ' : ''}[${elements.join(', ')}]`,
      others: (open) => (open && direction.kind === 'input' ? '[name: string]: unknown' : ''),
      fields: (fields, indent) =>
        fields.map((each) => `${itemComment(each.doc, '', indent)}${indent}${field(each)};\n`).join(''),
      comment: (doc, indent) => itemComment(doc, '', indent),
      key: propertyKey,
      quote,
    };
  }
}

/** Returns the types of arguments in which there can be named types. */
function passed(types: readonly ParameterShape[]): Shape[] {
  return types.filter((shape) => shape.kind !== 'lent');
}

function keyOf({ name, module }: Brand): string {
  return `${module}::${name}`;
}

function withoutBrand({ brand: _, ...shape }: Shape): Shape {
  return shape;
}

/** Prints a literal. */
function literal(value: string | number): string {
  return typeof value === 'number' ? String(value) : quote(value);
}

/** Prints the type of the codes that errors with data of a type can have. */
function codesOf(definition: Definition, name: string): string {
  if (definition.kind !== 'enum') return quote('ERR_RUSTDLL_RUST');
  if (definition.tag !== null && !isUnion(definition)) return `${name}[${quote(definition.tag)}]`;
  return definition.variants.map((variant) => quote(variant.name)).join(' | ');
}

/** Prints types for comparison: of types with the same name it does not compare the contents. */
const PLAIN = new TypePrinter({
  output: ({ name }) => name,
  input: ({ name }) => name,
  list: (element) => `ListLike<${element}>`,
  map: (value, key) => `MapLike<${value}${key === null ? '' : `, ${key}`}>`,
  bytes: () => 'BytesLike',
  ndArrayInput: (data) => `NdArrayLike<${data}>`,
  ndArray: (data, shape) => `NdArray<${data}, ${shape}>`,
  jsonInput: () => 'JsonLike',
  json: (wide) => (wide === 'number' ? 'Json' : `Json<${wide}>`),
  view: (name) => `${name}<ArrayBuffer>`,
  record: (key, value) => `Record<${key}, ${value}>`,
  branded: keyOf,
  iterator: (item) => `RustIterator<${item}>`,
  stream: (item) => `RustStream<${item}>`,
  global: (name) => name,
});

/** True if arguments of a definition may have fields that results do not have, or be arrays that cannot be changed. */
function isWider(definition: Definition): boolean {
  return definition.kind === 'tuple' || definition.open === true;
}

/** True if arguments of a shape may have other values than results, or depend on the functions that take them. */
function takesMore(shape: Shape): boolean {
  const input = PLAIN.input(shape);
  return input !== PLAIN.output(shape, 'number') || input !== PLAIN.input(shape, 'bigint');
}

/** True if results of a shape contain 64-bit integers. */
function isWide(shape: Shape): boolean {
  return PLAIN.output(shape, 'number') !== PLAIN.output(shape, 'bigint');
}

/** Prints a signature on one line or, if that is too long, with a line for each parameter. */
function written(indent: string, head: string, parameters: readonly string[], tail: string): string {
  const line = `${indent}${head}(${parameters.join(', ')})${tail};\n`;
  if (line.length <= WIDTH + 1) return line;
  return `${indent}${head}(\n${parameters.map((text) => `${indent}  ${text},\n`).join('')}${indent})${tail};\n`;
}

/** Returns a file name without line breaks. */
function visible(text: string): string {
  return JSON.stringify(text).slice(1, -1);
}
