/** A string of 41 characters into an exported function and another out of it. */

import { plain } from '../calls.mjs';

export const title = 'exported, string of 41 characters in and out';

export const budget = [{ contender: 'exported', against: 'napi-rs', most: 1.0 }];

export const baseline = 'napi-rs';

const LENGTH = 41;
/** The number of different strings, a power of two. */
const STRINGS = 64;

export function contenders({ exported, napiRs }) {
  const strings = plain(
    Array.from({ length: STRINGS }, (_, i) =>
      `${i}: the quick brown fox jumps over the lazy dog, and again`.slice(0, LENGTH),
    ),
  );
  return {
    exported: (n) => {
      let sum = 0;
      for (let i = 0; i < n; i++) sum += exported.shout(strings[i & (STRINGS - 1)]).charCodeAt(LENGTH - 1);
      return sum;
    },
    'napi-rs': (n) => {
      let sum = 0;
      for (let i = 0; i < n; i++) sum += napiRs.shout(strings[i & (STRINGS - 1)]).charCodeAt(LENGTH - 1);
      return sum;
    },
    JSON: (n) => {
      let sum = 0;
      for (let i = 0; i < n; i++) {
        const text = JSON.parse(exported.shout_json(JSON.stringify([strings[i & (STRINGS - 1)]])));
        sum += text.charCodeAt(LENGTH - 1);
      }
      return sum;
    },
  };
}
