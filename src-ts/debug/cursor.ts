/** Reads numbers one after the other, and what all readers of debug information have in common. */

/** The error for debug information that cannot be read. What it describes is not known then. */
export class Unreadable extends Error {}

/** Reads a number of 64 bits. It is inexact above 2^53, but no valid address, offset or size is so large. */
export function readWide(bytes: Buffer, at: number): number {
  return bytes.readUInt32LE(at) + bytes.readUInt32LE(at + 4) * 2 ** 32;
}

/**
 * The most places at which the bytes of an address are looked at. They rarely occur anywhere but where the address is
 * stated; those of an address that is 0, as a damaged one may be, are everywhere.
 */
export const MOST_OCCURRENCES = 64;

/** Returns an address as it is stored. */
export function addressBytes(address: number): Buffer {
  const bytes = Buffer.alloc(8);
  bytes.writeUInt32LE(address % 2 ** 32, 0);
  bytes.writeUInt32LE(Math.floor(address / 2 ** 32), 4);
  return bytes;
}

/** The most bytes of a LEB128 number, groups of seven bits with the lowest first. */
const MOST_GROUPS = 10;

/** A position in bytes. Reading beyond their end throws. */
export class Cursor {
  constructor(
    readonly bytes: Buffer,
    public at = 0,
  ) {}

  u8(): number {
    return this.bytes.readUInt8(this.at++);
  }

  u16(): number {
    this.at += 2;
    return this.bytes.readUInt16LE(this.at - 2);
  }

  /** Reads a number of 1 to 4 or of 8 bytes. */
  unsigned(size: number): number {
    this.at += size;
    return size === 8 ? readWide(this.bytes, this.at - 8) : this.bytes.readUIntLE(this.at - size, size);
  }

  uleb(): number {
    let value = 0;
    for (let group = 0; group < MOST_GROUPS; group++) {
      const byte = this.u8();
      value += (byte & 127) * 128 ** group;
      if (byte < 128) return value;
    }
    throw new Unreadable('it has a number without an end');
  }

  sleb(): number {
    let value = 0;
    for (let group = 0; group < MOST_GROUPS; group++) {
      const byte = this.u8();
      value += (byte & 127) * 128 ** group;
      if (byte < 128) return (byte & 64) === 0 ? value : value - 128 ** (group + 1);
    }
    throw new Unreadable('it has a number without an end');
  }

  /** Reads text up to a NUL. */
  text(): string {
    const nul = this.bytes.indexOf(0, this.at);
    if (nul < 0) throw new Unreadable('it has a text without an end');
    const text = this.bytes.toString('utf8', this.at, nul);
    this.at = nul + 1;
    return text;
  }

  /** Reads `size` bytes as they are. */
  block(size: number): Buffer {
    if (this.at + size > this.bytes.length) throw new Unreadable('it has a block without an end');
    this.at += size;
    return this.bytes.subarray(this.at - size, this.at);
  }
}
