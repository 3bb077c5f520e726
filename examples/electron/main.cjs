/**
 * The main process, which alone opens the library. A page can call a function, whose arguments are checked against its
 * declaration, and use an object, which stays here.
 */

const path = require('node:path');
const { app, BrowserWindow, ipcMain } = require('electron');
const { RustDLL } = require('rustdll');

// During development the library is in Cargo's target folder, in a packaged program it is beside this file, outside of the
// archive.
const library = new RustDLL(RustDLL.find('mylib', { from: __filename }));
const { test } = library.declare('fn test(name: &PyStr, numbers: &mut PyVec<i64>)');

ipcMain.handle('rust:test', (_event, /** @type {string} */ name, /** @type {number[]} */ numbers) => {
  if (numbers.length === 0) throw new RangeError('the function needs a number at least');
  // The list is a copy, as everything is that another process has sent.
  test(name, numbers);
  return numbers;
});

// The object lives as long as the process, for all pages: only numbers are sent to them.
const total = new library.Total();
app.on('quit', () => total.close());

ipcMain.handle('rust:add', (_event, /** @type {number[]} */ numbers) => total.add(numbers));

void app.whenReady().then(async () => {
  const window = new BrowserWindow({
    width: 640,
    height: 320,
    webPreferences: { preload: path.join(__dirname, 'preload.cjs'), contextIsolation: true, sandbox: true },
  });
  await window.loadFile(path.join(__dirname, 'index.html'));
});

app.on('window-all-closed', () => app.quit());
