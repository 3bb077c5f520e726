/** A program with the declarations of callbacks that `rustdll types` writes. */
import type { RustDLL } from '../../src-ts/library/library';
import type * as callbacks from './callbacks';

type Equal<A, B> = (<T>() => T extends A ? 1 : 2) extends <T>() => T extends B ? 1 : 2 ? true : false;
function expectTrue<_T extends true>(): void {}

declare const lib: RustDLL<typeof callbacks>;

// The parameters of a function are results of Rust's, what it returns is an argument.
{
  const doubled: number = lib.apply((x) => {
    expectTrue<Equal<typeof x, number>>();
    return 2 * x;
  }, 1);
  const sorted: callbacks.Row[] = lib.sort_by(new Set([{ name: 'a', size: 1 }]), (a, b) => a.size < b.size);
  const texts: string[] = lib.large(1, (list, text) => new Set([text, ...list.map(String)]));
  const exact: bigint = lib.exact(1, (x) => {
    expectTrue<Equal<typeof x, bigint>>();
    return x;
  });
  // What a function returns for nothing is ignored.
  lib.tick(() => 5);
  lib.maybe(1);
  lib.maybe(1, null);
  void [doubled, sorted, texts, exact];
  // @ts-expect-error -- it returns no number
  lib.apply(() => 'x', 1);
  // @ts-expect-error -- it takes another type
  lib.apply((x: string) => x.length, 1);
  // @ts-expect-error -- no function
  lib.apply(5, 1);
  // @ts-expect-error -- a synchronous call does not wait for a promise
  lib.apply(async (x) => await Promise.resolve(x), 1);
}

// One that is kept may be called from other threads, which wait for a promise.
{
  lib.keep(async (x) => await Promise.resolve(x));
  const counter = new lib.Counter(1);
  counter.listen((count) => {
    expectTrue<Equal<typeof count, number>>();
  });
  lib.notify([{ name: 'a', on: (name, value) => name.length > value, after: () => undefined }], 1);
  lib.notify([{ name: 'a', on: () => true }], 1);
  // @ts-expect-error -- the function returns no boolean
  lib.notify([{ name: 'a', on: () => 1 }], 1);
  const given: number = lib.through((made) => {
    expectTrue<Equal<typeof made, callbacks.Counter>>();
    return made;
  });
  void given;
}

// In the background.
{
  const promised: Promise<number> = lib.async.apply((x) => x, 1, { signal: AbortSignal.timeout(1) });
  void promised;
}
