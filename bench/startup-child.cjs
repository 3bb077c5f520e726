/**
 * Run by startup.mjs as a process of its own, in which nothing is loaded yet: does the work with the given name, with the
 * library at the given path, and prints how many milliseconds that took.
 */

/** A call of a function of each kind in bench/many, by the kind. */
const CALLS = {
  add: (library) => library.add_7(1, 2),
  divide: (library) => library.divide_7(1, 2),
  fill: (library) => library.fill_7(new Uint8Array(8), 1),
  find: (library) => library.find_7(['here', 'there'], 'there'),
  moved: (library) => library.moved_7({ x: 1, y: 2, label: 'here' }, 1),
  scaled: (library) => library.scaled_7(1.5, 2, true),
  shout: (library) => library.shout_7('text'),
  total: (library) => library.total_7([1, 2, 3]),
};

function openLibrary(path) {
  const { RustDLL } = require('rustdll');
  return new RustDLL(path);
}

function firstCall(path, call) {
  const library = openLibrary(path);
  return () => call(library);
}

/** The works by their names: each is given the path, prepares what it needs, and returns the function to be timed. */
const WORKS = {
  'require rustdll': () => () => require('rustdll'),
  'require koffi': () => () => require('koffi'),
  'open 400 functions': (path) => {
    require('rustdll');
    return () => openLibrary(path);
  },
};
for (const [kind, call] of Object.entries(CALLS)) WORKS[`call ${kind}`] = (path) => firstCall(path, call);

const [name, path] = process.argv.slice(2);
if (name === undefined) {
  console.log(JSON.stringify(Object.keys(WORKS)));
} else {
  const work = WORKS[name](path);
  const start = process.hrtime.bigint();
  work();
  console.log(Number(process.hrtime.bigint() - start) / 1e6);
}
