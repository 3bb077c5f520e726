/**
 * The works whose least cost is known: what the engine and what Rust take for the same values without any call between them.
 * bench/scale.mjs measures them by the length of a list, bench/limits.mjs at one length.
 */

import { plain } from './calls.mjs';

const range = (n, make) => {
  const list = new Array(n);
  for (let k = 0; k < n; k++) list[k] = make(k);
  return list;
};
const floats = (n) => range(n, (k) => k + 0.5);
const strings = (n) => plain(range(n, (k) => `name ${k}`));
const points = (n) => range(n, (k) => ({ x: k + 0.5, y: -0.5, label: `label ${k % 1000}` }));
const maps = (n) => range(n, (k) => ({ bread: k + 0.5, milk: k + 0.5, water: k + 0.5 }));
// An engine handles lists that were made with holes in another way, even if they have none left.
const lists = (n) => range(n, (i) => Array.from({ length: 10 }, (_, k) => 10 * i + k));

/** A text of which strings are cut, as those of a result are. */
const TEXT = plain(['label 12345, '.repeat(2000)])[0];
const cut = (k) => TEXT.substring((13 * k) % 26_000, ((13 * k) % 26_000) + 10);
const NAMES = ['bread', 'milk', 'water'];

/** The units of UTF-16 that strings are joined to before they are encoded. */
const JOINED = 1 << 15;
const joined = Buffer.alloc(4 * JOINED);

function join(list) {
  let [text, bytes] = ['', 0];
  for (const each of list) {
    if (text.length + each.length > JOINED) {
      bytes += joined.write(text, 0, 'utf8');
      text = '';
    }
    text += each;
  }
  return bytes + joined.write(text, 0, 'utf8');
}

/** Where integers are stored, as words of 8 bytes. */
const words = new Int32Array(1 << 16);

function storeLists(all) {
  let at = 0;
  for (const list of all) {
    if (at + 2 * list.length > words.length) at = 0;
    for (let k = 0; k < list.length; k++) {
      const value = list[k];
      words[at++] = value;
      words[at++] = value >> 31;
    }
  }
  return at;
}

/**
 * `make` makes the argument for so many elements, `call` makes the call of the library, `engine` does what the engine has to
 * do at least: it makes the same values, or reads them; and `rust` has the library make such values, do with them what the function
 * does with an argument, and drop them.
 *
 * @type {Record<string, { make: (n: number) => unknown, call: Function, rust: Function, engine: Function }>}
 */
export const WORKS = {
  'floats in': {
    make: floats,
    call: (lib) => lib.total,
    rust: (lib) => lib.added_floats,
    engine: (list) => list.reduce((sum, value) => sum + value, 0),
  },
  'strings in': { make: strings, call: (lib) => lib.lengths, rust: (lib) => lib.added_names, engine: join },
  'records in': {
    make: points,
    call: (lib) => lib.measure,
    rust: (lib) => lib.added_points,
    engine(list) {
      let sum = 0;
      for (const { x, y, label } of list) sum += x + y + label.length;
      return sum;
    },
  },
  'maps in': {
    make: maps,
    call: (lib) => lib.total_of_prices,
    rust: (lib) => lib.added_prices,
    engine(list) {
      let sum = 0;
      for (const map of list) for (const name in map) sum += map[name] + name.length;
      return sum;
    },
  },
  'lists of 10 in': {
    make: lists,
    call: (lib) => lib.total_of_lists,
    rust: (lib) => lib.added_lists,
    engine: storeLists,
  },
  'floats out': { make: Number, call: (lib) => lib.floats, rust: (lib) => lib.made_floats, engine: floats },
  'strings out': {
    make: Number,
    call: (lib) => lib.names,
    rust: (lib) => lib.made_names,
    engine: (n) => range(n, cut),
  },
  'records out': {
    make: Number,
    call: (lib) => lib.points,
    rust: (lib) => lib.made_points,
    engine: (n) => range(n, (k) => ({ x: k + 0.5, y: -0.5, label: cut(k) })),
  },
  'maps out': {
    make: Number,
    call: (lib) => lib.prices,
    rust: (lib) => lib.made_prices,
    engine: (n) =>
      range(n, (k) => {
        const map = {};
        for (const name of NAMES) map[name] = k + 0.5;
        return map;
      }),
  },
};

/** What calls of strings both in and out are compared with. */
export const IN_AND_OUT = {
  'strings in and out': {
    make: strings,
    call: (lib) => lib.shout_all,
    rust: (lib) => lib.shouted_texts,
    engine: (list) => join(list) + range(list.length, cut).length,
  },
};
