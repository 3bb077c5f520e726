// Libraries whose table and behaviour a test determines: test/fixtures/c/contract.c, compiled and controlled by
// variables.
'use strict';

const { execFileSync } = require('node:child_process');
const path = require('node:path');

const SOURCE = path.join(__dirname, '..', 'fixtures', 'c', 'contract.c');
const HASH = '0123456789abcdef';

/** Compiles it into a folder, with these macros defined, and returns the library's path. */
function compile(folder, ...defines) {
  const file = path.join(
    folder,
    `libcontract${defines.map((define) => `-${define.replaceAll(/\W/g, '_')}`).join('')}.so`,
  );
  const flags = ['-std=c11', '-O1', '-shared', '-fPIC', ...defines.map((define) => `-D${define}`)];
  execFileSync(process.env.CC ?? 'cc', [...flags, '-o', file, SOURCE]);
  return file;
}

/** Returns a function for a table. */
function exported(name, parameters = {}, result = 'unit', others = {}) {
  const list = Object.entries(parameters).map(([parameter, type]) => ({ name: parameter, type }));
  return { name, doc: '', module: 'm', parameters: list, result, throws: false, bigint: false, hash: HASH, ...others };
}

/** Returns a table of types and functions, which may be given in any order. */
function tableOf(functions, types = [], others = {}) {
  const sorted = functions.toSorted((a, b) => (a.name < b.name ? -1 : 1));
  const head = { contract: 1, rustdll: '0.1.0', target: 'x86_64-linux', panic: 'unwind' };
  return { ...head, types, functions: sorted, ...others };
}

function set(name, value) {
  if (value === undefined) delete process.env[name];
  else process.env[name] = value;
}

const hex = (number) => BigInt.asUintN(64, BigInt(number)).toString(16);

/** Sets the table that the libraries return: an object, or any text. */
function claim(table, { hash = HASH, none, pad } = {}) {
  set('TABLE', table === undefined || typeof table === 'string' ? table : JSON.stringify(table));
  set('HASH', hash);
  set('NONE', none === undefined ? undefined : hex(none));
  set('PAD', pad === undefined ? undefined : hex(pad));
}

/** Sets the fields that the libraries reply with: numbers, lists of words, text or its bytes. contract.c lists them. */
function reply(fields = {}) {
  const words = Object.entries(fields).map(([name, value]) => {
    if (Array.isArray(value)) return `${name}=${value.map(hex).join(',')}`;
    if (typeof value === 'string' || Buffer.isBuffer(value)) return `${name}=${Buffer.from(value).toString('hex')}`;
    return `${name}=${hex(value)}`;
  });
  set('REPLY', words.join(' '));
}

/**
 * Makes a generator of integers below a bound, which a seed makes deterministic so that a failure can be reproduced.
 */
function randomFrom(seed) {
  let state = seed;
  return (below) => (state = (Math.imul(state, 1664525) + 1013904223) >>> 0) % below;
}

module.exports = { compile, exported, tableOf, claim, reply, randomFrom, HASH };
