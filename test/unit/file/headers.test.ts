import { execFileSync } from 'node:child_process';
import * as fs from 'node:fs';
import * as net from 'node:net';
import * as os from 'node:os';
import * as path from 'node:path';
import { RustDLLError, type LibraryErrorCode } from '../../../src-ts/errors/errors';
import { checkImage, readImage } from '../../../src-ts/file/headers';
import { type Image } from '../../../src-ts/file/formats/image';
import { expectError, thrownBy } from '../../support/errors';
import { buildElf, buildFat, buildMachO, buildPe, type ElfOptions } from '../../support/images';

const X64 = { platform: 'linux', arch: 'x64' };

let folder: string;
let count = 0;
beforeAll(() => {
  folder = fs.mkdtempSync(path.join(os.tmpdir(), 'rustdll-image-'));
});
afterAll(() => {
  fs.rmSync(folder, { recursive: true });
});

function write(bytes: Buffer | string): string {
  const file = path.join(folder, `file-${count++}`);
  fs.writeFileSync(file, bytes);
  return file;
}

function read(bytes: Buffer, here = X64): Image {
  return readImage(write(bytes), here);
}

/** Checks that the error of a file has this code and names the file. */
function expectRefused(file: string, code: LibraryErrorCode, words: RegExp, here = X64): void {
  const load = (): void => {
    checkImage(readImage(file, here), here);
  };
  expectError(load, RustDLLError, code, words);
  expectError(load, RustDLLError, code, `cannot load '${file}': `);
}

describe('ELF', () => {
  const SYMBOLS = {
    add: 'function',
    TABLE: 'data',
    malloc: 'undefined',
    inner: 'hidden',
    assembled: 'untyped',
    größe: 'function',
  } as const;
  const EXPORTS = { add: 'function', TABLE: 'data', assembled: 'function', größe: 'function' };

  test.each(['gnu', 'sysv', 'none'] as const)('exports, counted by the hash table %s', (hash) => {
    for (const sections of [true, false]) {
      const image = read(buildElf({ symbols: SYMBOLS, hash, sections }));
      expect(Object.fromEntries(image.exports())).toEqual(EXPORTS);
      expect(image.exports()).toBe(image.exports());
    }
  });

  test.each(['gnu', 'sysv', 'none'] as const)('no exports, no needs, hash table %s', (hash) => {
    const image = read(buildElf({ hash }));
    expect(image.exports().size).toBe(0);
    expect(image).toMatchObject({
      format: 'elf',
      platform: 'linux',
      arch: 'x64',
      needed: [],
      versions: [],
      libc: null,
    });
  });

  test('exports are what the file held when it was read', () => {
    const file = write(buildElf({ symbols: { before: 'function' } }));
    const image = readImage(file, X64);
    fs.writeFileSync(file, buildElf({ symbols: { after: 'function' } }));
    expect([...image.exports().keys()]).toEqual(['before']);
  });

  test('needs and versions', () => {
    const image = read(
      buildElf({
        needed: ['libm.so.6', 'libc.so.6'],
        versions: [
          ['libm.so.6', ['GLIBC_2.29']],
          ['libc.so.6', ['GLIBC_2.2.5', 'GLIBC_2.34']],
        ],
      }),
    );
    expect(image.needed).toEqual(['libm.so.6', 'libc.so.6']);
    expect(image.versions).toEqual([
      { library: 'libm.so.6', version: 'GLIBC_2.29' },
      { library: 'libc.so.6', version: 'GLIBC_2.2.5' },
      { library: 'libc.so.6', version: 'GLIBC_2.34' },
    ]);
    expect(image.libc).toBe('glibc');
  });

  test.each([
    ['libc.so.6', 'glibc'],
    ['libc.so', 'musl'],
    ['libc.musl-x86_64.so.1', 'musl'],
    ['libcurl.so.4', null],
  ])('needs %s: %s', (name, libc) => {
    expect(read(buildElf({ needed: [name] })).libc).toBe(libc);
  });

  test.each<[ElfOptions, string]>([
    [{ machine: 183 }, 'linux-arm64'],
    [{ machine: 243 }, 'linux-riscv64'],
    [{ machine: 4711 }, 'linux-machine 4711'],
    [{ machine: 3, elfClass: 1 }, 'linux-ia32'],
    [{ machine: 62, elfClass: 1 }, 'linux-x32'],
    [{ machine: 22, bigEndian: true }, 'linux-s390x'],
    [{ abi: 9 }, 'freebsd-x64'],
    [{ note: 'Android', needed: ['libc.so'] }, 'android-x64'],
    [{ note: 'OpenBSD' }, 'openbsd-x64'],
  ])('%j is for another target: %s', (options, target) => {
    expectRefused(
      write(buildElf(options)),
      'ERR_RUSTDLL_WRONG_TARGET',
      new RegExp(`: it is a ${target} library; this process is linux-x64$`),
    );
  });

  test('a note of the compiler says nothing about the system', () => {
    expect(() => {
      checkImage(read(buildElf({ note: 'GNU' })), X64);
    }).not.toThrow();
  });

  test.each<[ElfOptions, RegExp]>([
    [{ type: 1 }, /an object file, not a library; crate-type = \["cdylib"\]/],
    [{ type: 2 }, /a program, not a library/],
    [{ flags1: 0x08000000 }, /a program, not a library/],
    [{ type: 4 }, /a core dump/],
    [{ type: 99 }, /damaged library: its ELF type is 99/],
  ])('%j is no library', (options, words) => {
    expectRefused(write(buildElf(options)), 'ERR_RUSTDLL_NOT_A_LIBRARY', words);
  });
});

describe('PE', () => {
  const HERE = { platform: 'win32', arch: 'x64' };

  test('exports and imports', () => {
    const image = read(
      buildPe({
        imports: ['KERNEL32.dll', 'api-ms-win-crt-heap-l1-1-0.dll'],
        exports: { add: 'function', TABLE: 'data', elsewhere: 'forwarded' },
        debugSymbols: true,
      }),
      HERE,
    );
    expect(image).toMatchObject({
      format: 'pe',
      platform: 'win32',
      arch: 'x64',
      needed: ['KERNEL32.dll', 'api-ms-win-crt-heap-l1-1-0.dll'],
      versions: [],
      libc: null,
    });
    expect(Object.fromEntries(image.exports())).toEqual({ add: 'function', TABLE: 'data', elsewhere: 'other' });
    expect(() => {
      checkImage(image, HERE);
    }).not.toThrow();
  });

  test('neither exports nor imports', () => {
    const image = read(buildPe(), HERE);
    expect(image.needed).toEqual([]);
    expect(image.exports().size).toBe(0);
  });

  test('another target', () => {
    const words = (target: string): RegExp => new RegExp(`: it is a ${target} library; this process is win32-x64$`);
    expectRefused(write(buildPe({ machine: 0xaa64 })), 'ERR_RUSTDLL_WRONG_TARGET', words('win32-arm64'), HERE);
    expectRefused(
      write(buildPe({ machine: 0x14c, magic: 0x10b })),
      'ERR_RUSTDLL_WRONG_TARGET',
      words('win32-ia32'),
      HERE,
    );
    expectRefused(
      write(buildPe()),
      'ERR_RUSTDLL_WRONG_TARGET',
      /: it is a win32-x64 library; this process is linux-x64$/,
    );
  });

  test('no library', () => {
    expectRefused(write(buildPe({ library: false })), 'ERR_RUSTDLL_NOT_A_LIBRARY', /a program, not a library/);
    expectRefused(
      write(Buffer.concat([Buffer.from('MZ'), Buffer.alloc(200)])),
      'ERR_RUSTDLL_NOT_A_LIBRARY',
      /a DOS program/,
    );
    expectRefused(write(buildPe({ magic: 7 })), 'ERR_RUSTDLL_NOT_A_LIBRARY', /damaged library/);
  });
});

describe('Mach-O', () => {
  const HERE = { platform: 'darwin', arch: 'arm64' };
  const [ARM64, X86_64] = [0x0100000c, 0x01000007];
  const SYMBOLS = { add: 'function', added: 'function', TABLE: 'data', inner: 'local' } as const;

  test.each(['trie', 'info', 'symbols'] as const)('exports, in the %s', (exportsIn) => {
    const image = read(buildMachO({ symbols: { ...SYMBOLS, größe: 'function' }, exportsIn }), HERE);
    expect(Object.fromEntries(image.exports())).toEqual({
      add: 'function',
      added: 'function',
      TABLE: 'data',
      größe: 'function',
    });
    expect(() => {
      checkImage(image, HERE);
    }).not.toThrow();
  });

  test('no exports', () => {
    expect(read(buildMachO(), HERE).exports().size).toBe(0);
    expect(read(buildMachO({ exportsIn: 'symbols' }), HERE).exports().size).toBe(0);
  });

  test('needs, but not what it can do without', () => {
    const image = read(
      buildMachO({ needed: ['/usr/lib/libSystem.B.dylib', '@rpath/libx.dylib'], weak: ['/usr/lib/weak.dylib'] }),
      HERE,
    );
    expect(image).toMatchObject({ format: 'macho', platform: 'darwin', arch: 'arm64', libc: null, versions: [] });
    expect(image.needed).toEqual(['/usr/lib/libSystem.B.dylib', '@rpath/libx.dylib']);
  });

  test.each([
    [{ machine: X86_64 }, 'darwin-x64'],
    [{ subtype: 0x80000002 }, 'darwin-arm64e'],
    [{ platform: 2 }, 'ios-arm64'],
  ])('%j is for another target: %s', (options, target) => {
    const words = new RegExp(`: it is a ${target} library; this process is darwin-arm64$`);
    expectRefused(write(buildMachO(options)), 'ERR_RUSTDLL_WRONG_TARGET', words, HERE);
  });

  test('a build for the Mac is for the Mac', () => {
    expect(() => {
      checkImage(read(buildMachO({ platform: 1 }), HERE), HERE);
    }).not.toThrow();
  });

  test('32 bits, and the other byte order', () => {
    expectRefused(
      write(Buffer.from('cefaedfe0c000000', 'hex')),
      'ERR_RUSTDLL_WRONG_TARGET',
      /darwin-arm library/,
      HERE,
    );
    expectRefused(
      write(Buffer.from('feedfacf01000012', 'hex')),
      'ERR_RUSTDLL_WRONG_TARGET',
      /darwin-ppc64 library/,
      HERE,
    );
  });

  test.each([
    [1, /an object file/],
    [2, /a program/],
    [10, /debugging symbols/],
    [77, /damaged library/],
  ])('type %d is no library', (type, words) => {
    expectRefused(write(buildMachO({ type })), 'ERR_RUSTDLL_NOT_A_LIBRARY', words, HERE);
  });

  test.each([false, true])('a fat file: the part for this processor (64-bit offsets: %p)', (wide) => {
    const arm = buildMachO({ symbols: { on_arm: 'function' } });
    const intel = buildMachO({ machine: X86_64, symbols: { on_intel: 'function' } });
    const fat = buildFat(
      [
        [X86_64, intel],
        [ARM64, arm],
      ],
      wide,
    );
    for (const [arch, name] of [
      ['arm64', 'on_arm'],
      ['x64', 'on_intel'],
    ] as const) {
      const image = read(fat, { platform: 'darwin', arch });
      expect(image.arch).toBe(arch);
      expect([...image.exports().keys()]).toEqual([name]);
    }
    const file = write(fat);
    expectRefused(file, 'ERR_RUSTDLL_WRONG_TARGET', /a darwin-x64\+arm64 library; this process is darwin-riscv64/, {
      platform: 'darwin',
      arch: 'riscv64',
    });
    expectRefused(file, 'ERR_RUSTDLL_WRONG_TARGET', /a darwin-x64 library; this process is linux-x64/);
  });

  test('a fat file of archives, of itself, of nothing', () => {
    const fatOf = (part: Buffer): string => write(buildFat([[ARM64, part]]));
    expectRefused(fatOf(Buffer.from('!<arch>\nx')), 'ERR_RUSTDLL_NOT_A_LIBRARY', /a static archive/, HERE);
    expectRefused(
      fatOf(buildFat([[ARM64, buildMachO()]])),
      'ERR_RUSTDLL_NOT_A_LIBRARY',
      /Java class|not a shared library/,
      HERE,
    );
    expectRefused(write(buildFat([])), 'ERR_RUSTDLL_NOT_A_LIBRARY', /no processor/, HERE);
  });
});

describe('what is no library', () => {
  test.each([
    ['', /it is an empty file$/],
    ['#!/bin/sh\necho', /it is a script, not a library$/],
    ['hello', /it is a text file, not a library$/],
    ['!<arch>\nlib.o/', /it is a static archive; crate-type = \["cdylib"\] in Cargo.toml makes a library$/],
    ['\0asm\x01\0\0\0', /it is a WebAssembly module/],
    ['version https://git-lfs.github.com/spec/v1\n', /it is a pointer of Git LFS/],
    ['/* GNU ld script */', /it is a script for the linker/],
    ['\x01\x02\x03', /it is not a shared library$/],
  ])('%j', (content, words) => {
    expectRefused(write(Buffer.from(content, 'latin1')), 'ERR_RUSTDLL_NOT_A_LIBRARY', words);
  });

  test('a Java class, which begins as a fat file does', () => {
    expectRefused(write(Buffer.from('cafebabe0000003d0010', 'hex')), 'ERR_RUSTDLL_NOT_A_LIBRARY', /a Java class/);
  });

  test('a folder and a missing file', () => {
    expectRefused(folder, 'ERR_RUSTDLL_NOT_A_LIBRARY', /it is a directory, not a file$/);
    const missing = path.join(folder, 'missing.so');
    expectRefused(missing, 'ERR_RUSTDLL_NOT_FOUND', /there is no such file$/);
    expect(thrownBy(() => readImage(missing)).cause).toMatchObject({ code: 'ENOENT' });
    expectRefused(path.join(write('x'), 'below.so'), 'ERR_RUSTDLL_NOT_FOUND', /there is no such file$/);
  });

  (process.platform === 'win32' ? test.skip : test)(
    'pipes, devices and sockets, without waiting for them',
    async () => {
      const pipe = path.join(folder, 'pipe');
      execFileSync('mkfifo', [pipe]);
      expectRefused(pipe, 'ERR_RUSTDLL_NOT_A_LIBRARY', /it is a named pipe, not a file$/);
      expectRefused('/dev/zero', 'ERR_RUSTDLL_NOT_A_LIBRARY', /it is a device, not a file$/);
      const socket = path.join(folder, 'socket');
      const server = net.createServer().listen(socket);
      await new Promise((resolve) => server.once('listening', resolve));
      try {
        expectRefused(socket, 'ERR_RUSTDLL_NOT_A_LIBRARY', /it is a socket, not a file$/);
      } finally {
        await new Promise((resolve) => server.close(resolve));
      }
    },
  );

  (process.platform === 'win32' ? test.skip : test)('a link to itself', () => {
    const link = path.join(folder, 'link');
    fs.symlinkSync(link, link);
    expectRefused(link, 'ERR_RUSTDLL_LOAD', /it cannot be read \(ELOOP/);
    expect(thrownBy(() => readImage(link)).cause).toMatchObject({ code: 'ELOOP' });
  });

  // Root can read every file, and Windows has no such mode.
  (process.platform === 'win32' || process.getuid?.() === 0 ? test.skip : test)('a file that may not be read', () => {
    const file = write(buildElf());
    fs.chmodSync(file, 0);
    expectRefused(file, 'ERR_RUSTDLL_LOAD', /it cannot be read \(EACCES/);
    expect(thrownBy(() => readImage(file)).cause).toMatchObject({ code: 'EACCES' });
  });
});

describe('cut short', () => {
  const ALL = {
    elf: buildElf({
      symbols: { add: 'function' },
      needed: ['libc.so.6'],
      versions: [['libc.so.6', ['GLIBC_2.34']]],
      note: 'GNU',
    }),
    'elf without sections': buildElf({ symbols: { add: 'function' }, sections: false }),
    pe: buildPe({ imports: ['KERNEL32.dll'], exports: { add: 'function' } }),
    'pe with debug symbols': buildPe({ exports: { add: 'function' }, debugSymbols: true }),
    macho: buildMachO({ symbols: { add: 'function' }, needed: ['/usr/lib/libSystem.B.dylib'] }),
    fat: buildFat([
      [0x01000007, buildMachO({ machine: 0x01000007 })],
      [0x0100000c, buildMachO()],
    ]),
  };

  test.each(Object.entries(ALL))('%s', (_, bytes) => {
    expect(() => read(bytes)).not.toThrow();
    const file = write(bytes);
    // Every byte of the headers and of the end, and every 64th byte between them.
    const lengths = [...bytes.keys()].filter(
      (length) => length < 512 || length > bytes.length - 64 || length % 64 === 0,
    );
    for (const length of lengths.reverse()) {
      fs.truncateSync(file, length);
      const error = thrownBy(() => readImage(file, X64));
      expect(error).toBeInstanceOf(RustDLLError);
      // The first few bytes do not tell the format.
      const codes = length >= 8 ? /^ERR_RUSTDLL_TRUNCATED$/ : /TRUNCATED$|NOT_A_LIBRARY$/;
      expect([length, error.code]).toEqual([length, expect.stringMatching(codes)]);
    }
  });
});

describe('tables that would not end', () => {
  function tag(value: number): Buffer {
    const bytes = Buffer.alloc(8);
    bytes.writeBigUInt64LE(BigInt(value));
    return bytes;
  }

  test.each([
    ['the string table', 5],
    ['the symbols', 6],
    ['the size of the string table', 10],
    ['the hash table', 0x6ffffef5],
    ['the versions', 0x6ffffffe],
  ])('%s anywhere', (_, entry) => {
    const bytes = buildElf({ symbols: { add: 'function' }, versions: [['libc.so.6', ['GLIBC_2.34']]] });
    const at = bytes.indexOf(tag(entry), 200) + 8;
    expect(at).toBeGreaterThan(200);
    for (const value of [1n, 0x7fff_ffffn, 2n ** 63n, 2n ** 64n - 1n]) {
      const copy = Buffer.from(bytes);
      copy.writeBigUInt64LE(value, at);
      expectRefused(write(copy), 'ERR_RUSTDLL_NOT_A_LIBRARY', /damaged library/);
    }
  });

  test('a loop in a trie', () => {
    const bytes = buildMachO({ symbols: { ab: 'function' } });
    // The edge b leads back to the root.
    const edge = bytes.indexOf(Buffer.from('b\0'), bytes.indexOf(Buffer.from('a\0')));
    expect(edge).toBeGreaterThan(0);
    const copy = Buffer.from(bytes);
    copy.set([0x80, 0], edge + 2);
    const image = read(copy, { platform: 'darwin', arch: 'arm64' });
    expectError(() => image.exports(), RustDLLError, 'ERR_RUSTDLL_NOT_A_LIBRARY', /its table of exports has a loop/);
  });

  test('a table of megabytes in a file that has them', () => {
    const bytes = buildElf({ symbols: { add: 'function' }, sections: false });
    // The segment has 256 MB, most of which is a hole in the file, and the string table is as long.
    const size = 2 ** 28;
    bytes.writeBigUInt64LE(BigInt(size), 64 + 32);
    bytes.writeBigUInt64LE(BigInt(size - 0x1000), bytes.indexOf(tag(10), 200) + 8);
    const file = write(bytes);
    fs.truncateSync(file, size);
    expectRefused(file, 'ERR_RUSTDLL_NOT_A_LIBRARY', /damaged library: its string table is \d+ bytes long/);
    fs.rmSync(file);
  });
});

describe("this machine's own", () => {
  test('a Rust library', () => {
    const source = path.join(folder, 'real.rs');
    fs.writeFileSync(
      source,
      '#[no_mangle] pub extern "C" fn real_function(x: i32) -> i32 { x + 1 }\n#[no_mangle] pub static REAL_DATA: [u32; 4] = [1, 2, 3, 4];\n',
    );
    const output = path.join(folder, 'real.library');
    execFileSync('rustc', ['--crate-type', 'cdylib', '--crate-name', 'real', '-A', 'warnings', '-o', output, source]);
    const image = readImage(output);
    expect(() => {
      checkImage(image);
    }).not.toThrow();
    expect(image).toMatchObject({ path: output, platform: process.platform, arch: process.arch });
    expect(image.exports().get('real_function')).toBe('function');
    expect(image.exports().get('REAL_DATA')).toBe('data');
    expect(image.exports().get('malloc')).toBeUndefined();
    const size = fs.statSync(output).size;
    for (let length = Math.floor((size - 1) / 512) * 512; length >= 0; length -= 512) {
      fs.truncateSync(output, length);
      expect([length, thrownBy(() => readImage(output)).code]).toEqual([
        length,
        length === 0 ? 'ERR_RUSTDLL_NOT_A_LIBRARY' : 'ERR_RUSTDLL_TRUNCATED',
      ]);
    }
  });

  test('the running program is no library', () => {
    expectRefused(fs.realpathSync(process.execPath), 'ERR_RUSTDLL_NOT_A_LIBRARY', /a program, not a library/);
  });
});
