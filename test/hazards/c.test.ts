/** Faults of calls of C functions, each in a child process: nothing ends it, and the next calls are as usual. */

import { group } from '../support/hazards';

const row = group({ flags: ['--expose-gc'] });

row(
  132,
  'NULL, released and foreign pointers never reach the library',
  ({ rustdll, paths, assert, throws, healthy }) => {
    const lib = new rustdll.RustDLL(paths.cabi).declare(`
    fn thing_new(number: i64) -> *mut Thing;
    fn thing_number(thing: *const Thing) -> i64;
    fn thing_close(#[release] thing: *mut Thing);
    fn part_new(number: i64) -> *mut Part;
    fn text_length(text: *const c_char) -> i64;
  `) as unknown as Record<string, (...args: unknown[]) => unknown>;
    const thing = lib['thing_new']!(1);
    const type = { type: 'TypeError' as const };
    for (const wrong of [
      null,
      undefined,
      0,
      8,
      8n,
      {},
      Object.create(thing as object),
      new Proxy(thing as object, {}),
    ]) {
      throws(() => lib['thing_number']!(wrong), type);
    }
    throws(() => lib['thing_number']!(lib['part_new']!(1)), type);
    throws(() => lib['text_length']!(null), type);
    lib['thing_close']!(thing);
    throws(() => lib['thing_number']!(thing), { ...type, code: 'ERR_RUSTDLL_RELEASED' });
    throws(() => lib['thing_close']!(thing), { ...type, code: 'ERR_RUSTDLL_RELEASED' });
    assert.equal(lib['thing_new']!(-1), null);
    healthy();
  },
);

row(
  132,
  'callbacks that throw, recurse, detach what is passed and collect garbage',
  ({ rustdll, paths, assert, throws, gc, healthy }) => {
    const lib = new rustdll.RustDLL(paths.cabi).declare(`
    fn each(data: *const i32, length: usize, visit: extern "C" fn(i32, usize, *mut c_void) -> c_int, user: *mut c_void) -> c_int;
    fn call_i64(call: extern "C" fn(i64) -> i64, x: i64) -> i64;
    fn text_length(text: *const c_char) -> i64;
  `) as unknown as Record<string, (...args: unknown[]) => number>;
    const stop = new Error('stop');
    assert.equal(
      throws(
        () =>
          lib['each']!(
            [1, 2],
            2,
            () => {
              throw stop;
            },
            null,
          ),
        { type: 'Error' },
      ),
      stop,
    );
    const recurse = (): number => lib['call_i64']!(recurse, 1);
    throws(recurse, { type: 'RangeError' });
    // The list is a copy, and what happens to it meanwhile has no effect on the call.
    const list = [1, 2, 3];
    let seen = 0;
    lib['each']!(
      list,
      3,
      (value: number) => {
        list.length = 0;
        gc();
        lib['text_length']!('x'.repeat(100_000));
        seen += value;
        return 0;
      },
      null,
    );
    assert.equal(seen, 6);
    healthy();
  },
);

row(
  132,
  'callbacks in Workers that end, and a library that calls one of an ended Worker',
  async ({ rustdll, paths, assert, worker, healthy }) => {
    const source = `
    fn keep(call: Option<extern "C" fn(i64) -> i64>);
    fn call_kept(x: i64) -> i64;
    fn call_i64(call: extern "C" fn(i64) -> i64, x: i64) -> i64;
  `;
    const lib = new rustdll.RustDLL(paths.cabi).declare(source) as unknown as Record<
      string,
      (...args: unknown[]) => number
    >;
    for (let round = 0; round < 3; round++) {
      const { ended } = worker(({ rustdll: own, paths: files }, text) => {
        const inner = new own.RustDLL(files.cabi).declare(text as string) as unknown as typeof lib;
        const kept = Array.from({ length: 60 }, () => own.RustDLL.callback((x: number | bigint) => Number(x) * 2));
        for (const callback of kept) inner['keep']!(callback);
        return inner['call_kept']!(21);
      }, source);
      const { result, error } = await ended;
      assert.equal(error, undefined);
      assert.equal(result, 42);
      // The function belongs to no environment any more.
      assert.equal(lib['call_kept']!(21), 0);
    }
    // What the Workers have had is free again.
    const callbacks = Array.from({ length: 128 }, () => rustdll.RustDLL.callback((x: number | bigint) => x));
    for (const callback of callbacks) assert.equal(lib['call_i64']!(callback, 5), 5);
    for (const callback of callbacks) callback.close();
    lib['keep']!(null);
    healthy();
  },
);
