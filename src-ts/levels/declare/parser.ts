/** Parses the items given to `declare`, in Rust's syntax: functions, and the structures and statics of C libraries. */

import { typeError } from '../../errors/errors';
import {
  type Attributes,
  type Field,
  formatAttributes,
  formatCType,
  formatDeclaredType,
  layFields,
  type PointerType,
  type StructType,
} from '../../types/c';
import type { ScalarName } from '../../types/scalar';
import type { Declarations, Parameter, Signature, StaticSignature } from '../../types/signature';
import { functionOfC } from './c-syntax';
import { KEYWORDS, withoutRaw } from './cursor';
import { quoteSource } from './lexer';
import { refuseAttributes } from './attributes';
import { TypeParser } from './type-parser';

/** The tokens that can start an item. If an item lacks its `;`, they end it. */
const ITEM_START: ReadonlySet<string> = new Set([
  'fn',
  'pub',
  'const',
  'unsafe',
  'extern',
  '#',
  'struct',
  'static',
  'type',
  '}',
]);

function formatName(name: string): string {
  return KEYWORDS.has(name) ? `r#${name}` : name;
}

function formatSignature(
  name: string,
  parameters: readonly Parameter[],
  result: ScalarName | PointerType | StructType | null,
  free: string | undefined,
): string {
  const list = parameters
    .map(
      (parameter) =>
        `${formatAttributes(parameter)}${formatName(parameter.name)}: ${formatDeclaredType(parameter.type)}`,
    )
    .join(', ');
  const arrow = result === null ? '' : ` -> ${typeof result === 'string' ? result : formatCType(result)}`;
  return `${formatAttributes(free === undefined ? {} : { free })}fn ${formatName(name)}(${list})${arrow}`;
}

/** What the attributes of an item say of it. */
interface ItemAttributes {
  readonly free?: string;
  /** True for `#[repr(C)]`. */
  readonly isC: boolean;
}

/** The reason why variadic functions are refused. */
const VARIADIC =
  'a variadic function cannot be called: where such an argument goes depends on the platform, and which types it takes on the call';

/** The reasons why other items are refused, by their first words. */
const UNDECLARABLE: ReadonlyMap<string, string> = new Map([
  ['async', 'an async function cannot be called'],
  [
    'union',
    'which of its fields a union holds is not in the text; leave it out, so that pointers to it are handles, or declare `*mut c_void`',
  ],
  [
    'enum',
    'declare an enum as the integer that it is in C, such as `c_int`, and leave out one that is only used behind pointers',
  ],
]);

/** Returns what to write instead of an item that is none, which is `text` and what follows. */
function hintForItem(text: string): string {
  const ofC = functionOfC(text);
  return ofC === null
    ? 'functions, `#[repr(C)]` structures, `extern` blocks and names of types can be declared'
    : `in Rust's syntax it is \`${ofC}\``;
}

class Parser extends TypeParser {
  private readonly signatures: Signature[] = [];
  private readonly statics: StaticSignature[] = [];
  private readonly names = new Set<string>();
  /** The names of other types that have been parsed. */
  private readonly named = new Set<string>();
  /** The fields of the structures that have been parsed, and where these are. */
  private readonly fields = new Map<
    StructType,
    { readonly fields: readonly Omit<Field, 'offset'>[]; readonly start: number }
  >();

  parse(): Declarations {
    while (this.accept(';'));
    while (this.token.kind !== 'end') {
      this.item(false);
      while (this.accept(';'));
    }
    this.layOut();
    const { signatures, statics } = this;
    if (signatures.length + statics.length === 0) {
      this.unexpected('a declaration such as `fn mean(v: &PyVec<f64>) -> f64`');
    }
    return { functions: signatures, statics };
  }

  /**
   * Parses one item with its attributes, its qualifiers, and its end: `;`, a body, or the start of the next item.
   *
   * @param isInBlock - True for an item of `extern "C" { ... }`.
   */
  private item(isInBlock: boolean): void {
    const attributes = this.attributes();
    this.qualifiers();
    if (!isInBlock && this.accept('{')) {
      this.block();
    } else if (!isInBlock && this.accept('struct')) {
      this.structure(attributes);
    } else if (this.accept('type')) {
      this.alias(isInBlock);
    } else {
      if (isInBlock) this.accept('safe');
      if (isInBlock && this.accept('static')) this.statics.push(this.static());
      else this.signatures.push(this.signature(attributes));
    }
  }

  /** Parses the name of another type behind the word `type`. What it stands for is parsed where the name is used. */
  private alias(isInBlock: boolean): void {
    const { start } = this.token;
    const name = this.declaredName('a name of a type');
    const alias = this.aliases.get(name);
    // In an `extern` block it is a type without a definition, which is what a name without a declaration is.
    if (isInBlock && this.accept(';')) return;
    if (alias === undefined) this.unexpected(`\`=\` and a type after the name ${quoteSource(name)}`);
    if (this.named.has(name) || this.structures.has(name)) {
      this.lexer.fail(start, `expected each name of a type once, found ${quoteSource(name)} again`);
    }
    this.named.add(name);
    while (this.token.kind !== 'end' && this.token.start < alias.end) this.advance();
    this.expect(';', 'after the type');
  }

  /** Parses the items of `extern "C" { ... }`. */
  private block(): void {
    while (!this.accept('}')) {
      if (this.token.kind === 'end') this.unexpected('`}` to end the `extern` block');
      this.item(true);
      while (this.accept(';'));
    }
  }

  /** Parses a static behind the word `static`. */
  private static(): StaticSignature {
    const mutable = this.accept('mut');
    const { start } = this.token;
    const name = this.declaredName('the name of a static');
    if (this.names.has(name)) this.lexer.fail(start, `expected each name once, found ${quoteSource(name)} again`);
    this.names.add(name);
    this.expect(':', `and a type after the name ${quoteSource(name)}`);
    const type = this.fieldType();
    this.expect(';', 'after the static');
    return { name, type, mutable };
  }

  private signature({ free }: ItemAttributes): Signature {
    if (!this.accept('fn')) {
      this.unexpected('`fn`', UNDECLARABLE.get(this.token.text) ?? hintForItem(this.ahead(this.token.start)));
    }
    const { start } = this.token;
    const name = this.declaredName('a function name');
    if (this.names.has(name)) this.lexer.fail(start, `expected each function once, found ${quoteSource(name)} again`);
    this.names.add(name);
    this.lifetimes();
    const parameters = this.parameters();
    const result = this.accept('->') ? this.result() : null;
    this.itemEnd();
    const signature: Signature = {
      name,
      parameters,
      result,
      ...(free !== undefined && { free }),
      text: formatSignature(name, parameters, result, free),
    };
    refuseAttributes(signature, (problem) => this.lexer.fail(start, problem));
    return signature;
  }

  private attributes(): ItemAttributes {
    let free: string | undefined;
    let isC = false;
    while (this.is('#')) {
      const { start } = this.advance();
      this.expect('[', 'to open the attribute');
      if (this.accept('free')) free = this.quoted('free', 'name');
      isC ||= /^repr\s*\(\s*C\s*[,)]/.test(this.lexer.source.slice(this.token.start, this.token.start + 40));
      this.skipTo('[', ']', start, 'attribute');
    }
    return free === undefined ? { isC } : { free, isC };
  }

  private qualifiers(): void {
    if (this.accept('pub') && this.is('(')) {
      const { start } = this.advance();
      this.skipTo('(', ')', start, 'visibility');
    }
    this.accept('const');
    this.accept('unsafe');
    this.abi();
  }

  /** Parses a structure behind the word `struct`. */
  private structure({ isC }: ItemAttributes): void {
    const { start } = this.token;
    const name = this.declaredName('the name of a structure');
    const structure = this.structures.get(name) as StructType;
    if (this.fields.has(structure))
      this.lexer.fail(start, `expected each structure once, found ${quoteSource(name)} again`);
    if (!isC) {
      this.lexer.fail(
        start,
        `expected \`#[repr(C)]\` before the structure ${quoteSource(name)}, as its layout is unknown without`,
      );
    }
    if (!this.is('{')) this.unexpected('`{` and the fields of the structure');
    this.advance();
    const fields: Omit<Field, 'offset'>[] = [];
    while (!this.accept('}')) {
      fields.push(this.field(fields));
      if (!this.accept(',') && !this.is('}')) this.unexpected('`,` or `}` after a field');
    }
    this.fields.set(structure, { fields, start });
    this.accept(';');
  }

  /** Lays out the structures, when all are known. */
  private layOut(): void {
    for (const structure of this.fields.keys()) this.layOutOne(structure, []);
    for (const { structure, start } of this.uses) {
      if (structure.align === 0) {
        this.lexer.fail(start, `expected a structure that the text declares, found ${quoteSource(structure.name)}`);
      }
    }
  }

  private layOutOne(structure: StructType, outer: readonly StructType[]): void {
    const known = this.fields.get(structure);
    if (known === undefined || structure.align > 0) return;
    const { fields, start } = known;
    if (outer.includes(structure)) {
      this.lexer.fail(start, `expected a structure of finite size, found ${quoteSource(structure.name)} inside itself`);
    }
    for (const { type } of fields) {
      let inner = type;
      while (inner.kind === 'array') inner = inner.element;
      if (inner.kind === 'struct') this.layOutOne(inner, [...outer, structure]);
    }
    const layout = layFields(fields);
    if (layout.size === 0) {
      this.lexer.fail(
        start,
        'expected a structure with fields; a type that is only used behind pointers is not declared',
      );
    }
    Object.assign(structure, layout);
  }

  private field(others: readonly Omit<Field, 'offset'>[]): Omit<Field, 'offset'> {
    this.attributes();
    if (this.accept('pub') && this.is('(')) {
      const { start } = this.advance();
      this.skipTo('(', ')', start, 'visibility');
    }
    const { start } = this.token;
    const name = this.declaredName('the name of a field');
    if (others.some((field) => field.name === name)) {
      this.lexer.fail(start, `expected each field once, found ${quoteSource(name)} again`);
    }
    this.expect(':', `and a type after the field name ${quoteSource(name)}`);
    return { name, type: this.fieldType() };
  }

  /** Skips lifetime parameters: `<'a, 'b: 'a>`. They do not affect a call. */
  private lifetimes(): void {
    if (!this.accept('<')) return;
    while (!this.accept('>')) {
      if (!this.isLifetime()) {
        this.unexpected('a lifetime or `>`', 'an exported function has no type or const parameters');
      }
      this.advance();
      if (this.accept(':')) {
        while (this.isLifetime()) {
          this.advance();
          if (!this.accept('+')) break;
        }
      }
      if (!this.accept(',') && !this.is('>')) this.unexpected('`,` or `>` after a lifetime');
    }
  }

  private parameters(): Parameter[] {
    this.expect('(', 'to open the parameters');
    const parameters: Parameter[] = [];
    const names = new Set<string>();
    while (!this.accept(')')) {
      parameters.push(this.parameter(names));
      if (!this.accept(',') && !this.is(')')) this.unexpected('`,` or `)` after a parameter');
    }
    return parameters;
  }

  private parameter(names: Set<string>): Parameter {
    const attributes: Attributes = this.parameterAttributes();
    this.accept('mut');
    const { start } = this.token;
    if (this.is('self')) this.unexpected('a parameter name', 'a method cannot be called, only a function');
    if (this.is('.')) this.unexpected('a parameter name', VARIADIC);
    if (this.token.kind !== 'name') this.unexpected('a parameter name or `)`', 'a parameter is written `name: Type`');
    if (KEYWORDS.has(this.token.text)) this.unexpected('a parameter name', `a keyword is written r#${this.token.text}`);
    const name = withoutRaw(this.advance().text);
    if (name !== '_' && names.has(name)) {
      this.lexer.fail(start, `expected each parameter name once, found ${quoteSource(name)} again`);
    }
    names.add(name);
    this.expect(':', `and a type after the parameter name ${quoteSource(name)}`);
    return { name, type: this.parameterType(), ...attributes };
  }

  private itemEnd(): void {
    if (this.accept(';') || this.token.kind === 'end' || ITEM_START.has(this.token.text)) return;
    if (this.is('{')) {
      const { start } = this.advance();
      this.skipTo('{', '}', start, 'body');
      return;
    }
    if (this.is('where')) this.unexpected('`;` after the signature', 'an exported function has no where clause');
    this.unexpected('`;`, a body or the next `fn` after the signature');
  }
}

/**
 * Parses declarations: one or more items in Rust's syntax, `fn` with or without bodies, structures with `#[repr(C)]`, and
 * `extern` blocks with functions and statics.
 *
 * Attributes, comments, `pub`, `const`, `unsafe`, `extern "C"`, lifetimes and bodies are skipped; of a path only the
 * last segment counts. Parameters are scalars, `&PyStr`, `&PyVec<T>`, their `&mut` forms, and `Option`s of those
 * references; elements of a `PyVec` may also be `PyStr` and `PyVec<T>` by value; results are scalars or `()`. It takes
 * time linear in the length of the text.
 *
 * @throws TypeError `ERR_RUSTDLL_TYPE` if `source` is not a string.
 * @throws SyntaxError `ERR_RUSTDLL_DECLARATION`, a {@link DeclarationError} with `line` and `column`, if the text is
 * something else, has no function, or has two of the same name.
 */
export function parseItems(source: string): Declarations {
  // JavaScript callers can pass any value, whatever the annotation says.
  const given: unknown = source;
  if (typeof given !== 'string') {
    const kind = given === null ? 'null' : typeof given;
    throw typeError('ERR_RUSTDLL_TYPE', `declare: expected the declarations as a string, found ${kind}`);
  }
  return new Parser(source).parse();
}

/** Parses declarations of functions, as {@link parseItems} does, and returns these alone. */
export function parseDeclarations(source: string): readonly Signature[] {
  return parseItems(source).functions;
}
