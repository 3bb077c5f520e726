import { Chunk } from '../../../src-ts/memory/chunk';
import { keepChunk, takeChunk } from '../../../src-ts/memory/spares';

const MB = 1 << 20;

/** Takes what is kept from earlier tests. */
function empty(): void {
  for (let size = 8; size <= 128 * MB; size *= 2) {
    for (let k = 0; k < 4; k++) takeChunk(size);
  }
}

beforeEach(empty);

test('the smallest spare that is large enough is taken, once, and is empty', () => {
  const [small, fitting, large] = [new Chunk(MB), new Chunk(3 * MB), new Chunk(4 * MB)];
  small.take(64);
  fitting.take(64);
  for (const chunk of [large, small, fitting]) keepChunk(chunk);
  expect(takeChunk(2 * MB)).toBe(fitting);
  expect(takeChunk(2 * MB)).toBe(large);
  expect(fitting.top).toBe(0);
  const made = takeChunk(2 * MB);
  expect([small, fitting, large]).not.toContain(made);
  expect(made.size).toBe(2 * MB);
});

test('no spare is more than twice as large as what is needed', () => {
  const large = new Chunk(4 * MB);
  keepChunk(large);
  expect(takeChunk(2 * MB - 8)).not.toBe(large);
  expect(takeChunk(2 * MB)).toBe(large);
});

test('four spares are kept, and 128 MiB together, those of the last calls', () => {
  const chunks = Array.from({ length: 5 }, () => new Chunk(MB));
  for (const chunk of chunks) keepChunk(chunk);
  const taken = chunks.map(() => takeChunk(MB));
  expect(chunks.map((chunk) => taken.includes(chunk))).toEqual([false, true, true, true, true]);

  const [first, second, third] = [new Chunk(64 * MB), new Chunk(40 * MB), new Chunk(60 * MB)];
  for (const chunk of [first, second, third]) keepChunk(chunk);
  expect(takeChunk(64 * MB)).not.toBe(first);
  expect(takeChunk(60 * MB)).toBe(third);
  expect(takeChunk(40 * MB)).toBe(second);

  const huge = new Chunk(128 * MB + 8);
  keepChunk(huge);
  expect(takeChunk(128 * MB)).not.toBe(huge);
});
