/** Functions that return their argument return every value of its type unchanged. */

import * as fc from 'fast-check';
import { RustDLL, tableOf } from '../../src-ts/library/library';
import { libraryPath } from '../support/kernels';
import { valueOf } from '../support/values';

const library = new RustDLL(libraryPath('exported'));
const functions = tableOf(library)?.functions ?? [];

const echoes = functions.filter(
  // A set returns its elements in another order, each once.
  ({ name, parameters, bigint }) => /^echo_(?!.*_set$)/.test(name) && parameters.length === 1 && !bigint,
);

test.each(echoes.map((signature) => [signature.name, signature] as const))('%s', (name, signature) => {
  const shape = signature.parameters[0]?.shape;
  if (shape === undefined || shape.kind === 'lent') throw new Error('no value of its own');
  fc.assert(
    fc.property(valueOf(shape, false), (value) => {
      expect((library[name] as (value: unknown) => unknown)(value)).toEqual(value);
    }),
    { numRuns: 60 },
  );
});

test('there are echoes of all kinds of types', () => {
  expect(echoes.length).toBeGreaterThan(70);
});
