import * as fs from 'node:fs';
import * as os from 'node:os';
import * as path from 'node:path';
import { pathToFileURL } from 'node:url';
import { RustDLLError } from '../../../src-ts/errors/errors';
import { resolveLibrary, toPlace } from '../../../src-ts/file/locate';
import { expectError, expectTypeError, thrownBy } from '../../support/errors';

const testOnPosix = process.platform === 'win32' ? test.skip : test;

const workingDirectory = process.cwd();
let folder: string;
let library: string;
beforeEach(() => {
  folder = fs.realpathSync(fs.mkdtempSync(path.join(os.tmpdir(), 'rustdll-locate-')));
  library = path.join(folder, 'sub', 'libmylib.so');
  fs.mkdirSync(path.dirname(library));
  fs.writeFileSync(library, '');
  process.chdir(folder);
});
afterEach(() => {
  process.chdir(workingDirectory);
  fs.rmSync(folder, { recursive: true, force: true });
});

function located(path: string | URL): string {
  return resolveLibrary(toPlace(path));
}

describe('paths', () => {
  test('absolute, relative, with detours', () => {
    for (const given of [library, './sub/libmylib.so', 'sub/libmylib.so', 'sub/../sub/./libmylib.so']) {
      expect(located(given)).toBe(library);
    }
  });

  test('URLs, as objects, as text, of another realm', () => {
    const url = pathToFileURL(library);
    expect(located(url)).toBe(library);
    expect(located(url.href)).toBe(library);
    expect(located({ href: url.href, protocol: 'file:' } as unknown as URL)).toBe(library);
    const odd = path.join(folder, 'sub', 'lib ü%20#?.so');
    fs.writeFileSync(odd, '');
    expect(located(pathToFileURL(odd))).toBe(odd);
    expect(located(odd)).toBe(odd);
  });

  testOnPosix('links lead to one file', () => {
    const links = ['one', 'two'].map((name) => path.join(folder, name));
    fs.symlinkSync(library, links[0]!);
    fs.symlinkSync(path.dirname(library), links[1]!);
    expect(located(links[0]!)).toBe(library);
    expect(located(path.join(links[1]!, 'libmylib.so'))).toBe(library);
  });

  test('nothing there', () => {
    const missing = path.join(folder, 'sub', 'other.so');
    expectError(
      () => located('./sub/other.so'),
      RustDLLError,
      'ERR_RUSTDLL_NOT_FOUND',
      `cannot load '${missing}': there is no such file`,
    );
    expect(thrownBy(() => located(missing)).cause).toMatchObject({ code: 'ENOENT' });
    expectError(() => located(`${library}/x`), RustDLLError, 'ERR_RUSTDLL_NOT_FOUND', /there is no such file/);
  });

  testOnPosix('a link to itself', () => {
    fs.symlinkSync('loop', 'loop');
    expectError(() => located('./loop'), RustDLLError, 'ERR_RUSTDLL_LOAD', /cannot be read/);
    expect(thrownBy(() => located('./loop')).cause).toMatchObject({ code: 'ELOOP' });
  });

  testOnPosix('no working directory any more', () => {
    const gone = path.join(folder, 'gone');
    fs.mkdirSync(gone);
    process.chdir(gone);
    fs.rmdirSync(gone);
    expectError(() => located('./libmylib.so'), RustDLLError, 'ERR_RUSTDLL_NOT_FOUND', /libmylib\.so/);
    expect(located(library)).toBe(library);
  });
});

describe('what is no path', () => {
  test.each<[string, unknown, RegExp]>([
    ['nothing', undefined, /the path of a library: expected a string or a file: URL, got undefined/],
    ['null', null, /got null/],
    ['a number', 5, /got number 5/],
    ['a Buffer', Buffer.from('/x'), /got Uint8Array/],
    ['a list', ['/x'], /got a list/],
    ['an object', { href: 5, protocol: 'file:' }, /got an object/],
  ])('%s', (_, given, words) => {
    expectTypeError(() => located(given as string), words);
  });

  test.each([
    ['empty', '', /is empty/],
    ['a NUL', '/x\0.so', /holds a NUL: "\/x\\u0000\.so"/],
    ['a lone surrogate', '/x\ud800.so', /holds a lone surrogate: "\/x\\ud800\.so"/],
    ['a URL of the web', new URL('https://example.com/libx.so'), /https:\/\/example\.com\/libx\.so names no file here/],
    ['a URL with a NUL', 'file:///x%00.so', /holds a NUL/],
    ['a URL with a hidden separator', 'file:///a%2Fb.so', /names no file here/],
    ['a URL that is not UTF-8', 'file:///%ff.so', /names no file here/],
  ])('%s', (_, given, words) => {
    expectTypeError(() => located(given), words, 'ERR_RUSTDLL_PATH');
  });
});

describe('a bare name', () => {
  test.each(['mylib', 'libmylib.so', 'mylib.dll', 'libmylib.dylib', 'c'])(
    '%s is not picked up, wherever it lies',
    (name) => {
      const before = process.env.PATH;
      fs.writeFileSync(path.join(folder, name), '');
      fs.writeFileSync(path.join(folder, 'sub', name), '');
      process.env.PATH = path.join(folder, 'sub');
      try {
        const words = `cannot load '${name}': a bare name is not searched for anywhere; write './${name}'`;
        expectError(() => located(name), RustDLLError, 'ERR_RUSTDLL_BARE_NAME', words);
        expectError(() => located(name), RustDLLError, 'ERR_RUSTDLL_BARE_NAME', /RustDLL\.find/);
        expect(located(`./${name}`)).toBe(path.join(folder, name));
      } finally {
        process.env.PATH = before;
      }
    },
  );

  test('a folder is a path', () => {
    expect(located('.')).toBe(folder);
    expect(located('..')).toBe(path.dirname(folder));
  });

  testOnPosix('a backslash is a letter', () => {
    expectError(() => located('sub\\libmylib.so'), RustDLLError, 'ERR_RUSTDLL_BARE_NAME', /bare name/);
  });
});

describe("Electron's archives", () => {
  const INSIDE = path.join('dist', 'libmylib.so');
  let archive: string;
  let unpacked: string;
  beforeEach(() => {
    archive = path.join(folder, 'app.asar');
    unpacked = path.join(folder, 'app.asar.unpacked', INSIDE);
  });

  function unpack(): void {
    fs.mkdirSync(path.dirname(unpacked), { recursive: true });
    fs.writeFileSync(unpacked, '');
  }

  test('a path inside an archive means the one beside it', () => {
    fs.writeFileSync(archive, 'archive');
    unpack();
    expect(located(path.join(archive, INSIDE))).toBe(unpacked);
    expect(located(pathToFileURL(path.join(archive, INSIDE)))).toBe(unpacked);
    expect(located(unpacked)).toBe(unpacked);
  });

  test('the archive need not be there', () => {
    unpack();
    expect(located(path.join(archive, INSIDE))).toBe(unpacked);
  });

  test('not unpacked', () => {
    fs.writeFileSync(archive, 'archive');
    const words = `cannot load '${path.join(archive, INSIDE)}': it is inside an archive, out of which no library can be loaded, and not in ${archive}.unpacked; add it to asarUnpack`;
    expectError(() => located(path.join(archive, INSIDE)), RustDLLError, 'ERR_RUSTDLL_LOAD', words);
  });

  test('neither archive nor file', () => {
    expectError(() => located(path.join(archive, INSIDE)), RustDLLError, 'ERR_RUSTDLL_NOT_FOUND', /no such file/);
  });

  test('a folder that is only called so', () => {
    unpack();
    const inside = path.join(archive, INSIDE);
    fs.mkdirSync(path.dirname(inside), { recursive: true });
    fs.writeFileSync(inside, '');
    expect(located(inside)).toBe(inside);
  });

  test('the archive itself is a file like any other', () => {
    fs.writeFileSync(archive, 'archive');
    expect(located(archive)).toBe(archive);
  });

  test('within Electron, whose file system shows archives as folders', () => {
    fs.writeFileSync(archive, 'archive');
    unpack();
    const inside = path.join(archive, INSIDE);
    const real = jest.requireActual<typeof fs>('node:fs');
    const patched = {
      ...real,
      __esModule: true,
      statSync: (file: string) => real.statSync(file === archive ? folder : file === inside ? unpacked : file),
      existsSync: () => true,
      realpathSync: (file: string) => (file === inside ? inside : real.realpathSync(file)),
    };
    Object.defineProperty(process.versions, 'electron', { value: '40.0.0', configurable: true });
    try {
      jest.isolateModules(() => {
        jest.doMock('node:fs', () => patched);
        jest.doMock('original-fs', () => real, { virtual: true });
        const isolated =
          jest.requireActual<typeof import('../../../src-ts/file/locate')>('../../../src-ts/file/locate');
        expect(isolated.resolveLibrary(inside)).toBe(unpacked);
        real.rmSync(unpacked);
        expect(thrownBy(() => isolated.resolveLibrary(inside))).toMatchObject({ code: 'ERR_RUSTDLL_LOAD' });
      });
    } finally {
      delete (process.versions as { electron?: string }).electron;
      jest.dontMock('node:fs').dontMock('original-fs');
    }
  });
});

describe("Node's permission model", () => {
  function withPermission(
    permission: { has(scope: string, reference?: string): boolean; drop?: unknown },
    run: () => void,
  ): void {
    const before = Object.getOwnPropertyDescriptor(process, 'permission');
    Object.defineProperty(process, 'permission', { value: permission, configurable: true });
    try {
      run();
    } finally {
      if (before === undefined) delete (process as { permission?: unknown }).permission;
      else Object.defineProperty(process, 'permission', before);
    }
  }

  /** Makes permissions to read these paths. As in Node 20, there are none for addons. */
  function reading(...granted: string[]): { has(scope: string, reference?: string): boolean } {
    return { has: (scope, reference) => scope === 'fs.read' && granted.includes(reference!) };
  }

  function expectDenied(run: () => unknown, permission: string, resource: string): void {
    const error = thrownBy(run);
    expect(error).toBeInstanceOf(Error);
    expect(error).toMatchObject({ code: 'ERR_ACCESS_DENIED', permission, resource });
    expect(error.message).toMatch(/^Access to this API has been restricted/);
  }

  test('a path that is granted, and one that is not', () => {
    withPermission(reading(library), () => {
      expect(located('sub/libmylib.so')).toBe(library);
      expectDenied(() => located('sub/other.so'), 'FileSystemRead', path.join(folder, 'sub', 'other.so'));
    });
  });

  testOnPosix('a link out of what is granted', () => {
    const link = path.join(folder, 'link.so');
    fs.symlinkSync(library, link);
    withPermission(reading(link), () => {
      expectDenied(() => located(link), 'FileSystemRead', library);
    });
    withPermission(reading(library), () => {
      expectDenied(() => located(link), 'FileSystemRead', link);
    });
    withPermission(reading(link, library), () => {
      expect(located(link)).toBe(library);
    });
  });

  test('addons given up at run time', () => {
    for (const addon of [true, false]) {
      const permission = { has: (scope: string) => (scope === 'addon' ? addon : true), drop: () => undefined };
      withPermission(permission, () => {
        if (addon) expect(located(library)).toBe(library);
        else expectDenied(() => located(library), 'Addon', '');
      });
    }
  });
});
