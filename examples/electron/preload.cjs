// Gives the page two functions, and nothing of Node or of Electron.
const { contextBridge, ipcRenderer } = require('electron');

contextBridge.exposeInMainWorld('rust', {
  /**
   * @param {string} name
   * @param {number[]} numbers
   * @returns {Promise<number[]>} the numbers, as Rust has left them
   */
  test: (name, numbers) => ipcRenderer.invoke('rust:test', name, numbers),
  /**
   * @param {number[]} numbers
   * @returns {Promise<number>} the sum of all numbers so far, which an object in the main process keeps
   */
  add: (numbers) => ipcRenderer.invoke('rust:add', numbers),
});
