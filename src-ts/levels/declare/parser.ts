/** Parses the `fn` items given to `declare`, in Rust's syntax, to {@link Signature}s. */

import { typeError } from '../../errors/errors';
import { formatType, type Held, type RustType } from '../../types/lent';
import { MAX_TYPE_DEPTH } from '../../types/limits';
import { type ScalarName, SCALARS } from '../../types/scalar';
import type { Parameter, Signature } from '../../types/signature';
import { hintFor, SUPPORTED_ELEMENTS, SUPPORTED_PARAMETERS } from './hints';
import { Lexer, quoteSource, type Token } from './lexer';

/** Keywords, which are names only if written raw (`r#type`). */
const KEYWORDS: ReadonlySet<string> = new Set(
  (
    'as break const continue crate else enum extern false fn for if impl in let loop match mod move mut pub ref ' +
    'return self Self static struct super trait true type unsafe use where while'
  ).split(' '),
);

/** The tokens that can start an item. If an item lacks its `;`, they end it. */
const ITEM_START: ReadonlySet<string> = new Set(['fn', 'pub', 'const', 'unsafe', 'extern', '#']);

/** The position of a type, which decides which types are allowed. */
type Position = 'parameter' | 'element' | 'option';

function isScalarName(name: string): name is ScalarName {
  return Object.hasOwn(SCALARS, name);
}

function withoutRaw(name: string): string {
  return name.startsWith('r#') ? name.slice(2) : name;
}

function formatName(name: string): string {
  return KEYWORDS.has(name) ? `r#${name}` : name;
}

function formatSignature(name: string, parameters: readonly Parameter[], result: ScalarName | null): string {
  const list = parameters.map((parameter) => `${formatName(parameter.name)}: ${formatType(parameter.type)}`).join(', ');
  return `fn ${formatName(name)}(${list})${result === null ? '' : ` -> ${result}`}`;
}

class Parser {
  private readonly lexer: Lexer;
  private token: Token;

  constructor(source: string) {
    this.lexer = new Lexer(source);
    this.token = this.lexer.next();
  }

  parse(): Signature[] {
    const signatures: Signature[] = [];
    const names = new Set<string>();
    while (this.accept(';'));
    while (this.token.kind !== 'end') {
      signatures.push(this.item(names));
      while (this.accept(';'));
    }
    if (signatures.length === 0) this.unexpected('a declaration such as `fn mean(v: &PyVec<f64>) -> f64`');
    return signatures;
  }

  private advance(): Token {
    const token = this.token;
    this.token = this.lexer.next();
    return token;
  }

  /**
   * True if the token is this keyword or punctuation. The text of a string or character has its quotes, so it never is.
   */
  private is(text: string): boolean {
    return this.token.text === text && this.token.kind !== 'end';
  }

  private isLifetime(): boolean {
    return this.token.kind === 'lifetime';
  }

  private accept(text: string): boolean {
    if (!this.is(text)) return false;
    this.advance();
    return true;
  }

  private expect(text: string, where: string): void {
    if (!this.accept(text)) this.unexpected(`\`${text}\` ${where}`);
  }

  private found(): string {
    return this.token.kind === 'end' ? 'the end of the text' : quoteSource(this.token.text);
  }

  private unexpected(expected: string, hint = ''): never {
    return this.lexer.fail(this.token.start, `expected ${expected}, found ${this.found()}${hint && `; ${hint}`}`);
  }

  /** Parses one item with its attributes, its qualifiers, and its end: `;`, a body, or the start of the next item. */
  private item(names: Set<string>): Signature {
    this.attributes();
    this.qualifiers();
    if (!this.accept('fn')) {
      this.unexpected(
        '`fn`',
        this.is('async') ? 'an async function cannot be called' : 'only functions can be declared',
      );
    }
    const { start } = this.token;
    const name = this.functionName();
    if (names.has(name)) this.lexer.fail(start, `expected each function once, found ${quoteSource(name)} again`);
    names.add(name);
    this.lifetimes();
    const parameters = this.parameters();
    const result = this.accept('->') ? this.result() : null;
    this.itemEnd();
    return { name, parameters, result, text: formatSignature(name, parameters, result) };
  }

  private attributes(): void {
    while (this.is('#')) {
      const { start } = this.advance();
      this.expect('[', 'to open the attribute');
      this.skipTo('[', ']', start, 'attribute');
    }
  }

  private qualifiers(): void {
    if (this.accept('pub') && this.is('(')) {
      const { start } = this.advance();
      this.skipTo('(', ')', start, 'visibility');
    }
    this.accept('const');
    this.accept('unsafe');
    if (!this.accept('extern') || this.token.kind !== 'string') return;
    if (!this.is('"C"')) this.unexpected('`"C"`', 'only functions of the C calling convention can be called');
    this.advance();
  }

  /** Skips past the bracket that closes the one before the current token; an error points at `start`. */
  private skipTo(open: string, close: string, start: number, what: string): void {
    for (let depth = 1; depth > 0; this.advance()) {
      if (this.token.kind === 'end') {
        this.lexer.fail(start, `expected \`${close}\` to end this ${what}, found the end of the text`);
      }
      if (this.is(open)) depth += 1;
      else if (this.is(close)) depth -= 1;
    }
  }

  private functionName(): string {
    if (this.token.kind !== 'name' || this.is('_')) this.unexpected('a function name');
    if (KEYWORDS.has(this.token.text)) this.unexpected('a function name', `a keyword is written r#${this.token.text}`);
    return withoutRaw(this.advance().text);
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
    this.accept('mut');
    const { start } = this.token;
    if (this.is('self')) this.unexpected('a parameter name', 'a method cannot be called, only a function');
    if (this.is('.')) this.unexpected('a parameter name', 'a variadic function cannot be called');
    if (this.token.kind !== 'name') this.unexpected('a parameter name or `)`', 'a parameter is written `name: Type`');
    if (KEYWORDS.has(this.token.text)) this.unexpected('a parameter name', `a keyword is written r#${this.token.text}`);
    const name = withoutRaw(this.advance().text);
    if (name !== '_' && names.has(name)) {
      this.lexer.fail(start, `expected each parameter name once, found ${quoteSource(name)} again`);
    }
    names.add(name);
    this.expect(':', `and a type after the parameter name ${quoteSource(name)}`);
    return { name, type: this.type('parameter', 0) };
  }

  /** Parses the type of a parameter, of an element of a `PyVec`, or inside an `Option`. */
  private type(position: Position, depth: number): RustType {
    const { start } = this.token;
    if (this.accept('&')) return this.referenced(start, depth);
    const name = this.path(start);
    if (isScalarName(name)) {
      if (position === 'option')
        this.unsupported(start, 'a reference inside `Option`', 'only a reference can be `None`');
      return { kind: 'scalar', name };
    }
    if (name === 'Option') return this.option(start, position, depth);
    if (name !== 'PyVec' && name !== 'PyStr') {
      return this.unsupported(start, position === 'element' ? SUPPORTED_ELEMENTS : SUPPORTED_PARAMETERS);
    }
    if (position !== 'element') {
      const owned = this.lexer.source.slice(start, this.typeEnd(start));
      this.unsupported(start, 'a reference', `pass it by reference: ${quoteSource(`&${owned}`)}`);
    }
    return this.pyType(name, 'value', depth);
  }

  private referenced(start: number, depth: number): RustType {
    if (this.isLifetime()) this.advance();
    const held = this.accept('mut') ? 'mut' : 'ref';
    const name = this.path(start);
    if (name === 'PyVec' || name === 'PyStr') return this.pyType(name, held, depth);
    return this.unsupported(start, '`PyVec` or `PyStr` behind a reference');
  }

  private option(start: number, position: Position, depth: number): RustType {
    if (position === 'option') this.unsupported(start, 'a reference inside `Option`');
    this.expect('<', 'after `Option`');
    const type = this.type('option', depth);
    this.accept(',');
    this.expect('>', 'to close `Option<`');
    return type.kind === 'scalar' ? type : { ...type, nullable: true };
  }

  /** Parses the rest of a type after the name `PyVec` or `PyStr`. */
  private pyType(name: 'PyVec' | 'PyStr', held: Held, depth: number): RustType {
    if (name === 'PyStr') return { kind: 'str', held, nullable: false };
    if (depth === MAX_TYPE_DEPTH) this.unexpected(`at most ${MAX_TYPE_DEPTH} \`PyVec\` inside one another`);
    this.expect('<', 'and an element type after `PyVec`');
    const element = this.type('element', depth + 1);
    this.accept(',');
    this.expect('>', 'to close `PyVec<`');
    return { kind: 'vec', held, nullable: false, element };
  }

  /** Parses a path such as `rustdll::PyVec`, and returns its last segment; an empty text if there is no path here. */
  private path(start: number): string {
    if (!this.accept('::') && this.token.kind !== 'name') return '';
    let name = this.name(start);
    while (this.accept('::')) name = this.name(start);
    return name;
  }

  private name(start: number): string {
    if (this.token.kind !== 'name') this.unsupported(start, 'a type');
    return this.advance().text;
  }

  /** Parses the type of a result: `()` or a scalar. */
  private result(): ScalarName | null {
    const { start } = this.token;
    if (this.accept('(')) {
      if (this.accept(')')) return null;
    } else {
      const name = this.path(start);
      if (isScalarName(name)) return name;
    }
    return this.unsupported(
      start,
      'a scalar result or `()`',
      'a declared function returns a scalar or nothing; what else it has to give, it can write to a `&mut PyVec<T>` parameter',
    );
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

  /**
   * Throws the error for an unsupported type at `start`. Unless a hint is given, it is the supported spelling of the
   * type.
   */
  private unsupported(start: number, expected: string, hint?: string): never {
    const end = this.typeEnd(start);
    if (end === start) return this.lexer.fail(start, `expected ${expected}, found ${this.found()}`);
    const type = this.lexer.source.slice(start, end);
    const advice = hint ?? hintFor(type);
    return this.lexer.fail(start, `expected ${expected}, found ${quoteSource(type)}${advice && `; ${advice}`}`);
  }

  /** Estimates the end of the type that starts at `start`, for quoting it, by counting brackets. */
  private typeEnd(start: number): number {
    const { source } = this.lexer;
    const limit = Math.min(source.length, start + 200);
    let depth = 0;
    let at = start;
    for (; at < limit; at += 1) {
      const unit = source.charAt(at);
      if (source.startsWith('->', at)) at += 1;
      else if ('<([{'.includes(unit) && (unit !== '{' || depth > 0)) depth += 1;
      else if ('>)]}'.includes(unit) && depth > 0) depth -= 1;
      else if (depth === 0 && '>)]},;{=\r\n'.includes(unit)) break;
    }
    return start + source.slice(start, at).trimEnd().length;
  }
}

/**
 * Parses declarations: one or more `fn` items in Rust's syntax, with or without bodies.
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
export function parseDeclarations(source: string): Signature[] {
  // JavaScript callers can pass any value, whatever the annotation says.
  const given: unknown = source;
  if (typeof given !== 'string') {
    const kind = given === null ? 'null' : typeof given;
    throw typeError('ERR_RUSTDLL_TYPE', `declare: expected the declarations as a string, found ${kind}`);
  }
  return new Parser(source).parse();
}
