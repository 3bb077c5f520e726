/** Libraries in C that a system may have, with which the tests prove that declarations of such functions hold. */

import * as fs from 'node:fs';
import * as path from 'node:path';

/** The folders in which Linux and macOS have their libraries. */
const FOLDERS = [
  '/usr/lib/x86_64-linux-gnu',
  '/usr/lib/aarch64-linux-gnu',
  '/lib/x86_64-linux-gnu',
  '/lib/aarch64-linux-gnu',
  '/usr/lib64',
  '/usr/lib',
  '/opt/homebrew/lib',
  '/usr/local/lib',
];

/** Returns the path of a library by the names that its file may have; undefined if the system does not have it. */
export function systemLibrary(...names: readonly string[]): string | undefined {
  return FOLDERS.flatMap((folder) => names.map((name) => path.join(folder, name))).find((file) => fs.existsSync(file));
}

/** Describes tests of a library, which are skipped with a word where the system does not have it. */
export function describeLibrary(name: string, file: string | undefined, tests: (file: string) => void): void {
  if (file === undefined) {
    describe.skip(`${name}, which this system does not have`, () => {
      test('is not called', () => undefined);
    });
  } else {
    describe(name, () => {
      tests(file);
    });
  }
}
