/** The class of open Rust libraries, which users of the package work with. */

import nodePath = require('node:path');
import { inspect } from 'node:util';
import type { Background, WithBackground } from '../call/background/typed';
import type { Backlog, CheckedFunction, Target } from '../call/plan';
import { RustDLLError, typeError } from '../errors/errors';
import { libraryError } from '../errors/library-error';
import { thrownBy } from '../errors/trace';
import { describe, type Level } from '../errors/words';
import type { DebugInfo } from '../debug/debug-info';
import { hasDebugInfo } from '../file/debug-sections';
import type { FindOptions } from '../file/find';
import type { Image } from '../file/formats/image';
import { isCurrent, openAgain, type OpenLibrary, openLibrary } from '../file/open';
import type { URLLike } from '../file/url-like';
import type { GuessTarget } from '../levels/guess/guess';
import type { BigIntsOf, Declared, DeclareOptions } from '../levels/declare/types/declared';
import type { Exports } from '../levels/export/export';
import { CONTRACT_SYMBOL, CONTRACT_SYMBOLS, FLUSH_SYMBOL } from '../levels/export/symbols';
import { defineLazily, property, rename } from '../runtime/property';
import type { KeptCallback } from '../types/kept-callback';
import type { KnownSignature } from '../types/known';
import type { LogOptions } from '../types/log';
import { countExported, type ExportedSignature, fullName, hasReceiver, type Table } from '../types/signature';
import type { ThreadUse } from '../call/background/threads';
import { define, defineConstants, defineFunctions } from './functions';
import { type PlainFunctions, withFunctions } from './lookup';
import { type KnownOptions, type LibraryOptions, readOptions } from './options';
import type { Names } from './unknown-function';

/**
 * The modules that are loaded once they are needed, as a program waits for all code that it loads: each library uses
 * some of the levels, and few use all of them.
 */
const loaded: {
  guess?: typeof import('../levels/guess/guess');
  guessInBackground?: typeof import('../levels/guess/background');
  declared?: typeof import('../levels/declare/declare');
  exported?: typeof import('../levels/export/export');
  log?: typeof import('../levels/export/log');
} = { __proto__: null } as object;

function guess(): NonNullable<typeof loaded.guess> {
  return (loaded.guess ??= require('../levels/guess/guess') as typeof import('../levels/guess/guess'));
}

function guessInBackground(): NonNullable<typeof loaded.guessInBackground> {
  return (loaded.guessInBackground ??=
    require('../levels/guess/background') as typeof import('../levels/guess/background'));
}

function declared(): NonNullable<typeof loaded.declared> {
  return (loaded.declared ??= require('../levels/declare/declare') as typeof import('../levels/declare/declare'));
}

function contradiction(): typeof import('../levels/declare/contradiction') {
  return require('../levels/declare/contradiction') as typeof import('../levels/declare/contradiction');
}

function exported(): NonNullable<typeof loaded.exported> {
  return (loaded.exported ??= require('../levels/export/export') as typeof import('../levels/export/export'));
}

function log(): NonNullable<typeof loaded.log> {
  return (loaded.log ??= require('../levels/export/log') as typeof import('../levels/export/log'));
}

function threads(): typeof import('../call/background/threads') {
  return require('../call/background/threads') as typeof import('../call/background/threads');
}

let isBlocking = false;

/** Has libraries wait for room when they print into a pipe. */
function blockOnce(): void {
  if (isBlocking) return;
  isBlocking = true;
  const streams = require('../runtime/standard-streams') as typeof import('../runtime/standard-streams');
  streams.makeStandardStreamsBlocking();
}

/**
 * The most names that are remembered as missing in a library, so that reading arbitrary names does not fill the memory.
 */
const MAX_STRANGERS = 1000;

/** No function has this index. */
const NO_SYMBOL = 2 ** 32 - 1;

/**
 * Returns the table of an open library; null if the library was built without the crate.
 *
 * @internal
 */
export let tableOf: (library: RustDLL) => Table | null;

/** The implementation of the class. Its documentation for users is at {@link RustDLL}. */
class Library {
  /** The library's absolute real path. */
  declare readonly path: string;
  readonly #opened: OpenLibrary;
  readonly #image: Image;
  readonly #native: OpenLibrary['native'];
  readonly #symbols = new Map<string, number>();
  /** The plain functions that have been used, and those in their background form. */
  readonly #guessed = new Map<string, CheckedFunction>();
  readonly #guessedBackground = new Map<string, CheckedFunction>();
  /** Names that have been read and are not functions. */
  readonly #strangers = new Set<string>();
  readonly #table: Table | null = null;
  readonly #exports: Exports | null = null;
  readonly #backlog: Backlog;
  /** The library's debug information; null if there is none, or it is not to be used. */
  #debugInfo: DebugInfo | null | undefined;
  readonly #options: KnownOptions;
  /** Ends listening to the library's logging. */
  readonly #endLog: (() => void) | undefined;
  #background: object | undefined;
  #closed = false;

  constructor(path: string | URLLike, options?: LibraryOptions) {
    try {
      this.#options = readOptions(options);
      this.#backlog = { count: 0, limit: this.#options.pending };
      const opened = openLibrary(path);
      this.#opened = opened;
      this.#image = opened.image;
      this.#native = opened.native;
      if (this.#image.exports().has(CONTRACT_SYMBOL)) {
        const { Exports, readExported, unitEnums, unitsOf } = exported();
        const table = readExported(this.#native, this.#image);
        this.#table = table;
        const exports = new Exports([...table.functions, ...table.members], (index) => this.#exportedTarget(index));
        this.#exports = exports;
        const file = nodePath.basename(opened.path);
        defineFunctions(this, table.functions, (first, end) => exports.make(file, first, end));
        defineConstants(this, table.functions, (index) => exports.make(file, index, index + 1)[0]?.());
        for (const [name, guard] of exports.makeGuards(table)) {
          rename(guard, name);
          Object.defineProperty(this, name, property(guard));
        }
        for (const definition of unitEnums(table)) {
          // The keys of a library are its functions and constants.
          defineLazily(this, definition.name, () => unitsOf(definition), false);
        }
        if (table.classes.length > 0) define(this, exports.makeClasses(file, table));
      }
      if (process.platform === 'darwin') blockOnce();
      if (this.#image.exports().has(FLUSH_SYMBOL)) {
        const { flushAtEnd } = require('../call/flush') as typeof import('../call/flush');
        flushAtEnd(opened.identity, FLUSH_SYMBOL, () => openAgain(opened));
      }
      // An exported function replaces a member of the class.
      if (!Object.hasOwn(this, 'path')) Object.defineProperty(this, 'path', property(opened.path, false));
      const plain: PlainFunctions = {
        has: (name) => this.#hasSymbol(name),
        get: (name) => Library.#plainFunction(this, name, this, (target) => guess().makeGuessed(target)),
      };
      Object.setPrototypeOf(this, withFunctions(new.target.prototype, plain));
      if (this.#options.log !== null) this.#endLog = this.#listen(this.#options.log);
    } catch (error) {
      throw thrownBy(new.target, error);
    }
  }

  static find(name: string, options: FindOptions): string {
    try {
      return (require('../file/find') as typeof import('../file/find')).findLibrary(name, options);
    } catch (error) {
      throw thrownBy(Reflect.get(Library, 'find'), error);
    }
  }

  static callback(call: unknown): object {
    try {
      const { makeKept } = require('../levels/declare/c') as typeof import('../levels/declare/c');
      return makeKept(call);
    } catch (error) {
      throw thrownBy(Reflect.get(Library, 'callback'), error);
    }
  }

  static reload(library: Library): Library {
    if (!Library.#isLibrary(library)) {
      throw typeError('ERR_RUSTDLL_TYPE', `RustDLL.reload: expected a library, got ${describe(library)}`);
    }
    if (!library.#closed && isCurrent(library.#opened)) return library;
    const { pending, check, log } = library.#options;
    return new Library(library.#opened.place, { pending, check, ...(log !== null && { log }) });
  }

  /**
   * Makes functions whose calls are checked from their declarations in Rust's syntax. TypeScript infers their types
   * from the same text.
   *
   * @example
   * ```ts
   * const lib = dll.declare('fn mean(v: &PyVec<f64>) -> f64');
   * lib.mean([1, 2, 3]); // 2
   * ```
   * @throws SyntaxError `ERR_RUSTDLL_DECLARATION` with line and column, RustDLLError `ERR_RUSTDLL_SYMBOL`, and
   *   `ERR_RUSTDLL_MISMATCH` if the debug information of the library contradicts a declaration.
   */
  declare<const Source extends string, const Options extends DeclareOptions = Record<never, never>>(
    source: Source,
    options?: Options,
  ): WithBackground<Declared<Source, BigIntsOf<Options>>> {
    try {
      return this.#declare(source, bigintOption(options)) as WithBackground<Declared<Source, BigIntsOf<Options>>>;
    } catch (error) {
      throw thrownBy(Reflect.get(Library.prototype, 'declare'), error);
    }
  }

  #declare(source: string, bigint: boolean): object {
    const { parseItems } = require('../levels/declare/parser') as typeof import('../levels/declare/parser');
    const { argumentsOf, makeDeclared, makeDeclaredBackground, takesCallback } = declared();
    const { functions: signatures, statics } = parseItems(source);
    const declarations = signatures.map((signature) => {
      const { name } = signature;
      const target = this.#target('declare', name, this.#symbol(name), argumentsOf(signature));
      return [target, signature] as const;
    });
    const functions = Object.create(NOTHING) as object;
    const find = (name: string): Target => this.#target('declare', name, this.#symbol(name));
    const text = { bigint, find, callsBack: signatures.some(takesCallback) };
    define(functions, makeDeclared(declarations, text, nodePath.basename(this.#image.path)));
    // What can never be declared is the same error whether or not the library has debug information.
    for (const [, signature] of declarations) {
      const known = this.#known(signature.name);
      if (known !== null) contradiction().refuseContradiction(signature, known);
    }
    if (statics.length > 0) {
      const { defineStatics } = require('../levels/declare/c') as typeof import('../levels/declare/c');
      defineStatics(functions, statics, bigint, (name) => this.#data(name));
    }
    const background = Object.create(NOTHING) as object;
    for (const [target, signature] of declarations) {
      defineLazily(background, signature.name, () => makeDeclaredBackground(target, signature, text));
    }
    // No function can have this name, as it is a keyword in Rust.
    Object.defineProperty(functions, 'async', property(background, false));
    return functions;
  }

  /** The library's functions, including guessed ones, in a form that runs on another thread and returns a promise. */
  get async(): object {
    return (this.#background ??= this.#makeBackground());
  }

  #makeBackground(): object {
    const signatures = this.#table?.functions ?? [];
    const isExported = (wanted: string): boolean => signatures.some(({ name }) => name === wanted);
    const plain: PlainFunctions = {
      has: (name) => !isExported(name) && this.#hasSymbol(name),
      get: (name) =>
        isExported(name)
          ? undefined
          : Library.#plainFunction(this, name, background, (target) =>
              guessInBackground().makeGuessedBackground(target),
            ),
    };
    const background = Object.create(withFunctions(NOTHING, plain)) as object;
    signatures.forEach((signature, index) => {
      if (!exported().hasBackground(signature)) return;
      defineLazily(background, signature.name, () => this.#exports?.makeBackground(index));
    });
    return background;
  }

  static get threads(): number {
    return threads().threadLimit();
  }

  static set threads(limit: number) {
    threads().setThreadLimit(limit);
  }

  static get threadUse(): ThreadUse {
    return threads().threadUse();
  }

  /** Closes the library: calls under way finish, later ones throw. Its code stays mapped. */
  close(): void {
    this.#closed = true;
    this.#endLog?.();
    this.#native.close();
  }

  /**
   * Does the same as {@link RustDLL.close}, for `using`, even if the library exports a function `close`.
   *
   * @internal
   */
  [Symbol.dispose](): void {
    (Object.getPrototypeOf(this) as Library).close.call(this);
  }

  /** @internal */
  [inspect.custom](_depth: number, options: object): string {
    // `this` is an object that has a library as its prototype.
    if (!Library.#isLibrary(this)) return inspect(this, { ...options, customInspect: false });
    const head = `path: ${inspect(this.#image.path)}${this.#closed ? ', closed' : ''}`;
    const { signatureText } = require('../levels/export/print') as typeof import('../levels/export/print');
    const { functions = [], members = [], classes = [] } = this.#table ?? {};
    const lines = (list: readonly ExportedSignature[], indent: string): string[] =>
      list.map((signature) => `${indent}${signatureText(signature)}`);
    const signatures = lines(functions, '  ');
    for (const definition of classes) {
      signatures.push(`  class ${definition.name}`);
      signatures.push(
        ...lines(
          members.filter(({ member }) => member?.definition === definition),
          '    ',
        ),
      );
    }
    return signatures.length === 0 ? `RustDLL { ${head} }` : `RustDLL { ${head},\n${signatures.join('\n')} }`;
  }

  /**
   * The plain function `name` in the form that `make` gives it; from now on it is an own property of `object`, if that
   * may still have new ones. Undefined for any other name, except one that can only be meant for a function.
   */
  static #plainFunction(
    library: Library,
    name: string,
    object: object,
    make: (target: GuessTarget) => CheckedFunction,
  ): CheckedFunction | undefined {
    if (library.#strangers.has(name)) return undefined;
    refuseNul(name);
    if (!library.#hasSymbol(name)) {
      const { isMeant, unknownFunction } = require('./unknown-function') as typeof import('./unknown-function');
      if (isMeant(library.#names(), name)) {
        library.#refuseClosed(name);
        throw unknownFunction(library.#names(), name);
      }
      if (library.#strangers.size < MAX_STRANGERS) library.#strangers.add(name);
      return undefined;
    }
    const made = object === library ? library.#guessed : library.#guessedBackground;
    let guessed = made.get(name);
    if (guessed === undefined) {
      const target = library.#target('guess', name, library.#symbol(name));
      guessed = make({ ...target, check: library.#guessCheck(target) });
      rename(guessed, name);
      made.set(name, guessed);
    }
    Reflect.defineProperty(object, name, property(guessed));
    return guessed;
  }

  static {
    tableOf = (library) => library.#table;
  }

  static #isLibrary(value: unknown): value is Library {
    return typeof value === 'object' && value !== null && #opened in value;
  }

  /** Returns the function at an index of the table. There is none once the library is closed. */
  #exportedTarget(index: number): Target {
    const { functions, members } = this.#table as Table;
    const signature = functions[index] ?? members[index - functions.length];
    const symbol = this.#native.entry(index) ?? NO_SYMBOL;
    // The function behind all of them takes from iterators.
    if (signature === undefined) return this.#target('export', 'next', symbol);
    const target = this.#target('export', fullName(signature), symbol, signature.parameters);
    return hasReceiver(signature) ? { ...target, hasReceiver: true } : target;
  }

  #listen(options: Required<LogOptions>): () => void {
    const table = this.#table;
    if (typeof table?.log !== 'string') {
      throw libraryError(
        'ERR_RUSTDLL_LOG',
        this.#image.path,
        'it has no records for the option log: it was built without the features log and tracing of the crate rustdll',
      );
    }
    const symbol = this.#native.entry(countExported(table) + 1) ?? NO_SYMBOL;
    return log().listen(this.#target('export', 'RustDLL', symbol, [{ name: 'level' }, { name: 'log' }]), options);
  }

  #target(level: Level, name: string, symbol: number, parameters: readonly { readonly name: string }[] = []): Target {
    return {
      name,
      level,
      parameterName: (index) => parameters[index]?.name,
      symbol,
      library: this.#native,
      path: this.#image.path,
      backlog: this.#backlog,
    };
  }

  #guessCheck(target: Target): GuessTarget['check'] {
    const signature = this.#known(target.name);
    if (signature === null) return null;
    const { GuessCheck } = require('../levels/guess/check') as typeof import('../levels/guess/check');
    return new GuessCheck(target, signature);
  }

  /** Returns the signature of a plain function that the debug information states, if calls are to be checked. */
  #known(name: string): KnownSignature | null {
    if (this.#debugInfo === undefined) {
      const isUsed = this.#options.check && process.env['RUSTDLL_CHECK'] !== '0' && hasDebugInfo(this.#image);
      this.#debugInfo = isUsed ? this.#openDebugInfo() : null;
    }
    return this.#debugInfo?.find(name).signature ?? null;
  }

  #openDebugInfo(): DebugInfo {
    const debug = require('../debug/debug-info') as typeof import('../debug/debug-info');
    return new debug.DebugInfo(this.#image.path, this.#opened.identity);
  }

  /**
   * True if there is a function of the name, by the file's own table: the loader would look through the libraries that
   * this one needs as well.
   */
  #hasSymbol(name: string): boolean {
    const kind = CONTRACT_SYMBOLS.has(name) ? undefined : this.#image.exports().get(name);
    return kind !== undefined && kind !== 'data';
  }

  #names(): Names {
    return { path: this.#image.path, symbols: this.#image.exports(), table: this.#table };
  }

  #refuseClosed(name: string): void {
    if (!this.#closed) return;
    throw new RustDLLError('ERR_RUSTDLL_CLOSED', `${name}: the library ${this.#image.path} was closed`);
  }

  /** Returns the address of a static. */
  #data(name: string): number {
    this.#refuseClosed(name);
    refuseNul(name);
    const kind = this.#image.exports().get(name);
    const address = kind === undefined || kind === 'function' ? null : this.#native.data(name);
    if (address !== null) return address;
    throw new RustDLLError('ERR_RUSTDLL_SYMBOL', `the library ${this.#image.path} has no static ${name}`);
  }

  #symbol(name: string): number {
    this.#refuseClosed(name);
    refuseNul(name);
    const known = this.#symbols.get(name);
    if (known !== undefined) return known;
    const symbol = this.#hasSymbol(name) ? this.#native.symbol(name) : null;
    if (symbol === null) {
      const { unknownFunction } = require('./unknown-function') as typeof import('./unknown-function');
      throw unknownFunction(this.#names(), name);
    }
    this.#symbols.set(name, symbol);
    return symbol;
  }
}

/** @throws TypeError for a name with a NUL, up to which the loader would search for it. */
function refuseNul(name: string): void {
  if (name.includes('\0')) {
    throw typeError('ERR_RUSTDLL_TYPE', `${describe(name)}: a function's name cannot hold a NUL`);
  }
}

/** The prototype of objects of declared functions. Accesses of an object whose prototype is null would be slow. */
const NOTHING = Object.freeze(Object.create(null) as object);

function bigintOption(options: unknown): boolean {
  if (options === undefined) return false;
  const bigint: unknown =
    typeof options === 'object' && options !== null ? (options as DeclareOptions).bigint : options;
  if (typeof options === 'object' && options !== null && (bigint === undefined || typeof bigint === 'boolean')) {
    return bigint === true;
  }
  throw typeError('ERR_RUSTDLL_TYPE', `declare: expected options such as { bigint: true }, got ${describe(options)}`);
}

/**
 * An open library: an ordinary object, whose properties are the members of its class and the library's functions.
 *
 * @typeParam Exports - The library's exported functions, as `npx rustdll types` writes them: `typeof geo` of an
 *   `import type * as geo from './geo'`. Without it the functions are `any`, and not {@link GuessedFunction}, so that
 *   `dll.test(…)` compiles under `noUncheckedIndexedAccess` too.
 */
// eslint-disable-next-line @typescript-eslint/no-explicit-any
export type RustDLL<Exports extends object = { readonly [name: string]: any }> = Members<
  Library & DisposableIfKnown & { readonly async: Background<Exports> },
  Exports
> &
  Readonly<Exports>;

/**
 * The method `[Symbol.dispose]`, for `using`, if the compiler knows that symbol: from TypeScript 5.2 on with the
 * library `esnext.disposable`.
 */
type DisposableIfKnown = typeof Symbol extends { readonly dispose: infer Dispose extends symbol }
  ? { readonly [Name in Dispose]: () => void }
  : unknown;

/** The members of the class, without those that functions of the library replace. */
type Members<Class, Exports extends object> = string extends keyof Exports
  ? Class
  : Extract<keyof Class, keyof Exports> extends never
    ? Class
    : Omit<Class, keyof Exports>;

rename(Library, 'RustDLL');

/**
 * A library with its exported functions as properties.
 *
 * Calls of functions that Rust exports with `#[export]` are checked against the types that the library describes, and
 * their `Err`s and panics are thrown. Any other function that is called directly is guessed: the types of its
 * parameters are inferred from the arguments, and a wrong guess is undefined behaviour in Rust. Its result is read as a
 * 64-bit integer, so that narrower ones and `bool`s may have undefined upper bits and floats are not returned; see
 * {@link GuessedFunction}. `declare` makes functions whose calls are checked and whose results have their own types.
 */
export const RustDLL = Library as unknown as {
  /**
   * Opens a library.
   *
   * @typeParam Exports - Its exported functions, as `npx rustdll types` writes them: `typeof geo` of an
   *   `import type * as geo from './geo'`.
   * @param path - A path or `file:` URL; a relative path is resolved against the working directory. A bare name is
   *   refused: libraries are never searched for. `RustDLL.find` makes a path from a name.
   * @param options - The limit of calls under way in the background, and where the records of its logging go.
   * @throws RustDLLError if there is no library at the path that this process can load, or if it has no records for
   *   the option `log`.
   */
  // eslint-disable-next-line @typescript-eslint/no-explicit-any
  new <Exports extends object = { readonly [name: string]: any }>(
    path: string | URLLike,
    options?: LibraryOptions,
  ): RustDLL<Exports>;

  /** Opens a library. This overload is never selected, but `InstanceType` uses the last one. */
  new (path: string | URLLike, options?: LibraryOptions): RustDLL;

  /**
   * Returns the path of the library that a crate builds: `RustDLL.find('mylib', { from: import.meta.url })` converts
   * the name to the platform's file name and searches that folder, then `native/<platform>-<arch>`, in which packages ship
   * their libraries, and then the target directories of Cargo: those set by `CARGO_TARGET_DIR` or a `.cargo/config.toml`,
   * and `target`, from that folder upwards. It returns the most recent build.
   *
   * @throws RustDLLError `ERR_RUSTDLL_NOT_FOUND` with every path tried.
   */
  find(name: string, options: FindOptions): string;

  /**
   * Returns the library in its current version: `library` itself if its file has not changed or does not exist any
   * more, and otherwise a new one, opened by the path with which `library` was opened. The old one does not change: its
   * functions still call the old code, which has its own `static`s, and the caller may close it.
   *
   * @example
   * ```ts
   * watchFile(lib.path, () => (lib = RustDLL.reload(lib)));
   * ```
   * @throws RustDLLError if the new version cannot be loaded; `library` can still be used.
   */
  reload<Opened extends RustDLL<object>>(library: Opened): Opened;

  /**
   * Makes a callback that a C library may keep: one that it calls after the call to which it is passed, until it is
   * closed. A function itself is lent for one call.
   *
   * @throws TypeError `ERR_RUSTDLL_TYPE` if it is no function.
   */
  callback<Call extends (...args: never[]) => unknown>(call: Call): KeptCallback<Call>;

  /**
   * The most threads that the process may have for calls in the background: one for each processor, or RUSTDLL_THREADS.
   * It can be set at any time. If it is lowered, threads end after the calls that they are making.
   */
  threads: number;

  /** The use of those threads at this moment. */
  readonly threadUse: ThreadUse;

  readonly prototype: RustDLL<object>;
};
