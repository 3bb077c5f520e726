// Jest's global set-up: the libraries the tests call, built from their sources. Cargo sees by itself what is fresh.
const { execFileSync } = require('node:child_process');
const path = require('node:path');

module.exports = function buildFixtures() {
  execFileSync(process.execPath, [path.join(__dirname, '..', 'scripts', 'build', 'fixtures.mjs')], {
    stdio: 'inherit',
  });
};
