/** An error that needs no stack trace, as its message and hint explain it. */
export class CliError extends Error {
  /** The next steps for the user, in one or several lines; may be empty. */
  readonly hint: string;

  constructor(message: string, hint = '', options?: { cause?: unknown }) {
    super(message, options);
    this.hint = hint;
  }
}

/** An error for an invalid command line. */
export class UsageError extends CliError {}
