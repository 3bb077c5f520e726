import fc from 'fast-check';
import { nearest } from '../../../src-ts/errors/did-you-mean';

describe('nearest', () => {
  test.each([
    ['a letter missing', 'distnce', ['distance']],
    ['a letter too many', 'distaance', ['distance']],
    ['a letter wrong', 'distanse', ['distance']],
    ['letters swapped', 'distnace', ['distance']],
    ['another case', 'DISTANCE', ['distance']],
    ['written as in JavaScript', 'blurImage', ['blur_image']],
    ['nothing near', 'unrelated', []],
    ['nothing at all', '', []],
    ['underscores only', '__', []],
  ])('%s', (_, name, expected) => {
    expect(nearest(name, ['distance', 'blur_image', 'sum', 'version'])).toEqual(expected);
  });

  test('the closest first, at most three', () => {
    expect(nearest('counter', ['count', 'counters', 'counted', 'counter_', 'mounter', 'encounter'])).toEqual([
      'counter_',
      'counted',
      'mounter',
    ]);
  });

  test('of short names one letter may differ', () => {
    expect(nearest('sun', ['sum', 'sin', 'cos'])).toEqual(['sin', 'sum']);
    expect(nearest('a', ['b', 'bc'])).toEqual(['b']);
  });

  test('very long names are not compared', () => {
    expect(nearest('x'.repeat(100_000), ['x'.repeat(100_000)])).toEqual([]);
    expect(nearest('add', ['add'.repeat(100_000), 'add_'])).toEqual(['add_']);
  });

  /** Computes the distance by its definition, without any optimisation. */
  function distance(a: string, b: string): number {
    if (a === '' || b === '') return a.length + b.length;
    const [restA, restB] = [a.slice(0, -1), b.slice(0, -1)];
    const least = Math.min(
      distance(restA, b) + 1,
      distance(a, restB) + 1,
      distance(restA, restB) + Number(a.at(-1) !== b.at(-1)),
    );
    const isSwap = a.length > 1 && b.length > 1 && a.at(-1) === b.at(-2) && a.at(-2) === b.at(-1);
    return isSwap ? Math.min(least, distance(a.slice(0, -2), b.slice(0, -2)) + 1) : least;
  }

  test('agrees with the definition of the distance', () => {
    const word = fc.string({ unit: fc.constantFrom('a', 'b', 'c'), minLength: 1, maxLength: 7 });
    fc.assert(
      fc.property(word, word, (name, candidate) => {
        const most = Math.max(1, Math.floor(name.length / 3));
        expect(nearest(name, [candidate])).toEqual(distance(name, candidate) <= most ? [candidate] : []);
      }),
    );
  });
});
