/**
 * V8 represents the elements of a list of numbers as numbers, and of any other list as references. No call converts a list of the
 * user's to another representation, also not where code is compiled for lists of several: each number would become an object.
 */

import { ROOT, runChild } from '../support/child';
import { libraryPath } from '../support/kernels';

const LIBRARIES = Object.fromEntries(
  (['kernels', 'exported', 'crates'] as const).map((name) => [name, libraryPath(name)]),
);

/**
 * Runs a program in which `library(name)` opens a fixture, and `keep(lists, call)` calls with each of these lists, made anew
 * each time, until the code is compiled, and throws if one has changed its representation.
 */
function run(program: string): void {
  const common = `
    const { RustDLL } = require(${JSON.stringify(ROOT)});
    const library = (name) => new RustDLL(${JSON.stringify(LIBRARIES)}[name]);
    const kindOf = (list) => (%HasSmiElements(list) ? 'int32s' : %HasDoubleElements(list) ? 'numbers' : 'anything');
    function keep(texts, call) {
      const makers = texts.map((text) => new Function('return ' + text));
      for (let round = 0; round < 3000; round++) {
        for (const make of makers) {
          const list = make();
          const before = kindOf(list);
          call(list);
          if (kindOf(list) !== before) throw new Error(before + ' became ' + kindOf(list) + ' in round ' + round);
        }
      }
    }`;
  const { stdout, stderr } = runChild('-', `${common}\n${program}`, { flags: ['--allow-natives-syntax'] });
  expect({ stdout, stderr }).toEqual({ stdout: '', stderr: '' });
}

test('guessed lists of integers, next to lists of fractions', () => {
  run(`
    const dll = library('kernels');
    const fractions = Array.from({ length: 100 }, (_, k) => k + 0.5);
    keep(['[1, 2]', '[3, 4, 5]'], (list) => {
      dll.add_one_f64(fractions);
      dll.add_one_nested_i64_2([list]);
      dll.add_one_i64(list);
    });`);
});

test('tuples of numbers, next to tuples of anything', () => {
  run(`
    const { swap_pair, move_point } = library('exported');
    keep(['[0.5, 1.5]', '[-0.5, 2.5]'], (list) => {
      swap_pair([1.5, 'text']);
      move_point({ x: 1, y: 2, label: 'here' }, list);
    });`);
});

test('lists in JSON values', () => {
  run(`
    const { text_of } = library('crates');
    keep(['[1, 2]', '[0.5, 1.5]', '["text", 1, null]', '[{}]', '[1, null, 0.5]'], (list) => {
      text_of(list);
      text_of({ property: list });
      text_of([list, 2n ** 60n]);
    });`);
});
