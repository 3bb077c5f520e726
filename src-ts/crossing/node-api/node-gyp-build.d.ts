declare module 'node-gyp-build' {
  /** Loads the addon of the package in `folder`: built there, or prebuilt for this platform. */
  function load(folder: string): unknown;
  export = load;
}
