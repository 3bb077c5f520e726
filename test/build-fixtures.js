// Jest's global set-up: the libraries the tests call, built from their sources. Cargo sees by itself what is fresh.
const { execFileSync } = require('node:child_process');
const path = require('node:path');

module.exports = function buildFixtures() {
  // Panics cost more with it, in time and in memory. The tests that want it set it.
  delete process.env.RUST_BACKTRACE;
  execFileSync(process.execPath, [path.join(__dirname, '..', 'scripts', 'build', 'fixtures.mjs')], {
    stdio: 'inherit',
  });
};
