/** An error that its message and hint explain: the command prints no stack trace for it. */
export class CliError extends Error {
  /** The next thing to do, in one or several lines; may be empty. */
  readonly hint: string;

  constructor(message: string, hint = '', options?: { cause?: unknown }) {
    super(message, options);
    this.hint = hint;
  }
}

/** A command line that asks for something impossible. */
export class UsageError extends CliError {}
