import { readFileSync } from 'node:fs';
import * as path from 'node:path';
import { inspect } from 'node:util';
import { expectWorking, WAYS } from '../../support/exported';
import { thrownBy } from '../../support/errors';
import { libraryPath, type LooseFunction } from '../../support/kernels';
import { runNode } from '../../support/program';

const SOURCES = path.join(__dirname, '..', '..', 'fixtures', 'exported', 'src');

/** Returns the messages of an error and of its causes. */
function chain(error: unknown): string[] {
  const messages: string[] = [];
  for (let at = error; at instanceof Error; at = at.cause) messages.push(at.message);
  return messages;
}

/** Returns a pattern for the location of a text in a source of the fixture. */
function locationOf(file: string, text: string): RegExp {
  const lines = readFileSync(path.join(SOURCES, file), 'utf8').split('\n');
  const index = lines.findIndex((line) => line.includes(text));
  return new RegExp(`^exported[\\\\/]src[\\\\/]${file}:${index + 1}:${(lines[index] as string).indexOf(text) + 1}$`);
}

afterEach(expectWorking);

describe.each(WAYS)('%s', (_how, { lib, faults, rustdll: { RustError, RustPanic } }) => {
  describe('an Err', () => {
    const fail = (name: string, ...args: unknown[]): Error & { code?: string } =>
      thrownBy(() => (lib[name] as LooseFunction)(...args));

    test.each<[string, unknown[], string[], string]>([
      ['fail_string', [], ['a string: über 🦀'], 'ERR_RUSTDLL_RUST'],
      ['fail_str', [], ['a string slice'], 'ERR_RUSTDLL_RUST'],
      ['fail_boxed', [], ['no sandwich', 'the cheese cannot be cut', 'no such cheese'], 'ERR_RUSTDLL_RUST'],
      ['fail_boxed_send', [], ['no sandwich', 'the cheese cannot be cut', 'no such cheese'], 'ERR_RUSTDLL_RUST'],
      ['fail_arc', [], ['no sandwich', 'the cheese cannot be cut', 'no such cheese'], 'ERR_RUSTDLL_RUST'],
      ['fail_code', [], ['not a shape'], 'E_SHAPE'],
      ['fail_code_boxed', [], ['not a shape either'], 'E_SHAPE_BOXED'],
      ['fail_code_source', [], ['outer', 'inner'], 'E_OUTER'],
      ['fail_display', [], ['error number 7'], 'ERR_RUSTDLL_RUST'],
      ['fail_enum', [0], ['trouble'], 'ERR_RUSTDLL_RUST'],
      ['fail_enum', [1], ['not a number', 'invalid digit found in string'], 'ERR_RUSTDLL_RUST'],
      ['parse', ['x'], ['invalid digit found in string'], 'ERR_RUSTDLL_RUST'],
      ['centroid', [[]], ['no points'], 'ERR_RUSTDLL_RUST'],
      ['divide', [1, 0], ['division by zero'], 'ERR_RUSTDLL_RUST'],
      ['fail_if', [true], ['as you wish'], 'ERR_RUSTDLL_RUST'],
    ])('%s(%j)', (name, args, messages, code) => {
      const error = fail(name, ...args);
      expect(error).toBeInstanceOf(RustError);
      expect(error).toBeInstanceOf(Error);
      expect([error.name, error.code, chain(error)]).toEqual(['RustError', code, messages]);
      expect('cause' in error).toBe(messages.length > 1);
      expect(Object.keys(error)).toEqual(['code']);
    });

    test('the code of a source is its own', () => {
      const { cause } = fail('fail_code_source');
      expect(cause).toMatchObject({ message: 'inner', code: 'E_INNER' });
    });

    test('a chain that does not end is cut', () => {
      const messages = chain(fail('fail_endless'));
      expect(messages.length).toBeGreaterThan(10);
      expect(messages.length).toBeLessThan(1000);
      expect(new Set(messages)).toEqual(new Set(['again']));
    });

    test('the stack begins where the function was called', () => {
      const { stack } = fail('fail_code');
      const [head, ...frames] = stack!.split('\n');
      expect(head).toMatch(/^(RustError|Error): not a shape$/);
      expect(frames[0]).toContain(path.basename(__filename));
      expect(inspect(fail('fail_code'))).toContain("code: 'E_SHAPE'");
    });

    test('what succeeds', () => {
      expect(lib.parse('-12')).toBe(-12);
      expect(lib.fail_if(false)).toEqual(['fine']);
      expect(lib.divide(3, 2)).toBe(1.5);
      expect(faults.echo_plain('a', [1], new BigInt64Array(1), 'Well')).toEqual([1]);
    });

    test('with arguments of every kind', () => {
      const items = [faults.nested_items(3), faults.nested_items(1)];
      const error = thrownBy(() => faults.echo_items(items, 'Failure'));
      expect([error.constructor, error.code, chain(error)]).toEqual([RustError, 'E_WISH', ['as you wish', 'a cause']]);
      expect(thrownBy(() => faults.echo_plain('a', [1], new BigInt64Array(1), 'Failure')).code).toBe('E_WISH');
      expect(faults.echo_items(items, 'Well')).toEqual(items);
    });
  });

  describe('a panic', () => {
    const panic = (name: string, ...args: unknown[]): Error & { location?: string | null } => {
      const error = thrownBy(() => (lib[name] as LooseFunction)(...args));
      expect(error).toBeInstanceOf(RustPanic);
      expect([error.name, error.code]).toEqual(['RustPanic', 'ERR_RUSTDLL_PANIC']);
      return error;
    };

    test('with a string slice, a string, or something else', () => {
      expect(panic('panic_str').message).toBe('a string slice');
      for (const text of ['', 'né', '😀\0', 'x'.repeat(100_000)])
        expect(panic('panic_string', text).message).toBe(text);
      expect(panic('panic_other').message).toBe('Box<dyn Any>');
      expect(panic('panic_drop').message).toBe('Box<dyn Any>');
    });

    test('says where it was', () => {
      expect(panic('panic_str').location).toMatch(locationOf('panics.rs', 'panic!("a string slice")'));
      expect(panic('panic_string', 'x').location).toMatch(locationOf('panics.rs', 'panic!("{text}")'));
      expect(panic('panic_other').location).toMatch(locationOf('panics.rs', 'panic::panic_any(7_u32)'));
      expect(panic('panic_drop').location).toMatch(/panics\.rs:\d+:\d+$/);
      expect(panic('panic_in_display').location).toMatch(locationOf('panics.rs', 'panic!("no words for it")'));
      // A panic that is passed on without a location must not get that of an earlier one.
      expect([panic('panic_resume').message, panic('panic_resume').location]).toEqual(['resumed', null]);
    });

    test('of Rust’s own making', () => {
      const index = panic('panic_index', [1, 2, 3], 3);
      expect(index.message).toBe('index out of bounds: the len is 3 but the index is 3');
      expect(index.location).toMatch(/^exported[\\/]src[\\/]panics\.rs:\d+:\d+$/);
      expect(panic('panic_unwrap', null).message).toBe('called `Option::unwrap()` on a `None` value');
      expect(panic('panic_unwrap').message).toBe('called `Option::unwrap()` on a `None` value');
      expect(panic('panic_in_display').message).toBe('no words for it');
      expect(panic('py_at', [1, 2], 2).message).toMatch(/index/);
      expect(panic('transpose', [[1, 2], [3]]).message).toMatch(/index out of bounds/);
      expect(lib.panic_index([1, 2, 3], 2)).toBe(3);
      expect(lib.panic_unwrap(4)).toBe(4);
      expect(lib.py_at([1, 2], 1)).toBe(2);
    });

    test('out of other threads', () => {
      for (const threads of [1, 2, 50]) {
        const { message, location } = panic('panic_passed_on', threads);
        expect(message).toBe(`in thread ${threads - 1}`);
        expect(location).toMatch(locationOf('panics.rs', 'panic!("in thread {index}")'));
      }
      expect(panic('panic_of_join').location).toMatch(/panics\.rs:\d+:\d+$/);
    });

    test('has its place on top of the stack, as a path that can be opened', () => {
      for (const name of ['panic_str', 'panic_passed_on']) {
        const error = panic(name, ...(name === 'panic_str' ? [] : [3]));
        const [, file, position] = /^(.+?)(:\d+:\d+)$/.exec(error.location!)!;
        const [head, first, second] = error.stack!.split('\n');
        expect(head).toBe(`RustPanic: ${error.message}`);
        expect(first).toBe(`    at ${name} (${path.join(SOURCES, '..', '..', file!)}${position})`);
        expect(second).toContain(path.basename(__filename));
      }
      // The location is unknown, so the stack trace has no line for it.
      expect(panic('panic_resume').stack!.split('\n')[1]).toContain(path.basename(__filename));
      const limit = Error.stackTraceLimit;
      Error.stackTraceLimit = 0;
      expect(panic('panic_str').stack).toMatch(
        /^RustPanic: a string slice\n {4}at panic_str \(.*panics\.rs:\d+:\d+\)$/,
      );
      Error.stackTraceLimit = limit;
    });

    test('that Rust has caught is none', () => {
      expect(lib.panic_caught()).toBe('caught');
    });

    test('again and again, the library goes on', () => {
      for (let i = 0; i < 300; i++) {
        panic(i % 2 === 0 ? 'panic_other' : 'panic_drop');
        expect(lib.add_i64(i, 1)).toBe(i + 1);
        expect(lib.panic_caught()).toBe('caught');
      }
    });

    test('with arguments of every kind', () => {
      const items = [faults.nested_items(3), faults.nested_items(1)];
      expect(thrownBy(() => faults.echo_items(items, 'Panic'))).toBeInstanceOf(RustPanic);
      expect(thrownBy(() => faults.echo_plain('a', [1], new BigInt64Array(1), 'Panic'))).toBeInstanceOf(RustPanic);
    });

    test('shows what there is to know', () => {
      expect(inspect(panic('panic_str'))).toMatch(
        /RustPanic[^]*a string slice[^]*location: 'exported.+panics\.rs:\d+:\d+'/,
      );
    });
  });
});

describe('on the standard error output', () => {
  /** Returns the output of a program that uses the library. */
  function printed(program: string): string {
    const source = `const rustdll = require('rustdll');
      const lib = new rustdll.RustDLL(${JSON.stringify(libraryPath('exported'))});
      const caught = (call) => { try { call(); } catch (error) { return error.name; } };
      ${program}`;
    const { status, stderr } = runNode(['-e', source]);
    expect(status).toBe(0);
    return stderr;
  }

  test('a panic that is thrown prints nothing, nor does an Err', () => {
    const stderr = printed(`for (const call of [lib.panic_str, lib.panic_other, lib.panic_drop, lib.panic_resume,
        lib.panic_in_display, lib.panic_unwrap, () => lib.py_at([1], 1), () => lib.panic_string('x'),
        () => lib.panic_passed_on(50)]) {
        if (caught(call) !== 'RustPanic') throw new Error('no panic');
      }
      if (caught(lib.fail_boxed) !== 'RustError') throw new Error('no error');
      if (lib.panic_caught() !== 'caught') throw new Error('not caught');`);
    expect(stderr).toBe('');
  });

  test('one that a call did not end with is printed when the call ends', () => {
    const stderr = printed("if (caught(lib.panic_of_join) !== 'RustPanic') throw new Error('no panic');");
    expect(stderr.match(/panicked at/g)).toEqual(['panicked at']);
    expect(stderr).toMatch(/panicked at .*panics\.rs:\d+:\d+:\nin a thread that is joined\n/);
  });

  test('with RUST_BACKTRACE an exception has the functions of Rust', () => {
    const program = `process.env.RUST_BACKTRACE = '1';
      const { RustDLL } = require('rustdll');
      const lib = new RustDLL(${JSON.stringify(libraryPath('exported'))});
      const stacks = [() => lib.panic_index([1], 3), () => lib.panic_passed_on(2)].map((call) => {
        try { call(); } catch ({ backtrace }) { return backtrace.split('\\n'); }
      });
      console.log(JSON.stringify(stacks));`;
    const { stdout, stderr } = runNode(['-e', program]);
    expect(stderr).toBe('');
    const [own, threads] = JSON.parse(stdout) as [string[], string[]];
    expect(own.at(-1)).toMatch(/^ {4}at exported::panics::panic_index \(/);
    expect(threads[0]).toMatch(/^ {4}at exported::panics::passed_on \(/);
    for (const line of [...own, ...threads]) {
      expect(line).toMatch(/^ {4}at .+ \(.+\)$/);
      expect(line).not.toMatch(/napi|v8::|rustdll::|rust_begin/);
    }
  });

  test('one in another thread prints what Rust prints', () => {
    expect(printed("if (!lib.panic_in_thread()) throw new Error('no panic');")).toMatch(
      /panicked at .*panics\.rs:\d+:\d+:\nin a thread/,
    );
  });

  test('what is not caught names the class, the message and what caused it', () => {
    const { status, stderr } = runNode([
      '-e',
      `new (require('rustdll').RustDLL)(${JSON.stringify(libraryPath('exported'))}).fail_boxed()`,
    ]);
    expect(status).toBe(1);
    expect(stderr).toMatch(
      /RustError: no sandwich[^]*code: 'ERR_RUSTDLL_RUST'[^]*\[cause\]: \[?Error: the cheese cannot be cut[^]*\[cause\]: \[?Error: no such cheese/,
    );
  });
});
