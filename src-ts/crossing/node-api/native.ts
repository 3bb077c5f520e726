/** The exports of the addon, in TypeScript's types. */

import { loadAddon } from './addon';

/** An open library. Keep it for as long as one of its symbols may be rung: when it is collected, their places go. */
export interface NativeLibrary {
  /** The index to ring, or null when the library has no such symbol. */
  symbol(name: string): number | null;
  /**
   * The version and flags of the contract that the library's static `rustdll_contract` names, or null when it is no
   * such static. Call it only for a library whose file has a static of that name.
   */
  contract(): [version: number, flags: number] | null;
  /** The index to ring for the description of the library's exported functions, or null when there is none. */
  table(): number | null;
  /**
   * Finds the exported functions of the library's table, whose hashes stand one after the other in `hashes`, 16 hexadecimal
   * digits each, and asks each for its own. Returns how many there are, from the first on, up to one that is not there or
   * has another hash.
   */
  find(hashes: string): number;
  /**
   * The index to ring for the function at `index` of those that `find` has found, or for the one that it stopped at. Null
   * when there is none, and once the library is closed.
   */
  entry(index: number): number | null;
  /** Makes every ring of the symbols given out return {@link RingStatus.NoSymbol}. */
  close(): void;
}

/** The reason why a ring called nothing. src-native/environment.h has the same numbers. */
export enum RingStatus {
  NoBlock = 1,
  NoSymbol = 2,
  NoCallCode = 3,
  /** A string has a surrogate without its partner. */
  LoneSurrogate = 4,
  NoText = 5,
  /** There is no memory to copy the arguments of a call in the background to. */
  NoMemory = 6,
  /** The system gives no thread for calls in the background. */
  NoThread = 7,
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
  blockFrame: number;
  blockOut: number;
  outWords: number;
  blockBackground: number;
  blockLentCount: number;
  blockLent: number;
  maxLent: number;
  frameSize: number;
  frameArguments: number;
}

/** The native side of the background calls of one copy of this package. */
export interface NativeBackground {
  /**
   * Takes the call that is in the block, with copies of all that its arguments point to, and leaves its number in the
   * block. Undefined, or a {@link RingStatus} when the call cannot be made.
   */
  submit(...texts: string[]): undefined | RingStatus;
  /** Hands over to the threads what `submit` has kept back. */
  flush(): void;
  /**
   * Leaves the result of a call that has been made, and the call's number, in the block. Its text, or null when it has
   * none; a {@link RingStatus} when it could not be made after all; undefined when there is no such call.
   */
  next(): undefined | null | string | RingStatus;
  /** Forgets a call. If it has not begun, it never begins. */
  cancel(number: number): void;
  /** Asks for one more call of `drain`. */
  again(): void;
  /** True if the process is to stay alive for calls. */
  hold(on: boolean): void;
}

/** The addon's exports. */
export interface Native {
  /**
   * Encodes `texts` into the attached block and calls the symbol that it names. Returns undefined, the text that a
   * framed function gave unless it is to be taken in pieces, or a {@link RingStatus} if nothing was called.
   */
  ring: (...texts: string[]) => undefined | string | RingStatus;
  /** The block of this environment: `buffer`, unless another copy of this package has attached one already. */
  attach(buffer: ArrayBuffer): ArrayBuffer;
  /** The address of the memory of `view`. Memory of JavaScript does not move while its buffer is alive. */
  address(view: Uint8Array): number;
  /**
   * Copies the words of a result that did not fit the block into `buffer`, and frees them; without one it only frees,
   * and what is left of the text as well.
   */
  take(buffer?: ArrayBuffer): void;
  /**
   * The next piece of a text that the ring has kept. It begins `back` UTF-16 units before the end of the last piece, and
   * has at least `units` units if there are so many. Empty when there is no more, undefined when no string can be so long.
   */
  text(back: number, units: number): string | undefined;
  /** Sets the most threads that the process may have for calls in the background. */
  setThreads(limit: number): void;
  /**
   * The most threads that the process may have for calls in the background, 0 until somebody has set it; the threads
   * there are, those of them that make a call, and the calls that wait for one.
   */
  threads(): [limit: number, threads: number, busy: number, queued: number];
  /** True if a library was loaded from the file of this identity, so that `new Library` opens no file. */
  isLoaded(identity: string): boolean;
  layout(): NativeLayout;
  /**
   * Opens the library at an absolute path, or takes the one that this process has loaded from the file of the same
   * identity; throws an `Error` with the loader's own text, and one with the code `OLDER` when the loader can only give
   * a library that was loaded from another file.
   */
  Library: new (path: string, identity: string) => NativeLibrary;
  /** `drain` is called when calls have been made. */
  Background: new (drain: () => void) => NativeBackground;
}

export const native = loadAddon() as Native;
