import { crateName, isLibraryName, libraryName } from '../../../src-ts/file/library-name';
import { libraryFile } from '../../support/library-file.cjs';

test('the file name has underscores for hyphens, and is the one that the scripts and tests expect', () => {
  expect(libraryName('my-geo-lib')).toBe(libraryFile('my_geo_lib'));
  expect(libraryFile('a', 'linux')).toBe('liba.so');
  expect(libraryFile('a', 'freebsd')).toBe('liba.so');
  expect(libraryFile('a', 'darwin')).toBe('liba.dylib');
  expect(libraryFile('a', 'win32')).toBe('a.dll');
});

test.each([
  ['libgeo.so', 'geo'],
  ['libgeo.dylib', 'geo'],
  ['geo.dll', 'geo'],
  ['liblib.so', 'lib'],
  ['lib.so', 'lib'],
  // The crate itself has this name.
  ['libgeo.dll', 'libgeo'],
  ['geo.so', 'geo'],
  ['libgeo.so.1', 'libgeo.so.1'],
  ['notes.txt', 'notes.txt'],
])('the crate of %s is %s', (file, crate) => {
  expect(crateName(file)).toBe(crate);
  expect(isLibraryName(file)).toBe(/\.(so|dylib|dll)$/.test(file));
});
