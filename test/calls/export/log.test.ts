import type { LogLevel, LogRecord } from '../../../src-ts/index';
import { WAYS } from '../../support/exported';
import { libraryPath } from '../../support/kernels';
import { runScript, type Tools } from '../../support/hazards';

const PATH = libraryPath('logging');

/** Waits until a condition holds. */
async function until(condition: () => boolean): Promise<void> {
  for (let tries = 0; !condition() && tries < 1000; tries++) await new Promise((resolve) => setTimeout(resolve, 5));
  expect(condition()).toBe(true);
}

/** Waits until what was posted has been called. */
async function settle(): Promise<void> {
  for (let turn = 0; turn < 5; turn++) await new Promise((resolve) => setTimeout(resolve, 2));
}

describe.each(WAYS)('the records of a library, %s', (_, { rustdll: { RustDLL, RustDLLError, RustPanic } }) => {
  const opened: { close(): void }[] = [];
  afterEach(() => {
    for (const lib of opened.splice(0)) lib.close();
  });

  /** Opens the library, and returns it with the records that it gives. */
  function open(level?: LogLevel) {
    const records: LogRecord[] = [];
    const write = (record: LogRecord): void => void records.push(record);
    const lib = new RustDLL(PATH, { log: level === undefined ? write : { level, write } });
    opened.push(lib);
    return { lib, records, texts: () => records.map(({ message }) => message) };
  }

  test('arrive at the function in a later turn, in their order', async () => {
    const { lib, records } = open('trace');
    const before = Date.now();
    for (const level of [1, 2, 3, 4, 5]) lib.say(level, `ä ${level}`);
    expect(records).toEqual([]);
    await until(() => records.length === 5);
    expect(records.map(({ level, message }) => [level, message])).toEqual([
      ['error', 'said ä 1'],
      ['warn', 'said ä 2'],
      ['info', 'said ä 3'],
      ['debug', 'said ä 4'],
      ['trace', 'said ä 5'],
    ]);
    const [{ target, file, line, timestamp, fields, dropped }] = records as [LogRecord];
    expect({ target, fields, dropped }).toEqual({ target: 'logging', fields: {}, dropped: 0 });
    expect(file).toMatch(/lib\.rs$/);
    expect(line).toBeGreaterThan(1);
    expect(timestamp).toBeGreaterThanOrEqual(before - 2);
    expect(timestamp).toBeLessThanOrEqual(Date.now() + 2);
  });

  test('have fields', async () => {
    const { lib, records } = open();
    const line = lib.say_fields() as number;
    await until(() => records.length === 1);
    expect(records[0]).toMatchObject({ level: 'info', target: 'elsewhere', message: 'fields', line });
    expect(records[0]?.fields).toEqual({
      text: 'ä "\n',
      yes: true,
      safe: 2 ** 53 - 1,
      unsafe_: '9007199254740992',
      low: '-9223372036854775808',
      half: 0.5,
      large: 1e300,
      nan: 'NaN',
      infinite: '-Infinity',
      none: 'None',
      error: 'an error occurred when formatting an argument',
      list: '[1, 2]',
    });
  });

  test('are events of tracing as well', async () => {
    const { lib, records } = open();
    lib.trace_events();
    await until(() => records.length === 3);
    expect(records[0]).toMatchObject({ level: 'error', target: 'logging', message: 'plain', fields: {}, dropped: 0 });
    expect(records[0]?.file).toMatch(/lib\.rs$/);
    expect(records[1]).toMatchObject({ level: 'info', target: 'elsewhere', message: 'fields 1' });
    expect(records[1]?.fields).toEqual({
      answer: 42,
      yes: true,
      huge: '340282366920938463463374607431768211455',
      low: '-9223372036854775808',
      half: 0.5,
      text: 'ä',
      list: '[1, 2]',
    });
    expect(records[2]).toMatchObject({ message: '', fields: { only: 1 } });
  });

  test('of tracing have the spans that they are in', async () => {
    const { lib, records } = open();
    lib.trace_spans();
    await until(() => records.length === 7);
    const outer = { name: 'outer', target: 'elsewhere' };
    const early = { ...outer, fields: { id: 7, message: 'said' } };
    const late = { ...outer, fields: { id: 8, name: 'ä"', message: 'said' } };
    const inner = { name: 'inner', target: 'logging', fields: {} };
    expect(records.map(({ message, spans }) => [message, spans])).toEqual([
      ['in outer', [early]],
      ['in inner', [late, inner]],
      ['still in inner', [late, inner]],
      ['on a thread', []],
      ['in outer by name', [late]],
      ['in nothing', []],
      ['after all', []],
    ]);
  });

  test('of tracing come out of spans that are 100,000 deep, and of fields that panic or log', async () => {
    const { lib, records } = open();
    lib.nest_spans(100_000);
    lib.trace_within();
    await until(() => records.length === 3);
    expect(records.map(({ message, spans }) => [message, spans.length])).toEqual([
      ['dropped', 0],
      ['in a field', 0],
      ['inside', 1],
    ]);
    expect(records[2]?.spans[0]?.fields).toEqual({ logs: 'logged' });
  });

  test('of levels that nobody asked for are not even made', async () => {
    const { lib, texts } = open('warn');
    const before = lib.displayed() as number;
    for (const level of [3, 4, 5]) lib.say_counted(level);
    expect(lib.displayed()).toBe(before);
    lib.say(3, 'x');
    lib.say(2, 'x');
    await until(() => texts().length === 1);
    const detailed = open('debug');
    expect(lib.most()).toBe('DEBUG');
    lib.say_counted(4);
    await until(() => detailed.texts().length === 2);
    expect(texts()).toHaveLength(1);
    detailed.lib.close();
    expect(lib.most()).toBe('WARN');
    lib.say_counted(4);
    lib.close();
    expect(new RustDLL(PATH).most()).toBe('OFF');
  });

  test('go to every function that listens, each with its level', async () => {
    const one = open();
    const two = open('error');
    const three = open();
    two.lib.say(3, 'a');
    one.lib.say(1, 'b');
    await until(() => three.texts().length === 2);
    expect([one.texts(), two.texts()]).toEqual([['said a', 'said b'], ['said b']]);
  });

  test('end when the library is closed, but for those before', async () => {
    const { lib, texts } = open();
    const other = open();
    lib.say(1, 'before');
    lib.close();
    other.lib.say(1, 'after');
    await until(() => other.texts().length === 2);
    expect(texts()).toEqual(['said before']);
    lib.close();
  });

  test('come from any thread, also from calls in the background', async () => {
    const { lib, texts } = open();
    lib.flood_on_threads(4, 100);
    const calls = lib.async as unknown as Record<string, (...args: unknown[]) => Promise<unknown>>;
    await calls['flood_on_threads']?.(4, 100);
    // What a call has posted comes before its result.
    expect(texts()).toHaveLength(800);
    expect(texts().filter((text) => text === '99')).toHaveLength(8);
  });

  test('beyond 4,096 that wait are dropped with their count, and the thread does not wait', async () => {
    const { lib, records } = open();
    lib.flood(10_000);
    await until(() => records.some(({ dropped }) => dropped > 0));
    await settle();
    expect(records.slice(0, 4096).map(({ message }) => message)).toEqual(
      Array.from({ length: 4096 }, (__, k) => `${k}`),
    );
    expect(records.slice(4096)).toMatchObject([
      {
        level: 'warn',
        target: 'rustdll',
        message: '5904 records were dropped, as too many calls were waiting',
        dropped: 5904,
        file: null,
        line: null,
      },
    ]);
    // Those that come afterwards are as usual.
    lib.say(1, 'x');
    await until(() => records.at(-1)?.message === 'said x');
    expect(records.at(-1)?.dropped).toBe(0);
  });

  test('of a flood from threads are either passed on or counted', async () => {
    const { lib, records } = open();
    for (let round = 0; round < 5; round++) {
      lib.flood_on_threads(4, 5000);
      await new Promise((resolve) => setTimeout(resolve, round));
    }
    const counted = (): number =>
      records.reduce((sum, { target, dropped }) => sum + dropped + (target === 'rustdll' ? 0 : 1), 0);
    await until(() => counted() >= 100_000);
    await settle();
    expect(counted()).toBe(100_000);
  });

  test('whose arguments panic, fail or log while they are displayed', async () => {
    const { lib, texts } = open();
    expect(() => lib.say_panicking()).toThrow(RustPanic);
    lib.say_failing();
    lib.say_nested();
    await until(() => texts().length === 3);
    expect(texts()).toEqual(['before ', 'inner', 'outer text']);
  });

  test('of calls that the function makes itself arrive too, in later turns', async () => {
    let count = 0;
    const lib = new RustDLL(PATH, {
      log: () => {
        count++;
        if (count < 50) lib.say(1, 'again');
      },
    });
    opened.push(lib);
    lib.say(1, 'first');
    await until(() => count === 50);
  });

  test('a function that throws is an uncaught exception, and gets the next record', async () => {
    const caught: unknown[] = [];
    const uncaught = jest.spyOn(globalThis, 'queueMicrotask').mockImplementation((callback) => {
      try {
        callback();
      } catch (error) {
        caught.push(error);
      }
    });
    try {
      let count = 0;
      const mine = new Error('mine');
      const lib = new RustDLL(PATH, {
        log: () => {
          count++;
          throw mine;
        },
      });
      opened.push(lib);
      lib.say(1, 'a');
      lib.say(1, 'b');
      await until(() => count === 2);
      expect(caught).toEqual([mine, mine]);
    } finally {
      uncaught.mockRestore();
    }
  });

  test('go on after a reload', async () => {
    const { lib, texts } = open();
    expect(RustDLL.reload(lib)).toBe(lib);
    lib.close();
    const again = RustDLL.reload(lib);
    opened.push(again);
    again.say(1, 'x');
    await until(() => texts().length === 1);
  });

  test('a library without any refuses the option', () => {
    const message = /it has no records for the option log: it was built without the features log and tracing/;
    for (const path of [libraryPath('clib'), libraryPath('aborting')]) {
      expect(() => new RustDLL(path, { log: () => undefined })).toThrow(message);
      expect(() => new RustDLL(path, { log: () => undefined })).toThrow(RustDLLError);
    }
  });

  test('options that are none', () => {
    const wrong = (log: unknown): unknown => {
      try {
        return new RustDLL(PATH, { log } as never);
      } catch (error) {
        return error;
      }
    };
    for (const [log, message] of [
      [null, 'RustDLL: the option log: expected a function, got null'],
      ['info', 'RustDLL: the option log: expected a function, got string "info"'],
      [{}, 'RustDLL: the option log.write: expected a function, got undefined'],
      [
        { level: 'INFO', write: () => undefined },
        'RustDLL: the option log.level: expected one of error, warn, info, debug, trace, got string "INFO"',
      ],
    ] as const) {
      expect(wrong(log)).toMatchObject({ name: 'TypeError', code: 'ERR_RUSTDLL_TYPE', message });
    }
  });
});

describe('in a process of its own', () => {
  const code = (script: (tools: Tools) => void | Promise<void>): number | null => runScript(script).code;

  test('a library that has set a logger of its own is an error', () => {
    expect(
      code(({ assert, open, rustdll: { RustDLL } }) => {
        const lib = open('logging');
        assert.equal(lib.use_own_logger!(), true);
        assert.throws(
          () => new RustDLL(lib.path as unknown as string, { log: () => undefined }),
          /the library has set a logger of its own for the crate `log`/,
        );
      }),
    ).toBe(0);
    expect(
      code(({ assert, open, rustdll: { RustDLL } }) => {
        const { path } = open('logging') as unknown as { path: string };
        const lib = new RustDLL(path, { log: () => undefined });
        assert.equal(lib.use_own_logger(), false);
      }),
    ).toBe(0);
  });

  test('listening does not keep the process alive', () => {
    expect(
      code(({ open, rustdll: { RustDLL } }) => {
        const { path } = open('logging') as unknown as { path: string };
        const lib = new RustDLL(path, { log: () => undefined });
        lib.say(1, 'x');
      }),
    ).toBe(0);
  });

  test.each(['process.exit(0)', 'process.exitCode = 0', 'setTimeout(() => process.exit(0))'])(
    'what was logged before the end arrives: %s',
    (end) => {
      const { stdout } = runScript(
        // eslint-disable-next-line @typescript-eslint/no-implied-eval -- the script is sent as text anyway
        new Function(
          '{ open, require, rustdll: { RustDLL } }',
          `const texts = [];
          const lib = new RustDLL(open('logging').path, { log: ({ message }) => texts.push(message) });
          process.on('exit', () => require('node:fs').writeSync(1, [texts.length, texts[0], texts.at(-1)].join()));
          lib.say(1, 'x');
          lib.flood(3000);
          ${end};`,
        ) as never,
      );
      expect(stdout).toBe('3001,said x,2999');
    },
  );

  test('Workers listen too, each until it ends', () => {
    expect(
      code(async ({ assert, open, rustdll: { RustDLL }, worker }) => {
        const { path } = open('logging') as unknown as { path: string };
        const texts: string[] = [];
        const lib = new RustDLL(path, { log: { level: 'error', write: ({ message }) => void texts.push(message) } });
        for (let round = 0; round < 6; round++) {
          const { thread, begun, ended } = worker(async ({ open, rustdll: { RustDLL } }, round: number) => {
            const { path } = open('logging') as unknown as { path: string };
            let count = 0;
            const lib = new RustDLL(path, { log: { level: 'trace', write: () => count++ } });
            lib.say(1, 'of the Worker');
            lib.flood(100);
            if (round % 2 === 1) lib.flood_on_threads(2, 1e5);
            while (count < 101) await new Promise((resolve) => setTimeout(resolve, 5));
            if (round % 3 === 2) await new Promise(() => undefined);
          }, round); // prettier-ignore
          await begun;
          lib.say(1, 'of the main thread');
          if (round % 3 === 2) {
            await new Promise((resolve) => setTimeout(resolve, 100));
            await thread.terminate();
          }
          await ended;
        }
        for (let tries = 0; texts.length < 12 && tries < 1000; tries++) {
          await new Promise((resolve) => setTimeout(resolve, 5));
        }
        assert.equal(texts.length, 12);
        assert.equal(lib.most(), 'ERROR');
      }),
    ).toBe(0);
  });

  test('a flood from a thread that never ends leaves timers and memory as they are', () => {
    expect(
      code(async ({ assert, open, rustdll: { RustDLL } }) => {
        const { path } = open('logging') as unknown as { path: string };
        let [seen, dropped] = [0, 0];
        const lib = new RustDLL(path, {
          log(record) {
            seen++;
            dropped += record.dropped;
          },
        });
        lib.flood_apart();
        await new Promise((resolve) => setTimeout(resolve, 200));
        const before = process.memoryUsage().rss;
        let latest = 0;
        for (let k = 0; k < 50; k++) {
          const began = performance.now();
          await new Promise((resolve) => setTimeout(resolve, 10));
          latest = Math.max(latest, performance.now() - began);
        }
        assert.ok(seen > 4096 && dropped > 0, `${seen} seen, ${dropped} dropped`);
        assert.ok(latest < 2000, `${latest} ms`);
        assert.ok(process.memoryUsage().rss - before < 64 * 2 ** 20);
        lib.close();
        const last = seen;
        await new Promise((resolve) => setTimeout(resolve, 100));
        // Those that were waiting when it was closed still come.
        assert.ok(seen - last <= 4097, `${seen - last} after the end`);
      }),
    ).toBe(0);
  });
});
