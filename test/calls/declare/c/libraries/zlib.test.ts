import * as zlib from 'node:zlib';
import { RustDLL } from '../../../../../src-ts/index';
import { describeLibrary, systemLibrary } from '../../../../support/system-library';

describeLibrary('zlib', systemLibrary('libz.so.1', 'libz.dylib'), (file) => {
  const lib = new RustDLL(file).declare(`
    fn zlibVersion() -> *const c_char;
    fn crc32(crc: c_ulong, data: *const u8, #[len = "data"] length: c_uint) -> c_ulong;
    fn compressBound(length: c_ulong) -> c_ulong;
    fn compress(into: *mut u8, #[inout] room: *mut c_ulong, from: *const u8, #[len = "from"] length: c_ulong) -> c_int;
    fn uncompress(into: *mut u8, #[inout] room: *mut c_ulong, from: *const u8, #[len = "from"] length: c_ulong) -> c_int;
  `);
  const text = Buffer.from('What is said thrice is true. '.repeat(1000));

  test('checksums', () => {
    expect(lib.zlibVersion()).toMatch(/^1\.\d+/);
    expect(lib.crc32(0, Buffer.from('123456789'))).toBe(0xcbf43926);
  });

  test('bytes are compressed, and node reads them back', () => {
    const into = new Uint8Array(lib.compressBound(text.length));
    const { result, room } = lib.compress(into, into.length, text);
    expect(result).toBe(0);
    expect(room).toBeLessThan(text.length / 50);
    expect(zlib.inflateSync(into.subarray(0, room))).toEqual(text);
  });

  test('and the other way round', () => {
    const compressed = zlib.deflateSync(text);
    const into = new Uint8Array(text.length + 10);
    expect(lib.uncompress(into, into.length, compressed)).toEqual({ result: 0, room: text.length });
    expect(Buffer.from(into.subarray(0, text.length))).toEqual(text);
    // There is no room for all of it.
    expect(lib.uncompress(into, 10, compressed).result).toBe(-5);
  });
});
