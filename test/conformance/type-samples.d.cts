/** Values for a type in the tables of the guide, as expressions of JavaScript. */
export interface Case {
  /** The type as the table has it. */
  readonly type: string;
  /** The function that returns what it is given. With `_in_list` it is one for a list of such values. */
  readonly name: string;
  /** Arguments, and results that are not the argument again. */
  readonly takes: readonly (string | readonly [argument: string, result: string])[];
  /** Arguments that TypeScript refuses, which are a TypeError, and the path inside of the argument unless it is that itself. */
  readonly wrong: readonly (string | readonly [argument: string, path: string])[];
  /** Arguments that only the library refuses. */
  readonly bad?: readonly (readonly [argument: string, kind: 'TypeError' | 'RangeError', path?: string])[];
  /** True if there is no function for lists of such values. */
  readonly alone?: true;
}

/** The cases of the tables of docs/guide.md and docs/crates.md. */
export declare const CASES: readonly Case[];

/** The functions of types that are only parameters or only results. */
export declare const FUNCTIONS: Readonly<Record<string, string>>;
