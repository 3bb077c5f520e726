/** Reads the tokens of Rust source that declarations and skipped bodies require, and makes errors with a position. */

import { type ArgumentError, syntaxError } from '../../errors/errors';

/** The kinds of tokens. A raw identifier (`r#type`) is a `name` and keeps its `r#`, so it never equals a keyword. */
export type TokenKind = 'name' | 'lifetime' | 'string' | 'char' | 'number' | 'punctuation' | 'end';

/** A piece of the source: `text` is `source.slice(start, end)`, empty at the end. Offsets count UTF-16 units. */
export interface Token {
  readonly kind: TokenKind;
  readonly text: string;
  readonly start: number;
  readonly end: number;
}

/**
 * The error for an invalid declaration. `line` and `column` count from 1; columns are UTF-16 units, so that
 * `source.split('\n')[line - 1].slice(column - 1)` starts at the fault.
 */
export type DeclarationError = ArgumentError<SyntaxError> & { readonly line: number; readonly column: number };

/** The number of characters that a message shows on either side of the caret if the line is too long to show whole. */
const SHOWN_BEFORE = 60;

const SHOWN_AFTER = 40;

/** The most characters of a token or type that a message quotes. */
const QUOTED = 60;

/** Rust's limit on the `#` of a raw string. It also keeps the search for the closing ones linear. */
const MAX_HASHES = 255;

const NON_ASCII_START = /^\p{XID_Start}$/u;

const NON_ASCII_CONTINUE = /^\p{XID_Continue}$/u;

/** Matches characters that would break a line of a message or be invisible in it. */
// eslint-disable-next-line no-control-regex -- the expression is meant to match control characters
const UNPRINTABLE = /[\0-\x1f\x7f-\x9f\u200e\u200f\u2028\u2029\ufeff]|\p{Surrogate}/gu;

function visible(text: string): string {
  return text.replace(UNPRINTABLE, (unit) => `\\u{${unit.charCodeAt(0).toString(16)}}`);
}

/** Quotes source for a message: shortened, in backticks, and with control characters made visible. */
export function quoteSource(text: string): string {
  return `\`${visible(text.length > QUOTED ? `${text.slice(0, QUOTED)}…` : text)}\``;
}

/** Makes the error for a fault at `offset` of `source`; its message ends with the line and a caret under the place. */
export function declarationError(source: string, offset: number, problem: string): DeclarationError {
  const lineStart = offset === 0 ? 0 : source.lastIndexOf('\n', offset - 1) + 1;
  const newline = source.indexOf('\n', offset);
  const lineEnd = newline < 0 ? source.length : newline;
  let line = 1;
  for (let at = source.indexOf('\n'); at >= 0 && at < lineStart; at = source.indexOf('\n', at + 1)) line += 1;
  const column = offset - lineStart + 1;

  const from = Math.max(lineStart, offset - SHOWN_BEFORE);
  const to = Math.min(lineEnd, offset + SHOWN_AFTER);
  const show = (text: string): string => visible(text.replace(/\r$/, '').replaceAll('\t', ' '));
  const before = (from > lineStart ? '…' : '') + show(source.slice(from, offset));
  const after = show(source.slice(offset, to)) + (to < lineEnd ? '…' : '');
  const gutter = String(line);
  const caret = ' '.repeat([...before].length);
  return Object.assign(
    syntaxError(
      'ERR_RUSTDLL_DECLARATION',
      `Declaration ${line}:${column}: ${problem}\n  ${gutter} | ${before}${after}\n  ${' '.repeat(gutter.length)} | ${caret}^`,
    ),
    { line, column },
  );
}

/** True if Unicode has the code point in Pattern_White_Space, which is Rust's white space. */
function isBlank(code: number): boolean {
  return (
    code === 0x20 ||
    (code >= 0x09 && code <= 0x0d) ||
    code === 0x85 ||
    code === 0x200e ||
    code === 0x200f ||
    code === 0x2028 ||
    code === 0x2029
  );
}

function isDigit(code: number): boolean {
  return code >= 0x30 && code <= 0x39;
}

function isNameStart(code: number): boolean {
  if (code < 0x80) return (code >= 0x61 && code <= 0x7a) || (code >= 0x41 && code <= 0x5a) || code === 0x5f;
  return NON_ASCII_START.test(String.fromCodePoint(code));
}

function isNameContinue(code: number): boolean {
  if (code < 0x80) return isNameStart(code) || isDigit(code);
  return NON_ASCII_CONTINUE.test(String.fromCodePoint(code));
}

/**
 * Reads one token after another. It takes time linear in the length of any source, as every character is read a bounded
 * number of times, and it does not recurse.
 */
export class Lexer {
  readonly source: string;
  /** The offset at which the next token is looked for. */
  at: number;

  constructor(source: string) {
    this.source = source;
    // A byte order mark at the very start is skipped, as rustc does.
    this.at = source.charCodeAt(0) === 0xfeff ? 1 : 0;
  }

  /** Skips white space and comments, and returns the next token. At the end, every call returns an `end` token. */
  next(): Token {
    this.skipBlanks();
    const start = this.at;
    const kind = this.kindAt(start);
    return { kind, text: this.source.slice(start, this.at), start, end: this.at };
  }

  /** Throws the error for a fault at an offset of the source. */
  fail(offset: number, problem: string): never {
    throw declarationError(this.source, offset, problem);
  }

  /** Returns the code point at an offset, or -1 past the end, which fails every test of a code point. */
  private codeAt(offset: number): number {
    return this.source.codePointAt(offset) ?? -1;
  }

  private skipBlanks(): void {
    const { source } = this;
    for (;;) {
      while (isBlank(source.charCodeAt(this.at))) this.at += 1;
      if (source.startsWith('//', this.at)) {
        const newline = source.indexOf('\n', this.at);
        this.at = newline < 0 ? source.length : newline + 1;
      } else if (source.startsWith('/*', this.at)) {
        this.skipBlockComment();
      } else {
        return;
      }
    }
  }

  private skipBlockComment(): void {
    const { source } = this;
    const start = this.at;
    let depth = 1;
    let at = start + 2;
    while (depth > 0) {
      if (at >= source.length) this.fail(start, 'expected `*/` to end this comment, found the end of the text');
      if (source.startsWith('*/', at)) {
        depth -= 1;
        at += 2;
      } else if (source.startsWith('/*', at)) {
        depth += 1;
        at += 2;
      } else {
        at += 1;
      }
    }
    this.at = at;
  }

  /** Moves past the token that starts here, and returns its kind. */
  private kindAt(start: number): TokenKind {
    const { source } = this;
    const code = this.codeAt(start);
    if (code < 0) return 'end';
    if (this.skipString(start)) return 'string';
    if (code === 0x27 || (code === 0x62 && source[start + 1] === "'")) return this.skipQuote(start);
    if (isNameStart(code)) {
      const raw = source.startsWith('r#', start) && isNameStart(this.codeAt(start + 2));
      this.skipName(raw ? start + 2 : start);
      return 'name';
    }
    if (isDigit(code)) {
      this.skipName(start);
      return 'number';
    }
    const pair = source.slice(start, start + 2);
    this.at = start + (pair === '->' || pair === '::' || code > 0xffff ? 2 : 1);
    return 'punctuation';
  }

  /** Moves to the end of a name or number. */
  private skipName(start: number): void {
    let at = start;
    for (let code = this.codeAt(at); isNameContinue(code); code = this.codeAt(at)) at += code > 0xffff ? 2 : 1;
    this.at = at;
  }

  /** Moves past a string of any kind (`""`, `b""`, `c""`, `r""`, `r#""#`, `br""`...), if one starts here. */
  private skipString(start: number): boolean {
    const { source } = this;
    let at = start;
    if (source[at] === 'b' || source[at] === 'c') at += 1;
    const raw = source[at] === 'r';
    if (raw) at += 1;
    const hashes = at;
    if (raw) while (source[at] === '#') at += 1;
    if (source[at] !== '"') return false;
    if (raw) {
      const count = at - hashes;
      if (count > MAX_HASHES) this.fail(start, `expected at most ${MAX_HASHES} \`#\` on a raw string, found ${count}`);
      const close = `"${'#'.repeat(count)}`;
      const end = source.indexOf(close, at + 1);
      if (end < 0) this.fail(start, `expected ${quoteSource(close)} to end this string, found the end of the text`);
      this.at = end + close.length;
      return true;
    }
    for (at += 1; at < source.length; at += 1) {
      if (source[at] === '"') {
        this.at = at + 1;
        return true;
      }
      if (source[at] === '\\') at += 1;
    }
    return this.fail(start, 'expected `"` to end this string, found the end of the text');
  }

  /** Moves past `'x'`, `b'x'` or a lifetime. As in Rust it is a character if one character and a quote follow. */
  private skipQuote(start: number): TokenKind {
    const { source } = this;
    const first = source[start] === 'b' ? start + 2 : start + 1;
    if (source[first] === '\\') {
      // The escaped character may itself be a quote, so the search for the closing one starts behind it.
      const close = source.indexOf("'", first + 2);
      if (close < 0 || source.slice(first, close).includes('\n')) {
        this.fail(start, "expected `'` to end this character");
      }
      this.at = close + 1;
      return 'char';
    }
    const code = this.codeAt(first);
    const second = first + (code > 0xffff ? 2 : 1);
    if (source[second] === "'" && code >= 0) {
      this.at = second + 1;
      return 'char';
    }
    if (!isNameStart(code) || first !== start + 1) this.fail(start, "expected a character or lifetime after `'`");
    this.skipName(first);
    return 'lifetime';
  }
}
