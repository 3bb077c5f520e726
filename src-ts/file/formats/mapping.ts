/** A library as it will lie in memory, which is how the tables in its file refer to each other. */

import type { Bytes, Reader } from './reader';

/** A range of the file and where it is mapped. */
export interface Mapping {
  /** Where it lies in memory, relative to the library. */
  readonly address: number;
  readonly offset: number;
  /** How many bytes of it are in the file; what follows in memory is zeros, which no table is. */
  readonly size: number;
}

/** Finds by address what lies in the file by offset. */
export class Memory<M extends Mapping = Mapping> {
  constructor(
    private readonly reader: Reader,
    private readonly mappings: readonly M[],
  ) {}

  /** The mapping `address` is in. */
  at(address: number): M | undefined {
    return this.mappings.find((mapping) => address >= mapping.address && address - mapping.address < mapping.size);
  }

  /** The `length` bytes at `address`; `what` names them in errors. */
  table(address: number, length: number, what: string): Bytes {
    const { offset, rest } = this.locate(address, what);
    if (length > rest) throw this.reader.damaged(`${what} is ${length} bytes long, where ${rest} are loaded`);
    return this.reader.bytes(offset, length, what);
  }

  /** The bytes at `address` to the end of what is mapped there, but no more than `most`. */
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
