const { copyFile } = require('node:fs/promises');
const path = require('node:path');
const { RustDLL } = require('rustdll');

/** @type {import('@electron-forge/shared-types', { with: { 'resolution-mode': 'import' } }).ForgeConfig} */
module.exports = {
  packagerConfig: {
    asar: { unpack: '**/*.{node,so,dylib,dll}' },
    ignore: [/^\/out\//, /^\/electron-builder\.json$/, /^\/forge\.config\.cjs$/],
  },
  hooks: {
    // The library is placed beside main.cjs.
    packageAfterCopy: async (_config, folder) => {
      const library = RustDLL.find('mylib', { from: __filename });
      await copyFile(library, path.join(folder, path.basename(library)));
    },
  },
};
