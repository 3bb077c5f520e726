import { BLOCK_FLOATS, BLOCK_INTS, BLOCK_STACK } from '../../../src-ts/crossing/block';
import { doorbell } from '../../../src-ts/crossing/doorbell';
import { SCALARS } from '../../../src-ts/types/scalar';
import { storeScalar } from '../../../src-ts/values/slot';
import type { ScalarName } from '../../../src-ts/types/scalar';
import { canonicalBytes } from '../../support/canonical';

const callee = { name: 'f', level: 'declare', parameterName: () => undefined } as const;
const bytes = new Uint8Array(doorbell.i8.buffer);
const GARBAGE = 0x55;

/** Stores a value in the middle of 24 bytes of garbage, and returns them. */
function stored(name: ScalarName, value: unknown, offset: number, packed: boolean): number[] {
  bytes.fill(GARBAGE, offset - 8, offset + 16);
  storeScalar(callee, 0, SCALARS[name], value, offset, packed);
  return [...bytes.subarray(offset - 8, offset + 16)];
}

const garbage = (count: number): number[] => new Array<number>(count).fill(GARBAGE);

const VALUES: [ScalarName, unknown][] = [
  ['i8', -2],
  ['i8', 127],
  ['u8', 200],
  ['i16', -300],
  ['i16', 300],
  ['u16', 60000],
  ['i32', -70000],
  ['i32', 70000],
  ['u32', 4000000000],
  ['bool', true],
  ['bool', false],
  ['char', '\u{10ffff}'],
  ['i64', -3],
  ['i64', -(2n ** 63n)],
  ['u64', 2 ** 53 - 1],
  ['u64', 2n ** 64n - 1n],
  ['isize', -(2 ** 53) + 1],
  ['usize', 2 ** 32],
  ['f32', 1.5],
  ['f64', -0.1],
];

describe.each(VALUES)('%s %s', (name, value) => {
  const own = canonicalBytes(name, value);
  const { kind, size, signed } = SCALARS[name];

  test.each([BLOCK_INTS + 8, BLOCK_STACK + 8])('fills its word at %i, extended as its sign says', (offset) => {
    const result = stored(name, value, offset, false);
    expect(result.slice(8, 8 + size)).toEqual(own);
    expect(result.slice(0, 8)).toEqual(garbage(8));
    expect(result.slice(16)).toEqual(garbage(8));
    // The bits of a register above a float are undefined.
    if (kind !== 'float') {
      const fill = signed && value !== 0 && (value as number) < 0 ? 0xff : 0;
      expect(result.slice(8 + size, 16)).toEqual(new Array(8 - size).fill(fill));
    }
  });

  test('packed, touches only its own bytes', () => {
    const offset = BLOCK_STACK + 8 + size;
    const result = stored(name, value, offset, true);
    expect(result).toEqual([...garbage(8), ...own, ...garbage(16 - size)]);
  });
});

test('an f32 in a register is its bits in the lower half', () => {
  const result = stored('f32', 1.5, BLOCK_FLOATS + 8, false);
  expect(result.slice(8, 12)).toEqual([0, 0, 0xc0, 0x3f]);
});
