/** A program with the declarations of objects that `rustdll types` writes. */
/* eslint-disable @typescript-eslint/no-unsafe-class-instance-assignment -- the compiler is to refuse such values */
import type { RustDLL } from '../../src-ts/library/library';
import type * as objects from './objects';

type Equal<A, B> = (<T>() => T extends A ? 1 : 2) extends <T>() => T extends B ? 1 : 2 ? true : false;
function expectTrue<_T extends true>(): void {}

declare const lib: RustDLL<typeof objects>;
declare const other: objects.Tally;

// The class and its objects.
{
  using counter = new lib.Counter(1);
  expectTrue<Equal<typeof counter, objects.Counter>>();
  const sum: number = counter.add(2n);
  const exact: bigint = counter.exact();
  const count: number = counter.count;
  counter.count = 5n;
  const parsed: objects.Counter = lib.Counter.parse('1');
  counter.merge(parsed);
  counter.close();
  const shelf = new lib.Shelf();
  const text: string = shelf.close('so');
  const found: objects.Found | null = shelf.find(1);
  void [sum, exact, count, text, found?.counter.count];
  // @ts-expect-error -- a getter alone
  other.count = 1;
  // @ts-expect-error -- another class with the same members
  counter.merge(other);
  // @ts-expect-error -- an object of the same form is none
  counter.merge({ ...counter });
  // @ts-expect-error -- it has no constructor
  void new lib.Tally();
  // @ts-expect-error -- no such member
  counter.hidden();
}

// A class can be extended.
{
  class Doubling extends (null as unknown as typeof objects.Counter) {
    override add(by: number): number {
      return super.add(2 * by);
    }
  }
  const counter: objects.Counter = new Doubling(1);
  void lib.total([counter], null);
}

// The background.
{
  const counter = new lib.Counter(1);
  const controller = new AbortController();
  const added: Promise<number> = counter.async.add(1, { signal: controller.signal });
  const made: Promise<objects.Counter> = lib.Counter.async.new(1);
  const parsed: Promise<objects.Counter> = lib.Counter.async.parse('1');
  const total: Promise<number> = lib.async.total([counter]);
  void [added, made, parsed, total];
  // @ts-expect-error -- a getter has no form
  void counter.async.count;
  // @ts-expect-error -- a class is not called in the background
  void lib.async.Counter;
  // @ts-expect-error -- its type is not Send
  void new lib.Shelf().async;
}

// Iterators.
{
  using numbers = lib.below(5);
  const first: IteratorResult<number> = numbers.next();
  for (const number of numbers) expectTrue<Equal<typeof number, number>>();
  for (const power of lib.big_powers()) expectTrue<Equal<typeof power, bigint>>();
  const list: number[] = [...lib.below(3)];
  const texts: Promise<IterableIterator<string>> = lib.async.texts(1, 2);
  for (const counter of new lib.Shelf().each()) counter.add(1);
  const [[name, items]] = lib.series(1) as [[string, Iterable<number> | null]];
  const over: IteratorResult<number> = lib.below(1).return();
  const passed: IterableIterator<number> = lib.below(1);
  void [first, list, texts, name, items, over, passed];
  // @ts-expect-error -- the items are numbers
  const wrong: IterableIterator<string> = lib.below(1);
  void wrong;
}

// Constants.
{
  expectTrue<Equal<typeof lib.MAX_COUNT, number>>();
  expectTrue<Equal<typeof lib.GREATEST, bigint>>();
  const [low, high]: [number, number] = lib.bounds;
  void [low, high, lib.NO_SIZE.height];
  // @ts-expect-error -- a constant
  lib.MAX_COUNT = 1;
  // @ts-expect-error -- it is not called
  void lib.async.MAX_COUNT;
}
