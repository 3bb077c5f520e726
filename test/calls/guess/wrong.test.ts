/**
 * 28 plausible wrong guesses and 28 others, in libraries of every kind of build: where debug information has types, each is
 * refused before the call, so that no process ends; where it has none, nothing is known of the functions, and the guesses
 * have no more than their own checks. What a program with right guesses prints is the same in all of them.
 */

import { spawnSync } from 'node:child_process';
import * as path from 'node:path';
import { DebugInfo } from '../../../src-ts/debug/debug-info';
import { identityOf } from '../../../src-ts/file/identity';
import { isElf, plainLibrary, type Way } from '../../support/plain';

/** The kinds of build, and whether their debug information has types. */
const BUILDS: readonly (readonly [Way, string, boolean])[] = [
  ['debug', 'a debug build', true],
  ['release', 'release with debug = 2', true],
  ['packed', 'split into .dwp', true],
  ['unpacked', 'split into .dwo', true],
  ['lines', 'release with debug = 1', false],
  ['tables', 'release with line tables only', false],
  ['stripped', 'stripped', false],
];

const PROGRAM = path.join(__dirname, '..', '..', 'support', 'guesses.cjs');

type Group = 'plausible' | 'strange' | 'unread' | 'right';

/** Makes the guesses of a group in a process of its own, and returns what it prints. */
function printed(way: Way, group: Group, check = '1'): string {
  const { stdout, stderr, status, signal } = spawnSync(process.execPath, [PROGRAM], {
    env: { ...process.env, LIBRARY: plainLibrary(way), GUESSES: group, RUSTDLL_CHECK: check },
    encoding: 'utf8',
  });
  expect({ stdout, stderr, status, signal }).toMatchObject({ stderr: '', status: 0, signal: null });
  return stdout;
}

interface Outcome {
  readonly name: string;
  readonly refused?: string;
  readonly warned?: readonly string[];
}

function outcomes(way: Way, group: Group): Outcome[] {
  return printed(way, group)
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line) as Outcome);
}

(isElf ? describe : describe.skip).each(BUILDS)('%s: %s', (way, _title, hasTypes) => {
  if (hasTypes) {
    test.each(['plausible', 'strange'] as const)('the 28 %s wrong guesses are refused', (group) => {
      const all = outcomes(way, group);
      expect(all).toHaveLength(28);
      expect(all.filter(({ refused }) => !/^ERR_RUSTDLL_(?:TYPE|ARITY|RANGE)$/.test(refused ?? ''))).toEqual([]);
    });

    test('results that are not read are warned of', () => {
      for (const { warned } of outcomes(way, 'unread')) expect(warned).toEqual(['RUSTDLL_GUESSED_RESULT']);
    });
  } else {
    test('nothing is known, and nothing is warned of', () => {
      const library = plainLibrary(way);
      const info = new DebugInfo(library, identityOf(library));
      const names = outcomes(way, 'unread').map(({ name, warned }) => {
        expect(warned).toEqual([]);
        return name;
      });
      for (const name of [...names, 'add', 'scale', 'join', 'text']) expect(info.find(name).signature).toBeNull();
    });
  }

  test('a program with right guesses prints the same as without debug information', () => {
    const expected = printed('none', 'right');
    expect(expected.split('\n')).toHaveLength(29);
    expect(expected).not.toContain('refused');
    expect(printed(way, 'right')).toBe(expected);
    expect(printed(way, 'right', '0')).toBe(expected);
  });
});
