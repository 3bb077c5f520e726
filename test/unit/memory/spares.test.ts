import { Chunk } from '../../../src-ts/memory/chunk';
import { keepChunk, limitFor, ownLimit, takeChunk } from '../../../src-ts/memory/spares';

const MB = 1 << 20;

/** Takes what is kept from earlier tests. */
function empty(): void {
  for (let size = 8; size <= 512 * MB; size *= 2) {
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

test('four spares are kept, and a sixteenth of the memory together, those of the last calls', () => {
  const chunks = Array.from({ length: 5 }, () => new Chunk(MB));
  for (const chunk of chunks) keepChunk(chunk);
  const taken = chunks.map(() => takeChunk(MB));
  expect(chunks.map((chunk) => taken.includes(chunk))).toEqual([false, true, true, true, true]);

  const limit = ownLimit();
  const sixteenth = Math.floor(limit / 128) * 8;
  const [first, second, third] = [8, 5, 7].map((count) => new Chunk(count * sixteenth)) as [Chunk, Chunk, Chunk];
  for (const chunk of [first, second, third]) keepChunk(chunk);
  expect(takeChunk(8 * sixteenth)).not.toBe(first);
  expect(takeChunk(7 * sixteenth)).toBe(third);
  expect(takeChunk(5 * sixteenth)).toBe(second);

  const huge = new Chunk(limit + 8);
  keepChunk(huge);
  expect(takeChunk(limit)).not.toBe(huge);
});

test('the limit is between 128 and 512 MiB', () => {
  expect([MB, 2048 * MB, 4096 * MB, 8192 * MB, 1e6 * MB].map(limitFor)).toEqual([
    128 * MB,
    128 * MB,
    256 * MB,
    512 * MB,
    512 * MB,
  ]);
});
