/** A Rust library, opened: the class people use. */

import nodePath = require('node:path');
import { inspect } from 'node:util';
import type { Background, WithBackground } from '../call/background/typed';
import type { Backlog, CheckedFunction, Target } from '../call/plan';
import { RustDLLError, typeError } from '../errors/errors';
import { thrownBy } from '../errors/trace';
import { describe, type Level } from '../errors/words';
import type { FindOptions } from '../file/find';
import type { Image } from '../file/formats/image';
import { isCurrent, type OpenLibrary, openLibrary } from '../file/open';
import type { URLLike } from '../file/url-like';
import { makeDeclared, makeDeclaredBackground } from '../levels/declare/declare';
import type { BigIntsOf, Declared, DeclareOptions } from '../levels/declare/types/declared';
import { readExported } from '../levels/export/contract';
import { Exports } from '../levels/export/export';
import { CONTRACT_SYMBOLS } from '../levels/export/symbols';
import { makeGuessedBackground } from '../levels/guess/background';
import { makeGuessed } from '../levels/guess/guess';
import { property, rename } from '../runtime/property';
import type { ExportedSignature, Table } from '../types/signature';
import { setThreadLimit, threadLimit, type ThreadUse, threadUse } from '../call/background/threads';
import { type PlainFunctions, withFunctions } from './lookup';
import type { Names } from './unknown-function';

/** The most names that are remembered as no functions of a library: whoever asks for any text must not fill the memory. */
const MAX_STRANGERS = 1000;

/** No function has this index. */
const NO_SYMBOL = 2 ** 32 - 1;

/**
 * The table of an open library; null when the library was not made with the crate.
 *
 * @internal
 */
export let tableOf: (library: RustDLL) => Table | null;

/** The class. What users read of it, its constructor and its static members stands at {@link RustDLL}. */
class Library {
  /** The library's absolute real path. */
  declare readonly path: string;
  readonly #opened: OpenLibrary;
  readonly #image: Image;
  readonly #native: OpenLibrary['native'];
  readonly #symbols = new Map<string, number>();
  /** The plain functions that were asked for, and those in their background form. */
  readonly #guessed = new Map<string, CheckedFunction>();
  readonly #guessedBackground = new Map<string, CheckedFunction>();
  /** Names that were asked for and are no functions. */
  readonly #strangers = new Set<string>();
  readonly #table: Table | null = null;
  readonly #exports: Exports | null = null;
  readonly #backlog: Backlog;
  #background: object | undefined;
  #closed = false;

  constructor(path: string | URLLike, options?: LibraryOptions) {
    try {
      this.#backlog = { count: 0, limit: pendingOption(options) };
      const opened = openLibrary(path);
      this.#opened = opened;
      this.#image = opened.image;
      this.#native = opened.native;
      const table = readExported(this.#native, this.#image);
      if (table !== null) {
        this.#table = table;
        this.#exports = new Exports(table.functions, (index) => this.#exportedTarget(index));
        define(this, this.#exports.make(nodePath.basename(opened.path)));
      }
      // An exported function takes the place of a member of the class.
      if (!Object.hasOwn(this, 'path')) Object.defineProperty(this, 'path', property(opened.path, false));
      const plain: PlainFunctions = {
        has: (name) => this.#hasSymbol(name),
        get: (name) => Library.#plainFunction(this, name, this, makeGuessed),
      };
      Object.setPrototypeOf(this, withFunctions(new.target.prototype, plain));
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

  static reload(library: Library): Library {
    if (!Library.#isLibrary(library)) {
      throw typeError('ERR_RUSTDLL_TYPE', `RustDLL.reload: expected a library, got ${describe(library)}`);
    }
    if (!library.#closed && isCurrent(library.#opened)) return library;
    return new Library(library.#opened.place, { pending: library.#backlog.limit });
  }

  /**
   * Functions whose calls are checked, from their declarations in Rust's own syntax; TypeScript reads their types from
   * the same text.
   *
   * @example
   * ```ts
   * const lib = dll.declare('fn mean(v: &PyVec<f64>) -> f64');
   * lib.mean([1, 2, 3]); // 2
   * ```
   * @throws SyntaxError `ERR_RUSTDLL_DECLARATION` with line and column, RustDLLError `ERR_RUSTDLL_SYMBOL`.
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
    const { parseDeclarations } = require('../levels/declare/parser') as typeof import('../levels/declare/parser');
    const declarations = parseDeclarations(source).map((signature) => {
      const { name, parameters } = signature;
      return [this.#target('declare', name, this.#symbol(name), parameters), signature] as const;
    });
    const functions = Object.create(NOTHING) as object;
    define(functions, makeDeclared(declarations, bigint, nodePath.basename(this.#image.path)));
    const background = Object.create(NOTHING) as object;
    for (const [target, signature] of declarations) {
      defineLazily(background, signature.name, () => makeDeclaredBackground(target, signature, bigint));
    }
    // No function can be called so: it is a word of Rust's.
    Object.defineProperty(functions, 'async', property(background, false));
    return functions;
  }

  /** The library's functions, guessed ones too, each in a form that runs on another thread and gives a promise. */
  get async(): object {
    return (this.#background ??= this.#makeBackground());
  }

  #makeBackground(): object {
    const signatures = this.#table?.functions ?? [];
    const isExported = (wanted: string): boolean => signatures.some(({ name }) => name === wanted);
    const plain: PlainFunctions = {
      has: (name) => !isExported(name) && this.#hasSymbol(name),
      get: (name) =>
        isExported(name) ? undefined : Library.#plainFunction(this, name, background, makeGuessedBackground),
    };
    const background = Object.create(withFunctions(NOTHING, plain)) as object;
    signatures.forEach((signature, index) => {
      if (!signature.background) return;
      defineLazily(background, signature.name, () => this.#exports?.makeBackground(index));
    });
    return background;
  }

  static get threads(): number {
    return threadLimit();
  }

  static set threads(limit: number) {
    setThreadLimit(limit);
  }

  static get threadUse(): ThreadUse {
    return threadUse();
  }

  /** Ends the use of the library: calls under way finish, later ones throw. Its code stays mapped. */
  close(): void {
    this.#closed = true;
    this.#native.close();
  }

  /**
   * {@link RustDLL.close}, for `using`; also where the library exports a function `close`.
   *
   * @internal
   */
  [Symbol.dispose](): void {
    (Object.getPrototypeOf(this) as Library).close.call(this);
  }

  /** @internal */
  [inspect.custom](_depth: number, options: object): string {
    // An object that has a library as its prototype.
    if (!Library.#isLibrary(this)) return inspect(this, { ...options, customInspect: false });
    const head = `path: ${inspect(this.#image.path)}${this.#closed ? ', closed' : ''}`;
    const { signatureText } = require('../levels/export/print') as typeof import('../levels/export/print');
    const signatures = (this.#table?.functions ?? []).map((signature) => `  ${signatureText(signature)}`);
    return signatures.length === 0 ? `RustDLL { ${head} }` : `RustDLL { ${head},\n${signatures.join('\n')} }`;
  }

  /**
   * The plain function `name` in the form that `make` gives it; from now on it is an own property of `object`, if that may
   * still have new ones. Undefined for any other name, except one that can only be meant for a function.
   */
  static #plainFunction(
    library: Library,
    name: string,
    object: object,
    make: (target: Target) => CheckedFunction,
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
      guessed = make(library.#target('guess', name, library.#symbol(name)));
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

  /** The function at an index of the table. Once the library is closed, there is none to ring any more. */
  #exportedTarget(index: number): Target {
    const { name, parameters } = (this.#table as Table).functions[index] as ExportedSignature;
    return this.#target('export', name, this.#native.entry(index) ?? NO_SYMBOL, parameters);
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

  /** True if there is a function of the name, by the file's own table: the loader would look through the libraries that this one needs as well. */
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

/** @throws TypeError for a name that no symbol can have: it would be looked for up to the NUL. */
function refuseNul(name: string): void {
  if (name.includes('\0')) {
    throw typeError('ERR_RUSTDLL_TYPE', `${describe(name)}: a function's name cannot hold a NUL`);
  }
}

/** The prototype of declared functions. An object whose own prototype is null would be slow at every access. */
const NOTHING = Object.freeze(Object.create(null) as object);

/** Options of a library. */
export interface LibraryOptions {
  /**
   * The most calls that may be under way in the background; further ones are refused. By default only memory limits
   * them.
   */
  readonly pending?: number;
}

function pendingOption(options: unknown): number {
  if (options === undefined) return Infinity;
  const pending: unknown =
    typeof options === 'object' && options !== null ? (options as LibraryOptions).pending : options;
  if (typeof options === 'object' && options !== null) {
    if (pending === undefined) return Infinity;
    if (typeof pending === 'number' && pending >= 1 && (Number.isInteger(pending) || pending === Infinity))
      return pending;
  }
  throw typeError('ERR_RUSTDLL_TYPE', `RustDLL: expected options such as { pending: 1000 }, got ${describe(options)}`);
}

/** Defines a property whose value is made when it is first asked for. */
function defineLazily(object: object, name: string, make: () => unknown): void {
  Object.defineProperty(object, name, {
    __proto__: null,
    get: () => {
      const value = make();
      Object.defineProperty(object, name, property(value));
      return value;
    },
    enumerable: true,
    configurable: true,
  } as PropertyDescriptor);
}

/** With more properties than this V8 takes an object for a dictionary. */
const MOST_FAST = 128;

/** Makes functions the properties of an object, by their names. */
function define(object: object, functions: readonly CheckedFunction[]): void {
  const descriptor = property(null);
  if (functions.length > MOST_FAST) {
    // It takes it for one from now on, since a property is deleted that was not the last: to have described each of the
    // first ones would be in vain.
    for (const name of ['first', 'last']) Object.defineProperty(object, name, descriptor);
    for (const name of ['first', 'last']) Reflect.deleteProperty(object, name);
  }
  for (const call of functions) {
    descriptor.value = call;
    // Defined, not assigned: a function may be called `__proto__`.
    Object.defineProperty(object, call.name, descriptor);
  }
}

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
 * `[Symbol.dispose]`, for `using`: where the compiler knows that symbol, which is from TypeScript 5.2 on with the library
 * `esnext.disposable`.
 */
type DisposableIfKnown = typeof Symbol extends { readonly dispose: infer Dispose extends symbol }
  ? { readonly [Name in Dispose]: () => void }
  : unknown;

/** The members of the class, without those whose place functions of the library take. */
type Members<Class, Exports extends object> = string extends keyof Exports
  ? Class
  : Extract<keyof Class, keyof Exports> extends never
    ? Class
    : Omit<Class, keyof Exports>;

rename(Library, 'RustDLL');

/**
 * A library and, as its properties, the functions it exports.
 *
 * Functions that Rust exports with `#[export]` are there from the start: their calls are checked against what the
 * library says of itself, their `Err`s and panics are thrown. Any other function called straight from the instance is
 * guessed: its parameters' types are found in the values, and a wrong guess is undefined behaviour in Rust. Its result
 * is taken for a 64-bit integer, so that narrower ones and `bool`s carry junk and floats do not arrive; see
 * {@link GuessedFunction}. `declare` gives functions whose calls are checked and whose results have their own types.
 */
export const RustDLL = Library as unknown as {
  /**
   * Opens a library.
   *
   * @typeParam Exports - Its exported functions, as `npx rustdll types` writes them: `typeof geo` of an
   *   `import type * as geo from './geo'`.
   * @param path - A path or `file:` URL; a relative path is resolved against the working directory. A bare name is
   *   refused: libraries are never searched for. `RustDLL.find` makes a path from a name.
   * @param options - How many calls may be under way in the background.
   * @throws RustDLLError when there is no library there that this process can load.
   */
  // eslint-disable-next-line @typescript-eslint/no-explicit-any
  new <Exports extends object = { readonly [name: string]: any }>(
    path: string | URLLike,
    options?: LibraryOptions,
  ): RustDLL<Exports>;

  /** Opens a library. Never called, since the other one takes the same; `InstanceType` asks the last. */
  new (path: string | URLLike, options?: LibraryOptions): RustDLL;

  /**
   * The path of the library that a crate builds: `RustDLL.find('mylib', { from: import.meta.url })` turns the name into
   * the platform's file name and looks in that folder, and then where Cargo builds: where `CARGO_TARGET_DIR` or a
   * `.cargo/config.toml` says, and in `target`, from that folder upwards. It takes the one that was built last.
   *
   * @throws RustDLLError `ERR_RUSTDLL_NOT_FOUND` with every place tried.
   */
  find(name: string, options: FindOptions): string;

  /**
   * The library as its file is now: `library` itself while the file is the same or gone, and otherwise the new one,
   * opened by the path that `library` was opened by. The old one stays as it is: its functions go on calling the old
   * code, its `static`s are its own, and closing it is up to the caller.
   *
   * @example
   * ```ts
   * watchFile(lib.path, () => (lib = RustDLL.reload(lib)));
   * ```
   * @throws RustDLLError when what is there now cannot be loaded; `library` can be used all the same.
   */
  reload<Opened extends RustDLL<object>>(library: Opened): Opened;

  /**
   * The most threads that the process may have for calls in the background: one for each processor, or RUSTDLL_THREADS.
   * It can be set at any time. If it is lowered, threads end after the calls that they are making.
   */
  threads: number;

  /** The use of those threads at this moment. */
  readonly threadUse: ThreadUse;

  readonly prototype: RustDLL<object>;
};
