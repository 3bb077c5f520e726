import { KINDS, SPELLINGS } from '../../../../src-ts/values/stream/kinds/registry';
import { PARAMETER_ONLY } from '../../../../src-ts/values/stream/shapes';

const spelled = Object.entries(KINDS).flatMap(([kind, { spellings }]) =>
  Object.entries(spellings).map(([word, spelling]) => ({ kind, word, spelling: spelling as unknown })),
);

test('no two kinds share a word of the table, and none takes one of those for parameters', () => {
  const words = [...spelled.map(({ word }) => word), ...(PARAMETER_ONLY as ReadonlySet<string>)];
  expect(words.filter((word, index) => words.indexOf(word) !== index)).toEqual([]);
  expect(SPELLINGS.size).toBe(spelled.length);
});

test.each(spelled.filter(({ spelling }) => typeof spelling === 'object'))(
  '$word is a type of the kind $kind',
  ({ kind, spelling }) => {
    expect(spelling).toMatchObject({ kind });
  },
);
