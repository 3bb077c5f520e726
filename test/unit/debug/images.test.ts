/** Debug information in the files of other platforms. */

import { execFileSync } from 'node:child_process';
import * as fs from 'node:fs';
import * as os from 'node:os';
import * as path from 'node:path';
import { DebugInfo } from '../../../src-ts/debug/debug-info';
import { hasDebugInfo } from '../../../src-ts/file/debug-sections';
import { identityOf } from '../../../src-ts/file/identity';
import { formatSignature } from '../../../src-ts/types/known';
import { type Described, machO, type MachOSymbol, peLibrary, readDescribed } from '../../support/debug-images';
import { isElf, plainLibrary, type Way } from '../../support/plain';

const describeElf = isElf ? describe : describe.skip;

function known(file: string, name: string): string {
  const { signature, reason } = new DebugInfo(file, identityOf(file)).find(name);
  return signature === null ? `${name}: ${reason}` : formatSignature(signature);
}

const SIGNATURES: readonly (readonly [string, string])[] = [
  ['add', 'fn add(a: i64, b: i64) -> i64'],
  ['nested', 'fn nested(v: &PyVec<&mut PyVec<i64>>) -> i64'],
  ['count', 'fn count(text: &PyVec<u8>) -> usize'],
];

describeElf.each<[Way]>([['debug'], ['dwarf5']])('%s', (way) => {
  let folder: string;
  let described: Described;

  beforeAll(() => (described = readDescribed(plainLibrary(way))));
  beforeEach(() => (folder = fs.realpathSync(fs.mkdtempSync(path.join(os.tmpdir(), 'rustdll-images-')))));
  afterEach(() => {
    fs.rmSync(folder, { recursive: true });
  });

  function write(name: string, bytes: Buffer): string {
    const file = path.join(folder, name);
    fs.mkdirSync(path.dirname(file), { recursive: true });
    fs.writeFileSync(file, bytes);
    return file;
  }

  test('a PE library', () => {
    const file = write('plain.dll', peLibrary(described));
    expect(SIGNATURES.map(([name]) => known(file, name))).toEqual(SIGNATURES.map(([, text]) => text));
    expect(known(file, 'nope')).toBe('nope: its debug information does not mention it');
    const image = { format: 'pe', path: file } as Parameters<typeof hasDebugInfo>[0];
    expect(hasDebugInfo(image)).toBe(true);
    const bare = write('bare.dll', peLibrary({ ...described, sections: new Map() }));
    expect(hasDebugInfo({ ...image, path: bare })).toBe(false);
    expect(known(bare, 'add')).toBe('add: it has no debug information');
  });

  function symbolsOf(): MachOSymbol[] {
    return [...described.addresses].map(([name, value]) => ({ name: `_${name}`, type: 0x0f, value }));
  }

  test('a Mach-O library with a bundle beside it', () => {
    const file = write('libplain.dylib', machO(new Map(), symbolsOf(), 'the same id'));
    expect(known(file, 'add')).toBe('add: it has no debug information');
    const bundle = path.join('libplain.dylib.dSYM', 'Contents', 'Resources', 'DWARF', 'libplain.dylib');
    write(bundle, machO(described.sections, [], 'the same id'));
    expect(SIGNATURES.map(([name]) => known(file, name))).toEqual(SIGNATURES.map(([, text]) => text));
    write(bundle, machO(described.sections, [], 'another id'));
    expect(known(file, 'add')).toMatch(/^add: its debug information in .*dSYM.* is of another build$/);
  });

  test('a Mach-O library and the object files of which it was made', () => {
    const object = write('plain.o', machO(described.sections, [], ''));
    const modified = Math.floor(fs.statSync(object).mtimeMs / 1000);
    const linked = (file: string, time: number): string => {
      const stabs = [...described.addresses.keys()].map((name) => ({ name: `_${name}`, type: 0x24, value: 1 }));
      const others = [
        { name: '/nowhere/other.o', type: 0x66, value: 0 },
        { name: '_other', type: 0x24, value: 1 },
      ];
      const symbols = [...symbolsOf(), ...others, { name: file, type: 0x66, value: time }, ...stabs];
      return write('libplain.dylib', machO(new Map(), symbols, 'id'));
    };
    const file = linked(object, modified);
    const info = new DebugInfo(file, identityOf(file));
    expect(info.find('other').reason).toBe('its debug information is in /nowhere/other.o, which is not there');
    expect(info.find('nope').reason).toBe('no object file is said to have it');
    expect(info.find('add').signature?.name).toBe('add');
    expect(SIGNATURES.map(([name]) => known(file, name))).toEqual(SIGNATURES.map(([, text]) => text));
    expect(known(linked(object, modified + 2), 'add')).toMatch(
      /^add: its debug information in .*plain\.o is of another/,
    );
    expect(known(linked('libplain.a(plain.o)', 0), 'add')).toBe(
      'add: its debug information is in an archive, libplain.a(plain.o)',
    );
  });

  test('a bundle or an object file that is a named pipe or a folder', () => {
    const object = path.join(folder, 'plain.o');
    const stabs = [...described.addresses.keys()].map((name) => ({ name: `_${name}`, type: 0x24, value: 1 }));
    const symbols = [...symbolsOf(), { name: object, type: 0x66, value: 0 }, ...stabs];
    const file = write('libplain.dylib', machO(new Map(), symbols, 'id'));
    const bundle = path.join(`${file}.dSYM`, 'Contents', 'Resources', 'DWARF', 'libplain.dylib');
    for (const side of [object, bundle]) {
      fs.mkdirSync(path.dirname(side), { recursive: true });
      execFileSync('mkfifo', [side]);
      expect(known(file, 'add')).toBe('add: it cannot be read (it is a named pipe, not a file)');
      fs.rmSync(side);
      fs.mkdirSync(side);
      expect(known(file, 'add')).toBe('add: it cannot be read (it is a directory, not a file)');
      fs.rmdirSync(side);
    }
  });

  test('a file of no format', () => {
    expect(known(write('libplain.so', Buffer.from('no library at all')), 'add')).toBe(
      'add: the debug information of files of its kind is not read',
    );
  });
});
