import { hashOf } from '../../support/canonical';
import { expectTypeError } from '../../support/errors';
import { expectHealthy } from '../../support/health';
import { addressOf, declared, guessed, kernels, unsigned } from '../../support/kernels';
import { detach, elements, fill, foreignMemory, KINDS, memoryOf, resizable } from '../../support/views';

// Node's types do not include these, which belong to the DOM.
declare const WebAssembly: {
  Memory: new (limits: { initial: number; maximum: number }) => {
    readonly buffer: ArrayBuffer;
    grow(pages: number): void;
  };
};

afterEach(expectHealthy);

describe.each(KINDS)('%s', (_, Kind, type) => {
  const size = Kind.BYTES_PER_ELEMENT;
  const hash = (view: unknown): bigint => unsigned(guessed(`hash_${type}`)(view));
  const addOne = guessed(`add_one_${type}`);

  test('Rust sees its memory itself', () => {
    const view = fill(new Kind(5));
    expect(hash(view)).toBe(hashOf(type, view));
    const address = addressOf(view);
    addOne(view);
    expect(elements(view)).toEqual([2, 3, 4, 5, 6]);
    expect(addressOf(view)).toBe(address);
    expect(memoryOf(view.buffer)).toBe(address);
  });

  test('a part of a buffer', () => {
    const whole = fill(new Kind(10));
    const part = new Kind(whole.buffer, 3 * size, 4);
    expect(addressOf(part)).toBe(addressOf(whole) + 3 * size);
    expect(hash(part)).toBe(hashOf(type, part));
    addOne(part);
    expect(elements(whole)).toEqual([1, 2, 3, 5, 6, 7, 8, 8, 9, 10]);
  });

  test('empty', () => {
    expect(hash(new Kind(0))).toBe(hashOf(type, []));
    const atEnd = new Kind(new ArrayBuffer(4 * size), 4 * size);
    expect(hash(atEnd)).toBe(hashOf(type, []));
    expect(() => addOne(atEnd)).not.toThrow();
    expect(addressOf(atEnd) % 8).toBe(0);
    expect(addressOf(atEnd)).toBeGreaterThan(0);
  });

  test('a subclass that lies about what it is', () => {
    class Liar extends (Kind as unknown as typeof Uint8Array) {
      override get length(): number {
        return 1000;
      }
      override get byteLength(): number {
        return 8000;
      }
      override get byteOffset(): number {
        return 64;
      }
      override get buffer(): ArrayBuffer {
        return new ArrayBuffer(16);
      }
      override get [Symbol.toStringTag](): 'Uint8Array' {
        return 'Float64Array' as 'Uint8Array';
      }
    }
    const view = new Liar(2);
    expect(hash(view)).toBe(hashOf(type, new Kind(2)));
  });

  test('memory that is not aligned for the type is copied, and the copy written back', () => {
    for (const shift of [1, 2, 4]) {
      const view = fill(new Kind(foreignMemory(4 * size, shift)));
      const isCopied = shift % size !== 0;
      const start = memoryOf(view.buffer);
      expect(start % 8).toBe(shift);
      expect(declaredAddress(type)(view) === start).toBe(!isCopied);
      expect(hash(view)).toBe(hashOf(type, view));
      addOne(view);
      expect(elements(view)).toEqual([2, 3, 4, 5]);
    }
  });

  test('a resizable buffer is copied, and the copy written back', () => {
    const buffer = resizable(4 * size);
    const view = fill(new Kind(buffer));
    expect(declaredAddress(type)(view)).not.toBe(memoryOf(buffer));
    expect(hash(view)).toBe(hashOf(type, view));
    addOne(view);
    expect(elements(view)).toEqual([2, 3, 4, 5]);
    buffer.resize(6 * size);
    expect(hash(view)).toBe(hashOf(type, view));
    expect(view).toHaveLength(6);
    buffer.resize(2 * size);
    addOne(view);
    expect(elements(view)).toEqual([3, 4]);
  });

  test('shared memory: bytes as they are, wider elements as a copy that is written back', () => {
    const view = fill(new Kind(new SharedArrayBuffer(4 * size)));
    const start = memoryOf(view.buffer);
    expect(declaredAddress(type)(view) === start).toBe(size === 1);
    expect(hash(view)).toBe(hashOf(type, view));
    addOne(view);
    expect(elements(view)).toEqual([2, 3, 4, 5]);
  });

  test('a detached one is refused', () => {
    const view = fill(new Kind(4));
    detach(view);
    expectTypeError(() => addOne(view), `add_one_${type}: argument 1: `, 'ERR_RUSTDLL_DETACHED');
    expectTypeError(() => kernels.noop([view]), /^noop: argument 1/, 'ERR_RUSTDLL_DETACHED');
    expectTypeError(() => kernels.noop(1, view), /^noop: argument 2: /, 'ERR_RUSTDLL_DETACHED');
  });
});

/** Returns a function that returns the address that a declared list of this type has in Rust. */
function declaredAddress(type: string): (view: unknown) => number {
  return declared(`fn address_of(v: &PyVec<${type}>) -> usize`) as (view: unknown) => number;
}

describe('bytes', () => {
  test('a Buffer, of its own and of the pool', () => {
    for (const buffer of [Buffer.alloc(3, 7), Buffer.from('pooled'), Buffer.from('abcdef').subarray(1, 4)]) {
      expect(unsigned(kernels.hash_u8(buffer))).toBe(hashOf('u8', buffer));
      expect(addressOf(buffer)).toBe(addressOf(buffer.buffer) + buffer.byteOffset);
      const before = [...buffer];
      kernels.add_one_u8(buffer);
      expect([...buffer]).toEqual(before.map((byte) => byte + 1));
    }
  });

  test('an ArrayBuffer', () => {
    const buffer = new Uint8Array([1, 2, 3]).buffer;
    expect(unsigned(kernels.hash_u8(buffer))).toBe(hashOf('u8', [1, 2, 3]));
    kernels.add_one_u8(buffer);
    expect([...new Uint8Array(buffer)]).toEqual([2, 3, 4]);
    expect(unsigned(kernels.hash_u8(new ArrayBuffer(0)))).toBe(hashOf('u8', []));
  });

  test('a DataView, at odd places too', () => {
    const bytes = new Uint8Array([0, 1, 2, 3, 4, 5]);
    const view = new DataView(bytes.buffer, 1, 3);
    expect(unsigned(kernels.hash_u8(view))).toBe(hashOf('u8', [1, 2, 3]));
    expect(addressOf(view)).toBe(addressOf(bytes) + 1);
    kernels.add_one_u8(view);
    expect([...bytes]).toEqual([0, 2, 3, 4, 4, 5]);
    expect(unsigned(kernels.hash_u8(new DataView(bytes.buffer, 6)))).toBe(hashOf('u8', []));
  });

  test('a SharedArrayBuffer', () => {
    const buffer = new SharedArrayBuffer(3);
    kernels.add_one_u8(buffer);
    expect([...new Uint8Array(buffer)]).toEqual([1, 1, 1]);
    expect(addressOf(buffer)).toBe(addressOf(new Uint8Array(buffer)));
  });

  test('a growable SharedArrayBuffer is copied, and the copy written back', () => {
    const buffer = new SharedArrayBuffer(4, { maxByteLength: 16 });
    const view = new Uint8Array(buffer);
    kernels.add_one_u8(view);
    buffer.grow(6);
    kernels.add_one_u8(view);
    expect([...view]).toEqual([2, 2, 2, 2, 1, 1]);
  });

  test('an ArrayBuffer or DataView whose buffer is detached', () => {
    const buffer = new ArrayBuffer(8);
    const view = new DataView(buffer);
    detach(buffer);
    expectTypeError(() => kernels.noop(buffer), /^noop: argument 1: /, 'ERR_RUSTDLL_DETACHED');
    expectTypeError(() => kernels.noop(view), /^noop: argument 1: /, 'ERR_RUSTDLL_DETACHED');
  });

  test('memory of WebAssembly', () => {
    const memory = new WebAssembly.Memory({ initial: 1, maximum: 2 });
    const old = new Uint8Array(memory.buffer, 8, 4).fill(3);
    kernels.add_one_u8(old);
    expect([...new Uint8Array(memory.buffer, 6, 4)]).toEqual([0, 0, 4, 4]);
    memory.grow(1);
    expectTypeError(() => kernels.add_one_u8(old), /^add_one_u8: argument 1: /, 'ERR_RUSTDLL_DETACHED');
  });

  test('a large one is not copied', () => {
    const bytes = new Uint8Array(64 << 20);
    bytes[bytes.length - 1] = 9;
    expect(addressOf(bytes)).toBe(addressOf(bytes.buffer));
    expect(Number(kernels.sum_u8(bytes)) & 0xff).toBe(9);
  });
});

test('a buffer is asked what it is by no code of its own', () => {
  const asked: string[] = [];
  const buffers = [new ArrayBuffer(8), new SharedArrayBuffer(8), resizable(8)];
  for (const buffer of buffers) {
    for (const key of ['byteLength', 'resizable', 'growable', 'maxByteLength', 'detached', 'constructor']) {
      Object.defineProperty(buffer, key, {
        get() {
          asked.push(key);
          return undefined;
        },
      });
    }
    kernels.noop(buffer);
    kernels.noop(new Uint8Array(buffer));
  }
  expect(asked).toEqual([]);
});

test('a view that its buffer has shrunk away from is no empty list', () => {
  const buffer = resizable(16);
  const view = new Uint8Array(buffer, 8, 8);
  buffer.resize(10);
  expect(view).toHaveLength(0);
  expectTypeError(() => kernels.add_one_u8(view), /^add_one_u8: argument 1: /, 'ERR_RUSTDLL_DETACHED');
});
