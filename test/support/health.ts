/** Checks that a call, successful or not, has released all memory. */

import { Arena } from '../../src-ts/memory/arena';
import { declared, kernels } from './kernels';

const descriptorAddress = declared('fn descriptor_address(v: &PyVec<u8>) -> usize');

/** Returns the arena that the next call gets. */
function nextFrame(): Arena {
  const arena = Arena.enter({ name: 'nextFrame', level: 'guess', parameterName: () => undefined });
  arena.leave();
  return arena;
}

// The address of the first argument of the first call. It is the same in every later call if all memory was released.
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
