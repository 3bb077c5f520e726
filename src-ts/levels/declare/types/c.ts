/** Maps the text of functions of C to TypeScript types: pointers, structures, callbacks, and what comes out of parameters. */

import type { WithoutBackground } from '../../../call/background/typed';
import type { KeptCallback } from '../../../types/kept-callback';
import type { Pointer } from '../../../types/pointer';
import type { ScalarName } from '../../../types/scalar';
import type { After, Blank, Trim, TrimStart } from './source';
import type {
  Argument,
  IsUnsupported,
  LastSegment,
  Inside,
  ReadLists,
  Result,
  ScalarOf,
  Unsupported,
  WrittenLists,
} from './values';

/** The bodies of the structures in a text, by their names. */
export type Structures<S extends string, Found = unknown> = S extends `${string}struct ${infer Name}{${infer R}`
  ? R extends `${infer Body}}${infer Rest}`
    ? Structures<Rest, Found & { [K in Trim<Name>]: Body }>
    : Found
  : Found;

/** The mark of a name that stands for another type, among the structures. */
export interface Alias<T extends string> {
  readonly 'rustdll: type': T;
}

/** `[array, rest]` of the array type at the front of `S`, which may have arrays inside. */
export type ArrayFront<S extends string> = S extends `[${infer R}`
  ? After<R, '[', ']'> extends infer Tail extends string
    ? R extends `${infer Inner}]${Tail}`
      ? [`[${Inner}]`, Tail]
      : never
    : never
  : never;

/** The type of the elements of an array type. */
type ElementOf<T extends string> = T extends `[${infer Body}`
  ? [ArrayFront<TrimStart<Body>>] extends [never]
    ? Body extends `${infer E};${string}`
      ? Trim<E>
      : never
    : ArrayFront<TrimStart<Body>>[0]
  : never;

/** The names that stand for other types in a text: `type Db = *mut sqlite3;`. */
export type Aliases<S extends string, Found = unknown> = S extends `${string}type ${infer Q}`
  ? Q extends `${infer N}=${infer R}`
    ? IsName<Trim<N>> extends true
      ? R extends `${infer T};${infer Rest}`
        ? T extends `${string}[${string}`
          ? ArrayFront<TrimStart<R>> extends [infer A extends string, infer Behind extends string]
            ? Aliases<Behind, Found & { [K in Trim<N>]: Alias<A> }>
            : Found
          : Aliases<Rest, Found & { [K in Trim<N>]: Alias<Trim<T>> }>
        : Found
      : Aliases<Q, Found>
    : Found
  : Found;

/** False for a text of several tokens. */
type IsName<N extends string> = N extends `${string}${Blank | Punctuation}${string}` ? false : true;

type Punctuation = '(' | ')' | ':' | ',' | '<' | '>' | ';' | '{' | '}' | '[' | '"' | '#' | '/' | '&' | '*';

/** The text of the type for which a name stands; any other text is unchanged. */
type Meaning<T extends string, D> = T extends keyof D ? (D[T] extends Alias<infer U> ? Meaning<U, D> : T) : T;

/** True if a parameter list has what only C's functions have. `D` has the structures. */
export type IsCList<P extends string, D> = P extends `${string}${'*' | '#[' | 'fn('}${string}`
  ? true
  : true extends HasTypeOf<P, keyof D>
    ? true
    : false;

/** True if a parameter list has a type of this name. The name may be a part of another one, or that of a parameter. */
type HasTypeOf<P extends string, Name> = Name extends string
  ? P extends `${infer A}${Name}${infer B}`
    ? [A, B] extends [`${string}${Letter}`, string] | [string, `${Letter}${string}`]
      ? HasTypeOf<B, Name>
      : TrimStart<B> extends `::${string}`
        ? HasTypeOf<B, Name>
        : TrimStart<B> extends `:${string}`
          ? HasTypeOf<B, Name>
          : true
    : false
  : false;

/** A character of a name. */
type Letter = LowerLetter | Uppercase<LowerLetter> | '_' | `${0 | 1 | 2 | 3 | 4 | 5 | 6 | 7 | 8 | 9}`;

// prettier-ignore
type LowerLetter =
  | 'a' | 'b' | 'c' | 'd' | 'e' | 'f' | 'g' | 'h' | 'i' | 'j' | 'k' | 'l' | 'm'
  | 'n' | 'o' | 'p' | 'q' | 'r' | 's' | 't' | 'u' | 'v' | 'w' | 'x' | 'y' | 'z';

/**
 * The arguments `args` of a C function with the parameter list `S`, and `outs`, what comes out of its parameters; or an
 * {@link Unsupported}.
 */
export type CArguments<
  S extends string,
  D,
  B extends boolean,
  Args extends unknown[] = [],
  Outs = unknown,
  Attributes extends string = '',
> =
  TrimStart<S> extends infer T extends string
    ? T extends ''
      ? { args: Args; outs: Outs }
      : T extends `#[${infer A}]${infer R}`
        ? CArguments<R, D, B, Args, Outs, `${Attributes}${Trim<A>};`>
        : T extends `${infer N}:${infer R}`
          ? Front<R> extends [infer P extends string, infer Rest extends string]
            ? CAdd<ParameterName<Trim<N>>, Meaning<Trim<P>, D>, Rest, D, B, Args, Outs, Attributes>
            : Unsupported<T>
          : Unsupported<T>
    : never;

type ParameterName<N extends string> = N extends `mut ${infer M}` | `r#${infer M}` ? ParameterName<Trim<M>> : N;

type CAdd<
  N extends string,
  P extends string,
  Rest extends string,
  D,
  B extends boolean,
  Args extends unknown[],
  Outs,
  Attributes extends string,
> = Attributes extends `${string}len${string}`
  ? CArguments<Rest, D, B, Args, Outs>
  : Attributes extends `${string}inout;${string}`
    ? Behind<P> extends infer T extends string
      ? CArguments<Rest, D, B, [...Args, FieldIn<T, D>], Outs & { [K in N]: FieldOut<T, D, B> }>
      : never
    : Attributes extends `${string}out;${string}`
      ? Behind<P> extends infer T extends string
        ? CArguments<Rest, D, B, Args, Outs & { [K in N]: FieldOut<T, D, B> }>
        : never
      : CArgument<P, D, B> extends infer V
        ? IsUnsupported<V> extends true
          ? V
          : CArguments<Rest, D, B, [...Args, V], Outs>
        : never;

/** `[type, rest]` of the parameter type at the front of `S`, whose rest begins behind the comma. */
type Front<S extends string> = S extends `${infer A},${infer R}`
  ? A extends `${string}(${string}`
    ? FunctionFront<S>
    : [A, R]
  : S extends `${string}(${string}`
    ? FunctionFront<S>
    : [S, ''];

type FunctionFront<S extends string> = S extends `${infer H}(${infer R}`
  ? After<R, '(', ')'> extends infer Tail extends string
    ? R extends `${infer Inner})${Tail}`
      ? Tail extends `${infer T},${infer Rest}`
        ? [`${H}(${Inner})${T}`, Rest]
        : [`${H}(${Inner})${Tail}`, '']
      : never
    : never
  : never;

/** The text of the type behind a `*mut`. */
type Behind<P extends string> = P extends `*${infer R}`
  ? TrimStart<R> extends `mut ${infer T}`
    ? Trim<T>
    : never
  : never;

/** The text behind the `*const` or `*mut` of a pointer, and whether it is mutable. */
type PointerOf<P extends string> = P extends `*${infer R}`
  ? TrimStart<R> extends `mut ${infer T}`
    ? [Trim<T>, true]
    : TrimStart<R> extends `const ${infer T}`
      ? [Trim<T>, false]
      : never
  : P extends `&${infer R}`
    ? Trim<R> extends `mut ${infer T}`
      ? [Trim<T>, true]
      : [Trim<R>, false]
    : never;

/** The same, with the type behind it if the text has a name for that. */
type MeaningOf<P extends string, D> =
  PointerOf<P> extends [infer T extends string, infer Mutable] ? [Meaning<T, D>, Mutable] : never;

/** The name of the type behind a pointer, as a `Pointer` has it. */
type NameOf<T extends string> =
  ScalarOf<LastSegment<T>> extends infer N extends ScalarName ? N : T extends `*${string}` ? string : LastSegment<T>;

/** The argument for a parameter of type `P`. */
type CArgument<P extends string, D, B extends boolean> = CArgumentOf<Meaning<P, D>, D, B>;

/** The same for a type that is not the name of another. */
type CArgumentOf<P extends string, D, B extends boolean> = P extends `${infer Head}<${infer I}>`
  ? LastSegment<Trim<Head>> extends 'Option'
    ? CArgument<Inside<I>, D, B> extends infer V
      ? IsUnsupported<V> extends true
        ? Argument<P>
        : V | null | undefined
      : never
    : P extends `${string}fn(${string}` | `${string}fn (${string}`
      ? Callback<P, D, B>
      : Argument<P>
  : P extends `${string}fn(${string}` | `${string}fn (${string}`
    ? Callback<P, D, B>
    : [PointerOf<P>] extends [never]
      ? LastSegment<P> extends infer N extends keyof D
        ? StructIn<D[N], D>
        : Argument<P>
      : PointerOf<P> extends [infer T extends string, infer Mutable extends boolean]
        ? P extends `&${string}`
          ? LastSegment<T> extends keyof D
            ? PointerArgument<T, Mutable, D>
            : Argument<P>
          : PointerArgument<T, Mutable, D>
        : never;

type AnyView = ArrayBufferView | ArrayBuffer | SharedArrayBuffer;

type PointerArgument<T extends string, Mutable extends boolean, D> = PointerArgumentOf<Meaning<T, D>, Mutable, D>;

/** The same for a type that is not the name of another. */
type PointerArgumentOf<T extends string, Mutable extends boolean, D> =
  ScalarOf<LastSegment<T>> extends infer N extends ScalarName
    ? (Mutable extends true ? WrittenLists : ReadLists)[N] | Pointer<N> | null | undefined
    : LastSegment<T> extends infer N extends string
      ? N extends 'c_void'
        ? AnyView | Pointer | null | undefined
        : N extends 'c_char'
          ? Mutable extends true
            ? Uint8Array | Pointer<'c_char'> | null | undefined
            : string
          : N extends keyof D
            ? StructIn<D[N], D> | Pointer<N>
            : T extends `*${string}`
              ? (Mutable extends true ? never : TextsIn<T>) | Pointer | null | undefined
              : Pointer<N>
      : never;

/** A list of strings, if the pointer `T` is to texts. */
type TextsIn<T extends string> =
  PointerOf<T> extends [infer P extends string, unknown]
    ? LastSegment<P> extends 'c_char'
      ? readonly string[]
      : never
    : never;

/** The value that is read from memory of type `T`. */
export type FieldOut<T extends string, D, B extends boolean> = FieldOutOf<Meaning<T, D>, D, B>;

/** The same for a type that is not the name of another. */
type FieldOutOf<T extends string, D, B extends boolean> = T extends `*${string}`
  ? PointerOut<T, D>
  : T extends `[${string};${string}]`
    ? FieldOut<ElementOf<T>, D, B>[]
    : T extends `${infer Head}<${infer I}>`
      ? LastSegment<Trim<Head>> extends 'Option'
        ? FieldOut<Inside<I>, D, B>
        : Unsupported<T>
      : T extends `${string}fn${' ' | '('}${string}`
        ? Pointer<'fn'> | null
        : LastSegment<T> extends infer N extends keyof D
          ? StructOut<D[N], D, B>
          : Result<T, B>;

/** The value that is written to memory of type `T`. */
type FieldIn<T extends string, D> = FieldInOf<Meaning<T, D>, D>;

/** The same for a type that is not the name of another. */
type FieldInOf<T extends string, D> = T extends `*${string}`
  ? MeaningOf<T, D> extends [infer P extends string, unknown]
    ? LastSegment<P> extends 'c_char'
      ? string | null
      : PointerIn<P>
    : never
  : T extends `[${string};${string}]`
    ? readonly FieldIn<ElementOf<T>, D>[] | ArrayBufferView
    : T extends `${infer Head}<${infer I}>`
      ? LastSegment<Trim<Head>> extends 'Option'
        ? FieldIn<Inside<I>, D> | null | undefined
        : Unsupported<T>
      : T extends `${string}fn${' ' | '('}${string}`
        ? null
        : LastSegment<T> extends infer N extends keyof D
          ? StructIn<D[N], D>
          : Argument<T>;

/** A pointer in memory. Only one to an opaque type must not be null. */
type PointerIn<P extends string> =
  ScalarOf<LastSegment<P>> extends ScalarName
    ? Pointer<NameOf<P>> | null
    : LastSegment<P> extends 'c_void'
      ? Pointer | null
      : P extends `*${string}`
        ? Pointer | null
        : Pointer<LastSegment<P>>;

/** What a pointer is read as: a text, or the pointer. */
type PointerOut<T extends string, D> =
  MeaningOf<T, D> extends [infer P extends string, unknown]
    ? LastSegment<P> extends 'c_char'
      ? string | null
      : D extends never
        ? never
        : Pointer<NameOf<P>> | null
    : never;

/** The result of a function whose result is the pointer or structure `T`. */
export type CResult<T extends string, D, B extends boolean> = CResultOf<Meaning<T, D>, D, B>;

/** The same for a type that is not the name of another. */
type CResultOf<T extends string, D, B extends boolean> =
  LastSegment<T> extends infer N extends keyof D
    ? StructOut<D[N], D, B>
    : ScalarOf<LastSegment<T>> extends ScalarName
      ? Result<T, B>
      : PointerResult<T, D, B>;

type PointerResult<T extends string, D, B extends boolean> = T extends `${infer Head}<${infer I}>`
  ? LastSegment<Trim<Head>> extends 'Option'
    ? PointerResult<Meaning<Inside<I>, D>, D, B>
    : Unsupported<T>
  : MeaningOf<T, D> extends [infer P extends string, unknown]
    ? LastSegment<P> extends infer N extends keyof D
      ? StructOut<D[N], D, B> | null
      : PointerOut<T, D>
    : Unsupported<T>;

/** `{ name: type }` of the fields in the body of a structure. */
type Fields<S, Found = unknown> = S extends string
  ? FieldStart<S> extends infer T extends string
    ? T extends ''
      ? { [K in keyof Found]: Found[K] }
      : T extends `${infer N}:${infer R}`
        ? Front<R> extends [infer P extends string, infer Rest extends string]
          ? Fields<Rest, Found & { [K in ParameterName<Trim<N>>]: Trim<P> }>
          : never
        : never
    : never
  : never;

type FieldStart<S extends string> =
  TrimStart<S> extends infer T extends string
    ? T extends `#[${infer R}`
      ? FieldStart<After<R, '[', ']'>>
      : T extends `pub(${string})${infer R}` | `pub ${infer R}`
        ? TrimStart<R>
        : T extends `//${string}\n${infer R}`
          ? FieldStart<R>
          : T
    : never;

type StructOut<Body, D, B extends boolean> =
  Fields<Body> extends infer F ? { [K in keyof F]: F[K] extends string ? FieldOut<F[K], D, B> : never } : never;

type StructIn<Body, D> =
  Fields<Body> extends infer F ? { [K in keyof F]: F[K] extends string ? FieldIn<F[K], D> : never } : never;

/** The function of JavaScript for the type of a function. */
type Callback<P extends string, D, B extends boolean> = P extends `${string}fn${infer R}`
  ? TrimStart<R> extends `(${infer Q}`
    ? After<Q, '(', ')'> extends infer Tail extends string
      ? Q extends `${infer Inner})${Tail}`
        ? Incoming<Inner, D, B> extends infer A extends unknown[]
          ? OrKept<(...args: A) => CallbackResult<Trim<Tail>, D>>
          : never
        : never
      : never
    : never
  : never;

/** A function, or one that is kept. */
type OrKept<Call extends (...args: never[]) => unknown> = Call | KeptCallback<Call>;

/** The result of a function that returns nothing. */
type Nothing = ReturnType<() => void>;

type CallbackResult<Tail extends string, D> = Tail extends `->${infer R}`
  ? Meaning<Trim<R>, D> extends infer T extends string
    ? T extends '()'
      ? Nothing
      : T extends `*${string}`
        ? PointerOf<T> extends [infer P extends string, unknown]
          ? PointerIn<P> | null
          : never
        : FieldIn<T, D>
    : never
  : Nothing;

/** The arguments that a callback gets for its parameter list `S`. */
type Incoming<
  S extends string,
  D,
  B extends boolean,
  Done extends unknown[] = [],
  Lengths extends string = LengthsIn<S>,
  Attributes extends string = '',
> =
  TrimStart<S> extends infer T extends string
    ? T extends ''
      ? Done
      : T extends `#[${infer A}]${infer R}`
        ? Incoming<R, D, B, Done, Lengths, `${Attributes}${A}`>
        : Front<T> extends [infer P extends string, infer Rest extends string]
          ? Attributes extends `${string}len${string}`
            ? Incoming<Rest, D, B, Done, Lengths>
            : P extends `${infer N}:${infer U}`
              ? U extends `:${string}`
                ? Incoming<Rest, D, B, [...Done, Given<Trim<P>, D, B>], Lengths>
                : Incoming<
                    Rest,
                    D,
                    B,
                    [...Done, Trim<N> extends Lengths ? GivenList<Trim<U>, B> : Given<Trim<U>, D, B>],
                    Lengths
                  >
              : Incoming<Rest, D, B, [...Done, Given<Trim<P>, D, B>], Lengths>
          : never
    : never;

/** The names of the parameters of which another one is the length. */
type LengthsIn<S extends string> = S extends `${string}len${infer R}`
  ? R extends `${string}"${infer Names}"${infer Rest}`
    ? NamesIn<Names> | LengthsIn<Rest>
    : never
  : never;

type NamesIn<S extends string> = S extends `${infer A},${infer R}` ? Trim<A> | NamesIn<R> : Trim<S>;

type Given<T extends string, D, B extends boolean> = GivenOf<Meaning<T, D>, D, B>;

/** The same for a type that is not the name of another. */
type GivenOf<T extends string, D, B extends boolean> = T extends `${infer Head}<${infer I}>`
  ? LastSegment<Trim<Head>> extends 'Option'
    ? Given<Inside<I>, D, B>
    : Unsupported<T>
  : T extends `*${string}`
    ? CResult<T, D, B>
    : T extends `&${string}`
      ? PointerOf<T> extends [infer P extends string, unknown]
        ? FieldOut<P, D, B>
        : never
      : LastSegment<T> extends infer N extends keyof D
        ? StructOut<D[N], D, B>
        : Result<T, B>;

/** The argument for a pointer whose length is known: what is there, copied. */
type GivenList<T extends string, B extends boolean> =
  PointerOf<T> extends [infer P extends string, unknown]
    ? P extends `*${string}`
      ? PointerOf<P> extends [infer Q extends string, unknown]
        ? LastSegment<Q> extends 'c_char'
          ? (string | null)[]
          : (Pointer<NameOf<Q>> | null)[]
        : never
      : LastSegment<P> extends 'c_void' | 'c_char' | 'u8'
        ? Uint8Array
        : Result<P, B>[]
    : never;

/**
 * A C function, whose result is an object if something comes out of its parameters. It has no background form if it needs a
 * callback.
 */
export type CFunction<L, V> =
  IsUnsupported<L> extends true
    ? L
    : IsUnsupported<V> extends true
      ? V
      : L extends { args: infer Args extends unknown[]; outs: infer Outs }
        ? NeedsCallback<Args> extends true
          ? WithoutBackground<(...args: Args) => unknown extends Outs ? V : Outputs<Outs & ResultOf<V>>>
          : (...args: Args) => unknown extends Outs ? V : Outputs<Outs & ResultOf<V>>
        : never;

/** True if an argument has to be a function. */
type NeedsCallback<Args extends unknown[]> = Args extends [infer A, ...infer Rest]
  ? [Extract<A, (...args: never[]) => unknown>] extends [never]
    ? NeedsCallback<Rest>
    : null extends A
      ? NeedsCallback<Rest>
      : true
  : false;

/** One object type of an intersection. */
type Outputs<O> = { [K in keyof O]: O[K] };

type ResultOf<V> = [V] extends [Nothing] ? unknown : { result: V };

/** True if the text of a result is a pointer or a structure. */
export type IsCResult<T extends string, D> = T extends `*${string}` | `&${string}` | `${string}<${string}`
  ? true
  : LastSegment<T> extends keyof D
    ? true
    : false;
