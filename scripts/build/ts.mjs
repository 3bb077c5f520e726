/**
 * Builds dist from src-ts, from scratch. TypeScript writes the declarations, a file for each source. esbuild bundles
 * the code into few files, since a program waits for each file that it loads:
 *
 * - `index.js`, and `index.mjs` around it, open libraries and have what the calls of all levels need.
 * - Each module that is loaded at need, by a `require` inside a function, has a file, such as the rarer kinds of values.
 *   Further files have what some of them have in common: `call.js` what exported functions need too, together with the
 *   level of these, as one file is loaded sooner than two, and others what these do not need, so that few programs load
 *   it. Such a file exports a function, which is given the modules of `index.js`, as classes and memory must not exist
 *   twice. It takes what it uses into variables, so that a call from file to file takes no longer than any other. It does
 *   not require `index.js`, which may be loaded more than once, and has `index.js` require any other file, as bundlers warn
 *   of files that require each other.
 * - `cli/main.js` and `cli/library-child.js` are programs of their own, and share nothing with the other files.
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

/** The variable with the modules of `index.js` by their names, and with the other files that it has loaded. */
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
  // The entries below are ES modules that assign to `exports`, as the code that esbuild would write for their exports
  // copies property descriptors, which inherit from a polluted `Object.prototype`.
  logOverride: { 'commonjs-variable-in-esm': 'silent' },
};

/** Returns the name of a source, which is its path in src-ts without the extension. */
const nameOf = (file) => path.relative(SOURCES, file).replaceAll('\\', '/').replace(/\.ts$/, '');
/** Maps each module that is loaded at need to the modules in one file with it, the first of which names the file. */
const needed = new Map();
/** The modules of the levels of functions. Most programs load the first. */
const LEVELS = ['levels/export/export', 'levels/declare/declare', 'levels/guess/guess'];
/** Maps each source that several of them have, but not all levels of functions, to the sources in one file with it. */
const common = new Map();
/** The sources in one file with the level of exported functions: the common ones that it needs, and itself. */
const usual = [];
/** Returns the name of the file with these modules. */
const fileOf = (names) => (names === usual ? 'call.js' : `${names[0].replaceAll('/', '-')}.js`);
/** Returns the modules that are in one file with a module, itself included. */
const besides = (name) => common.get(name) ?? needed.get(name);
/** The files that other files than `index.js` load. */
const asked = new Set();

/** Returns an expression that loads a module from `index.js`, or from a file that has been loaded by it. */
function loading(name, inMain) {
  const file = fileOf(besides(name));
  if (!inMain) asked.add(file);
  const required = inMain ? `require("./${file}")` : `${SHARED}.file("${file}")`;
  return `${required}(${SHARED})[${JSON.stringify(name)}]`;
}

/** Returns an expression for the modules of a file that has been loaded. */
const loadedFrom = (names) => `${SHARED}.loaded["${fileOf(names)}"]`;

/**
 * Makes the plugin that keeps modules out of a file. That of a `require` is not bundled, and is added to `needed`.
 *
 * @param elsewhere - Returns the expression for an imported module that is in another file; otherwise undefined.
 * @param names - The modules for which the file is.
 */
function apart(elsewhere = () => undefined, names = []) {
  return {
    name: 'apart',
    setup({ onResolve, onLoad }) {
      // The modules of these namespaces require files of dist.
      onResolve({ filter: /./, namespace: 'loaded' }, ({ path: request }) => ({ path: request, external: true }));
      onResolve({ filter: /./, namespace: 'source' }, ({ path: request }) => ({ path: request, external: true }));
      onResolve({ filter: /#/, namespace: 'elsewhere' }, ({ path: exported }) => ({
        path: exported,
        namespace: 'export',
        sideEffects: false,
      }));
      onResolve({ filter: /./, namespace: 'export' }, ({ path: name }) => ({
        path: name,
        namespace: 'source',
        sideEffects: false,
      }));
      onResolve({ filter: /^\./ }, ({ resolveDir, path: request, kind }) => {
        const name = nameOf(path.resolve(resolveDir, request));
        if (kind === 'require-call') {
          if (!needed.has(name)) needed.set(name, [name]);
          return { path: name, namespace: 'loaded' };
        }
        return elsewhere(name) === undefined ? undefined : { path: name, namespace: 'elsewhere' };
      });
      onLoad({ filter: /./, namespace: 'loaded' }, ({ path: name }) => ({
        // A file does not require itself, as bundlers warn of that.
        contents: `module.exports = ${names.includes(name) ? `${loadedFrom(names)}[${JSON.stringify(name)}]` : loading(name, names.length === 0)};`,
      }));
      // Each export is a module of its own without side effects, so that a file has only those that it uses.
      onLoad({ filter: /./, namespace: 'elsewhere' }, async ({ path: name }) => {
        const all = await exportsOf(name);
        return { contents: all.map((one) => `export { ${one} } from '${name}#${one}';`).join('\n') };
      });
      onLoad({ filter: /./, namespace: 'export' }, ({ path: exported }) => {
        const [name, one] = exported.split('#');
        return { contents: `import { it } from '${name}';\nexport const ${one} = it.${one};` };
      });
      onLoad({ filter: /./, namespace: 'source' }, ({ path: name }) => ({
        contents: `export const it = ${elsewhere(name)};`,
      }));
    },
  };
}

/** Makes the plugin that writes the path to the package's folder as it is seen from a folder of dist. */
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

/** The names that each source exports, by the name of the source. */
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

/** Bundles one file of dist. Returns the result of esbuild, and the names of the sources in it. */
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

/** Makes an entry of lines of source, as of a file in the folder of the repository. */
const entry = (contents) => ({ contents: contents.join('\n'), resolveDir: ROOT, loader: 'ts' });

/**
 * Returns statements that import the exports of these sources, or only those exports that `used` has for a source.
 * `give` makes a statement of the literals of a source's name and of the object of its exports.
 */
async function modules(names, give, used = new Map()) {
  const texts = await Promise.all(
    names.map(async (name, index) => {
      const all = [...(used.get(name) ?? (await exportsOf(name)))].sort();
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

/** Returns the exports of the sources in `index.js` that these files use: a set of names for each source. */
function usedOfMain(parts) {
  const used = new Map();
  for (const { metafile } of parts) {
    for (const input of Object.keys(Object.values(metafile.outputs).find(({ entryPoint }) => entryPoint).inputs)) {
      const [, source, name] = /^export:(.*)#(.*)$/.exec(input) ?? [];
      if (!inMain.has(source)) continue;
      used.set(source, (used.get(source) ?? new Set()).add(name));
    }
  }
  return used;
}

/** Bundles the file of these modules, which are loaded at need. */
async function part(names) {
  const elsewhere = (imported) => {
    if (names.includes(imported)) return undefined;
    if (needed.has(imported) || common.has(imported)) return loading(imported, false);
    if (!inMain.has(imported)) return undefined;
    return `${SHARED}[${JSON.stringify(imported)}]`;
  };
  const loaded = loadedFrom(names);
  return bundle(fileOf(names), {
    stdin: entry(await modules(names, (name, object) => `exports[${name}] = ${object};`)),
    plugins: [apart(elsewhere, names), addon('..')],
    // All bundlers know this syntax. Engines compile functions in parentheses at once, and parse any others twice.
    banner: { js: `module.exports = (function (${SHARED}) { return ${loaded} || (${loaded} = (function (exports) {` },
    footer: { js: 'return exports; })({})); });' },
  });
}

/**
 * Maps each source outside of `index.js` to the set of the modules loaded at need that have it, themselves included, but
 * not those that have it by another one of them.
 */
async function allOwners() {
  const { size } = needed;
  const owners = new Map();
  // The iterator of a Map also visits entries that are added during the loop.
  for (const [name] of needed) {
    const elsewhere = (imported) =>
      inMain.has(imported) || (needed.has(imported) && imported !== name) ? 'elsewhere' : undefined;
    const contents = await modules([name], (_, object) => `exports.it = ${object};`);
    const { sources } = await bundle('unused.js', { stdin: entry(contents), plugins: [apart(elsewhere)] });
    for (const source of sources) owners.set(source, (owners.get(source) ?? new Set()).add(name));
  }
  return needed.size > size ? allOwners() : owners;
}

/** Returns the folder of a source. */
const folderOf = (name) => path.posix.dirname(name);

/**
 * Finds the file of each source outside of `index.js`. A source that several modules loaded at need have is in `index.js`
 * if all levels have it, and otherwise common, unless the modules are of one folder: then they are in one file.
 */
async function placeSources() {
  const owners = await allOwners();
  /** The other groups of common sources, with the modules that have one of them. */
  let groups = [];
  for (const [source, names] of owners) {
    if (names.size === 1) continue;
    if (LEVELS.every((level) => names.has(level))) {
      inMain.add(source);
    } else if (names.has(LEVELS[0])) {
      usual.push(source);
    } else if (new Set([...names].map(folderOf)).size === 1) {
      const file = [...new Set([...names].flatMap((name) => needed.get(name)))].sort();
      for (const name of file) needed.set(name, file);
    } else {
      // Groups that the same module needs become one.
      const group = { sources: [source], names: new Set(names) };
      const others = groups.filter((other) => [...other.names].some((name) => names.has(name)));
      for (const other of others) {
        group.sources.push(...other.sources);
        for (const name of other.names) group.names.add(name);
      }
      groups = [...groups.filter((other) => !others.includes(other)), group];
    }
  }
  for (const sources of [usual, ...groups.map(({ sources }) => sources)]) {
    for (const source of sources) common.set(source, sources);
  }
  usual.push(LEVELS[0]);
  needed.set(LEVELS[0], usual);
  for (const sources of common.values()) sources.sort();
}

/** Bundles each file of modules that are loaded at need or common. */
async function allParts() {
  await placeSources();
  return Promise.all([...new Set([...common.values(), ...needed.values()])].map(part));
}

const parts = await allParts();
for (const made of parts) write(made);
const shared = usedOfMain(parts);
const names = await exportsOf('index');
write(
  await bundle('index.js', {
    stdin: entry([
      `import { ${names.join(', ')} } from './src-ts/index';`,
      'Object.defineProperty(exports, "__esModule", { __proto__: null, value: true });',
      ...(await modules([...shared.keys()].sort(), (name, object) => `${SHARED}[${name}] = ${object};`, shared)),
      // There is a statement for each, as tools look for these to find the exports without running the file.
      ...names.map((name) => `exports.${name} = ${name};`),
    ]),
    plugins: [apart(), addon('..')],
    // The object is made first, as the first modules may load another file.
    banner: {
      js: `"use strict";
const ${SHARED} = {
  __proto__: null,
  loaded: { __proto__: null },
  file(name) {
    switch (name) {
${[...asked]
  .sort()
  .map((file) => `      case "${file}": return require("./${file}");`)
  .join('\n')}
    }
  },
};`,
    },
  }),
);
write(await bundle('index.mjs', { entryPoints: ['src-ts/index.mts'], format: 'esm', external: ['./index.js'], banner: {} }));
for (const name of ['cli/main', 'cli/library-child']) {
  write(await bundle(`${name}.js`, { entryPoints: [`src-ts/${name}.ts`], plugins: [addon('../..')] }));
}
// npm makes the command executable when it installs the package, but not when it links a checkout.
chmodSync(path.join(ROOT, 'dist', 'cli', 'main.js'), 0o755);
