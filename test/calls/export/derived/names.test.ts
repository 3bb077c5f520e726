import { DERIVED } from '../../../support/derived';
import { thrownBy } from '../../../support/errors';

describe.each(DERIVED)('names, %s', (_, { lib }) => {
  test('a function and its parameters are in a convention', () => {
    expect(lib.sumOfBoth(1, 2)).toBe(3);
    expect(lib.sumOfBoth(1)).toBe(2);
    expect('sum_of_both' in lib).toBe(false);
    expect(thrownBy(() => lib.sumOfBoth('1')).message).toBe(
      'sumOfBoth: argument 1 (firstNumber): expected an integer (i32), got string "1"',
    );
    expect(lib.other_name(4)).toBe(4);
    expect(thrownBy(() => lib.other_name('1')).message).toMatch(/^other_name: argument 1 \(onlyNumber\): /);
  });

  test('the fields of all variants are in a convention, unless one says otherwise', () => {
    for (const change of [
      { type: 'moved_to', toRight: 1, down: 2 },
      { type: 'grown', BYMUCH: 3 },
    ]) {
      expect(lib.echo_change(change)).toEqual(change);
    }
    expect(thrownBy(() => lib.echo_change({ type: 'moved_to', to_right: 1, down: 2 })).message).toBe(
      'echo_change: argument 1 (change).toRight: the field is missing',
    );
  });

  test('the members of a class are in a convention', () => {
    const { Tally } = lib;
    const tally = new Tally(1);
    expect(tally.addNumber(2)).toBe(3);
    tally.wholeSum = 5;
    expect([tally.wholeSum, tally.as_it_is()]).toEqual([5, 5]);
    expect(thrownBy(() => tally.addNumber('1')).message).toMatch(/^Tally\.addNumber: argument 1 \(nextNumber\): /);
    expect(thrownBy(() => new Tally('1')).message).toMatch(/^new Tally: argument 1 \(firstSum\): /);
    tally.close();
  });
});
