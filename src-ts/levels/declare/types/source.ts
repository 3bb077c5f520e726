/** Moving through Rust source in TypeScript's type system: every type here takes a text and gives what is left of it. */

export type Blank = ' ' | '\n' | '\t' | '\r';

export type TrimStart<S extends string> = S extends `${Blank}${infer R}` ? TrimStart<R> : S;

type TrimEnd<S extends string> = S extends `${infer R}${Blank}` ? TrimEnd<R> : S;

export type Trim<S extends string> = TrimEnd<TrimStart<S>>;

/** What stands before the first `X`; all of `S` if there is none. */
export type Before<S extends string, X extends string> = S extends `${infer A}${X}${string}` ? A : S;

/** `S` starts inside a comment that ends with its line. */
type AfterLine<S extends string> = S extends `${string}\n${infer R}` ? R : '';

/** `S` starts inside a block comment, which may hold others. The `*` in the test sees that the slash of `/*` + `/` opens. */
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

/** `[before, after]` the first `X` that is in no comment; in `before`, blanks stand for comments. `[]` if there is none. */
export type Split<S extends string, X extends string> = S extends `${infer A}${X}${infer R}`
  ? A extends `${infer P}/${string}`
    ? S extends `${P}//${infer Q}`
      ? Split<`${P} ${AfterLine<Q>}`, X>
      : S extends `${P}/*${infer Q}`
        ? Split<`${P} ${AfterComment<Q>}`, X>
        : []
    : [A, R]
  : [];

/** `S` starts inside a string in which a backslash escapes. */
type AfterEscaped<S extends string> = S extends `${infer A}"${infer R}`
  ? A extends `${string}\\${string}`
    ? S extends `${string}\\${infer _Escaped}${infer Q}`
      ? AfterEscaped<Q>
      : ''
    : R
  : '';

/** `S` starts inside a string; `P`, which ends right before its quote, tells of which kind. */
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

/** `S` starts after a `'`. It is a character if one character and a quote follow, and otherwise a lifetime. */
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
 * What follows the bracket that closes one opened before `S`, whatever strings, characters and comments lie between.
 * Never, if it is not found within 900 `Steps`, each a bracket, string, character or comment: the text is too long for
 * TypeScript, or wrong, or holds what this reading takes for something else, such as a character beyond U+FFFF.
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

/** What follows the string, character or comment that `C` begins, or just the slash. `P` precedes it and `S` follows. */
type AfterPiece<P extends string, C extends string, S extends string> = C extends '"'
  ? AfterString<P, S>
  : C extends "'"
    ? AfterQuote<S>
    : S extends `/${infer R}`
      ? AfterLine<R>
      : S extends `*${infer R}`
        ? AfterComment<R>
        : S;
