/** Every fault has a test. */

import * as fs from 'node:fs';
import * as path from 'node:path';

/** The numbers of the faults of calls from JavaScript to plain functions. */
const PLAIN = [
  ...[1, 2, 3, 4, 5, 6, 7, 8, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20, 21, 22, 23, 24, 25, 26, 27, 28, 29, 30],
  ...[34, 36, 37, 38, 39, 40, 41, 48, 49, 50, 51, 53, 58, 60, 61, 62, 63, 64, 65, 66, 125, 126],
];

/** The numbers of the faults of exported functions, their tables and their results. */
const EXPORTED = [
  ...[1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20, 21, 22, 23, 24, 25, 26, 27, 28, 29, 30],
  ...[34, 36, 42, 43, 44, 45, 46, 47, 49, 50, 51, 53, 58, 59, 60, 64, 65, 66],
];

/** The numbers of the faults of calls in the background that require a process or a Worker of their own. */
const BACKGROUND = [31, 32, 33, 52, 77, 80, 81, 82, 86, 87, 122, 123];

/** Returns the numbers of the faults that are tested in files with matching names. */
function testedIn(names: RegExp): Set<number> {
  const sources = fs
    .readdirSync(__dirname)
    .filter((name) => names.test(name))
    .map((name) => fs.readFileSync(path.join(__dirname, name), 'utf8'));
  return new Set(
    sources.flatMap((source) =>
      [...source.matchAll(/(?:\brow(?:OfLinux)?\(\s*|'fault |\(fault )(\d+)/g)].map(([, fault]) => Number(fault)),
    ),
  );
}

test('every fault has a test', () => {
  const tested = testedIn(/^(?!exported-|contract\.|background\.).*\.test\.ts$/);
  expect(PLAIN.filter((fault) => !tested.has(fault))).toEqual([]);
});

test('every fault of exported functions has a test', () => {
  const tested = testedIn(/^(exported-.*|contract)\.test\.ts$/);
  expect(EXPORTED.filter((fault) => !tested.has(fault))).toEqual([]);
});

test('every fault of calls in the background has a test', () => {
  const tested = testedIn(/^background\.test\.ts$/);
  expect(BACKGROUND.filter((fault) => !tested.has(fault))).toEqual([]);
});
