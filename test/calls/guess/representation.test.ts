/** How V8 represents the elements of a list, which no call may change: it costs memory, and makes later code slower. */

import { ROOT, runChild } from '../../support/child';
import { libraryPath } from '../../support/kernels';

test('guessed lists of fractions leave lists of small integers as they are, also where the code is compiled', () => {
  const program = `
    const { RustDLL } = require(${JSON.stringify(ROOT)});
    const dll = new RustDLL(${JSON.stringify(libraryPath('kernels'))});
    const fractions = Array.from({ length: 100 }, (_, k) => k + 0.5);
    for (let round = 0; round < 400; round++) {
      const lists = [];
      for (let i = 0; i < 200; i++) lists.push([i, i + 1, i + 2]);
      const list = [round, round + 1];
      dll.add_one_f64(fractions);
      dll.add_one_nested_i64_2(lists);
      dll.add_one_i64(list);
      if (![list, ...lists].every((each) => %HasSmiElements(each))) throw new Error('converted in round ' + round);
    }
    console.log(%HasDoubleElements(fractions));`;
  const { stdout, stderr } = runChild('-', program, { flags: ['--allow-natives-syntax'] });
  expect({ stdout, stderr }).toEqual({ stdout: 'true\n', stderr: '' });
});
