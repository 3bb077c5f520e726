// Gives the page one function, and nothing of Node or of Electron.
const { contextBridge, ipcRenderer } = require('electron');

contextBridge.exposeInMainWorld('rust', {
  /**
   * @param {string} name
   * @param {number[]} numbers
   * @returns {Promise<number[]>} the numbers, as Rust has left them
   */
  test: (name, numbers) => ipcRenderer.invoke('rust:test', name, numbers),
});
