import * as path from 'node:path';
import type { Image } from '../../../src-ts/file/formats/image';
import { nativePlace } from '../../../src-ts/file/native';

const libcModule = jest.requireActual<typeof import('../../../src-ts/runtime/libc')>('../../../src-ts/runtime/libc');

test.each([
  ['linux', 'x64', 'glibc', 'linux-x64'],
  ['linux', 'arm64', 'musl', 'linux-arm64-musl'],
  // It needs no C library.
  ['linux', 'x64', null, 'linux-x64'],
  ['darwin', 'arm64', null, 'darwin-arm64'],
  ['win32', 'x64', null, 'win32-x64'],
] as const)('%s %s %s', (platform, arch, libc, folder) => {
  const image: Image = {
    ...{ platform, arch, libc, path: path.join('target', 'release', 'a.so') },
    ...{ format: 'elf', needed: [], versions: [], exports: () => new Map() },
  };
  expect(nativePlace(image)).toBe(path.join('native', folder, 'a.so'));
});

test('under musl the folder of musl comes first', () => {
  const { platform, arch } = process;
  const places = (libc: 'glibc' | 'musl' | undefined, runs: string): string[] => {
    const before = Object.getOwnPropertyDescriptor(process, 'platform') as PropertyDescriptor;
    Object.defineProperty(process, 'platform', { ...before, value: runs });
    try {
      let found: string[] = [];
      jest.isolateModules(() => {
        jest.doMock('../../../src-ts/runtime/libc', () => ({ ...libcModule, libcOfProgram: () => libc }));
        const native = jest.requireActual<typeof import('../../../src-ts/file/native')>('../../../src-ts/file/native');
        found = native.nativePlaces('my-geo').map((place) => path.basename(path.dirname(place)));
      });
      return found;
    } finally {
      Object.defineProperty(process, 'platform', before);
    }
  };
  expect(places('glibc', 'linux')).toEqual([`linux-${arch}`]);
  expect(places('musl', 'linux')).toEqual([`linux-${arch}-musl`, `linux-${arch}`]);
  expect(places('musl', 'darwin')).toEqual([`darwin-${arch}`]);
  expect(process.platform).toBe(platform);
});
