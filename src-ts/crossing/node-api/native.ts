/** The exports of the addon, in TypeScript's types. */

import { loadAddon } from './addon';

/**
 * An open library. It must be kept while one of its symbols may be called: their indices are freed when it is
 * collected.
 */
export interface NativeLibrary {
  /** Returns the index of a symbol, by which the doorbell calls it, or null if the library has no such symbol. */
  symbol(name: string): number | null;
  /**
   * Returns the address of a static, or null if the library has no such symbol. Call it only for a name whose symbol is
   * data, as the file says.
   */
  data(name: string): number | null;
  /**
   * Returns the version and flags of the contract in the library's static `rustdll_contract`, or null if it is not such
   * a static. Call it only for a library whose file has a static of that name.
   */
  contract(): Uint32Array | null;
  /** Returns the index of the function that returns the library's table, or null if there is none. */
  table(): number | null;
  /**
   * Finds the exported functions of the library's table, whose hashes stand one after the other in `hashes`, 16
   * hexadecimal digits each, and asks each for its own. Returns how many there are, from the first on, up to one that
   * is not there or has another hash.
   */
  find(hashes: string): number;
  /**
   * The index to ring for the function at `index` of those that `find` has found, or for the one that it stopped at.
   * Null when there is none, and once the library is closed.
   */
  entry(index: number): number | null;
  /** Makes every call of the symbols returned so far fail with {@link RingStatus.NoSymbol}. */
  close(): void;
}

/** The reason why the doorbell called nothing. src-native/environment.h has the same numbers. */
export enum RingStatus {
  NoBlock = 1,
  NoSymbol = 2,
  NoCallCode = 3,
  /** A string has a lone surrogate. */
  LoneSurrogate = 4,
  NoText = 5,
  /** There is no memory for the copies of the arguments of a call in the background. */
  NoMemory = 6,
  /** The system cannot start a thread for calls in the background. */
  NoThread = 7,
  /** A call that was cancelled does not use its objects any more. */
  GivenUp = 8,
  /** A string of C has a NUL inside. */
  Nul = 9,
  /** The function was called, and the string of C that is its result cannot be one of JavaScript. */
  NoString = 10,
  /** The function was called by a foreign call, and has answered more than the block has. */
  Answered = 11,
}

/** The layout of src-native/abi.h; src-ts/crossing/block.ts has the same numbers. */
export interface NativeLayout {
  convention: 'sysv' | 'aapcs64' | 'apple-arm64' | 'win64';
  intRegisters: number;
  floatRegisters: number;
  stackWords: number;
  vecSize: number;
  vecPointer: number;
  vecLength: number;
  blockSize: number;
  blockResult: number;
  blockSymbol: number;
  blockCallCode: number;
  blockInts: number;
  blockFloats: number;
  blockStack: number;
  blockTextCount: number;
  blockTextPiece: number;
  blockTexts: number;
  texts: number;
  textUnits: number;
  textsOfC: number;
  blockFrame: number;
  blockOut: number;
  outWords: number;
  blockBackground: number;
  blockListens: number;
  blockLentCount: number;
  blockArgumentCount: number;
  blockLent: number;
  maxLent: number;
  blockObjects: number;
  blockObjectCount: number;
  blockWaits: number;
  blockExchange: number;
  exchangeWords: number;
  blockRegions: number;
  blockRegionCount: number;
  blockPointerCount: number;
  blockPosts: number;
  postSize: number;
  frameSize: number;
  frameArguments: number;
}

/** The native side of the background calls of one copy of this package. Calls under way keep the process alive. */
export interface NativeBackground {
  /**
   * Takes the call that is in the block, copies everything to which its arguments point, and stores its number in the
   * block. Returns undefined, or true if `flush` has to be called before the turn of the event loop ends, or a
   * {@link RingStatus} if the call cannot be made.
   */
  readonly submit: (...texts: string[]) => undefined | true | RingStatus;
  /** Passes on a call that was submitted while the block said that it is to wait. */
  start(number: number): void;
  /** Passes the calls that `submit` has kept back to the threads. */
  readonly flush: () => void;
  /**
   * Stores the result and the number of a complete call in the block. Returns the text of the result, or null if it has
   * none; a {@link RingStatus} if the call could not be made; undefined if no call is complete.
   */
  readonly next: () => undefined | null | string | RingStatus;
  /** Drops a call. If it has not begun, it is never made. */
  readonly cancel: (number: number) => void;
  /** Returns true, once, if a call has reported progress. */
  readonly hasNews: () => boolean;
  /**
   * Returns undefined if a call has reported nothing since it was asked last; otherwise the message, or null if that is
   * unchanged. What is done and the total are stored in the first float registers of the block; a total below 0 is
   * unknown. The call is under way, or the one that `next` returned last.
   */
  readonly progress: (number: number) => undefined | null | string;
  /** Makes room for a value that libraries may hold: returns its address, and stores its number in the exchange. */
  readonly hold: () => number;
  /**
   * Tells that a value is not needed any more, by its number. Returns true if no library has it; otherwise `unused`
   * returns the number once that is so.
   */
  readonly forget: (number: number) => boolean;
  /** Returns the number of a value that no library has any more, or undefined. */
  readonly unused: () => number | undefined;
  /**
   * Stores a callback that another thread wants to be called in the exchange. Returns the text of its arguments, or null
   * if there is none; instead, the number of posted callbacks that it has stored in the block; undefined if there is no
   * callback.
   */
  readonly message: () => undefined | null | string | number;
  /** Returns the words of a callback's arguments, if they do not fit the exchange. */
  readonly words: () => ArrayBuffer;
  /** Passes on the result of a callback, which the exchange describes. */
  readonly reply: () => void;
  /**
   * Takes back a value that a library gives away, by its address. Returns its number; or the value itself, if it is an
   * error that no function of JavaScript has caught; or undefined if it is of another environment.
   */
  readonly claim: (address: number) => number | Error | undefined;
}

/** The functions in C that call functions of JavaScript, of one copy of this package. */
export interface NativeThunks {
  /**
   * Returns the address of another such function, which belongs to this environment until it is released, and stores its
   * number in the exchange; 0 if all of its kind are in use.
   */
  readonly acquire: (kind: number) => number;
  /** Gives such a function back, by its number. Until it is acquired again it calls nothing. */
  readonly release: (number: number) => void;
  /**
   * Returns, once, an error that no function of JavaScript could catch; or the number of calls on threads of which none is
   * this environment's, which called nothing; or undefined.
   */
  readonly fault: () => undefined | number | Error;
}

/** The addon's exports. */
export interface Native {
  /**
   * Encodes `texts` into the attached block and calls the symbol that it names. Returns undefined, the text of a framed
   * function's result unless it has to be taken in pieces, or a {@link RingStatus} if nothing was called.
   */
  ring: (...texts: string[]) => undefined | string | RingStatus;
  /**
   * Returns the addresses of the function that does the same as `ring` for a call without strings, for a runtime's own
   * foreign call, and of its argument. It returns an uint32, a {@link RingStatus} or 0 if the call was made.
   */
  foreign(): Float64Array;
  /** Takes the rest of the answer after {@link RingStatus.Answered}, and returns its text. */
  answer(): string | undefined;
  /** Returns the block of this environment: `buffer`, unless another copy of this package has attached one already. */
  attach(buffer: ArrayBuffer): ArrayBuffer;
  /** Returns the address of the memory of `view`. Memory of JavaScript does not move while its buffer is alive. */
  address(view: Uint8Array): number;
  /**
   * Copies the words of a result that did not fit the block into `buffer`, and frees them; without a buffer it only
   * frees them, and the rest of the text.
   */
  take(buffer?: ArrayBuffer): void;
  /**
   * Returns the next piece of a text that the addon has kept. It begins `back` UTF-16 units before the end of the last
   * piece, and has at least `units` units if there are so many. It is empty at the end of the text, and undefined if no
   * string can be so long.
   */
  text(back: number, units: number): string | undefined;
  /**
   * Gives back the reference to an object at this address, which a result had. The block then has the status of the
   * object's destructor, as after a call of a framed function, and the text of its panic is returned.
   */
  release(address: number): string | undefined;
  /** True if the ELF file at `path` has a section of debug information. It is read no further than its names of sections. */
  hasDebugInfo(path: string): boolean;
  /** Copies as many bytes as `into` has from the memory at `address`, which has to be valid. */
  load(address: number, into: Uint8Array): void;
  /** Copies all bytes of `from` to the memory at `address`, which has to be valid. */
  store(address: number, from: Uint8Array): void;
  /**
   * Returns the text at `address`, up to the first NUL; the number of its bytes if these are no valid UTF-8, and undefined
   * if no string can be so long. The memory has to be valid.
   */
  string(address: number): string | number | undefined;
  /** Sets the most threads that the process may have for calls in the background. */
  setThreads(limit: number): void;
  /**
   * Returns the most threads that the process may have for calls in the background, 0 if it has not been set; the
   * number of threads, of those that are making a call, and of the calls that wait for a thread.
   */
  threads(): Uint32Array;
  /** True if a library was loaded from the file of this identity, so that `new Library` opens no file. */
  isLoaded(identity: string): boolean;
  layout(): NativeLayout;
  /**
   * Opens the library at an absolute path, or takes the one that this process has loaded from the file of the same
   * identity. Throws an `Error` with the loader's own text, and one with the code `OLDER` if the loader returns only a
   * library that was loaded from another file.
   */
  Library: new (path: string, identity: string) => NativeLibrary;
  /**
   * Makes the functions for calls in the background and for callbacks. `drain` is called when calls are complete or other
   * threads want callbacks to be called. `dispatch` is called for a callback that a library calls on this thread, with the
   * text of its arguments if there is some: unless it calls `reply`, the result is in the small words of the exchange.
   */
  background(drain: () => void, dispatch: (text?: string) => void): NativeBackground;
  /**
   * Makes the functions that lend functions to libraries written for C. `dispatch` is called when one of them is called:
   * its number is in the block as the symbol, and its arguments in the registers there. It stores the result.
   */
  thunks(dispatch: () => void): NativeThunks;
}

export const native = loadAddon() as Native;
