/** The records of a library's logging. */

/** The levels of records, the most urgent first. */
export const LOG_LEVELS = ['error', 'warn', 'info', 'debug', 'trace'] as const;

/** The level of a record. */
export type LogLevel = (typeof LOG_LEVELS)[number];

/** A span of Rust's `tracing`. */
export interface LogSpan {
  readonly name: string;
  /** The path of the Rust module, unless the span has another target. */
  readonly target: string;
  /** The fields that it has had when the record was made, of the same types as those of a record. */
  readonly fields: LogRecord['fields'];
}

/** A record of a library's logging, which Rust's `log` or `tracing` has made. */
export interface LogRecord {
  readonly level: LogLevel;
  /** What the record is about: the path of the Rust module, such as `mylib::index`, unless it has another target. */
  readonly target: string;
  readonly message: string;
  /** The source file of the line that has made the record, as the compiler names it. */
  readonly file: string | null;
  readonly line: number | null;
  /** When the record was made, in milliseconds since 1970, with a fraction. */
  readonly timestamp: number;
  /**
   * The fields of the record, such as `{ id: 7 }` of `info!(id = 7; "done")`. Integers beyond 2^53 - 1, NaN and
   * infinities are strings, and so is everything else that is no string, number, boolean or null.
   */
  readonly fields: Readonly<Record<string, string | number | boolean | null>>;
  /** The spans of `tracing` that the record was made in, the outermost first. */
  readonly spans: readonly LogSpan[];
  /** How many records before this one were dropped, because too many calls were waiting. */
  readonly dropped: number;
}

/** Where the records of a library go. */
export interface LogOptions {
  /** The most detailed level of which there are to be records; `'info'` by default. */
  readonly level?: LogLevel;
  /**
   * Is called with each record, in a later turn of the event loop or before the process ends, and does not keep it
   * alive. What it throws is an uncaught exception.
   */
  readonly write: (record: LogRecord) => void;
}
