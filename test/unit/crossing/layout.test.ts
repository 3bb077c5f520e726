import { readFileSync } from 'node:fs';
import * as path from 'node:path';
import { runInNewContext } from 'node:vm';
import * as abi from '../../../src-ts/crossing/block';
import { convention } from '../../../src-ts/crossing/convention';
import { native } from '../../../src-ts/crossing/node-api/native';
import { ROOT } from '../../support/child';
import { declared } from '../../support/kernels';
import { memoryOf } from '../../support/views';

const text = (...parts: string[]): string => readFileSync(path.join(ROOT, ...parts), 'utf8');

describe('the memory layout', () => {
  const layout = native.layout();

  test('C++ and TypeScript agree', () => {
    expect(layout).toMatchObject({
      stackWords: abi.STACK_WORDS,
      vecSize: abi.VEC_SIZE,
      vecPointer: 0,
      vecLength: abi.VEC_LENGTH,
      blockSize: abi.BLOCK_SIZE,
      blockResult: abi.BLOCK_RESULT,
      blockSymbol: abi.BLOCK_SYMBOL,
      blockCallCode: abi.BLOCK_CALL_CODE,
      blockInts: abi.BLOCK_INTS,
      blockFloats: abi.BLOCK_FLOATS,
      blockStack: abi.BLOCK_STACK,
    });
    expect(convention).toEqual({
      name: layout.convention,
      intRegisters: layout.intRegisters,
      floatRegisters: layout.floatRegisters,
    });
  });

  test('it is the one of the documentation', () => {
    expect(layout).toMatchObject({ vecSize: 16, vecPointer: 0, vecLength: 8 });
  });

  test('the convention is that of this platform', () => {
    const expected: Record<string, string> = {
      'win32-x64': 'win64',
      'darwin-arm64': 'apple-arm64',
      'linux-arm64': 'aapcs64',
      'win32-arm64': 'aapcs64',
    };
    expect(layout.convention).toBe(expected[`${process.platform}-${process.arch}`] ?? 'sysv');
  });

  test('Rust reads what TypeScript writes', () => {
    const dump = declared('fn descriptor_dump(v: &PyVec<f64>, out: &mut PyVec<u64>)');
    const view = new Float64Array(7);
    const out = [0, 0, 0];
    dump(view, out);
    expect(out.slice(1)).toEqual([memoryOf(view.buffer), 7]);
    expect(out[0]! % 8).toBe(0);
    // The length is a u32, and the upper half of its word is unused.
    dump(new Float64Array(0), out);
    expect(out[2]).toBe(0);
  });

  test('inner descriptors are aligned and apart', () => {
    const out = [0, 0, 0, 0];
    const addresses = declared('fn element_addresses(v: &PyVec<&PyVec<u8>>, out: &mut PyVec<u64>)');
    addresses([[1], [], [2, 3], [4]], out);
    out.sort((a, b) => a - b);
    out.forEach((address, i) => {
      expect(address % 8).toBe(0);
      if (i > 0) expect(address - out[i - 1]!).toBeGreaterThanOrEqual(abi.VEC_SIZE);
    });
  });

  test('lists are aligned, whatever was packed before them', () => {
    const dump = declared('fn descriptor_dump(v: &PyVec<u8>, out: &mut PyVec<u64>)');
    for (let length = 1; length < 20; length++) {
      // `out` is packed after the bytes, and Rust writes 64-bit integers to it.
      const out = [0, 0, 0];
      dump(new Array(length).fill(1), out);
      expect(out[0]! % 8).toBe(0);
      expect(out[1]! % 8).toBe(0);
      expect(out[2]).toBe(length);
    }
  });
});

describe('both builds', () => {
  interface Target {
    readonly sources: string[];
    readonly defines: string[];
    readonly conditions: [string, { sources?: string[] }, { sources?: string[] }?][];
  }
  // Apart from its comments, a .gyp file is JavaScript as well as Python.
  const gyp = runInNewContext(`(${text('binding.gyp').replace(/^\s*#.*$/gm, '')})`) as { targets: [Target] };
  const [target] = gyp.targets;
  const cmake = text('CMakeLists.txt').replace(/#.*$/gm, '');

  /** Returns the sources that a CMake command lists, such as `set(SOURCES ...)`. */
  const cmakeSources = (command: RegExp): string[] => {
    const [, list] = command.exec(cmake) ?? [];
    return (list ?? '').trim().split(/\s+/);
  };
  const condition = (name: string): Target['conditions'][number] => target.conditions.find(([test]) => test === name)!;
  const windows = condition("OS=='win'");

  test('compile the same sources', () => {
    const common = cmakeSources(/set\(SOURCES\s([^)]*)\)/);
    expect(common.length).toBeGreaterThan(3);
    expect([...target.sources].sort()).toEqual(common.sort());
    const [, onWindows] = /if\(WIN32\)\s*list\(APPEND SOURCES ([^)]*)\)/.exec(cmake)!;
    const [, elsewhere] = /if\(WIN32\)[^]*?else\(\)\s*list\(APPEND SOURCES ([^)]*)\)/.exec(cmake)!;
    expect(windows[1].sources).toEqual(onWindows!.trim().split(/\s+/));
    expect(windows[2]!.sources).toEqual(elsewhere!.trim().split(/\s+/));
  });

  test('with the same definitions', () => {
    const [, definitions] = /target_compile_definitions\(rustdll PRIVATE\s([^)]*)\)/.exec(cmake)!;
    // node-gyp defines this one itself.
    const own = definitions!
      .trim()
      .split(/\s+/)
      .filter((name) => name !== 'BUILDING_NODE_EXTENSION');
    expect([...target.defines].sort()).toEqual(own.sort());
    expect(target.defines).toContain('NODE_API_NO_EXTERNAL_BUFFERS_ALLOWED');
  });
});
