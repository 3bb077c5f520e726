/** The documentation that editors show for uses of the package's classes. */

import * as path from 'node:path';
import * as ts from 'typescript';
import { ROOT } from '../../support/child';

const FILE = path.join(ROOT, 'src-ts', 'hover.ts');
const SOURCE = `
import { RustDLL } from './index';
import type { GuessedFunction } from './index';
const lib = new /*constructor*/RustDLL(RustDLL./*find*/find('mylib', { /*from*/from: './src', profile: 'release' }));
const other = new /*typed*/RustDLL<{ mean(list: number[]): number }>('./libmylib.so', { /*pending*/pending: 1 });
RustDLL./*reload*/reload(lib);
RustDLL./*threads*/threads = 2;
RustDLL./*threadUse*/threadUse;
lib./*declare*/declare('fn f()');
lib./*close*/close();
other./*path*/path;
let guessed: /*guessed*/GuessedFunction;
`;

const host: ts.LanguageServiceHost = {
  getCompilationSettings: () => ({
    target: ts.ScriptTarget.ES2022,
    lib: ['lib.es2024.d.ts', 'lib.esnext.disposable.d.ts'],
    module: ts.ModuleKind.Node16,
    moduleResolution: ts.ModuleResolutionKind.Node16,
    strict: true,
    types: ['node'],
  }),
  getScriptFileNames: () => [FILE],
  getScriptVersion: () => '1',
  getScriptSnapshot(name) {
    const text = path.normalize(name) === FILE ? SOURCE : ts.sys.readFile(name);
    return text === undefined ? undefined : ts.ScriptSnapshot.fromString(text);
  },
  getCurrentDirectory: () => ROOT,
  getDefaultLibFileName: (options) => ts.getDefaultLibFilePath(options),
  fileExists: (name) => path.normalize(name) === FILE || ts.sys.fileExists(name),
  readFile: (name) => (path.normalize(name) === FILE ? SOURCE : ts.sys.readFile(name)),
};

const service = ts.createLanguageService(host);
afterAll(() => service.dispose());

/** Returns the text at the place that a comment marks, and the names of its tags. */
function hover(mark: string): { text: string; tags: string[] } {
  const info = service.getQuickInfoAtPosition(FILE, SOURCE.indexOf(`/*${mark}*/`) + mark.length + 4);
  return {
    text: ts.displayPartsToString(info?.documentation),
    tags: (info?.tags ?? []).map(({ name, text }) => `${name} ${ts.displayPartsToString(text).split(' ')[0] ?? ''}`),
  };
}

test.each([
  ['constructor', /library/, ['param path', 'param options', 'throws RustDLLError']],
  ['typed', /library/, ['typeParam Exports', 'throws RustDLLError']],
  ['find', /path of the library/, ['throws RustDLLError']],
  ['reload', /file/, ['throws RustDLLError']],
  ['threads', /threads/, []],
  ['threadUse', /threads/, []],
  ['declare', /declaration/, ['throws SyntaxError']],
  ['close', /calls/, []],
  ['path', /path/, []],
  ['from', /import\.meta\.url/, []],
  ['pending', /background/, []],
  ['guessed', /all 64 bits/, []],
])('%s', (mark, text, tags) => {
  const shown = hover(mark);
  expect(shown.text).toMatch(text);
  expect(shown.tags).toEqual(expect.arrayContaining(tags));
});
