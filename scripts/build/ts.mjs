/**
 * Builds dist from src-ts, from scratch: the declarations with TypeScript, file by file, and the code with esbuild in few
 * files, since a program waits for each that it loads. Those are
 *
 * - `index.js`, and `index.mjs` around it: what opens a library, and what the calls of all levels need;
 * - a file for each module that is loaded at need, by a `require` inside a function, such as a level of functions, and
 *   `call.js` with what some of these have in common. It exports a function that is given what `index.js` shares: classes
 *   and memory must not exist twice, and `index.js` may have been loaded twice. It takes what it uses into variables of
 *   its own, so that a call from file to file costs what any other does;
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
  // The entries below are modules that say themselves what they export. What esbuild would write for that copies
  // descriptors, to which a polluted `Object.prototype` would add.
  logOverride: { 'commonjs-variable-in-esm': 'silent' },
};

/** The name of a source: its path in src-ts, without the extension. */
const nameOf = (file) => path.relative(SOURCES, file).replaceAll('\\', '/').replace(/\.ts$/, '');
/** The modules that are loaded at need, each with those that are in one file with it, of which the first names the file. */
const needed = new Map();
/** The sources that several of them have, but not all levels of functions, which are in one file. */
const common = new Set();
/** The name of a file with these modules. */
const fileOf = ([name]) => (common.has(name) ? 'call.js' : `${name.replaceAll('/', '-')}.js`);
/** The modules in one file with a module. */
const besides = (name) => (common.has(name) ? [...common].sort() : needed.get(name));
/** The expression that loads the module. */
const loading = (name) => `require("./${fileOf(besides(name))}")(${SHARED})[${JSON.stringify(name)}]`;

/** The expression for the modules of a file that has been loaded. */
const loadedFrom = (names) => `${SHARED}.loaded["${fileOf(names)}"]`;

/**
 * Finds the modules among the sources. The module of a `require` is not bundled, and is added to `needed`. For every
 * other import `elsewhere` may give the expression for a module that is in another file.
 *
 * @param names - The modules that the file is for.
 */
function apart(elsewhere = () => undefined, names = []) {
  return {
    name: 'apart',
    setup({ onResolve, onLoad }) {
      // What the modules of these namespaces require is a file of dist.
      onResolve({ filter: /./, namespace: 'loaded' }, ({ path: request }) => ({ path: request, external: true }));
      onResolve({ filter: /./, namespace: 'elsewhere' }, ({ path: request }) => ({ path: request, external: true }));
      onResolve({ filter: /^\./ }, ({ resolveDir, path: request, kind }) => {
        const name = nameOf(path.resolve(resolveDir, request));
        if (kind === 'require-call') {
          if (!needed.has(name)) needed.set(name, [name]);
          return { path: name, namespace: 'loaded' };
        }
        return elsewhere(name) === undefined ? undefined : { path: name, namespace: 'elsewhere' };
      });
      onLoad({ filter: /./, namespace: 'loaded' }, ({ path: name }) => ({
        // A file does not require itself; bundlers warn of that.
        contents: `module.exports = ${names.includes(name) ? `${loadedFrom(names)}[${JSON.stringify(name)}]` : loading(name)};`,
      }));
      onLoad({ filter: /./, namespace: 'elsewhere' }, async ({ path: name }) => {
        const all = await exportsOf(name);
        return { contents: [`const it = ${elsewhere(name)};`, ...all.map((one) => `export const ${one} = it.${one};`)].join('\n') };
      });
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

/** What a source exports, by its name. */
const exported = new Map();

async function exportsOf(name) {
  let names = exported.get(name);
  if (names === undefined) {
    const one = { entryPoints: [`src-ts/${name}.ts`], bundle: false, format: 'esm', external: undefined, outdir: 'dist' };
    const { outputs } = (await build({ ...OPTIONS, ...one, sourcemap: false, logLevel: 'error' })).metafile;
    exported.set(name, (names = Object.values(outputs)[0].exports.sort()));
  }
  return names;
}

/** Bundles one file of dist: what goes into it, and the names of its sources. */
async function bundle(file, options) {
  const result = await build({ ...OPTIONS, outfile: path.join('dist', file), ...options });
  const sources = Object.keys(result.metafile.inputs).filter((input) => input.startsWith('src-ts/'));
  return { ...result, sources: sources.map((source) => nameOf(path.join(ROOT, source))) };
}

function write({ outputFiles }) {
  for (const { path: file, contents } of outputFiles) {
    mkdirSync(path.dirname(file), { recursive: true });
    writeFileSync(file, contents);
  }
}

/** An entry: a text that stands for a file in the folder of the repository. */
const entry = (contents) => ({ contents: contents.join('\n'), resolveDir: ROOT, loader: 'ts' });

/** Statements that import what these sources export, and give each source's exports, by its name, to `give`. */
async function modules(names, give) {
  const texts = await Promise.all(
    names.map(async (name, index) => {
      const all = await exportsOf(name);
      const renamed = all.map((one) => `${one} as ${one}_${index}`).join(', ');
      const object = `{ ${all.map((one) => `${one}: ${one}_${index}`).join(', ')} }`;
      return [`import { ${renamed} } from './src-ts/${name}';`, give(JSON.stringify(name), object)];
    }),
  );
  return texts.flat();
}

rmSync(path.join(ROOT, 'dist'), { recursive: true, force: true });
try {
  execFileSync(process.execPath, [tsc, '-p', ROOT, '--emitDeclarationOnly'], { stdio: 'inherit' });
} catch {
  process.exit(1);
}

const inMain = new Set((await bundle('index.js', { entryPoints: ['src-ts/index.ts'], plugins: [apart()] })).sources);

/** The sources in `index.js` that other files use. */
const shared = new Set();

/** Bundles the file of modules that are loaded at need. */
async function part(names) {
  const elsewhere = (imported) => {
    if (names.includes(imported)) return undefined;
    if (needed.has(imported) || common.has(imported)) return loading(imported);
    if (!inMain.has(imported)) return undefined;
    shared.add(imported);
    return `${SHARED}[${JSON.stringify(imported)}]`;
  };
  const loaded = loadedFrom(names);
  return bundle(fileOf(names), {
    stdin: entry(await modules(names, (name, object) => `exports[${name}] = ${object};`)),
    plugins: [apart(elsewhere, names), addon('..')],
    // In syntax that all bundlers know. Engines compile functions in parentheses at once; they would parse all of any
    // other one twice.
    banner: { js: `module.exports = (function (${SHARED}) { return ${loaded} || (${loaded} = (function (exports) {` },
    footer: { js: 'return exports; })({})); });' },
  });
}

/** The folder of a source. */
const folderOf = (name) => path.posix.dirname(name);

/**
 * Bundles all of them. A source that several modules have is in one file with these if they are of one folder, in
 * `index.js` if all levels of functions have it, and otherwise in a file of what is common.
 */
async function allParts() {
  const { size } = needed;
  const parts = [];
  const owners = new Map();
  const add = async (names) => {
    const made = await part(names);
    parts.push(made);
    for (const source of made.sources) owners.set(source, [...(owners.get(source) ?? []), ...names]);
  };
  if (common.size > 0) await add([...common].sort());
  // A map's iterator also comes by what is added on the way.
  for (const [name, names] of needed) if (names[0] === name) await add(names);
  // A module that was found to be loaded at need must not be in the file of one that was bundled before.
  if (needed.size > size) return allParts();
  const levels = new Set([...needed.keys()].map(folderOf).filter((folder) => folder.startsWith('levels/')));
  let isDone = true;
  for (const [source, names] of owners) {
    if (new Set(names.map((name) => fileOf(besides(name)))).size === 1) continue;
    isDone = false;
    const folders = new Set(names.map(folderOf));
    if (folders.size === 1) for (const name of names) needed.set(name, [...new Set(names)].sort());
    else if ([...levels].every((level) => folders.has(level))) inMain.add(source);
    else common.add(source);
  }
  return isDone ? parts : allParts();
}

for (const made of await allParts()) write(made);
const names = await exportsOf('index');
write(
  await bundle('index.js', {
    stdin: entry([
      `import { ${names.join(', ')} } from './src-ts/index';`,
      'Object.defineProperty(exports, "__esModule", { __proto__: null, value: true });',
      ...(await modules([...shared].sort(), (name, object) => `${SHARED}[${name}] = ${object};`)),
      // One by one, as those tools look for them which read a file's exports without running it.
      ...names.map((name) => `exports.${name} = ${name};`),
    ]),
    plugins: [apart(), addon('..')],
    // The first modules may need another file before there is anything to share.
    banner: { js: `"use strict";\nconst ${SHARED} = { __proto__: null, loaded: { __proto__: null } };` },
  }),
);
write(await bundle('index.mjs', { entryPoints: ['src-ts/index.mts'], format: 'esm', external: ['./index.js'], banner: {} }));
for (const name of ['cli/main', 'cli/library-child']) {
  write(await bundle(`${name}.js`, { entryPoints: [`src-ts/${name}.ts`], plugins: [addon('../..')] }));
}
// npm does so when it installs the package; a checkout that is linked has no other chance.
chmodSync(path.join(ROOT, 'dist', 'cli', 'main.js'), 0o755);
