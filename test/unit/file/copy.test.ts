import * as fs from 'node:fs';
import * as os from 'node:os';
import * as path from 'node:path';
import { loadCopy } from '../../../src-ts/file/copy';
import { thrownBy } from '../../support/errors';

const temporary = fs.realpathSync(os.tmpdir());
let folder: string;
let library: string;
beforeEach(() => {
  folder = fs.mkdtempSync(path.join(temporary, 'rustdll-copy-'));
  library = path.join(folder, 'libmylib.so');
  fs.writeFileSync(library, 'the library');
});
afterEach(() => fs.rmSync(folder, { recursive: true }));

test('a copy beside the library, for as long as it is loaded', () => {
  const seen = loadCopy(library, (copy) => {
    expect(fs.readFileSync(copy, 'utf8')).toBe('the library');
    return copy;
  });
  expect(path.dirname(seen)).toBe(folder);
  expect(path.basename(seen)).toMatch(/^\.rustdll-[0-9a-f]{12}-libmylib\.so$/);
  expect(fs.readdirSync(folder)).toEqual(['libmylib.so']);
});

test('where it cannot be loaded from there, one in the folder for temporary files', () => {
  const tried: string[] = [];
  const seen = loadCopy(library, (copy) => {
    tried.push(copy);
    if (path.dirname(copy) === folder) throw new Error('read-only');
    expect(fs.readFileSync(copy, 'utf8')).toBe('the library');
    return copy;
  });
  expect(tried.length).toBe(2);
  expect(path.dirname(path.dirname(seen))).toBe(path.resolve(os.tmpdir()));
  expect(fs.existsSync(path.dirname(seen))).toBe(false);
  expect(fs.readdirSync(folder)).toEqual(['libmylib.so']);
});

test('where it cannot be loaded at all', () => {
  const reasons = ['read-only', 'noexec'];
  const error = thrownBy(() =>
    loadCopy(library, () => {
      throw new Error(reasons.shift());
    }),
  ) as unknown as AggregateError;
  expect(error).toBeInstanceOf(AggregateError);
  expect(error.message).toBe('read-only; noexec');
  expect(error.errors.map(String)).toEqual(['Error: read-only', 'Error: noexec']);
  expect(fs.readdirSync(folder)).toEqual(['libmylib.so']);
});

test('a library with the longest name that there is', () => {
  const long = path.join(folder, `${'x'.repeat(252)}.so`);
  fs.renameSync(library, long);
  expect(path.basename(loadCopy(long, (copy) => copy))).toMatch(/x{100}\.so$/);
});

test('a library that is gone', () => {
  const error = thrownBy(() => loadCopy(path.join(folder, 'gone.so'), () => 1)) as unknown as AggregateError;
  expect(error.errors).toMatchObject([{ code: 'ENOENT' }, { code: 'ENOENT' }]);
});
