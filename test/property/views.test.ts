import * as fc from 'fast-check';
import { canonicalBytes, fnv1a, hashOf } from '../support/canonical';
import { thrownBy } from '../support/errors';
import { expectHealthy } from '../support/health';
import { declared, guessed, kernels, unsigned } from '../support/kernels';
import { elements, foreignMemory, KINDS, type AnyTypedArray } from '../support/views';

const BYTES = 64;

/** A view of any class, anywhere in a buffer of 64 bytes. */
const places = fc.tuple(fc.constantFrom(...KINDS), fc.nat(BYTES), fc.nat(BYTES)).map(([[, Kind, type], from, to]) => {
  const size = Kind.BYTES_PER_ELEMENT;
  const start = Math.floor(Math.min(from, to) / size) * size;
  const length = Math.floor((Math.max(from, to) - start) / size);
  return { Kind, type, start, length, end: start + length * size };
});

afterEach(expectHealthy);

test('a view anywhere in a buffer is seen and changed, and nothing else is', () => {
  fc.assert(
    fc.property(
      fc.uint8Array({ minLength: BYTES, maxLength: BYTES }),
      places,
      (bytes, { Kind, type, start, length, end }) => {
        const buffer = bytes.slice().buffer;
        const view = new Kind(buffer, start, length);
        // The bytes are compared, since JavaScript does not distinguish NaNs.
        const own = [...bytes.subarray(start, end)];
        expect(unsigned(guessed(`hash_${type}`)(view))).toBe(fnv1a([...canonicalBytes('u32', length), ...own]));
        guessed(`reverse_${type}`)(view);
        const size = Kind.BYTES_PER_ELEMENT;
        const reversed = Array.from({ length }, (_, k) =>
          own.slice(own.length - size * (k + 1), own.length - size * k),
        );
        expect([...new Uint8Array(buffer)]).toEqual([
          ...bytes.subarray(0, start),
          ...reversed.flat(),
          ...bytes.subarray(end),
        ]);
      },
    ),
    { numRuns: 300 },
  );
});

test('the same in memory at any address', () => {
  fc.assert(
    fc.property(fc.constantFrom(...KINDS), fc.nat(7), fc.nat(6), ([, Kind, type], shift, length) => {
      const view = new Kind(foreignMemory(8 * length + 8, shift), 0, length);
      view.forEach(
        (_, k) => ((view as unknown as unknown[])[k] = type.endsWith('64') && type !== 'f64' ? BigInt(k) : k),
      );
      expect(unsigned(guessed(`hash_${type}`)(view))).toBe(hashOf(type, view));
      guessed(`add_one_${type}`)(view);
      expect(elements(view)).toEqual(Array.from({ length }, (_, k) => k + 1));
    }),
    { numRuns: 200 },
  );
});

test('views of one buffer are refused if two of them overlap, and only then', () => {
  fc.assert(
    fc.property(fc.array(places, { minLength: 2, maxLength: 5 }), (list) => {
      const buffer = new ArrayBuffer(BYTES);
      const views = list.map(({ Kind, start, length }) => new Kind(buffer, start, length));
      const overlap = list.some((a, i) =>
        list.slice(0, i).some((b) => a.length > 0 && b.length > 0 && a.start < b.end && b.start < a.end),
      );
      const attempt = (): unknown => kernels.noop(...views);
      if (overlap) expect(thrownBy(attempt)).toMatchObject({ code: 'ERR_RUSTDLL_ALIAS' });
      else expect(attempt).not.toThrow();
    }),
    { numRuns: 500 },
  );
});

test('with some of them only read, two overlap only if one of the two is not', () => {
  const calls = new Map<string, (...args: unknown[]) => unknown>();
  const part = fc.tuple(fc.boolean(), fc.nat(BYTES), fc.nat(BYTES)).map(([isMutable, a, b]) => ({
    isMutable,
    start: Math.min(a, b),
    end: Math.max(a, b),
  }));
  fc.assert(
    fc.property(fc.array(part, { minLength: 2, maxLength: 6 }), (parts) => {
      const parameters = parts.map(({ isMutable }, i) => `p${i}: &${isMutable ? 'mut ' : ''}PyVec<u8>`).join(', ');
      const call = calls.get(parameters) ?? declared(`fn noop(${parameters})`);
      calls.set(parameters, call);
      const buffer = new ArrayBuffer(BYTES);
      const views: AnyTypedArray[] = parts.map(({ start, end }) => new Uint8Array(buffer, start, end - start));
      const clash = parts.some((a, i) =>
        parts
          .slice(0, i)
          .some((b) => (a.isMutable || b.isMutable) && Math.max(a.start, b.start) < Math.min(a.end, b.end)),
      );
      if (clash) expect(thrownBy(() => call(...views))).toMatchObject({ code: 'ERR_RUSTDLL_ALIAS' });
      else expect(() => call(...views)).not.toThrow();
    }),
    { numRuns: 500 },
  );
});
