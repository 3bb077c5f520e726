/** Which faults have a test: none may get lost. */

import * as fs from 'node:fs';
import * as path from 'node:path';

/** The numbers of the faults that calls from JavaScript into plain functions can run into. */
const FAULTS = [
  ...[1, 2, 3, 4, 5, 6, 7, 8, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20, 21, 22, 23, 24, 25, 26, 27, 28, 29, 30],
  ...[34, 36, 37, 38, 39, 40, 41, 48, 49, 50, 51, 53, 58, 60, 61, 62, 63, 64, 65, 66],
];

test('every fault has a test', () => {
  const sources = fs
    .readdirSync(__dirname)
    .filter((name) => name.endsWith('.test.ts'))
    .map((name) => fs.readFileSync(path.join(__dirname, name), 'utf8'));
  const tested = new Set(
    sources.flatMap((source) =>
      [...source.matchAll(/(?:\brow(?:OfLinux)?\(\s*|'fault |\(fault )(\d+)/g)].map(([, fault]) => Number(fault)),
    ),
  );
  expect(FAULTS.filter((fault) => !tested.has(fault))).toEqual([]);
});
