import { declaredAs, WAYS } from '../support/ways';
import * as fc from 'fast-check';
import * as api from '../../src-ts/index';
import type { ScalarName } from '../../src-ts/types/scalar';
import { BIGINTS, SCALARS } from '../support/arbitraries';
import { hashDeclaration, PARAMETERS } from '../support/arguments';
import { hashOfAll } from '../support/canonical';
import { thrownBy } from '../support/errors';
import { expectHealthy } from '../support/health';
import { guessed, unsigned } from '../support/kernels';

const TYPES = Object.keys(SCALARS) as ScalarName[];
const isWide = (type: ScalarName): type is keyof typeof BIGINTS => type in BIGINTS;

/** A value for a parameter of the type; 64-bit integers are numbers or bigints. */
const value = (type: ScalarName): fc.Arbitrary<unknown> =>
  isWide(type) ? fc.oneof(SCALARS[type], BIGINTS[type]) : SCALARS[type];

const wrap = (type: ScalarName, given: unknown): unknown =>
  (api[type as keyof typeof api] as (value: unknown) => unknown)(given);

afterEach(expectHealthy);

describe.each(WAYS)('%s', (way) => {
  test.each(TYPES)('%s comes out as it went in', (type) => {
    const source = `fn id_${type}(x: ${type}) -> ${type}`;
    const [usual, asBigint] = [declaredAs(way, source), declaredAs(way, source, { bigint: true })];
    fc.assert(
      fc.property(SCALARS[type], (x) => {
        expect(usual(x)).toBe(x);
        expect(asBigint(x)).toBe(isWide(type) ? BigInt(x as number) : x);
      }),
    );
  });

  test.each(TYPES.filter(isWide))('%s as bigint', (type) => {
    const source = `fn id_${type}(x: ${type}) -> ${type}`;
    const [usual, asBigint] = [declaredAs(way, source), declaredAs(way, source, { bigint: true })];
    fc.assert(
      fc.property(BIGINTS[type], (x) => {
        expect(asBigint(x)).toBe(x);
        if (Number.isSafeInteger(Number(x))) expect(usual(x)).toBe(Number(x));
        else expect(thrownBy(() => usual(x))).toMatchObject({ code: 'ERR_RUSTDLL_RANGE' });
      }),
    );
  });

  test.each(TYPES.filter((type) => /^[iu]/.test(type)))('%s takes what it can hold and nothing else', (type) => {
    const call = declaredAs(way, `fn id_${type}(x: ${type}) -> ${type}`, { bigint: true });
    const bits = Number(/\d+/.exec(type)?.[0] ?? 64);
    const isSigned = type.startsWith('i');
    const min = isSigned ? -(2n ** BigInt(bits - 1)) : 0n;
    const max = min + 2n ** BigInt(bits) - 1n;
    const near = fc.constantFrom(min, max, 2n ** 53n, -(2n ** 53n), 0n);
    const around = fc.tuple(near, fc.integer({ min: -3, max: 3 })).map(([edge, d]) => edge + BigInt(d));
    fc.assert(
      fc.property(fc.oneof(around.map(Number), around, fc.double(), fc.integer()), (x) => {
        const isNumber = typeof x === 'number';
        if (!isNumber && !isWide(type)) {
          expect(thrownBy(() => call(x))).toMatchObject({ name: 'TypeError', code: 'ERR_RUSTDLL_TYPE' });
        } else if (isNumber && !Number.isInteger(x)) {
          expect(thrownBy(() => call(x))).toMatchObject({ name: 'TypeError', code: 'ERR_RUSTDLL_TYPE' });
        } else if (BigInt(x) < min || BigInt(x) > max || (isNumber && !Number.isSafeInteger(x))) {
          expect(thrownBy(() => call(x))).toMatchObject({ name: 'RangeError', code: 'ERR_RUSTDLL_RANGE' });
        } else {
          expect(BigInt(call(x) as number | bigint)).toBe(BigInt(x));
        }
      }),
    );
  });

  test.each(Object.keys(PARAMETERS))('%s: every argument arrives in its place', (name) => {
    const types = PARAMETERS[name]!;
    const hash = declaredAs(way, hashDeclaration(name), { bigint: true });
    fc.assert(
      fc.property(fc.tuple(...types.map(value)), (args) => {
        expect(hash(...args)).toBe(hashOfAll(types, args));
      }),
      { numRuns: 50 },
    );
  });
});

test.each(Object.keys(PARAMETERS))('guessed, %s: with types said, or not where a guess is right', (name) => {
  const types = PARAMETERS[name]!;
  const hash = guessed(`hash_${name}`);
  fc.assert(
    fc.property(fc.tuple(...types.map(value)), fc.infiniteStream(fc.boolean()), (args, picks) => {
      const given = args.map((arg, i) => {
        const type = types[i]!;
        const guess = type === 'f64' ? !Number.isInteger(arg) : type !== 'f32';
        return guess && picks.next().value ? arg : wrap(type, arg);
      });
      expect(unsigned(hash(...given))).toBe(hashOfAll(types, args));
    }),
    { numRuns: 50 },
  );
});
