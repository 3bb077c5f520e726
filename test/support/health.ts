/** True if a call, good or bad, has left everything as it was. */

import { Arena } from '../../src-ts/memory/arena';
import { declared, kernels } from './kernels';

const descriptorAddress = declared('fn descriptor_address(v: &PyVec<u8>) -> usize');

/** The arena that the next call gets: one for each call that is under way. */
function nextFrame(): Arena {
  const arena = Arena.enter({ name: 'nextFrame', level: 'guess', parameterName: () => undefined });
  arena.leave();
  return arena;
}

// Where the first call of all puts its first argument; every later one does so too, if all memory was given back.
const firstAddress = descriptorAddress([1]) as number;
const firstFrame = nextFrame();

/** Checks that memory was rewound and that the library still works. */
export function expectHealthy(): void {
  expect(descriptorAddress([1])).toBe(firstAddress);
  expect(nextFrame()).toBe(firstFrame);
  expect(kernels.add(2, 3)).toBe(5);
  const list = [1, -1];
  kernels.add_one_i64(list);
  expect(list).toEqual([2, 0]);
}
