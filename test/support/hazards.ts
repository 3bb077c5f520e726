/**
 * Rows of faults, each a script that runs in a child process. Rows of one group share a child; if one ends it, the rows
 * after it run in another child, so that a crash fails only one row.
 */

import * as path from 'node:path';
import type * as rustdll from '../../src-ts/index';
import { runChild, type Child, type ChildOptions } from './child';

/** A function without checked types, which the test calls with wrong arguments. */
// eslint-disable-next-line @typescript-eslint/no-explicit-any
export type Loose = (...args: any[]) => any;

/** The error that {@link Tools.throws} expects. */
export interface Expected {
  /** The name of the class. */
  readonly type: 'TypeError' | 'RangeError' | 'SyntaxError' | 'RustDLLError' | 'RustError' | 'RustPanic' | 'Error';
  readonly code?: string;
  readonly message?: RegExp;
}

/** The functions of node:assert/strict that scripts use, without assertion signatures, which need declared names. */
export interface Assert {
  ok(value: unknown, message?: string): void;
  equal(actual: unknown, expected: unknown, message?: string): void;
  notEqual(actual: unknown, expected: unknown): void;
  deepEqual(actual: unknown, expected: unknown, message?: string): void;
  match(text: string, pattern: RegExp): void;
  throws(call: () => unknown, expected: object | ((error: unknown) => boolean)): void;
  fail(message: string): never;
}

/** The outcome of a Worker. */
export interface WorkerEnd<T> {
  readonly exitCode: number;
  /** The value that its script returned. */
  readonly result: T | undefined;
  readonly error: Error | undefined;
}

/** A Worker that runs a script. */
export interface RunningWorker<T> {
  readonly thread: import('node:worker_threads').Worker;
  /** Fulfilled when the script has begun. */
  readonly begun: Promise<void>;
  readonly ended: Promise<WorkerEnd<T>>;
}

/** The tools of a script in the child; test/support/harness.cjs makes them. */
export interface Tools {
  readonly assert: Assert;
  readonly require: NodeJS.Require;
  /** The built package, loaded at the first access. */
  readonly rustdll: typeof rustdll;
  /** The repository and the fixture libraries. */
  readonly paths: Readonly<
    Record<
      | 'root'
      | 'kernels'
      | 'example'
      | 'clib'
      | 'exported'
      | 'faults'
      | 'clashing'
      | 'cabi'
      | 'callbacks'
      | 'futures_fixture'
      | 'aborting'
      | 'logging',
      string
    >
  >;
  /** The kernels, opened for this row alone. */
  readonly kernels: rustdll.RustDLL;
  /** The libraries of exported functions, opened for this row alone. From then on {@link healthy} calls them too. */
  readonly exported: rustdll.RustDLL;
  readonly faults: rustdll.RustDLL;
  /** Opens a library for this row alone. */
  open(name: 'callbacks' | 'futures_fixture' | 'aborting' | 'logging'): rustdll.RustDLL;
  /** Collects garbage. */
  gc(): void;
  /** The addon of the checkout. */
  readonly addon: typeof import('../../src-ts/crossing/node-api/native').native;
  /** The identity of a file; see src-ts/file/identity.ts. */
  identityOf(path: string): string;
  /** Libraries whose table and behaviour the script determines. */
  readonly contract: typeof import('./contract.cjs');
  /** Functions of {@link kernels}, without types. */
  declare(source: string, options?: object): Record<string, Loose>;
  /** Asserts that `call` throws, and returns what it threw. */
  throws(call: () => unknown, expected: Expected): Error & { code?: string; cause?: unknown };
  /** Makes calls of every kind and asserts their results, and that no memory of an earlier call is still allocated. */
  healthy(): void;
  /** An empty folder, removed when the child ends. */
  folder(): string;
  /**
   * Runs `script` in a Worker with its own tools. It is sent as text, so of its surroundings it can use only `data`.
   */
  worker<D, T>(
    script: (tools: Tools, data: D) => T | Promise<T>,
    data?: D,
    resourceLimits?: import('node:worker_threads').ResourceLimits,
  ): RunningWorker<T>;
  /** The environment variables of the child. */
  readonly env: Readonly<Record<string, string | undefined>>;
}

/** A script. It is sent to the child as text, so it cannot use variables of its surroundings. */
export type Script = (tools: Tools) => void | Promise<void>;

/** A line of the child's report. */
type Line = { readonly begun: number } | { readonly ended: number; readonly error?: string };

interface Row {
  readonly title: string;
  readonly script: Script;
  outcome?: string;
}

const HARNESS = path.join(__dirname, 'harness.cjs');

/** Declares the row of a fault and its test. */
export type DeclareRow = (fault: number, title: string, script: Script) => void;

/** A group of rows that share a child. */
export function group(options: ChildOptions = {}): DeclareRow {
  const rows: Row[] = [];
  let ran = false;
  return (fault, title, script) => {
    const row: Row = { title: `fault ${fault}: ${title}`, script };
    rows.push(row);
    test(row.title, () => {
      if (!ran) {
        ran = true;
        runRows(rows, options);
      }
      if (row.outcome !== '') throw new Error(row.outcome ?? 'the child did not run this row');
    });
  };
}

/** Runs one script in a child of its own, for faults that end the process. */
export function runScript(script: Script, options: ChildOptions = {}): Child {
  return runChild(HARNESS, JSON.stringify([String(script)]), options);
}

function runRows(rows: readonly Row[], options: ChildOptions): void {
  let next = 0;
  while (next < rows.length) {
    const batch = rows.slice(next);
    const child = runChild(HARNESS, JSON.stringify(batch.map(({ script }) => String(script))), options);
    next += attribute(batch, child);
  }
}

/** Assigns the outcomes to the rows of `batch` that ran, and returns their number. */
function attribute(batch: readonly Row[], child: Child): number {
  const end = child.signal ?? `exit code ${child.code}`;
  let begun = -1;
  for (const line of child.report.split('\n').slice(0, -1)) {
    const entry = JSON.parse(line) as Line;
    if ('begun' in entry) begun = entry.begun;
    else (batch[entry.ended] as Row).outcome = entry.error ?? '';
  }
  const row = batch[Math.max(begun, 0)] as Row;
  row.outcome ??= `the child ended here with ${end}\n${child.stderr}`;
  const ran = Math.max(begun, 0) + 1;
  if (ran === batch.length && child.code !== 0 && row.outcome === '') {
    row.outcome = `the child ended with ${end} after its last row\n${child.stderr}`;
  }
  return ran;
}
