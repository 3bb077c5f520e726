/**
 * Runs the program in an archive on Node as Electron's main process would: `fs` and `require` read archives as folders,
 * and `electron` has as much as the example needs. The argument is the path of the archive. It prints the program's
 * answer as JSON, or the error with which it ends, and the addon that was loaded.
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
  // Electron finds the program to run in the same way.
  const { main } = JSON.parse(require('node:fs').readFileSync(path.join(archive, 'package.json'), 'utf8'));
  require(path.join(archive, main));
  outcome.list = handlers.get('rust:test')({}, 'World', [1, 2, 3, 4, 5]);
  outcome.totals = [[1, 2], [3]].map((numbers) => handlers.get('rust:add')({}, numbers));
} catch ({ code, message }) {
  Object.assign(outcome, { code, message });
}
outcome.addons = Object.keys(require.cache).filter((file) => file.endsWith('.node'));
console.log(JSON.stringify(outcome));
