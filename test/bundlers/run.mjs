/**
 * Bundles program.mjs in the working directory. Arguments: the name of the bundler, that is of a module here, and which
 * of its ways.
 */

const [bundler, way] = process.argv.slice(2);
const { default: ways } = await import(`./${bundler}.mjs`);
await ways[way].run();
