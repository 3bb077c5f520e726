import { createHash } from 'node:crypto';
import { RustDLL } from '../../../../../src-ts/index';
import { describeLibrary, systemLibrary } from '../../../../support/system-library';

describeLibrary('libsodium', systemLibrary('libsodium.so.23', 'libsodium.so.26', 'libsodium.dylib'), (file) => {
  const lib = new RustDLL(file).declare(`
    fn sodium_init() -> c_int;
    fn randombytes_buf(bytes: *mut c_void, length: usize);
    fn crypto_hash_sha256(out: *mut u8, data: *const u8, #[len = "data"] length: c_ulonglong) -> c_int;
    fn crypto_secretbox_easy(
        sealed: *mut u8, message: *const u8, #[len = "message"] length: c_ulonglong, nonce: *const u8, key: *const u8,
    ) -> c_int;
    fn crypto_secretbox_open_easy(
        message: *mut u8, sealed: *const u8, #[len = "sealed"] length: c_ulonglong, nonce: *const u8, key: *const u8,
    ) -> c_int;
    fn sodium_bin2hex(hex: *mut c_char, room: usize, bytes: *const u8, length: usize) -> *mut c_char;
  `);
  beforeAll(() => expect(lib.sodium_init()).toBeGreaterThanOrEqual(0));

  test('a hash is that of node', () => {
    const out = new Uint8Array(32);
    expect(lib.crypto_hash_sha256(out, Buffer.from('rustdll'))).toBe(0);
    expect(Buffer.from(out)).toEqual(createHash('sha256').update('rustdll').digest());
  });

  test('a message is sealed and opened, in place too', () => {
    const [key, nonce] = [new Uint8Array(32), new Uint8Array(24)];
    lib.randombytes_buf(key, key.length);
    lib.randombytes_buf(nonce, nonce.length);
    const message = Buffer.from('attack at dawn');
    const sealed = new Uint8Array(message.length + 16);
    expect(lib.crypto_secretbox_easy(sealed, message, nonce, key)).toBe(0);
    const opened = new Uint8Array(message.length);
    expect(lib.crypto_secretbox_open_easy(opened, sealed, nonce, key)).toBe(0);
    expect(Buffer.from(opened)).toEqual(message);
    // In C two pointers may lead to one memory.
    expect(lib.crypto_secretbox_open_easy(sealed, sealed, nonce, key)).toBe(0);
    expect(Buffer.from(sealed.subarray(0, message.length))).toEqual(message);
    sealed[0]! ^= 1;
    expect(lib.crypto_secretbox_open_easy(opened, sealed, nonce, key)).toBe(-1);
  });

  test('a text is written into a buffer', () => {
    expect(lib.sodium_bin2hex(Buffer.alloc(5), 5, [0xab, 1], 2)).toBe('ab01');
    expect(() => lib.sodium_bin2hex(Buffer.alloc(4), 5, [0xab, 1], 2)).toThrow(RangeError);
  });
});
