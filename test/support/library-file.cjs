'use strict';

/** The file name that rustc gives a library on a platform: `libgeo.so`, `geo.dll` or `libgeo.dylib`. */
exports.libraryFile = (name, platform = process.platform) =>
  ({ win32: `${name}.dll`, darwin: `lib${name}.dylib` })[platform] ?? `lib${name}.so`;
