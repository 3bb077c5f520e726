/** Moves through the tokens of a declaration, and makes the errors for what is not expected there. */

import { hintFor } from './hints';
import { Lexer, quoteSource, type Token } from './lexer';

/** Keywords, which are names only if written raw (`r#type`). */
export const KEYWORDS: ReadonlySet<string> = new Set(
  (
    'as break const continue crate else enum extern false fn for if impl in let loop match mod move mut pub ref ' +
    'return self Self static struct super trait true type unsafe use where while'
  ).split(' '),
);

export function withoutRaw(name: string): string {
  return name.startsWith('r#') ? name.slice(2) : name;
}

/** The type for which a name stands, in the text between two offsets. */
export interface Alias {
  readonly start: number;
  readonly end: number;
}

/** A name that was replaced: the end of what it stands for, and the token behind the name. */
interface Expansion {
  readonly end: number;
  readonly token: Token;
}

export class Cursor {
  protected readonly lexer: Lexer;
  protected token: Token;
  readonly #expansions: Expansion[] = [];

  constructor(source: string) {
    this.lexer = new Lexer(source);
    this.token = this.lexer.next();
  }

  protected advance(): Token {
    const token = this.token;
    this.token = this.lexer.next();
    for (let top = this.#expansions.at(-1); top !== undefined && this.token.start >= top.end;) {
      this.token = top.token;
      this.lexer.at = top.token.end;
      this.#expansions.pop();
      top = this.#expansions.at(-1);
    }
    return token;
  }

  /** Goes on at what a name stands for, which is the current token, and behind that returns to where it is now. */
  protected expand(alias: Alias): void {
    this.advance();
    this.#expansions.push({ end: alias.end, token: this.token });
    this.lexer.at = alias.start;
    this.token = this.lexer.next();
  }

  /**
   * True if the token is this keyword or punctuation. The text of a string or character has its quotes, so it never is.
   */
  protected is(text: string): boolean {
    return this.token.text === text && this.token.kind !== 'end';
  }

  protected isLifetime(): boolean {
    return this.token.kind === 'lifetime';
  }

  protected accept(text: string): boolean {
    if (!this.is(text)) return false;
    this.advance();
    return true;
  }

  protected expect(text: string, where: string): void {
    if (!this.accept(text)) this.unexpected(`\`${text}\` ${where}`);
  }

  protected found(): string {
    return this.token.kind === 'end' ? 'the end of the text' : quoteSource(this.token.text);
  }

  protected unexpected(expected: string, hint = ''): never {
    return this.lexer.fail(this.token.start, `expected ${expected}, found ${this.found()}${hint && `; ${hint}`}`);
  }

  /** Skips past the bracket that closes the one before the current token; an error points at `start`. */
  protected skipTo(open: string, close: string, start: number, what: string): void {
    for (let depth = 1; depth > 0; this.advance()) {
      if (this.token.kind === 'end') {
        this.lexer.fail(start, `expected \`${close}\` to end this ${what}, found the end of the text`);
      }
      if (this.is(open)) depth += 1;
      else if (this.is(close)) depth -= 1;
    }
  }

  /** Reads the name of an item or a field. */
  protected declaredName(what: string): string {
    if (this.token.kind !== 'name' || this.is('_')) this.unexpected(what);
    if (KEYWORDS.has(this.token.text)) this.unexpected(what, `a keyword is written r#${this.token.text}`);
    return withoutRaw(this.advance().text);
  }

  /** Parses a path such as `rustdll::PyVec`, and returns its last segment; an empty text if there is no path here. */
  protected path(start: number): string {
    if (!this.accept('::') && this.token.kind !== 'name') return '';
    let name = this.segment(start);
    while (this.accept('::')) name = this.segment(start);
    return name;
  }

  private segment(start: number): string {
    if (this.token.kind !== 'name') this.unsupported(start, 'a type');
    return this.advance().text;
  }

  /**
   * Throws the error for an unsupported type at `start`. Unless a hint is given, it is the supported spelling of the
   * type.
   */
  protected unsupported(start: number, expected: string, hint?: string): never {
    const end = this.typeEnd(start);
    if (end === start) return this.lexer.fail(start, `expected ${expected}, found ${this.found()}`);
    const type = this.lexer.source.slice(start, end);
    const advice = hint ?? hintFor(type);
    return this.lexer.fail(start, `expected ${expected}, found ${quoteSource(type)}${advice && `; ${advice}`}`);
  }

  /** Estimates the end of the type that starts at `start`, for quoting it, by counting brackets. */
  protected typeEnd(start: number): number {
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
