/** Reads the headers of a Windows library. The file comes from our own linker, and is not validated. */

const MACHINES = { 0x8664: 'x64', 0xaa64: 'arm64' };
const IS_LIBRARY = 0x2000;
const DLL = { highEntropy: 0x20, dynamicBase: 0x40, nxCompatible: 0x100 };
const SECTION = { executable: 0x20000000, writable: 0x80000000 };
/** The type of a debug directory's entry which says that the time stamp is a hash of the file. */
const REPRODUCIBLE = 16;
const DIRECTORY = { exports: 0, imports: 1, debug: 6, delayImports: 13 };

class Pe {
  constructor(bytes) {
    this.bytes = bytes;
    this.header = bytes.readUInt32LE(0x3c) + 4;
    this.optional = this.header + 20;
    const table = this.optional + bytes.readUInt16LE(this.header + 16);
    this.sections = Array.from({ length: bytes.readUInt16LE(this.header + 2) }, (_, index) => {
      const at = table + index * 40;
      const [address, size, offset] = [12, 16, 20].map((field) => bytes.readUInt32LE(at + field));
      return { address, size, offset, flags: bytes.readUInt32LE(at + 36) };
    });
  }

  offset(address) {
    const section = this.sections.find(({ address: start, size }) => address >= start && address < start + size);
    return address - section.address + section.offset;
  }

  text(address) {
    const start = this.offset(address);
    return this.bytes.toString('latin1', start, this.bytes.indexOf(0, start));
  }

  /** Returns the offset in the file of a data directory, or undefined. */
  directory(index) {
    const address = this.bytes.readUInt32LE(this.optional + 112 + index * 8);
    return address === 0 ? undefined : this.offset(address);
  }

  /** Returns the types of the entries of the debug directory. */
  debugEntries() {
    const size = this.bytes.readUInt32LE(this.optional + 112 + DIRECTORY.debug * 8 + 4);
    return Array.from({ length: size / 28 }, (_, index) =>
      this.bytes.readUInt32LE(this.directory(DIRECTORY.debug) + index * 28 + 12),
    );
  }

  exported() {
    const at = this.directory(DIRECTORY.exports);
    const names = this.offset(this.bytes.readUInt32LE(at + 32));
    return Array.from({ length: this.bytes.readUInt32LE(at + 24) }, (_, index) =>
      this.text(this.bytes.readUInt32LE(names + index * 4)),
    );
  }

  /** Returns the imported libraries, with the names imported from each. */
  imports() {
    const imports = {};
    for (let at = this.directory(DIRECTORY.imports); ; at += 20) {
      const library = this.bytes.readUInt32LE(at + 12);
      if (library === 0) return imports;
      const names = [];
      for (let entry = this.offset(this.bytes.readUInt32LE(at)); ; entry += 8) {
        const name = this.bytes.readUInt32LE(entry);
        if (name === 0) break;
        names.push(this.text(name + 2));
      }
      imports[this.text(library)] = names;
    }
  }
}

/** Describes a Windows library, for {@link checkPrebuild}. */
export function readPe(bytes) {
  const pe = new Pe(bytes);
  const flags = bytes.readUInt16LE(pe.optional + 70);
  const imports = pe.imports();
  return {
    platform: (bytes.readUInt16LE(pe.header + 18) & IS_LIBRARY) !== 0 ? 'win32' : undefined,
    arch: MACHINES[bytes.readUInt16LE(pe.header)],
    needed: Object.keys(imports),
    exported: pe.exported(),
    imported: Object.values(imports).flat(),
    versions: [],
    hardening: {
      'it is stripped': bytes.readUInt32LE(pe.header + 8) === 0 && pe.debugEntries().length === 1,
      'a hash in place of the date': pe.debugEntries().includes(REPRODUCIBLE),
      'ASLR (DYNAMIC_BASE)': (flags & DLL.dynamicBase) !== 0,
      'ASLR of 64 bits (HIGH_ENTROPY_VA)': (flags & DLL.highEntropy) !== 0,
      'NX (NX_COMPAT)': (flags & DLL.nxCompatible) !== 0,
      'no section is writable and executable': pe.sections.every(
        ({ flags }) => (flags & SECTION.writable) === 0 || (flags & SECTION.executable) === 0,
      ),
      'no delayed imports': pe.directory(DIRECTORY.delayImports) === undefined,
    },
  };
}
