import { thrownBy } from '../../support/errors';
import { WAYS } from '../../support/exported';
import { libraryPath } from '../../support/kernels';

const CONFIGURED = WAYS.map(([name, { rustdll }]) => [name, new rustdll.RustDLL(libraryPath('configured'))] as const);

describe.each(CONFIGURED)('a library with names in camelCase, %s', (_, lib) => {
  test('functions and parameters have such names, unless an attribute says otherwise', () => {
    expect(Object.keys(lib).filter((name) => typeof lib[name] === 'function')).toEqual([
      'as_in_rust',
      'callBack',
      'echoEvent',
      'echoPerson',
      'echoRawSettings',
      'own_name',
      'sumOfBoth',
      'GrandTotal',
    ]);
    expect(lib.sumOfBoth(2)).toBe(3);
    expect(lib['MOST_OF_ALL']).toBe(7);
    expect(lib.callBack((number: number) => number + 1)).toBe(2);
    expect(thrownBy(() => lib.sumOfBoth('1')).message).toMatch(/^sumOfBoth: argument 1 \(firstNumber\): /);
    expect(thrownBy(() => lib.own_name('1')).message).toMatch(/^own_name: argument 1 \(onlyNumber\): /);
    expect(thrownBy(() => lib.as_in_rust('1')).message).toMatch(/^as_in_rust: argument 1 \(only_number\): /);
    expect(thrownBy(() => lib.callBack(1)).message).toMatch(/^callBack: argument 1 \(withNumber\): /);
  });

  test('so have fields, those of variants too', () => {
    const person = { firstName: 'Ada', family_name: 'Lovelace', streetName: 'Square 12', zipCode: 1 };
    expect(lib.echoPerson(person)).toEqual(person);
    expect(thrownBy(() => lib.echoPerson({ ...person, zip_code: 1 })).message).toBe(
      'echoPerson: argument 1 (somePerson).zip_code: Person has no such field',
    );
    expect(lib.echoRawSettings({ line_width: 2 })).toEqual({ line_width: 2 });
    for (const event of [
      { type: 'KeyDown', keyCode: 13 },
      { type: 'MouseMove', to_right: 3 },
    ]) {
      expect(lib.echoEvent(event)).toEqual(event);
    }
    // Rust refuses the value, and tells the path.
    expect(thrownBy(() => lib.echoEvent({ type: 'KeyDown', keyCode: 0 })).message).toBe(
      'echoEvent: argument 1 (inputEvent).keyCode: 0 is not an integer other than 0',
    );
  });

  test('so have the members of objects', () => {
    const total = new lib.GrandTotal(1);
    expect(total.addNumber(2)).toBe(3);
    total.wholeSum = 5;
    expect([total.wholeSum, String(total), lib.GrandTotal.from_text('7').wholeSum]).toEqual([5, '5', 7]);
    expect(thrownBy(() => total.addNumber('1')).message).toMatch(/^GrandTotal\.addNumber: argument 1 \(nextNumber\): /);
    expect(thrownBy(() => new lib.GrandTotal('1')).message).toMatch(/^new GrandTotal: argument 1 \(firstSum\): /);
    total.close();
  });
});
