/** Reads a library's file by the addresses that it will have in memory, by which its tables refer to each other. */

import type { Bytes, Reader } from './reader';

/** A range of the file, and the address to which it is mapped. */
export interface Mapping {
  /** Its address in memory, relative to the library. */
  readonly address: number;
  readonly offset: number;
  /** The number of its bytes in the file. In memory zeros may follow them, which contain no table. */
  readonly size: number;
}

/** Reads the file by addresses. */
export class Memory<M extends Mapping = Mapping> {
  constructor(
    private readonly reader: Reader,
    private readonly mappings: readonly M[],
  ) {}

  /** Returns the mapping that contains `address`. */
  at(address: number): M | undefined {
    return this.mappings.find((mapping) => address >= mapping.address && address - mapping.address < mapping.size);
  }

  /** Reads the `length` bytes at `address`. `what` names them in errors. */
  table(address: number, length: number, what: string): Bytes {
    const { offset, rest } = this.locate(address, what);
    if (length > rest) throw this.reader.damaged(`${what} is ${length} bytes long, where ${rest} are loaded`);
    return this.reader.bytes(offset, length, what);
  }

  /** Reads the bytes from `address` to the end of the mapping, but no more than `most`. */
  upTo(address: number, most: number, what: string): Bytes {
    const { offset, rest } = this.locate(address, what);
    return this.reader.bytes(offset, Math.min(rest, most), what);
  }

  private locate(address: number, what: string): { offset: number; rest: number } {
    const mapping = this.at(address);
    if (mapping === undefined) throw this.reader.damaged(`${what} lies at address ${address}, where nothing is loaded`);
    const inside = address - mapping.address;
    return { offset: mapping.offset + inside, rest: mapping.size - inside };
  }
}
