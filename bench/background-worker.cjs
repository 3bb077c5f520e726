'use strict';

// Does the work of bench/background.mjs in one of Piscina's Workers.
module.exports = ([a, b]) => a + b;
