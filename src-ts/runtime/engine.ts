/** True on Bun, whose engine is JavaScriptCore. All other runtimes of this package have V8. */
export const isBun = 'bun' in process.versions;
