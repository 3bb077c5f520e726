import { execFileSync } from 'node:child_process';
import * as fs from 'node:fs';
import * as os from 'node:os';
import * as path from 'node:path';
import { RustDLLError } from '../../../src-ts/errors/errors';
import { readImage } from '../../../src-ts/file/headers';
import { type Image } from '../../../src-ts/file/formats/image';
import { runningLibc, type Libc } from '../../../src-ts/runtime/libc';
import { explainLoadError } from '../../../src-ts/file/load-error';

const PATH = '/app/target/release/libmylib.so';
const GLIBC: Libc = { name: 'glibc', version: '2.36' };
const MUSL: Libc = { name: 'musl', version: null };

function image(parts: Partial<Image> = {}): Image {
  return {
    path: PATH,
    format: 'elf',
    platform: 'linux',
    arch: 'x64',
    needed: ['libdep.so', 'libc.so.6'],
    versions: [],
    libc: null,
    exports: () => new Map(),
    ...parts,
  };
}

/** Checks the explanation of `text`: its code, its message without the common beginning, and its cause. */
function expectExplained(
  text: string,
  code: string,
  detail: string,
  parts?: Partial<Image>,
  libc: Libc | null = GLIBC,
): void {
  const error = explainLoadError(PATH, image(parts), text, libc);
  expect(error).toBeInstanceOf(RustDLLError);
  expect({ code: error.code, message: error.message }).toEqual({ code, message: `cannot load '${PATH}': ${detail}` });
  expect(error.cause).toBeInstanceOf(Error);
  expect((error.cause as Error).message).toBe(text);
}

const DEPENDENCY = 'ERR_RUSTDLL_DEPENDENCY';
const LOAD = 'ERR_RUSTDLL_LOAD';

describe('a missing library', () => {
  test.each([
    [
      'glibc',
      'libdep.so: cannot open shared object file: No such file or directory',
      'it needs libdep.so, which cannot be loaded here (No such file or directory)',
    ],
    [
      'glibc, in German',
      'libdep.so: Kann die Shared-Object-Datei nicht öffnen: Datei oder Verzeichnis nicht gefunden',
      'it needs libdep.so, which cannot be loaded here (Kann die Shared-Object-Datei nicht öffnen: Datei oder Verzeichnis nicht gefunden)',
    ],
    [
      'glibc, needed by a needed one',
      'libother.so: cannot open shared object file: No such file or directory',
      'a library it needs needs libother.so, which cannot be loaded here (No such file or directory)',
    ],
    [
      'glibc, one that is no library',
      '/lib/libdep.so: invalid ELF header',
      'it needs /lib/libdep.so, which cannot be loaded here (invalid ELF header)',
    ],
    [
      'musl',
      `Error loading shared library libdep.so: No such file or directory (needed by ${PATH})`,
      'it needs libdep.so, which cannot be loaded here (No such file or directory)',
    ],
    [
      'musl, needed by a needed one',
      'Error loading shared library libother.so: No such file or directory (needed by /lib/libdep.so)',
      '/lib/libdep.so, which it needs, needs libother.so, which cannot be loaded here (No such file or directory)',
    ],
    [
      'macOS',
      `dlopen(${PATH}, 0x0006): Library not loaded: @rpath/libdep.dylib\n  Referenced from: <6F3D> ${PATH}\n  Reason: tried: '/usr/lib/libdep.dylib' (no such file)`,
      "it needs @rpath/libdep.dylib, which cannot be loaded here (tried: '/usr/lib/libdep.dylib' (no such file))",
    ],
  ])('%s', (_, text, detail) => {
    expectExplained(text, DEPENDENCY, detail);
  });

  test('Windows, which does not say which', () => {
    const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'rustdll-windows-'));
    try {
      const file = path.join(folder, 'my.dll');
      fs.writeFileSync(path.join(folder, 'beside.dll'), '');
      const needed = ['beside.dll', 'api-ms-win-crt-heap-l1-1-0.dll', 'surely-missing.dll'];
      const text = 'The specified module could not be found. (error 126)';
      const explain = (libraries: string[]): RustDLLError =>
        explainLoadError(file, image({ path: file, format: 'pe', platform: 'win32', needed: libraries }), text, null);
      expect(explain(needed)).toMatchObject({
        code: DEPENDENCY,
        message: `cannot load '${file}': it needs surely-missing.dll, found neither beside it nor beside the program nor in the system`,
      });
      expect(explain(needed.slice(0, 2)).message).toMatch(
        /a library that its own libraries need is missing; it needs beside\.dll, api-ms/,
      );
    } finally {
      fs.rmSync(folder, { recursive: true });
    }
  });
});

describe('an older library', () => {
  const versions = ['GLIBC_2.4', 'GLIBC_2.38', 'GLIBC_2.17'].map((version) => ({ library: 'libc.so.6', version }));
  const ADVICE = 'build it on a system with a glibc as old as the oldest it is to run on';

  test('glibc: the newest it asks for, and the one that is here', () => {
    const text = `/lib/x86_64-linux-gnu/libc.so.6: version \`GLIBC_2.37' not found (required by ${PATH})`;
    expectExplained(text, DEPENDENCY, `it needs glibc 2.38, and this process has 2.36; ${ADVICE}`, { versions });
    expectExplained(text, DEPENDENCY, `it needs glibc 2.37, and this process has an older one; ${ADVICE}`, {}, null);
  });

  test('glibc, in French', () => {
    const text = `/lib/libc.so.6: version «\u00a0GLIBC_2.38\u00a0» non trouvée (requis par ${PATH})`;
    expectExplained(text, DEPENDENCY, `it needs glibc 2.38, and this process has 2.36; ${ADVICE}`);
  });

  test('glibc, asked for by a needed library', () => {
    const text = "/lib/libc.so.6: version `GLIBC_2.37' not found (required by /lib/libdep.so)";
    expectExplained(
      text,
      DEPENDENCY,
      `/lib/libdep.so, which it needs, needs glibc 2.37, and this process has 2.36; ${ADVICE}`,
      { versions },
    );
  });

  test('another library', () => {
    const text = `/lib/libstdc++.so.6: version \`GLIBCXX_3.4.32' not found (required by ${PATH})`;
    expectExplained(
      text,
      DEPENDENCY,
      'it needs version GLIBCXX_3.4.32 of /lib/libstdc++.so.6, which is older and has none',
    );
  });
});

describe('another C library', () => {
  test('musl on glibc, whatever the loader says', () => {
    const detail =
      'it was built for musl, and this process runs on glibc 2.36; build it with --target x86_64-unknown-linux-gnu';
    expectExplained('/lib/libc.so: invalid ELF header', DEPENDENCY, detail, { libc: 'musl' });
    expectExplained(
      'libc.musl-x86_64.so.1: cannot open shared object file: No such file or directory',
      DEPENDENCY,
      detail,
      { libc: 'musl' },
    );
  });

  test('glibc on musl', () => {
    const text = `Error relocating ${PATH}: __fprintf_chk: symbol not found`;
    const detail =
      'it was built for glibc, and this process runs on musl; build it with --target aarch64-unknown-linux-musl';
    expectExplained(text, DEPENDENCY, detail, { libc: 'glibc', arch: 'arm64' }, MUSL);
  });

  test('the same, or nobody knows', () => {
    const text = 'libdep.so: cannot open shared object file: No such file or directory';
    for (const [built, here] of [
      ['glibc', GLIBC],
      ['musl', MUSL],
      [null, GLIBC],
      ['musl', null],
    ] as const) {
      expectExplained(
        text,
        DEPENDENCY,
        'it needs libdep.so, which cannot be loaded here (No such file or directory)',
        { libc: built },
        here,
      );
    }
  });
});

describe('a missing symbol', () => {
  const REST = 'which none of its libraries here has; it needs libdep.so, libc.so.6';

  test.each([
    ['glibc', `${PATH}: undefined symbol: dep_add`, `it needs the symbol dep_add, ${REST}`],
    [
      'glibc, a version',
      `${PATH}: undefined symbol: dep_add, version DEP_2`,
      `it needs the symbol dep_add in version DEP_2, ${REST}`,
    ],
    [
      'glibc, a version of a file',
      `${PATH}: symbol dep_add, version DEP_2 not defined in file libdep.so with link time reference`,
      `it needs the symbol dep_add in version DEP_2, ${REST}`,
    ],
    ['musl', `Error relocating ${PATH}: dep_add: symbol not found`, `it needs the symbol dep_add, ${REST}`],
    [
      'macOS',
      `dlopen(${PATH}, 0x0006): Symbol not found: _dep_add\n  Referenced from: ${PATH}`,
      `it needs the symbol dep_add, ${REST}`,
    ],
    [
      'macOS, flat',
      `dlopen(${PATH}, 0x0006): symbol not found in flat namespace '_dep_add'`,
      `it needs the symbol dep_add, ${REST}`,
    ],
  ])('%s', (_, text, detail) => {
    expectExplained(text, DEPENDENCY, detail);
  });

  test('Windows, which does not say which', () => {
    const text = 'The specified procedure could not be found. (error 127)';
    const parts = { format: 'pe', platform: 'win32', needed: ['dep.dll'] } as const;
    expectExplained(
      text,
      DEPENDENCY,
      'it needs a function that none of its libraries here has; it needs dep.dll',
      parts,
      null,
    );
  });
});

describe('other refusals', () => {
  test.each([
    ['failed to map segment from shared object: Operation not permitted', /mounted noexec/],
    ['cannot allocate memory in static TLS block', /thread-locals/],
    ['cannot enable executable stack as shared object requires: Permission denied', /executable stack/],
  ])('%s', (words, detail) => {
    const text = `${PATH}: ${words}`;
    const error = explainLoadError(PATH, image(), text, GLIBC);
    expect(error).toMatchObject({
      code: LOAD,
      message: expect.stringMatching(detail) as string,
      cause: { message: text },
    });
    expect(error.message).toContain(words);
  });

  test('words nobody knows', () => {
    expectExplained('the moon is full', LOAD, "the system's loader refused it: the moon is full");
    expectExplained(`${PATH}: invalid ELF header`, LOAD, `the system's loader refused it: ${PATH}: invalid ELF header`);
  });
});

// The text is that of this machine's own loader, which process.dlopen passes on.
(process.platform === 'linux' && runningLibc()?.name === 'glibc' ? describe : describe.skip)(
  "glibc's own words",
  () => {
    let folder: string;
    beforeAll(() => {
      folder = fs.realpathSync(fs.mkdtempSync(path.join(os.tmpdir(), 'rustdll-load-')));
      build('libdep.so', 'int dep(void) { return 1; }');
      build('libmid.so', 'int dep(void); int mid(void) { return dep(); }', '-ldep');
      build('libtop.so', 'int mid(void); int top(void) { return mid(); }', '-lmid');
      build('libold.so', '#include <stdio.h>\nint say(void) { return puts("x"); }');
      build('liblost.so', 'int nowhere(void); int (*pointer)(void) = nowhere;');
    });
    afterAll(() => {
      fs.rmSync(folder, { recursive: true });
    });

    function build(name: string, source: string, ...flags: string[]): void {
      const linked = ['-shared', '-fPIC', '-x', 'c', '-', '-x', 'none', '-o', name, '-L.', ...flags];
      execFileSync('cc', [...linked, '-Wl,-rpath,$ORIGIN', '-Wl,-rpath-link,.'], { cwd: folder, input: source });
    }

    function refusal(name: string): RustDLLError {
      const file = path.join(folder, name);
      try {
        process.dlopen({ exports: {} }, file, os.constants.dlopen.RTLD_NOW);
      } catch (error) {
        return explainLoadError(file, readImage(file), (error as Error).message);
      }
      throw new Error(`${name} was loaded`);
    }

    test('a newer glibc', () => {
      // The name has the same length. The loader compares names.
      const bytes = fs
        .readFileSync(path.join(folder, 'libold.so'))
        .toString('latin1')
        .replaceAll('GLIBC_2.', 'GLIBC_9.');
      fs.writeFileSync(path.join(folder, 'libnew.so'), bytes, 'latin1');
      const words = `it needs glibc 9\\.[\\d.]+, and this process has ${runningLibc()!.version!}; build it`;
      expect(refusal('libnew.so')).toMatchObject({ code: DEPENDENCY, message: expect.stringMatching(words) as string });
    });

    test('a missing symbol', () => {
      expect(refusal('liblost.so')).toMatchObject({
        code: DEPENDENCY,
        message: expect.stringMatching(/it needs the symbol nowhere, which none/) as string,
      });
    });

    test('missing libraries, and one that is damaged', () => {
      fs.rmSync(path.join(folder, 'libdep.so'));
      const lost = /needs libdep\.so, which cannot be loaded here \(No such file or directory\)$/;
      expect(refusal('libmid.so')).toMatchObject({ code: DEPENDENCY, message: expect.stringMatching(lost) as string });
      expect(refusal('libtop.so')).toMatchObject({ code: DEPENDENCY, message: expect.stringMatching(lost) as string });
      fs.writeFileSync(
        path.join(folder, 'libdep.so'),
        'no library, however long it is: sixty-four bytes and more of it, at least',
      );
      expect(refusal('libmid.so')).toMatchObject({
        code: DEPENDENCY,
        message: expect.stringMatching(
          /it needs \S+libdep\.so, which cannot be loaded here \((invalid ELF header|file too short)\)$/,
        ) as string,
      });
    });

    test("musl's", () => {
      build('libdep.so', 'int dep(void) { return 1; }', '-nostdlib', '-Wl,-soname,libc.musl-x86_64.so.1');
      build('libmusl.so', 'int dep(void); int mid(void) { return dep(); }', '-nostdlib', '-ldep');
      const words =
        /it was built for musl, and this process runs on glibc [\d.]+; build it with --target \w+-unknown-linux-gnu$/;
      expect(refusal('libmusl.so')).toMatchObject({
        code: DEPENDENCY,
        message: expect.stringMatching(words) as string,
      });
    });
  },
);
