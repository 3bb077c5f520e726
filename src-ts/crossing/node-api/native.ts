/** The addon: what C++ offers, as TypeScript sees it. */

import { loadAddon } from './addon';

/** An open library. Keep it for as long as one of its symbols may be rung: when it is collected, their places go. */
export interface NativeLibrary {
  /** The index to ring, or null when the library has no such symbol. */
  symbol(name: string): number | null;
  /**
   * The version and flags of the contract that the library's static `rustdll_contract` names, or null when it is no such
   * static. Call it only for a library whose file has a static of that name.
   */
  contract(): [version: number, flags: number] | null;
  /** The index to ring for the description of the library's exported functions, or null when there is none. */
  table(): number | null;
  /** The index to ring for the exported function at `index` of the library's table, or null when there is none. */
  entry(index: number): number | null;
  /** Makes every ring of the symbols given out return {@link RingStatus.NoSymbol}. */
  close(): void;
}

/** Why a ring called nothing. src-native/environment.h has the same numbers. */
export enum RingStatus {
  NoBlock = 1,
  NoSymbol = 2,
  NoCallCode = 3,
  /** A string has a surrogate without its partner. */
  LoneSurrogate = 4,
  NoText = 5,
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
  blockTexts: number;
  texts: number;
  textUnits: number;
  blockFrame: number;
  blockOut: number;
  outWords: number;
  frameSize: number;
  frameArguments: number;
}

/** The addon's exports. */
export interface Native {
  /**
   * Encodes `texts` into the attached block and calls the symbol it names. Undefined, the text that a framed function
   * gave, or a {@link RingStatus} when nothing was called.
   */
  ring: (...texts: string[]) => undefined | string | RingStatus;
  /** The block of this environment: `buffer`, unless another copy of this package has attached one already. */
  attach(buffer: ArrayBuffer): ArrayBuffer;
  /** Where the memory of `view` lies. Memory of JavaScript does not move while its buffer is alive. */
  address(view: Uint8Array): number;
  /** Copies what of a result did not fit the block into `buffer`, and frees it; without a buffer it only frees. */
  take(buffer?: ArrayBuffer): void;
  /** Whether a library was loaded from the file of this identity, so that `new Library` opens no file. */
  isLoaded(identity: string): boolean;
  layout(): NativeLayout;
  /**
   * Opens the library at an absolute path, or takes the one that this process has loaded from the file of the same
   * identity; throws an `Error` with the loader's own text, and one with the code `OLDER` when the loader can only give
   * a library that was loaded from another file.
   */
  Library: new (path: string, identity: string) => NativeLibrary;
}

export const native = loadAddon() as Native;
