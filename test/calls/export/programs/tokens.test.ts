/** Types with a conversion of their own, and types of other crates, wherever a type can be; as UniFFI tests its own. */

import { RustDLL, RustError, RustPanic } from '../../../../src-ts/index';
import type * as programs from '../../../types/programs';
import { expectRangeError, expectTypeError, thrownBy } from '../../../support/errors';
import { libraryPath, type LooseFunction } from '../../../support/kernels';

const lib = new RustDLL<typeof programs>(libraryPath('programs'));

const tokens: programs.Tokens = {
  token: 'a',
  tokens: ['b', 'ä'],
  maybe: null,
  byToken: { c: ['d'], e: [] },
  choice: { type: 'Both', first: 'f', second: 'g' },
};

test('a type is passed as another one in every place', () => {
  expect(lib.echoToken('a')).toBe('a');
  expect(lib.echoToken()).toBe('new');
  expect(lib.echoToken(null)).toBe('new');
  expect(lib.echoTokens(tokens)).toEqual(tokens);
  expect(lib.echoTokens({ ...tokens, maybe: 'x', choice: { type: 'Nothing' } })).toMatchObject({ maybe: 'x' });
  expect(lib.callWithToken((token) => `${token}!`)).toBe('payload!');
});

test('a conversion that fails keeps its class, its code and the path', () => {
  expectTypeError(
    () => lib.echoToken(''),
    /^echoToken: argument 1 \(token\): a token is not empty$/,
    'E_SHORT' as never,
  );
  expectRangeError(() => lib.echoToken('long'), 'echoToken: argument 1 (token): the token is too long');
  expectTypeError(() => (lib.echoToken as LooseFunction)(7), 'argument 1 (token): expected a string, got number 7');
  const places: [Partial<programs.Tokens>, string][] = [
    [{ token: 'long' }, '.token'],
    [{ tokens: ['a', 'long'] }, '.tokens[1]'],
    [{ maybe: 'long' }, '.maybe'],
    [{ byToken: { a: ['b', 'long'] } }, '.byToken.a[1]'],
    [{ choice: { type: 'Token', value: 'long' } }, '.choice.value'],
    [{ choice: { type: 'Both', first: 'a', second: 'long' } }, '.choice.second'],
  ];
  for (const [part, place] of places) {
    const message = `echoTokens: argument 1 (tokens)${place}: the token is too long`;
    expectRangeError(() => lib.echoTokens({ ...tokens, ...part }), message);
  }
  expectRangeError(
    () => lib.echoTokens({ ...tokens, byToken: { long: [] } }),
    /\(tokens\)\.byToken.*: the token is too long/,
  );
});

test('a conversion that panics is a panic, and the library works afterwards', () => {
  const error = thrownBy(() => lib.echoToken('panic'));
  expect(error).toBeInstanceOf(RustPanic);
  expect(error.message).toContain('a token that panics');
  expect(lib.echoToken('a')).toBe('a');
});

test('a result that cannot be converted is an error too', () => {
  expect(thrownBy(() => lib.echoToken('secret')).message).toBe('echoToken: the result: the token is secret');
  const error = thrownBy(() => lib.echoTokens({ ...tokens, tokens: ['a', 'secret'] }));
  expect(error.message).toBe('echoTokens: the result.tokens[1]: the token is secret');
  expect(lib.tryToken('a')).toBe('a');
  expectTypeError(() => lib.tryToken(''), 'a token is not empty', 'E_SHORT' as never);
  expect(thrownBy(() => lib.tryToken('bad'))).toBeInstanceOf(RustError);
});

test('what a function of JavaScript returns is converted too', () => {
  expect(thrownBy(() => lib.callWithToken(() => '')).message).toContain('a token is not empty');
  expect(thrownBy(() => lib.callWithToken(() => 7 as never)).message).toContain('expected a string, got number 7');
});

test('types of other crates together', () => {
  const made = lib.combined();
  expect(made).toEqual({
    kind: 'One',
    record: { number: 1 },
    records: [{ number: 2 }],
    maybeRecord: null,
    ticket: '#7',
    tickets: ['#8', null],
    url: 'http://example.com/',
    urls: [],
    handle: 123,
    handles: [1, -2],
    byKind: { Two: '#9' },
  });
  const other = { ...made, maybeRecord: { number: 3 }, urls: ['https://a.b/'], byKind: { One: '#1' } };
  expect(lib.combined(other)).toEqual(other);
  expectTypeError(() => lib.combined({ ...made, tickets: ['#8', '9'] }), '(existing).tickets[1]: a ticket has a #');
  expectTypeError(() => lib.combined({ ...made, urls: ['a'] }), '(existing).urls[0]: relative URL');
  expectTypeError(() => lib.combined({ ...made, byKind: { One: 'x' } }), '(existing).byKind.One: a ticket has a #');
  expectRangeError(() => lib.combined({ ...made, handle: 2n ** 63n }), '(existing).handle: bigint 9223372036854775808');
});
