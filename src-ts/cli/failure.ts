/** Something that went wrong with the work, said in a way that needs no stack trace. */
export class Failure extends Error {
  /** What to do next, in one or several lines; may be empty. */
  readonly hint: string;

  constructor(message: string, hint = '', options?: { cause?: unknown }) {
    super(message, options);
    this.hint = hint;
  }
}

/** Something that was asked for in a way that cannot be meant. */
export class UsageFailure extends Failure {}
