/**
 * Runs the program in an archive as Electron's main process would, on Node: `fs` and `require` see archives as folders,
 * and `electron` is what the example needs of it. Arguments: the path of the archive. Prints, as JSON, what the program
 * answers, or the error with which it ends, and the addon that was loaded.
 */

const Module = require('node:module');
const path = require('node:path');

const VERSION = require('electron/package.json').version;
require('asar-node').register();
Object.defineProperty(process.versions, 'electron', { value: VERSION });

const handlers = new Map();
const electron = {
  app: { on: () => undefined, quit: () => undefined, whenReady: () => Promise.resolve() },
  BrowserWindow: class {
    loadFile() {
      return Promise.resolve();
    }
  },
  ipcMain: { handle: (channel, handler) => handlers.set(channel, handler) },
};
const load = Module._load;
Module._load = function (request, ...rest) {
  return request === 'electron' ? electron : Reflect.apply(load, this, [request, ...rest]);
};

const archive = path.resolve(process.argv[2]);
const outcome = {};
try {
  // As Electron finds out what to run.
  const { main } = JSON.parse(require('node:fs').readFileSync(path.join(archive, 'package.json'), 'utf8'));
  require(path.join(archive, main));
  outcome.list = handlers.get('rust:test')({}, 'World', [1, 2, 3, 4, 5]);
} catch ({ code, message }) {
  Object.assign(outcome, { code, message });
}
outcome.addons = Object.keys(require.cache).filter((file) => file.endsWith('.node'));
console.log(JSON.stringify(outcome));
