/** Functions whose results are futures: `async fn`. */

import * as http from 'node:http';
import type { AddressInfo } from 'node:net';
import { WAYS } from '../../support/exported';
import { libraryPath } from '../../support/kernels';

const OPENED = WAYS.map(([name, { rustdll }]) => [name, new rustdll.RustDLL(libraryPath('futures_fixture'))] as const);

type Call = (...args: unknown[]) => Promise<unknown>;

function wait(milliseconds: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, milliseconds));
}

interface Account {
  balance: Call;
  add: Call;
  take_from: Call;
  hold: Call;
  into_cents: Call;
  close(): void;
}

describe.each(OPENED)('futures, %s', (_, lib) => {
  const calls = lib as unknown as Record<string, Call>;
  const call = (name: string, ...args: unknown[]): Promise<unknown> => (calls[name] as Call)(...args);
  const guards = (): number => lib.guards() as number;
  const newGate = (): number => lib.new_gate() as number;
  const Account = (lib as unknown as { Account: (new (cents: number) => Account) & { open: Call } }).Account;

  /** Waits until so many futures with a guard are left. */
  async function expectGuards(count: number): Promise<void> {
    for (let tries = 0; guards() !== count && tries < 1000; tries++) await wait(5);
    expect(guards()).toBe(count);
  }

  /** Waits until so many futures wait at a gate. */
  async function expectWaiting(gate: number, count: number): Promise<void> {
    for (let tries = 0; (lib.waiting_at(gate) as number) < count && tries < 1000; tries++) await wait(1);
    expect(lib.waiting_at(gate)).toBe(count);
  }

  afterEach(() => expectGuards(0));

  test('values of every kind go in and come out, also after the future has waited', async () => {
    expect(await call('add', 1, 2.5)).toBe(3.5);
    expect(await call('echo', 'a né 😀')).toBe('a né 😀');
    expect(await call('echo', 'x'.repeat(100_000))).toBe('x'.repeat(100_000));
    expect(await call('join', ['a', 'é', ''], 1)).toBe('aé');
    expect(await call('sum', [1, 2, 3])).toBe(6);
    expect(await call('sum', new Float64Array(1000).fill(0.5))).toBe(500);
    const places = [
      { name: 'a', at: [1, 2], next: null },
      { name: 'b', at: [3, 4], next: { name: 'c', at: [5, 6], next: null } },
    ];
    expect(await call('turned', places)).toEqual(places.reverse());
    // More than the room of a call.
    const many = Array.from({ length: 5000 }, (__, i) => ({ name: `n${i}`, at: [i, -i], next: null }));
    expect(await call('turned', many)).toEqual(many.reverse());
  });

  test('values inside one another beyond the usual stack', async () => {
    interface Nested { name: string; at: [number, number]; next: Nested | null } // prettier-ignore
    let deep: Nested | null = null;
    for (let depth = 0; depth < 2000; depth++) deep = { name: 'd', at: [depth, 0], next: deep };
    let [depth, place] = [0, ((await call('turned', [deep])) as [Nested | null])[0]];
    for (; place !== null; place = place.next) depth++;
    expect(depth).toBe(2000);
  });

  test('what Rust changes is written back at the end', async () => {
    const [list, view] = [[1, 2, 3, 4], new Float64Array([1, 2, 3])];
    await Promise.all([call('double', list), call('double', view)]);
    expect(list).toEqual([2, 4, 6, 8]);
    expect([...view]).toEqual([2, 4, 6]);
  });

  test.each([false, true])('errors and panics, after it has waited: %p', async (late) => {
    await expect(call('fail', late)).rejects.toMatchObject({
      name: 'RustError',
      code: 'LUCK',
      message: 'no such luck',
    });
    await expect(call('panics', late)).rejects.toMatchObject({ name: 'RustPanic', message: 'out of luck' });
    const gate = newGate();
    if (!late) lib.open_gate(gate);
    const dropped = call('drop_panics', gate);
    if (late) {
      await expectWaiting(gate, 1);
      lib.open_gate(gate);
    }
    await expect(dropped).rejects.toMatchObject({ name: 'RustPanic', message: 'a bomb' });
  });

  test('wrong arguments reject', async () => {
    await expect(call('add', 1)).rejects.toThrow(/^add: expected 2 arguments/);
    await expect(call('sum', 'a')).rejects.toThrow(/^sum: argument 1/);
    await expect(call('turned', [{ name: 'a', at: [1], next: null }])).rejects.toThrow(
      /turned: argument 1 .*\[0\]\.at/,
    );
  });

  test('many of them wait without a thread', async () => {
    const gate = newGate();
    const passes = Array.from({ length: 1000 }, () => call('pass', gate));
    await expectWaiting(gate, 1000);
    expect(guards()).toBe(1000);
    // Other calls have threads.
    expect(await call('add', 1, 1)).toBe(2);
    lib.open_gate(gate);
    expect(await Promise.all(passes)).toEqual(Array(1000).fill(gate));
  });

  test('many that are woken while they are polled share the threads', async () => {
    const sums = Array.from({ length: 100 }, () => call('sum', Array(100).fill(1)));
    expect(await Promise.all(sums)).toEqual(Array(100).fill(100));
  });

  test('woken from many threads, while it is polled and after its end', async () => {
    const polls = await Promise.all(Array.from({ length: 20 }, () => call('wakes', 4, 200)));
    for (const count of polls) expect(count).toBeGreaterThan(1);
    await wait(10);
    expect(await call('add', 1, 1)).toBe(2);
  });

  test('cancelled while it waits: it rejects at once, and the future is dropped', async () => {
    for (const name of ['never', 'spin']) {
      const controller = new AbortController();
      const waits = call(name, { signal: controller.signal });
      await expectGuards(1);
      controller.abort('enough');
      await expect(waits).rejects.toBe('enough');
      await expectGuards(0);
    }
    const gate = newGate();
    const controller = new AbortController();
    const passes = Array.from({ length: 100 }, () => call('pass', gate, { signal: controller.signal }));
    await expectWaiting(gate, 100);
    controller.abort('enough');
    expect((await Promise.allSettled(passes)).every((pass) => pass.status === 'rejected')).toBe(true);
    await expectGuards(0);
    // Their wakers are still there.
    lib.open_gate(gate);
  });

  test('cancelled at any moment', async () => {
    for (let round = 0; round < 200; round++) {
      const gate = newGate();
      const controller = new AbortController();
      const { signal } = controller;
      const all = [call('pass', gate, { signal }), call('spin', { signal }), call('join', ['a'], 0, { signal })];
      if (round % 2 === 0) await wait(round % 3);
      if (round % 5 === 0) lib.open_gate(gate);
      controller.abort('enough');
      await Promise.allSettled(all);
    }
    await expectGuards(0);
  });

  test('a destructor that panics when the call is cancelled is passed over', async () => {
    const gate = newGate();
    const controller = new AbortController();
    const waits = call('drop_panics', gate, { signal: controller.signal });
    await expectWaiting(gate, 1);
    controller.abort('enough');
    await expect(waits).rejects.toBe('enough');
    await expectGuards(0);
    expect(await call('add', 1, 1)).toBe(2);
  });

  test('the function is told how far it is and whether it is cancelled', async () => {
    const gate = newGate();
    const progress: unknown[] = [];
    const told = call('told', gate, { onProgress: (at: unknown) => progress.push(at) });
    await expectWaiting(gate, 1);
    await wait(30);
    lib.open_gate(gate);
    expect(await told).toBe(false);
    expect(progress[0]).toEqual({ done: 1, total: 2, message: 'waiting' });
    expect(progress.at(-1)).toEqual({ done: 2, total: 2, message: 'waiting' });
  });

  test('functions of JavaScript are lent to it', async () => {
    const firsts: number[] = [];
    expect(
      await call(
        'each',
        [1, 2, 3],
        (x: number) => x * 2,
        (x: number) => firsts.push(x),
      ),
    ).toEqual([2, 4, 6]);
    expect(await call('each', [1, 2], (x: number) => -x, null)).toEqual([-1, -2]);
    expect(firsts).toEqual([1]);
    const mine = new Error('mine');
    const throws = (): never => {
      throw mine;
    };
    await expect(call('each', [1], throws, null)).rejects.toBe(mine);
  });

  test('functions of JavaScript are asked, and may return promises', async () => {
    const later = async (text: string, index: number): Promise<string> => {
      await wait(1);
      return `${index}${text}`;
    };
    expect(await call('ask_each', ['a', 'é', 'x'.repeat(5000)], later)).toEqual(['0a', '1é', `2${'x'.repeat(5000)}`]);
    expect(await call('ask_each', ['a'], (text: string) => text)).toEqual(['a']);
    expect(await call('ask_all', 1000, (n: number) => (n % 2 === 0 ? n : Promise.resolve(n)))).toBe(499_500);

    const mine = new Error('mine');
    const rejected = (): Promise<string> => Promise.reject(mine);
    await expect(call('ask_each', ['a'], rejected)).rejects.toBe(mine);
    await expect(call('ask_all', 3, (n: number) => (n < 2 ? n : Promise.reject(mine)))).rejects.toBe(mine);
    expect(await call('reason', () => Promise.reject(mine))).toBe('Error: mine');
    await expect(call('ask_each', ['a'], () => 1)).rejects.toThrow(/answer.*string/s);
  });

  test('an answer that nobody waits for, or that never comes', async () => {
    const places: unknown[] = [];
    lib.ask_in_vain((place: unknown) => {
      places.push(place);
      return place;
    });
    lib.ask_in_vain(() => Promise.reject(new Error('nobody learns of it')));
    await wait(5);
    expect(places).toEqual([{ name: 'here', at: [1, 2], next: null }]);

    const controller = new AbortController();
    let asked = 0;
    const never = (): Promise<never> => {
      asked++;
      return new Promise(() => undefined);
    };
    const asks = call('ask_each', ['a'], never, { signal: controller.signal });
    for (let tries = 0; asked === 0 && tries < 400; tries++) await wait(1);
    controller.abort('enough');
    await expect(asks).rejects.toBe('enough');
  });

  test('an object that goes through JavaScript is the same', async () => {
    const account = new Account(5);
    expect(await call('through', account, (passed: Account) => passed)).toBe(true);
    expect(await call('through', account, () => new Account(5))).toBe(false);
    await expect(call('through', account, () => 5)).rejects.toThrow(TypeError);
    account.close();
  });

  test('objects: borrowed while the future lives, in the order of the calls', async () => {
    const [account, other] = [new Account(5), (await Account.open(7)) as Account];
    expect(await account.balance()).toBe(5);
    expect(await Promise.all([1, 2, 3].map((n) => account.add(n)))).toEqual([6, 8, 11]);
    await account.take_from(other, 2);
    expect(await call('total', [account, other])).toBe(18);
    await expect(account.take_from(other, 100)).rejects.toThrow('not enough');
    await expect(account.take_from(account, 1)).rejects.toMatchObject({ code: 'ERR_RUSTDLL_BUSY' });

    const gate = newGate();
    const holds = account.hold(gate);
    await expectWaiting(gate, 1);
    const balance = account.balance();
    const controller = new AbortController();
    const gone = account.hold(newGate(), { signal: controller.signal });
    controller.abort('enough');
    await expect(gone).rejects.toBe('enough');
    lib.open_gate(gate);
    await holds;
    expect(await balance).toBe(13);

    // The borrow ends with a future that is dropped.
    const never = newGate();
    const second = new AbortController();
    const waits = account.hold(never, { signal: second.signal });
    await expectWaiting(never, 1);
    second.abort('enough');
    await expect(waits).rejects.toBe('enough');
    expect(await account.add(1)).toBe(14);
    expect(await account.into_cents()).toBe(14);
    await expect(account.balance()).rejects.toMatchObject({ code: 'ERR_RUSTDLL_RELEASED' });
    other.close();
  });

  test('a runtime of tokio: its clock, its tasks, its sockets', async () => {
    expect(await Promise.all(Array.from({ length: 100 }, () => call('sleep', 50)))).toEqual(Array(100).fill(50));
    expect(await call('spawned', 4)).toBe(5);
    const controller = new AbortController();
    const sleeps = call('sleep', 100_000, { signal: controller.signal });
    await expectGuards(1);
    controller.abort('enough');
    await expect(sleeps).rejects.toBe('enough');
  });

  test('a client of HTTP asks a server in the same process', async () => {
    const server = http.createServer((request, response) => {
      setTimeout(() => response.end(`you asked for ${request.url}`), 5);
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const { port } = server.address() as AddressInfo;
    const answers = await Promise.all(Array.from({ length: 50 }, (__, i) => call('get', port, `/${i}`)));
    expect(answers).toEqual(Array.from({ length: 50 }, (__, i) => `you asked for /${i}`));
    await new Promise((resolve) => server.close(resolve));
    await expect(call('get', port, '/')).rejects.toMatchObject({ name: 'RustError', message: /refused/ });
  });

  test('without the runtime the panic says what to write', async () => {
    await expect(call('sleep_nowhere')).rejects.toMatchObject({
      name: 'RustPanic',
      message: expect.stringContaining('#[export(tokio)]') as unknown,
    });
  });
});
