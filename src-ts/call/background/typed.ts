import type { CallOptions } from './options';

/**
 * The background forms of functions: each takes the same arguments and after them options, and returns a promise of the
 * same result. If the functions are not known, neither are their background forms.
 */
export type Background<Functions> = string extends keyof Functions ? Functions : BackgroundOf<Functions>;

type BackgroundOf<Functions> = {
  readonly [Name in keyof Functions as HasBackground<Functions[Name]> extends true ? Name : never]: FormOf<
    Functions[Name]
  >;
};

type HasBackground<Value> = Value extends (...args: never[]) => unknown
  ? Value extends { readonly [background]: false }
    ? false
    : true
  : false;

/** A function that gives a promise runs in the background already, and has options of its own. */
type FormOf<Function> = Function extends (...args: infer Arguments) => infer Result
  ? Result extends Promise<unknown>
    ? Function
    : (...args: [...args: Arguments, options?: CallOptions]) => Promise<Result>
  : never;

declare const background: unique symbol;

/** A function without a background form, which Rust exports with `#[export(sync)]`. */
export type WithoutBackground<Function> = Function & { readonly [background]: false };

/** Functions, with their background forms in the property `async`. */
export type WithBackground<Functions> = Functions & { readonly async: Background<Functions> };
