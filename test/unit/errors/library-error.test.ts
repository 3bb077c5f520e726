import { detailOf, libraryError, wrongTarget } from '../../../src-ts/errors/library-error';

test('an error about a library has a detail apart from its path, which no property shows', () => {
  const path = "/tmp/it's a ': trap'/libx.so";
  const error = libraryError('ERR_RUSTDLL_LOAD', path, 'it is too old');
  expect(error.message).toBe(`cannot load '${path}': it is too old`);
  expect(detailOf(error)).toBe('it is too old');
  expect(Reflect.ownKeys(error).sort()).toEqual(['code', 'message', 'stack']);
  expect(detailOf(wrongTarget(path, 'win32-x64', 'linux-x64'))).toBe(
    'it is a win32-x64 library; this process is linux-x64',
  );
});

test('any other error is its own detail', () => {
  expect(detailOf(new Error("cannot load 'x': y"))).toBe("cannot load 'x': y");
});
