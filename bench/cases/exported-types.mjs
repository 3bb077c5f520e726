/** Types that are strings in JavaScript, and a point in time, beside a string of 36 characters; a `Map` beside an object. */

import { plain, sameCalls } from '../calls.mjs';

const COUNT = 1000;
/** The number of different values, a power of two. */
const VALUES = 64;

/** The names of the types, each with the string to which it is compared. */
const TYPES = { PathBuf: 'String', '&Path': '&str', Date: 'String', Uuid: 'String' };

const budget = Object.entries(TYPES).map(([contender, against]) => ({ contender, against, most: 1.5 }));

const texts = plain(
  Array.from({ length: VALUES }, (_, i) => `/usr/share/doc/a-folder/file-${String(i).padStart(3, '0')}.txt`),
);
const uuids = plain(
  Array.from({ length: VALUES }, (_, i) => `67e55044-10b1-426f-9247-bb680e5f${String(i).padStart(4, '0')}`),
);
const dates = Array.from({ length: VALUES }, (_, i) => new Date(1.7e12 + i));

/** Passes different values to a function. Each has code of its own, so that what one is given does not slow down another. */
function passing(call, values) {
  return new Function(
    'call',
    'values',
    `return (n) => { let sum = 0; for (let i = 0; i < n; i++) sum += call(values[i & ${VALUES - 1}]); return sum; };`,
  )(call, values);
}

/** Calls a function without arguments; `use` is code that makes a number of its result. */
function returning(call, use) {
  return new Function(
    'call',
    `return (n) => { let sum = 0; for (let i = 0; i < n; i++) sum += (${use})(call()); return sum; };`,
  )(call);
}

/** The work with maps: `call` of each contender, whose results are compared by `use`. */
const ofMaps = (title, contenders) => ({
  title,
  budget: [{ contender: 'Map', against: 'object', most: 1.3 }],
  baseline: 'object',
  collect: true,
  contenders,
});

export const works = [
  {
    title: 'exported, a string of 36 characters in',
    budget,
    baseline: 'String',
    contenders: ({ exported }) => ({
      String: passing(exported.string_length, texts),
      '&str': passing(exported.str_length, texts),
      PathBuf: passing(exported.path_buf_length, texts),
      '&Path': passing(exported.path_length, texts),
      Uuid: passing(exported.uuid_length, uuids),
      Date: passing(exported.time_length, dates),
    }),
  },
  {
    title: 'exported, a string of 36 characters out',
    budget,
    baseline: 'String',
    contenders: ({ exported }) => ({
      String: returning(exported.a_string, 'value => value.length'),
      '&str': returning(exported.a_str, 'value => value.length'),
      PathBuf: returning(exported.a_path_buf, 'value => value.length'),
      '&Path': returning(exported.a_path, 'value => value.length'),
      Uuid: returning(exported.a_uuid, 'value => value.length'),
      Date: returning(exported.a_time, 'value => value.getTime() / 1.7e12 * 36'),
    }),
  },
  ofMaps('exported, 1,000 maps of 3 entries out', ({ exported }) => ({
    object: (n) => {
      let sum = 0;
      for (let i = 0; i < n; i++) sum += exported.prices(COUNT)[COUNT - 1].milk;
      return sum;
    },
    Map: (n) => {
      let sum = 0;
      for (let i = 0; i < n; i++) sum += exported.price_maps(COUNT)[COUNT - 1].get('milk');
      return sum;
    },
  })),
  ofMaps('exported, 1,000 maps of 3 entries in', ({ exported }) => {
    const objects = exported.prices(COUNT);
    const maps = objects.map((object) => new Map(Object.entries(object)));
    return sameCalls({
      object: { call: () => exported.total_of_prices(objects) },
      Map: { call: () => exported.total_of_price_maps(maps) },
    });
  }),
];
