/** Reads Rust source in TypeScript's type system: every type here takes a text and returns the rest of it. */

export type Blank = ' ' | '\n' | '\t' | '\r';

export type TrimStart<S extends string> = S extends `${Blank}${infer R}` ? TrimStart<R> : S;

type TrimEnd<S extends string> = S extends `${infer R}${Blank}` ? TrimEnd<R> : S;

export type Trim<S extends string> = TrimEnd<TrimStart<S>>;

/** The text before the first `X`; all of `S` if there is none. */
export type Before<S extends string, X extends string> = S extends `${infer A}${X}${string}` ? A : S;

/** The text after a line comment; `S` starts inside the comment. */
type AfterLine<S extends string> = S extends `${string}\n${infer R}` ? R : '';

/**
 * The text after a block comment, which may contain others; `S` starts inside it. The test for `*` tells a slash that
 * opens a comment from that of `/*` + `/`.
 */
type AfterComment<S extends string, Depth extends unknown[] = []> = S extends `${infer A}*/${infer R}`
  ? `${A}*` extends `${infer P}/*${string}`
    ? S extends `${P}/*${infer Q}`
      ? AfterComment<Q, [...Depth, 0]>
      : never
    : Depth extends [unknown, ...infer Outer]
      ? AfterComment<R, Outer>
      : R
  : '';

/** Skips blanks and comments. */
export type Skip<S extends string> = S extends `${Blank}${infer R}`
  ? Skip<R>
  : S extends `//${infer R}`
    ? Skip<AfterLine<R>>
    : S extends `/*${infer R}`
      ? Skip<AfterComment<R>>
      : S;

/**
 * `[before, after]` the first `X` outside comments, with comments in `before` replaced by blanks; `[]` if there is
 * none.
 */
export type Split<S extends string, X extends string> = S extends `${infer A}${X}${infer R}`
  ? A extends `${infer P}/${string}`
    ? S extends `${P}//${infer Q}`
      ? Split<`${P} ${AfterLine<Q>}`, X>
      : S extends `${P}/*${infer Q}`
        ? Split<`${P} ${AfterComment<Q>}`, X>
        : []
    : [A, R]
  : [];

/** The text after a string with escapes; `S` starts inside the string. */
type AfterEscaped<S extends string> = S extends `${infer A}"${infer R}`
  ? A extends `${string}\\${string}`
    ? S extends `${string}\\${infer _Escaped}${infer Q}`
      ? AfterEscaped<Q>
      : ''
    : R
  : '';

/** The text after a string; `S` starts inside it. `P`, which ends before the opening quote, has its prefix. */
type AfterString<P extends string, S extends string> = P extends `${string}r`
  ? S extends `${string}"${infer R}`
    ? R
    : ''
  : P extends `${string}r#`
    ? S extends `${string}"#${infer R}`
      ? R
      : ''
    : P extends `${string}r##`
      ? S extends `${string}"##${infer R}`
        ? R
        : ''
      : AfterEscaped<S>;

/** The text after a `'`: of a character literal if one character and a quote follow, else of a lifetime. */
type AfterQuote<S extends string> = S extends `\\${infer _Escaped}${infer R}`
  ? R extends `${string}'${infer Q}`
    ? Q
    : ''
  : S extends `${infer _Char}${infer R}`
    ? R extends `'${infer Q}`
      ? Q
      : S
    : S;

/**
 * The text after the bracket that closes one opened before `S`; brackets in strings, characters and comments do not
 * count. `never` if it is not found within 900 `Steps`, each of which is a bracket, string, character or comment: the
 * text is too long for TypeScript, malformed, or contains something that is misread here, such as a character beyond
 * U+FFFF.
 */
export type After<
  S extends string,
  Open extends string,
  Close extends string,
  Depth extends unknown[] = [],
  Steps extends unknown[] = [],
> = Steps['length'] extends 900
  ? never
  : S extends `${infer A}${Close}${string}`
    ? Before<Before<Before<Before<A, Open>, '"'>, "'">, '/'> extends infer P extends string
      ? S extends `${P}${infer C}${infer R}`
        ? C extends Close
          ? Depth extends [unknown, ...infer Outer]
            ? After<R, Open, Close, Outer, [...Steps, 0]>
            : R
          : C extends Open
            ? After<R, Open, Close, [...Depth, 0], [...Steps, 0]>
            : After<AfterPiece<P, C, R>, Open, Close, Depth, [...Steps, 0]>
        : never
      : never
    : never;

/**
 * The text after the string, character or comment that `C` begins, or after a lone slash. `P` is before `C`, `S` after.
 */
type AfterPiece<P extends string, C extends string, S extends string> = C extends '"'
  ? AfterString<P, S>
  : C extends "'"
    ? AfterQuote<S>
    : S extends `/${infer R}`
      ? AfterLine<R>
      : S extends `*${infer R}`
        ? AfterComment<R>
        : S;
