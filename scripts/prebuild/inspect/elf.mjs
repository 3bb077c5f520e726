/** Reads the headers of an ELF library. The file comes from our own linker, and is not validated. */

const SEGMENT = { load: 1, dynamic: 2, stack: 0x6474e551, relro: 0x6474e552 };
const TAG = {
  ...{ needed: 1, stringTable: 5, symbolTable: 6, soname: 14, rpath: 15, symbolic: 16, textRelocations: 22 },
  ...{ bindNow: 24, runpath: 29, flags: 30, gnuHash: 0x6ffffef5, flags1: 0x6ffffffb },
  ...{ versionNeed: 0x6ffffffe, versionNeedCount: 0x6fffffff },
};
const MACHINES = { 62: 'x64', 183: 'arm64' };
const SYMBOL_TABLE_SECTION = 2;

const EXECUTABLE = 1;
const WRITABLE = 2;

/** The file as a loader reads it, by addresses instead of offsets. */
class Elf {
  constructor(bytes) {
    this.bytes = bytes;
    const table = Number(bytes.readBigUInt64LE(32));
    this.segments = Array.from({ length: bytes.readUInt16LE(56) }, (_, index) => {
      const at = table + index * 56;
      const word = (offset) => Number(bytes.readBigUInt64LE(at + offset));
      return {
        type: bytes.readUInt32LE(at),
        flags: bytes.readUInt32LE(at + 4),
        offset: word(8),
        address: word(16),
        size: word(32),
      };
    });
    this.dynamic = [];
    for (let at = this.segments.find(({ type }) => type === SEGMENT.dynamic).offset; ; at += 16) {
      const [tag, value] = [Number(bytes.readBigUInt64LE(at)), Number(bytes.readBigUInt64LE(at + 8))];
      if (tag === 0) break;
      this.dynamic.push([tag, value]);
    }
  }

  /** Returns the values of a tag in the dynamic section. */
  all(tag) {
    return this.dynamic.filter(([name]) => name === tag).map(([, value]) => value);
  }

  /** Returns the value of a tag, or 0. */
  one(tag) {
    return this.all(tag)[0] ?? 0;
  }

  /** Returns the offset in the file of an address. */
  offset(address) {
    const segment = this.segments.find(
      ({ type, address: start, size }) => type === SEGMENT.load && address >= start && address < start + size,
    );
    return address - segment.address + segment.offset;
  }

  text(name) {
    const start = this.offset(this.one(TAG.stringTable)) + name;
    return this.bytes.toString('latin1', start, this.bytes.indexOf(0, start));
  }

  /**
   * Returns the exported and the imported symbols. Only the former are in the hash table.
   */
  symbols() {
    const { bytes } = this;
    const hash = this.offset(this.one(TAG.gnuHash));
    const [buckets, first, bloom] = [0, 4, 8].map((offset) => bytes.readUInt32LE(hash + offset));
    const bucketsAt = hash + 16 + bloom * 8;
    let last = 0;
    for (let index = 0; index < buckets; index++) last = Math.max(last, bytes.readUInt32LE(bucketsAt + index * 4));
    const chains = bucketsAt + buckets * 4;
    while ((bytes.readUInt32LE(chains + (last - first) * 4) & 1) === 0) last++;
    const table = this.offset(this.one(TAG.symbolTable));
    const [exported, imported] = [[], []];
    for (let index = 1; index <= last; index++) {
      const at = table + index * 24;
      (bytes.readUInt16LE(at + 6) === 0 ? imported : exported).push(this.text(bytes.readUInt32LE(at)));
    }
    return { exported, imported };
  }

  /** Returns the required versions of other libraries' symbols, such as `GLIBC_2.14`. */
  versions() {
    const versions = [];
    const count = this.one(TAG.versionNeedCount);
    let at = count === 0 ? 0 : this.offset(this.one(TAG.versionNeed));
    for (let library = 0; library < count; library++) {
      let entry = at + this.bytes.readUInt32LE(at + 8);
      for (let left = this.bytes.readUInt16LE(at + 2); left > 0; left--) {
        versions.push(this.text(this.bytes.readUInt32LE(entry + 8)));
        entry += this.bytes.readUInt32LE(entry + 12);
      }
      at += this.bytes.readUInt32LE(at + 12);
    }
    return versions;
  }

  /** True if there is no symbol table besides the dynamic one. */
  isStripped() {
    const { bytes } = this;
    const [table, count] = [Number(bytes.readBigUInt64LE(40)), bytes.readUInt16LE(60)];
    return Array.from({ length: count }, (_, index) => bytes.readUInt32LE(table + index * 64 + 4)).every(
      (type) => type !== SYMBOL_TABLE_SECTION,
    );
  }
}

/** Describes an ELF library, for {@link checkPrebuild}. */
export function readElf(bytes) {
  const elf = new Elf(bytes);
  const segments = (type) => elf.segments.filter((segment) => segment.type === type);
  const relro = segments(SEGMENT.relro);
  const flags = elf.one(TAG.flags);
  const flags1 = elf.one(TAG.flags1);
  return {
    platform: 'linux',
    arch: MACHINES[bytes.readUInt16LE(18)],
    needed: elf.all(TAG.needed).map((name) => elf.text(name)),
    ...elf.symbols(),
    versions: elf.versions(),
    hardening: {
      'it is stripped': elf.isStripped(),
      'its stack is not executable':
        segments(SEGMENT.stack).every(({ flags }) => (flags & EXECUTABLE) === 0) &&
        segments(SEGMENT.stack).length === 1,
      'no segment is writable and executable': elf.segments.every(
        ({ flags }) => (flags & (WRITABLE | EXECUTABLE)) !== (WRITABLE | EXECUTABLE),
      ),
      RELRO: relro.length === 1,
      BIND_NOW: (flags & 8) !== 0 && (flags1 & 1) !== 0,
      NODELETE: (flags1 & 8) !== 0,
      'no relocations in its code': elf.all(TAG.textRelocations).length === 0 && (flags & 4) === 0,
      'no RPATH': elf.all(TAG.rpath).length === 0 && elf.all(TAG.runpath).length === 0,
    },
  };
}
