import type { CallOptions } from './options';

/**
 * The background forms of functions: each takes the same arguments and after them options, and returns a promise of the
 * same result. If the functions are not known, neither are their background forms.
 */
export type Background<Functions> = string extends keyof Functions ? Functions : BackgroundOf<Functions>;

type BackgroundOf<Functions> = {
  readonly [
    Name in keyof Functions as Functions[Name] extends (...args: never[]) => unknown ? Name : never
  ]: Functions[Name] extends (...args: infer Arguments) => infer Result
    ? (...args: [...args: Arguments, options?: CallOptions]) => Promise<Awaited<Result>>
    : never;
};

/** Functions, with their background forms in the property `async`. */
export type WithBackground<Functions> = Functions & { readonly async: Background<Functions> };
