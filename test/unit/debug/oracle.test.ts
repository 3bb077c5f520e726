/** The package's reader of debug information and another one, gimli, compared over libraries of many kinds. */

import { execFileSync } from 'node:child_process';
import * as fs from 'node:fs';
import * as path from 'node:path';
import { DebugInfo } from '../../../src-ts/debug/debug-info';
import { readDebugImage } from '../../../src-ts/debug/read-image';
import { Reader } from '../../../src-ts/file/formats/reader';
import { identityOf } from '../../../src-ts/file/identity';
import { formatSignature } from '../../../src-ts/types/known';
import {
  cLibrary,
  crossLibrary,
  describedKernels,
  isElf,
  type Platform,
  plainLibrary,
  type Way,
} from '../../support/plain';

const FIXTURES = path.join(__dirname, '..', '..', 'fixtures');

/** The number of the language Rust in DWARF. */
const RUST = '28';

const ORACLE = path.join(FIXTURES, 'target', 'release', 'oracle');

/** What the oracle prints of a function. */
interface Row {
  readonly name: string;
  readonly language: string;
  readonly signature: string;
}

/** @param described - The file with the debug information, if the library does not say where it is. */
function ask(library: string, described: string): Row[] {
  const text = execFileSync(ORACLE, [library, described], { encoding: 'utf8', maxBuffer: 1 << 28 });
  return text
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => {
      const [name = '', language = '', signature = ''] = line.split('\t');
      return { name, language, signature };
    });
}

function namesOf(library: string): string[] {
  return [...Reader.open(library, (reader) => readDebugImage(reader).addresses()).keys()];
}

/** Compares all exported functions, and returns the number of those whose signatures are known. */
function compare(library: string, described = library): number {
  const rows = ask(library, described);
  const info = new DebugInfo(library, identityOf(library));
  const names = namesOf(library);
  expect(names.length).toBeGreaterThan(0);
  let known = 0;
  for (const name of names) {
    const { signature, reason } = info.find(name);
    const own = rows.filter((row) => row.name === name);
    const [first] = own;
    if (signature !== null) {
      known++;
      expect(formatSignature(signature)).toBe(first?.signature);
    } else if (first === undefined) {
      // Another function is described at its address, or none.
      expect(`${name}: ${reason}`).toMatch(
        /: (?:the compiler has merged it with \w+, whose code is the same|its debug information does not mention it|it has no debug information)$/,
      );
    } else if (first.language === RUST) {
      expect(`${name}: ${reason}`).toBe(`${name}: its debug information has lines and no types`);
      expect(first.signature).toBe(`fn ${name}()`);
    } else {
      expect(`${name}: ${reason}`).toBe(`${name}: it is not written in Rust`);
    }
  }
  return known;
}

/** The least number of functions of the plain library whose code is not merged with that of others. */
const MOST_OF_PLAIN = 40;

const describeElf = isElf ? describe : describe.skip;

describeElf('two readers agree', () => {
  beforeAll(() => {
    execFileSync('cargo', ['build', '--release', '--package', 'oracle', '--locked', '--quiet'], {
      cwd: FIXTURES,
      stdio: 'pipe',
    });
  }, 300_000);

  test.each<[Way]>([
    ['debug'],
    ['little'],
    ['small'],
    ['release'],
    ['units'],
    ['lto'],
    ['thin'],
    ['abort'],
    ['dwarf2'],
    ['dwarf3'],
    ['dwarf5'],
    ['packed'],
    ['packed5'],
    ['unpacked'],
    ['unpacked5'],
    ['compressed'],
    ['compressed5'],
  ])('%s', (way) => {
    expect(compare(plainLibrary(way))).toBeGreaterThanOrEqual(MOST_OF_PLAIN);
  });

  test.each<[Way]>([['lines'], ['tables'], ['none'], ['stripped'], ['symbols']])('%s', (way) => {
    expect(compare(plainLibrary(way))).toBe(0);
  });

  test('a crate with others', () => {
    expect(compare(describedKernels())).toBeGreaterThan(150);
  }, 300_000);

  test.each<[2 | 3 | 4 | 5]>([[2], [3], [4], [5]])('a C library, DWARF %i', (version) => {
    expect(compare(cLibrary(version))).toBe(0);
  });

  /** Returns the path of a library for another platform; null if this machine cannot compile it. */
  function attempt(platform: Platform, option: string): string | null {
    try {
      return crossLibrary(platform, option);
    } catch (error) {
      const reason = String((error as { stderr?: Buffer }).stderr ?? error);
      console.warn(`not compared: rustc does not compile for ${platform} here: ${reason}`);
      return null;
    }
  }

  test.each<[Platform, string, string]>([
    ['x86_64-pc-windows-gnu', '-Cdwarf-version=4', ''],
    ['x86_64-pc-windows-gnu', '-Cdwarf-version=5', ''],
    ['x86_64-apple-darwin', '-Csplit-debuginfo=packed', '.dSYM/Contents/Resources/DWARF/libplain.dylib'],
  ])('%s %s', (platform, option, bundle) => {
    const library = attempt(platform, option);
    if (library === null) return;
    expect(fs.existsSync(library + bundle)).toBe(true);
    expect(compare(library, library + bundle)).toBeGreaterThanOrEqual(MOST_OF_PLAIN);
  });

  test('the object files of a Mach-O library state the same as its bundle', () => {
    const [packed, unpacked] = ['packed', 'unpacked'].map((how) =>
      attempt('x86_64-apple-darwin', `-Csplit-debuginfo=${how}`),
    );
    if (packed == null || unpacked == null) return;
    const [expected, found] = [packed, unpacked].map((library) => new DebugInfo(library, identityOf(library)));
    let known = 0;
    for (const name of namesOf(packed)) {
      const { signature } = expected?.find(name) ?? {};
      if (signature == null) continue;
      known++;
      expect(found?.find(name)).toEqual({ signature });
    }
    expect(known).toBeGreaterThanOrEqual(MOST_OF_PLAIN);
  });
});
