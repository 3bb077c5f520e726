/**
 * Builds dist from src-ts, from scratch: the declarations with TypeScript, file by file, and the code with esbuild in few
 * files, since a program waits for each that it loads. Those are
 *
 * - `index.js`, and `index.mjs` around it: all that a call needs;
 * - a file for each module that is loaded at need, by a `require` inside a function. It exports a function that is given
 *   what it shares with `index.js`: classes and memory must not exist twice, and `index.js` may have been loaded twice;
 * - `cli/main.js` and `cli/library-child.js`, which are programs of their own and share nothing.
 */

import { execFileSync } from 'node:child_process';
import { chmodSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const SOURCES = path.join(ROOT, 'src-ts');
const tsc = createRequire(import.meta.url).resolve('typescript/bin/tsc');
const { dependencies } = JSON.parse(readFileSync(path.join(ROOT, 'package.json'), 'utf8'));

/** The variable of what `index.js` shares: its modules by their names, and the other files that it has loaded. */
const SHARED = 'internals';

const OPTIONS = {
  absWorkingDir: ROOT,
  bundle: true,
  platform: 'node',
  format: 'cjs',
  target: 'node20',
  external: Object.keys(dependencies),
  sourcemap: 'linked',
  sourcesContent: false,
  metafile: true,
  write: false,
  banner: { js: '"use strict";' },
  logLevel: 'warning',
};

/**
 * What is changed in esbuild's own functions, whose lines no source has. They pass descriptors, to which a polluted
 * `Object.prototype` would add, and copy Node's modules, which loads all that these load at need.
 */
const CORRECTIONS = [
  [/for \(var (\w+) in all\)/g, 'for (var $1 of Object.keys(all))'],
  [/\{ (get: all\[|get: \(\) => from\[|value: (?:mod|true)\b)/g, '{ __proto__: null, $1'],
  [/__toESM\((require\("node:[a-z/]+"\))\)/g, '$1'],
];

/** The name of a source: its path in src-ts, without the extension. */
const nameOf = (file) => path.relative(SOURCES, file).replaceAll('\\', '/').replace(/\.ts$/, '');
/** The file of a module that is loaded at need. */
const fileOf = (name) => `${name.replaceAll('/', '-')}.js`;

/**
 * Finds the modules among the sources. A `require` is of a file of its own, whose source is added to `needed`. For every
 * other import `elsewhere` may give the text of a module that takes the imported one from where it is.
 */
function apart(needed, elsewhere = () => undefined) {
  return {
    name: 'apart',
    setup({ onResolve, onLoad }) {
      onResolve({ filter: /./, namespace: 'elsewhere' }, ({ path: request }) => ({ path: request, external: true }));
      onResolve({ filter: /^\./ }, ({ resolveDir, path: request, kind }) => {
        const name = nameOf(path.resolve(resolveDir, request));
        if (kind === 'require-call') {
          needed.add(name);
          return { path: `./${fileOf(name)}`, external: true };
        }
        const isThere = kind !== 'import-statement' || elsewhere(name) === undefined;
        return isThere ? undefined : { path: name, namespace: 'elsewhere' };
      });
      onLoad({ filter: /./, namespace: 'elsewhere' }, ({ path: name }) => ({ contents: elsewhere(name) }));
    },
  };
}

/** Writes the path to the package's folder as it is from a folder of dist. */
function addon(root) {
  return {
    name: 'addon',
    setup({ onLoad }) {
      onLoad({ filter: /node-api[\\/](addon|bundled)\.ts$/ }, ({ path: file }) => {
        const parts = readFileSync(file, 'utf8').split(`'../../..'`);
        if (parts.length !== 2) throw new Error(`${file}: the path to the package's folder is not there once`);
        return { contents: parts.join(`'${root}'`), loader: 'ts' };
      });
    },
  };
}

/** Bundles one file of dist: what goes into it, and the names of its sources. */
async function bundle(file, options) {
  const result = await build({ ...OPTIONS, outfile: path.join('dist', file), ...options });
  const sources = Object.keys(result.metafile.inputs).filter((input) => input.startsWith('src-ts/'));
  return { ...result, sources: sources.map((source) => nameOf(path.join(ROOT, source))) };
}

/** Writes what was bundled. Files that are loaded at need are asked for with what they share, if there is that. */
function write({ outputFiles }, shares = false) {
  for (const { path: file, text } of outputFiles) {
    mkdirSync(path.dirname(file), { recursive: true });
    let code = CORRECTIONS.reduce((all, [from, to]) => all.replaceAll(from, to), text);
    if (shares) code = code.replaceAll(/\brequire\("\.\/[\w-]+\.js"\)(?!\()/g, `$&(${SHARED})`);
    writeFileSync(file, file.endsWith('js') ? code : text);
  }
}

/** The text of the entry of `index.js`: the package, and what the other files share with it. */
function entry(shared) {
  const imports = shared.map((name, index) => `import * as shared${index} from './src-ts/${name}';`);
  const names = shared.map((name, index) => `${JSON.stringify(name)}: shared${index}`);
  return `export * from './src-ts/index';
${imports.join('\n')}
Object.assign(${SHARED}, { ${names.join(', ')} });`;
}

rmSync(path.join(ROOT, 'dist'), { recursive: true, force: true });
try {
  execFileSync(process.execPath, [tsc, '-p', ROOT, '--emitDeclarationOnly'], { stdio: 'inherit' });
} catch {
  process.exit(1);
}

const needed = new Set();
const whole = await bundle('index.js', { entryPoints: ['src-ts/index.ts'], plugins: [apart(needed)] });
const inMain = new Set(whole.sources);

/** What the files besides `index.js` take from it. */
const shared = new Set();

/** Bundles the file of a module that is loaded at need. */
function part(name) {
  const elsewhere = (imported) => {
    if (imported === name) return undefined;
    if (needed.has(imported)) return `module.exports = require("./${fileOf(imported)}");`;
    if (!inMain.has(imported)) return undefined;
    shared.add(imported);
    return `module.exports = ${SHARED}[${JSON.stringify(imported)}];`;
  };
  const loaded = `${SHARED}.loaded["${name}"]`;
  return bundle(fileOf(name), {
    entryPoints: [`src-ts/${name}.ts`],
    plugins: [apart(needed, elsewhere), addon('..')],
    // In syntax that all bundlers know.
    banner: { js: `module.exports = (${SHARED}) => ${loaded} || (${loaded} = ((module) => {` },
    footer: { js: 'return module.exports; })({ exports: {} }));' },
  });
}

/** Bundles all of them, and adds what more than one of them has to what they share until there is no such source. */
async function allParts() {
  const parts = [];
  // A set's iterator also comes by what is added on the way.
  for (const name of needed) parts.push(await part(name));
  const sources = parts.flatMap((made) => made.sources);
  const twice = sources.filter((source, index) => sources.indexOf(source) !== index);
  if (twice.length === 0) return parts;
  for (const source of twice) inMain.add(source);
  return allParts();
}

for (const made of await allParts()) write(made, true);
const main = await bundle('index.js', {
  stdin: { contents: entry([...shared].sort()), resolveDir: ROOT, loader: 'ts' },
  plugins: [apart(needed), addon('..')],
  // The first modules may need another file before there is anything to share.
  banner: { js: `"use strict";\nconst ${SHARED} = { loaded: { __proto__: null } };` },
});
write(main, true);
write(await bundle('index.mjs', { entryPoints: ['src-ts/index.mts'], format: 'esm', external: ['./index.js'], banner: {} }));
for (const name of ['cli/main', 'cli/library-child']) {
  write(await bundle(`${name}.js`, { entryPoints: [`src-ts/${name}.ts`], plugins: [addon('../..')] }));
}
// npm does so when it installs the package; a checkout that is linked has no other chance.
chmodSync(path.join(ROOT, 'dist', 'cli', 'main.js'), 0o755);
