import type { CallOptions } from './options';

/**
 * The background forms of functions: each takes the same arguments, and after them options, and gives a promise of the
 * same result. Where the functions are not known, their forms are not either.
 */
export type Background<Functions> = string extends keyof Functions ? Functions : BackgroundOf<Functions>;

type BackgroundOf<Functions> = {
  readonly [
    Name in keyof Functions as Functions[Name] extends (...args: never[]) => unknown ? Name : never
  ]: Functions[Name] extends (...args: infer Arguments) => infer Result
    ? (...args: [...args: Arguments, options?: CallOptions]) => Promise<Awaited<Result>>
    : never;
};

/** Functions, with their background forms as a property of its own. */
export type WithBackground<Functions> = Functions & { readonly async: Background<Functions> };
