/**
 * Bundles program.mjs in the working directory. Its arguments are the name of the bundler, which is that of a module in
 * this folder, and the name of one of its ways.
 */

const [bundler, way] = process.argv.slice(2);
const { default: ways } = await import(`./${bundler}.mjs`);
await ways[way].run();
