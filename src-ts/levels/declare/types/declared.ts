/**
 * The grammar of `declare` in TypeScript's type system: maps the text of a declaration to the type of the object that
 * `declare` returns.
 *
 * The text is consumed from the front by searching for the next relevant token, not character by character: a step is
 * one comment, attribute, parameter or brace. Loops are tail-recursive conditional types, which TypeScript limits to
 * 1,000 steps: up to 900 functions in a text, lines of comment before one, or braces, strings and comments in a body
 * are safe. The text is validated at run time only: if a body is misread here, the functions after it are loosely
 * typed, never wrongly.
 */

import type {
  Aliases,
  ArrayFront,
  CArguments,
  CFunction,
  CResult,
  FieldOut,
  IsCList,
  IsCResult,
  Structures,
} from './c';
import type { Named } from './parameter-names';
import type { After, Before, Blank, Skip, Split, Trim, TrimStart } from './source';
import type { Argument, IsUnsupported, Result, Unsupported } from './values';

/** Options of `declare`. */
export interface DeclareOptions {
  /**
   * Return `i64`, `u64`, `isize` and `usize` always as bigint. Otherwise they are numbers, and a result that is no safe
   * integer is a RangeError.
   */
  readonly bigint?: boolean;
}

/** The parameter `BigInts` of {@link Declared} for options of type `O`; `boolean` if it is not known. */
export type BigIntsOf<O extends DeclareOptions> = 'bigint' extends keyof O
  ? O['bigint'] extends true
    ? true
    : true extends O['bigint']
      ? boolean
      : false
  : false;

/** The type of the object if the text is no list of `fn` items; `T` is where something else was found. */
export interface Malformed<T extends string> {
  readonly 'rustdll: expected fn': T;
}

/** A function whose type TypeScript does not know. */
// eslint-disable-next-line @typescript-eslint/no-explicit-any -- only the caller knows what such a function returns
export type LooseFunction = (...args: unknown[]) => any;

/**
 * The object that `declare` returns for the text `S`: one function for each `fn` in it. With `BigInts`, 64-bit results
 * are bigint. A function with a parameter or result that cannot be declared has the type {@link Unsupported}.
 *
 * In tooltips a parameter has its name from the text if that is a common one, and is `args_0`, `args_1`... otherwise:
 * TypeScript cannot make a parameter's name from a string.
 *
 * If TypeScript knows the text only as `string`, as that of a tagged template (`String.raw`), the object has functions
 * of any name and type.
 */
export type Declared<S extends string, BigInts extends boolean = false> =
  // The properties of `Record<S, 1>` are optional only if S is not a single literal.
  Record<never, never> extends Record<S, 1>
    ? Record<string, LooseFunction>
    : Items<S, BigInts, Structures<S> & Aliases<S>>;

/** The name and type of a function or static; a static that cannot be assigned to has a mark behind them. */
type Entry = [string, unknown, 'constant'?];

/** Reads item after item; `Entries` is a union of them, and `D` has the structures of the text. */
type Items<S extends string, BigInts extends boolean, D, Entries extends Entry = never> =
  Start<S> extends infer T extends string
    ? [T] extends [never]
      ? // The end of a body was not found, so the functions after it are not known.
        Items<'', BigInts, D, Entries | [string, LooseFunction]>
      : T extends `fn${infer R}`
        ? Item<R, BigInts, D> extends [infer E extends [string, unknown], infer Rest extends string]
          ? Items<Rest, BigInts, D, Entries | E>
          : Malformed<Before<T, '\n'>>
        : T extends `static ${infer R}`
          ? Static<R, BigInts, D> extends [infer E extends Entry, infer Rest extends string]
            ? Items<Rest, BigInts, D, Entries | E>
            : Malformed<Before<T, '\n'>>
          : T extends `type ${string}=${infer R}`
            ? Items<AfterAlias<R>, BigInts, D, Entries>
            : T extends `struct${string}{${infer R}`
              ? Items<After<R, '{', '}'>, BigInts, D, Entries>
              : T extends `}${infer R}`
                ? // This brace ends an `extern` block.
                  Items<R, BigInts, D, Entries>
                : T extends ''
                  ? [Entries] extends [never]
                    ? Malformed<''>
                    : Properties<Entries>
                  : Malformed<Before<T, '\n'>>
    : never;

/** The text behind the type for which a name stands, whose array may have a semicolon. */
type AfterAlias<S extends string> = S extends `${infer T};${infer R}`
  ? T extends `${string}[${string}`
    ? ArrayFront<TrimStart<S>>[1]
    : R
  : '';

type Properties<Entries extends Entry> = [Extract<Entries, [string, unknown, 'constant']>] extends [never]
  ? { [E in Entries as E[0]]: E[1] }
  : { [E in Exclude<Entries, [string, unknown, 'constant']> as E[0]]: E[1] } & {
      readonly [E in Extract<Entries, [string, unknown, 'constant']> as E[0]]: E[1];
    };

/** `[entry, rest]` of the static whose `static` is right before `S`; `[]` if it is none. */
type Static<S extends string, BigInts extends boolean, D> = S extends `${infer N}:${infer T};${infer R}`
  ? T extends `${string}[${string}`
    ? // The semicolon is inside of an array.
      S extends `${string}:${infer Q}`
      ? ArrayFront<TrimStart<Q>> extends [infer A extends string, infer Rest extends string]
        ? [StaticEntry<Trim<N>, A, BigInts, D>, Rest]
        : []
      : []
    : [StaticEntry<Trim<N>, Trim<T>, BigInts, D>, R]
  : [];

type StaticEntry<N extends string, T extends string, BigInts extends boolean, D> = N extends `mut ${infer M}`
  ? [Trim<M>, FieldOut<T, D, BigInts>]
  : [N, FieldOut<T, D, BigInts>, 'constant'];

/** Skips attributes and qualifiers to the `fn` of the next item. Text that cannot belong to an item is not skipped. */
type Start<S extends string> =
  Skip<S> extends infer T extends string
    ? T extends `;${infer R}` | `const${infer R}` | `unsafe${infer R}` | `safe${infer R}`
      ? Start<R>
      : T extends `#[${infer R}`
        ? Start<After<R, '[', ']'>>
        : T extends `pub${infer R}`
          ? Start<Skip<R> extends `(${infer Q}` ? After<Q, '(', ')'> : R>
          : T extends `extern${infer R}`
            ? Skip<R> extends `"${infer Q}`
              ? Q extends `C"${infer P}`
                ? Start<Skip<P> extends `{${infer O}` ? O : P>
                : T
              : Start<R>
            : T
    : never;

/** `[[name, type], rest]` of the item whose `fn` is right before `S`; `[]` if it is no function item. */
type Item<S extends string, BigInts extends boolean, D> =
  Split<S, '('> extends [`${Blank}${infer Head}`, infer R extends string]
    ? NameOf<Trim<Head>> extends ''
      ? []
      : Inner<R> extends [infer P extends string, infer Tail extends string]
        ? Ending<Skip<Tail>, BigInts, D> extends [infer V, infer Rest extends string]
          ? IsCList<P, D> extends true
            ? [[NameOf<Trim<Head>>, CFunction<CArguments<Trim<Flat<P>>, D, BigInts>, V>], Rest]
            : [[NameOf<Trim<Head>>, Func<Generics<Head>, Arguments<Trim<Flat<P>>>, V>], Rest]
          : []
        : []
    : [];

/** The name in the text between `fn` and `(`; empty if there is none. */
type NameOf<Head extends string> = Head extends `${infer N}<${string}>`
  ? NameOf<Trim<N>>
  : Head extends `${string}${Blank | ';' | '{' | '}' | ')' | '>'}${string}`
    ? ''
    : Head extends `r#${infer N}`
      ? N
      : Head;

type Generics<Head extends string> = Head extends `${string}<${infer G}>`
  ? IsLifetimes<TrimStart<G>> extends true
    ? null
    : Unsupported<`<${G}>`>
  : null;

type IsLifetimes<G extends string> = G extends `'${infer R}`
  ? R extends `${string},${infer Q}`
    ? IsLifetimes<TrimStart<Q>>
    : true
  : G extends ''
    ? true
    : false;

type Func<G, P, V> =
  IsUnsupported<G> extends true
    ? G
    : IsUnsupported<P> extends true
      ? P
      : IsUnsupported<V> extends true
        ? V
        : P extends unknown[]
          ? (...args: P) => V
          : never;

/** `[parameters, rest]`: splits `S` at the bracket that closes the parameters, and removes comments from these. */
type Inner<S extends string> =
  Split<S, ')'> extends [infer A extends string, infer R extends string]
    ? A extends `${string}(${string}`
      ? // The text ends too early, at the parameters of a function among the types.
        After<S, '(', ')'> extends infer Tail extends string
        ? S extends `${infer P})${Tail}`
          ? [P, Tail]
          : []
        : []
      : [A, R]
    : [];

/** Replaces every blank by a space, one kind of blank after the other: a union of patterns would infer unions. */
type Flat<S extends string> = S extends `${infer A}\n${infer B}`
  ? Flat<`${A} ${B}`>
  : S extends `${infer A}\t${infer B}`
    ? Flat<`${A} ${B}`>
    : S extends `${infer A}\r${infer B}`
      ? Flat<`${A} ${B}`>
      : S;

/** The tuple of the arguments for a parameter list `S`, or an {@link Unsupported}. */
type Arguments<S extends string, Done extends unknown[] = []> = S extends ''
  ? Done
  : S extends `${infer A},${infer R}`
    ? TrimStart<R> extends `>${infer Q}`
      ? // This comma is at the end of the text inside `PyVec< >`, not between two parameters.
        Arguments<`${A}>${Q}`, Done>
      : Argued<A, TrimStart<R>, Done>
    : Argued<S, '', Done>;

/** The tuple `Done` with the argument for the parameter `P` and then those for `Rest`. */
type Argued<P extends string, Rest extends string, Done extends unknown[]> = P extends `${infer N}:${infer T}`
  ? Argument<Trim<T>> extends infer V
    ? IsUnsupported<V> extends true
      ? V
      : Arguments<Rest, [...Done, ...Named<ParameterName<Trim<N>>, V>]>
    : never
  : Unsupported<P>;

type ParameterName<N extends string> = N extends `mut ${infer M}` | `r#${infer M}` ? ParameterName<Trim<M>> : N;

/** `[type, rest]` of the result of a function whose parameters' `)` is right before `S`. */
type Ending<S extends string, BigInts extends boolean, D> = S extends `->${infer R}`
  ? Returned<Skip<R>, BigInts, D>
  : [void, AfterBody<S>];

type Returned<S extends string, BigInts extends boolean, D> = S extends `(${infer R}`
  ? Skip<R> extends `)${infer Q}`
    ? [void, AfterBody<Skip<Q>>]
    : [Unsupported<`(${Before<R, ')'>})`>, AfterBody<Skip<After<R, '(', ')'>>>]
  : S extends `[${infer R}`
    ? [Unsupported<`[${Before<R, ']'>}]`>, AfterBody<Skip<After<R, '[', ']'>>>]
    : Word<S> extends infer W extends string
      ? Result<W, BigInts> extends infer V
        ? IsUnsupported<V> extends true
          ? Pointed<S, Trim<Before<Before<Before<S, ';'>, '{'>, '\n'>>, BigInts, D>
          : S extends `${W}${infer R}`
            ? [V, AfterBody<Skip<R>>]
            : never
        : never
      : never;

/** `[type, rest]` of a result that is no scalar, of which `T` is the text. */
type Pointed<S extends string, T extends string, BigInts extends boolean, D> =
  IsCResult<T, D> extends true
    ? CResult<T, D, BigInts> extends infer V
      ? IsUnsupported<V> extends true
        ? UnsupportedResult<S, T>
        : S extends `${T}${infer R}`
          ? [V, AfterBody<Skip<R>>]
          : never
      : never
    : UnsupportedResult<S, T>;

type UnsupportedResult<S extends string, T extends string> = S extends `${T}${infer R}`
  ? [Unsupported<T>, AfterBody<Skip<R>>]
  : never;

/** The text before the first blank, comment or end of the item. */
type Word<S extends string> = Before<
  Before<Before<Before<Before<Before<Before<S, ';'>, '{'>, '\n'>, ' '>, '\t'>, '\r'>,
  '/'
>;

type AfterBody<S extends string> = S extends `{${infer R}` ? After<R, '{', '}'> : S;
