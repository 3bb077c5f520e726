/** Files that are not libraries, are libraries for another system, or are incomplete. */

import { group, type DeclareRow } from '../support/hazards';

const row = group();
/** Rows for linkers and loaders that only Linux has. */
const rowOfLinux: DeclareRow =
  process.platform === 'linux' ? row : (fault, title) => test.skip(`fault ${fault}: ${title}`);

row(37, 'no library at all, each kind told apart', async ({ assert, folder, paths, require, rustdll, throws }) => {
  const fs = require('node:fs') as typeof import('node:fs');
  const path = require('node:path') as typeof import('node:path');
  const net = require('node:net') as typeof import('node:net');
  const { execFileSync } = require('node:child_process') as typeof import('node:child_process');
  const here = folder();
  const place = (name: string) => path.join(here, name);
  const open = (name: string) => () => new rustdll.RustDLL(place(name));
  const write = (name: string, content: string | Uint8Array) => fs.writeFileSync(place(name), content);
  const not = { type: 'RustDLLError', code: 'ERR_RUSTDLL_NOT_A_LIBRARY' } as const;
  const missing = { type: 'RustDLLError', code: 'ERR_RUSTDLL_NOT_FOUND' } as const;
  const messages: string[] = [];
  const refused = (name: string, expected: typeof not | typeof missing) => {
    const { message } = throws(open(name), expected);
    assert.ok(message.includes(place(name)), message);
    messages.push(message.replace(place(name), ''));
  };

  write('text.so', 'just a text\n');
  write(
    'random.so',
    Uint8Array.from({ length: 5000 }, (_, i) => (i * 7919 + 13) & 0xff),
  );
  write('empty.so', '');
  write('archive.so', '!<arch>\n');
  write('wasm.so', '\0asm\x01\0\0\0');
  write('script.so', '#!/bin/sh\n');
  fs.mkdirSync(place('folder.so'));
  for (const name of ['text.so', 'random.so', 'empty.so', 'archive.so', 'wasm.so', 'script.so', 'folder.so'])
    refused(name, not);
  refused('missing.so', missing);
  assert.equal(new Set(messages).size, messages.length, messages.join('\n'));

  // The path leads through a file; the links lead to nothing and to themselves.
  throws(open('text.so/x.so'), missing);
  fs.symlinkSync('missing.so', place('dangling.so'));
  throws(open('dangling.so'), missing);
  fs.symlinkSync('loop.so', place('loop.so'));
  throws(open('loop.so'), { type: 'RustDLLError', message: /loop\.so/ });
  throws(open('x'.repeat(300)), { type: 'RustDLLError' });
  // Opening these files would block.
  if (process.platform !== 'win32') {
    execFileSync('mkfifo', [place('pipe.so')]);
    refused('pipe.so', not);
    throws(() => new rustdll.RustDLL('/dev/zero'), not);
    const server = net.createServer().listen(place('socket.so'));
    await new Promise((resolve) => server.once('listening', resolve));
    refused('socket.so', not);
    server.close();
  }
  // A program is an ELF file as well.
  throws(() => new rustdll.RustDLL(process.execPath), { ...not, message: /program/ });
  // The refused files do not affect a correct one.
  fs.copyFileSync(paths.example, place('real.so'));
  const real = open('real.so')();
  assert.equal(real.path, place('real.so'));
});

row(37, 'what is no path', ({ rustdll, throws }) => {
  const { RustDLL } = rustdll;
  for (const path of [undefined, null, 1, {}, [], Symbol('s'), Buffer.from('/x.so'), true]) {
    throws(() => new RustDLL(path as never), { type: 'TypeError', code: 'ERR_RUSTDLL_TYPE' });
  }
  for (const path of ['', '/\ud800.so', new URL('https://example.com/x.so'), new URL('file://host/x.so?#')]) {
    throws(() => new RustDLL(path), { type: 'TypeError', code: 'ERR_RUSTDLL_PATH' });
  }
});

row(
  38,
  'a library for another processor or system, naming both sides',
  ({ assert, folder, paths, require, rustdll, throws }) => {
    const fs = require('node:fs') as typeof import('node:fs');
    const file = `${folder()}/other.so`;
    const here = `${process.platform}-${process.arch}`;
    const refused = (content: Uint8Array, made: string) => {
      fs.writeFileSync(file, content);
      const { message } = throws(() => new rustdll.RustDLL(file), {
        type: 'RustDLLError',
        code: 'ERR_RUSTDLL_WRONG_TARGET',
      });
      assert.ok(message.includes(made) && message.includes(here), message);
    };
    const numbers = (size: number, fields: Record<number, [width: number, value: number]>) => {
      const bytes = Buffer.alloc(size);
      for (const [at, [width, value]] of Object.entries(fields)) bytes.writeUIntLE(value, Number(at), width);
      return bytes;
    };
    if (process.platform === 'linux') {
      const elf = fs.readFileSync(paths.example);
      const machine = process.arch === 'x64' ? 183 : 62;
      refused(Buffer.from(elf).fill(machine, 18, 19), process.arch === 'x64' ? 'linux-arm64' : 'linux-x64');
      refused(Buffer.from(elf).fill(243, 18, 19), 'linux-riscv64');
      refused(Buffer.from(elf).fill(9, 7, 8), `freebsd-${process.arch}`);
      // One file is for 32 bits, the other has the other byte order.
      refused(Buffer.from(elf).fill(1, 4, 5).fill(3, 18, 19), 'linux-ia32');
      refused(Buffer.from(elf).fill(2, 5, 6).fill(0, 18, 19).fill(22, 19, 20), 'linux-s390x');
      // A DLL with one section and without exports.
      const pe = (machineOfPe: number) =>
        Buffer.concat([
          numbers(0x40, { 0: [2, 0x5a4d], 0x3c: [4, 0x40] }),
          numbers(24, { 0: [4, 0x4550], 4: [2, machineOfPe], 6: [2, 0], 20: [2, 240], 22: [2, 0x2022] }),
          numbers(240, { 0: [2, 0x20b], 108: [4, 16] }),
        ]);
      refused(pe(0x8664), 'win32-x64');
      refused(pe(0xaa64), 'win32-arm64');
      const macho = (cpu: number) => numbers(32, { 0: [4, 0xfeedfacf], 4: [4, cpu], 12: [4, 6] });
      refused(macho(0x0100000c), 'darwin-arm64');
      refused(macho(0x01000007), 'darwin-x64');
      const fat = Buffer.alloc(28 + 32);
      [0xcafebabe, 1, 0x01000007, 3, 28, 32, 0].forEach((word, i) => fat.writeUInt32BE(word, 4 * i));
      macho(0x01000007).copy(fat, 28);
      refused(fat, 'darwin-x64');
    }
  },
);

rowOfLinux(39, 'a library cut at every 512 bytes', ({ assert, folder, paths, require, rustdll }) => {
  const fs = require('node:fs') as typeof import('node:fs');
  const here = folder();
  for (const source of [paths.kernels, paths.clib]) {
    const { size } = fs.statSync(source);
    const file = `${here}/cut.so`;
    fs.copyFileSync(source, file);
    const codes = new Map<string, number>();
    for (let length = Math.floor((size - 1) / 512) * 512; length >= 0; length -= 512) {
      fs.truncateSync(file, length);
      let code = '';
      try {
        new rustdll.RustDLL(file);
      } catch (error) {
        if (error instanceof rustdll.RustDLLError) code = error.code;
      }
      assert.ok(code, `${source} cut at ${length} of ${size}: no error of this package`);
      codes.set(code, (codes.get(code) ?? 0) + 1);
    }
    // Only the empty file is not recognised.
    assert.equal(codes.get('ERR_RUSTDLL_NOT_A_LIBRARY'), 1);
    assert.equal(codes.get('ERR_RUSTDLL_TRUNCATED'), Math.ceil(size / 512) - 1);
    fs.rmSync(file);
  }
});

row(39, 'libraries of Windows and macOS cut at every 512 bytes', ({ assert, folder, require, rustdll }) => {
  const fs = require('node:fs') as typeof import('node:fs');
  const file = `${folder()}/cut`;
  const numbers = (size: number, fields: Record<number, number>) => {
    const bytes = Buffer.alloc(size);
    for (const [at, value] of Object.entries(fields)) bytes.writeUInt32LE(value, Number(at));
    return bytes;
  };
  // The headers name a processor on which this test does not run, so whole files are refused as well.
  const pe = Buffer.concat([
    numbers(0x40, { 0: 0x5a4d, 0x3c: 0x40 }),
    numbers(24, { 0: 0x4550, 4: 0x1_5064, 20: 0x2022_00f0 }),
    numbers(240, { 0: 0x20b, 108: 16 }),
    // The file has one section, of 8192 bytes at 512.
    numbers(40, { 8: 8192, 12: 4096, 16: 8192, 20: 512, 36: 0x20000000 }),
    Buffer.alloc(512 + 8192 - 368),
  ]);
  const macho = Buffer.concat([
    numbers(32, { 0: 0xfeedfacf, 4: 0x01000012, 12: 6, 16: 1, 20: 72 }),
    // The file has one segment, which covers all of it.
    numbers(72, { 0: 0x19, 4: 72, 32: 8704, 48: 8704 }),
    Buffer.alloc(8704 - 104),
  ]);
  for (const whole of [pe, macho]) {
    assert.equal(whole.length, 8704);
    const codes: string[] = [];
    for (let length = 0; length <= whole.length; length += 512) {
      fs.writeFileSync(file, whole.subarray(0, length));
      try {
        new rustdll.RustDLL(file);
      } catch (error) {
        if (error instanceof rustdll.RustDLLError) codes.push(error.code.replace('ERR_RUSTDLL_', ''));
      }
    }
    assert.deepEqual(codes, ['NOT_A_LIBRARY', ...new Array<string>(16).fill('TRUNCATED'), 'WRONG_TARGET']);
  }
});

rowOfLinux(40, 'a library that needs one that is not there', ({ assert, folder, require, rustdll, throws }) => {
  const fs = require('node:fs') as typeof import('node:fs');
  const { execFileSync } = require('node:child_process') as typeof import('node:child_process');
  const here = folder();
  const build = (name: string, source: string, ...flags: string[]) => {
    fs.writeFileSync(`${here}/${name}.c`, source);
    execFileSync('cc', ['-shared', '-fPIC', '-o', `lib${name}.so`, `${name}.c`, ...flags], { cwd: here });
  };
  const flags = ['-L.', '-Wl,-rpath,$ORIGIN'];
  build('inner', 'int inner(void) { return 7; }');
  build('outer', 'int inner(void); int outer(void) { return inner(); }', ...flags, '-linner');
  build('outermost', 'int outer(void); int outermost(void) { return outer(); }', ...flags, '-louter');
  const open = (name: string) => new rustdll.RustDLL(`${here}/lib${name}.so`);

  fs.renameSync(`${here}/libinner.so`, `${here}/hidden`);
  const missing = { type: 'RustDLLError', code: 'ERR_RUSTDLL_DEPENDENCY', message: /libinner\.so/ } as const;
  const error = throws(() => open('outer'), missing);
  assert.match((error.cause as Error).message, /libinner\.so/);
  throws(() => open('outermost'), missing);
  // The dependency exists and is not a library.
  fs.writeFileSync(`${here}/libinner.so`, 'a text');
  throws(() => open('outer'), missing);
  // The dependency exists and lacks the function.
  build('inner', 'int other(void) { return 7; }');
  throws(() => open('outer'), { type: 'RustDLLError', code: 'ERR_RUSTDLL_DEPENDENCY', message: /inner/ });
  fs.renameSync(`${here}/hidden`, `${here}/libinner.so`);
  const outermost = open('outermost');
  assert.equal(outermost.outermost!(), 7);
  // Fault 36: the symbols of a library's dependencies are not its own.
  assert.equal(outermost.inner, undefined);
  throws(() => outermost.declare('fn inner() -> i32'), {
    type: 'RustDLLError',
    code: 'ERR_RUSTDLL_SYMBOL',
    message: /inner/,
  });
  throws(() => outermost.declare('fn outer() -> i32'), { type: 'RustDLLError', code: 'ERR_RUSTDLL_SYMBOL' });
});

rowOfLinux(41, 'a library that needs a newer glibc', ({ assert, folder, paths, require, rustdll, throws }) => {
  const fs = require('node:fs') as typeof import('node:fs');
  const file = `${folder()}/newer.so`;
  const bytes = fs.readFileSync(paths.kernels);
  // A version in the string table is renamed to one that no glibc has. The loader compares hashes first, and finds
  // neither.
  const version = /GLIBC_2\.\d\d/.exec(bytes.toString('latin1'))![0];
  const newer = bytes.toString('latin1').replaceAll(version, 'GLIBC_2.99');
  fs.writeFileSync(file, Buffer.from(newer, 'latin1'));
  const error = throws(() => new rustdll.RustDLL(file), {
    type: 'RustDLLError',
    code: 'ERR_RUSTDLL_DEPENDENCY',
    message: /glibc 2\.99.*this process has 2\.\d+/,
  });
  assert.match((error.cause as Error).message, /GLIBC_2\.99/);
});

rowOfLinux(41, 'a library for musl', ({ assert, folder, require, rustdll, throws }) => {
  const fs = require('node:fs') as typeof import('node:fs');
  const { execFileSync } = require('node:child_process') as typeof import('node:child_process');
  const here = folder();
  const cc = (...args: string[]) => execFileSync('cc', ['-shared', '-fPIC', '-nostdlib', ...args], { cwd: here });
  fs.writeFileSync(`${here}/libc.c`, 'int musl_only(void) { return 1; }');
  fs.writeFileSync(`${here}/user.c`, 'int musl_only(void); int user(void) { return musl_only(); }');
  // The names of musl's libc: that of Alpine's linker, and that of musl-gcc and of Rust's own target.
  for (const soname of ['libc.musl-x86_64.so.1', 'libc.so']) {
    cc('-Wl,-soname,' + soname, '-o', 'stub.so', 'libc.c');
    cc('-o', `for-${soname}`, 'user.c', './stub.so');
    const error = throws(() => new rustdll.RustDLL(`${here}/for-${soname}`), {
      type: 'RustDLLError',
      code: 'ERR_RUSTDLL_DEPENDENCY',
      message: /musl.*glibc/,
    });
    assert.ok(error.cause instanceof Error);
  }
});

row(60, 'two links to one file, and the file itself', ({ assert, folder, paths, require, rustdll }) => {
  const fs = require('node:fs') as typeof import('node:fs');
  const here = folder();
  fs.symlinkSync(paths.kernels, `${here}/one.so`);
  fs.symlinkSync(`${here}/one.so`, `${here}/two.so`);
  fs.linkSync(paths.example, `${here}/example.so`);
  const opened = ['one.so', 'two.so'].map((name) => new rustdll.RustDLL(`${here}/${name}`));
  opened.push(new rustdll.RustDLL(paths.kernels));
  const before = opened[0]!.call_count!() as number;
  for (const each of opened) {
    assert.equal(each.path, fs.realpathSync(paths.kernels));
    each.count_call!();
  }
  // All of them are one library with one set of statics.
  for (const each of opened) assert.equal(each.call_count!(), before + 3);
  opened[0]!.close();
  assert.equal(opened[1]!.call_count!(), before + 3);
});

row(62, 'a path inside an archive of Electron', ({ assert, folder, paths, require, rustdll, throws }) => {
  const fs = require('node:fs') as typeof import('node:fs');
  const here = folder();
  fs.writeFileSync(`${here}/app.asar`, 'an archive');
  const inside = `${here}/app.asar/native/lib.so`;
  const refused = { type: 'RustDLLError', code: 'ERR_RUSTDLL_LOAD', message: /app\.asar\.unpacked/ } as const;
  throws(() => new rustdll.RustDLL(inside), refused);
  fs.mkdirSync(`${here}/app.asar.unpacked/native`, { recursive: true });
  throws(() => new rustdll.RustDLL(inside), refused);
  fs.copyFileSync(paths.example, `${here}/app.asar.unpacked/native/lib.so`);
  const library = new rustdll.RustDLL(inside);
  assert.equal(library.path, `${here}/app.asar.unpacked/native/lib.so`);
  const list = [1, 2];
  library.test!('asar', list);
  assert.deepEqual(list, [6, 2]);
  assert.equal(new rustdll.RustDLL(library.path).path, library.path);
  // A folder may have a name that ends with `.asar`.
  fs.mkdirSync(`${here}/folder.asar`);
  fs.copyFileSync(paths.example, `${here}/folder.asar/lib.so`);
  assert.equal(new rustdll.RustDLL(`${here}/folder.asar/lib.so`).path, `${here}/folder.asar/lib.so`);
});
