/**
 * The suites of guess and declare, run over fixtures with debug information. They call functions wrongly on purpose, which
 * is then refused: each such refusal is listed here with its reason. A test that fails in another way has found a right
 * call that is refused, or one that is made in another way than without debug information.
 */

import { spawnSync } from 'node:child_process';
import * as fs from 'node:fs';
import * as os from 'node:os';
import * as path from 'node:path';
import { stripVTControlCharacters } from 'node:util';
import { describedKernels, isElf } from '../support/plain';

const ROOT = path.join(__dirname, '..', '..');

const SUITES = ['background/guessed', 'background/same', 'declare', 'guess', 'lent', 'reentry'];

/** The first lines of the refusals, and why the call or the declaration is wrong. */
const REFUSED: readonly (readonly [RegExp, string])[] = [
  [/^noop: the library takes 0 arguments, got \d+$/, 'it takes nothing, and shows what happens to any arguments'],
  [/^noop: the library takes 0 parameters, not \d+$/, 'the same, declared'],
  [/^count_call: the library takes 0 arguments, got 2$/, 'it takes nothing, and counts the calls that are made'],
  [/^count_call_with: the library takes 1 argument, got [23]$/, 'the others show that a fault prevents the call'],
  [/^add: the library takes 2 arguments, got [345]$/, 'the others have code that runs while the two are packed'],
  [/^hash_str: the library takes 1 argument, got 6$/, 'the others show that five strings are passed'],
  [/^hash_(?!ints_36)\w+: the library takes \d+ arguments, got \d+$/, 'the last has code that runs behind the others'],
  [/^hash_ints_36: the library takes 36 arguments, got 38$/, 'two more show how many a call can have'],
  [
    /^add: argument 2 \(b\): the library takes i64, which bigint \d+ does not fit$/,
    'no integer has it, and the check says so before the guess does',
  ],
  [
    /^address_of: argument 1 \(v\): the library takes &PyVec<u8>, got a view that is passed as &mut PyVec<(?:[iu]\d+|f\d+)>$/,
    'it returns the address of a list of any type, which its signature does not say',
  ],
  [/^address_of: parameter 1 \(v\): the library takes &PyVec<u8>, not &PyVec<(?:[iu]\d+|f\d+)>$/, 'the same, declared'],
  [
    /^hash_(?:i8|i16|i32): argument 1 \(v\): the library takes &PyVec<i\d+>, got a list that is passed as &mut PyVec<i64>; write i\d+\(\.\.\.\)$/,
    'it reads other elements than it is given, and nothing looks at what it returns',
  ],
  [/^hash_f32: argument 1 \(v\): .*, got a list that is passed as &mut PyVec<f64>; write f32\(\.\.\.\)$/, 'the same'],
  [/^hash_char: argument 1 \(v\): .*, got a list that is passed as &PyVec<&PyStr>$/, 'the same'],
  [
    /^(?:add_one_i64|add_one_nested_i64_2|hash_inline_i64_2): parameter 1 \(v\): the library takes &mut (PyVec<.*>), not &\1$/,
    'it may change a list of which it is declared that it does not',
  ],
  [
    /^element_addresses: parameter 1 \(v\): the library takes &PyVec<&PyVec<u8>>, not &PyVec<Option<&PyVec<u8>>>$/,
    'it only shows addresses, so null does no harm to it',
  ],
  [
    /^set_at_u8: parameter 1 \(v\): the library takes &mut PyVec<u8>, not &mut PyVec<bool>$/,
    'it stores bytes that no bool has',
  ],
  [/^bad_bool: the library returns u8, not bool$/, 'it returns a byte that no bool has'],
  [/^(?:bad_char|huge_char): the library returns u32, not char$/, 'it returns a number that no char has'],
  [/^id_i64: the library returns i64, not i8$/, 'it leaves bits behind a narrow result'],
  [/^id_i64: parameter 1 \(x\): the library takes i64, not u64$/, 'one function has two declarations'],
];

interface Report {
  readonly numPassedTests: number;
  readonly testResults: readonly {
    readonly name: string;
    readonly message: string;
    readonly assertionResults: readonly {
      readonly fullName: string;
      readonly status: string;
      readonly failureMessages: readonly string[];
    }[];
  }[];
}

/** Runs the suites, and returns what became of each test. */
function run(): Report {
  describedKernels();
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'rustdll-described-'));
  try {
    const file = path.join(folder, 'report.json');
    const { globalSetup: _, ...config } = jest.requireActual<Record<string, unknown>>(
      path.join(ROOT, 'jest.config.js'),
    );
    const { RUSTDLL_CHECK: __, ...env } = process.env;
    const options = ['--config', JSON.stringify({ ...config, rootDir: ROOT }), '--ci', '--json', '--outputFile', file];
    const suites = SUITES.map((suite) => path.join('test', 'calls', suite));
    const { stderr } = spawnSync(process.execPath, [require.resolve('jest/bin/jest'), ...options, ...suites], {
      cwd: ROOT,
      env: { ...env, KERNELS_PROFILE: 'described' },
      encoding: 'utf8',
      maxBuffer: 256 * 1024 * 1024,
    });
    if (!fs.existsSync(file)) throw new Error(stderr);
    return JSON.parse(fs.readFileSync(file, 'utf8')) as Report;
  } finally {
    fs.rmSync(folder, { recursive: true });
  }
}

/** Returns the refusal by which a test has failed; the whole message if it has failed in another way. */
function refusalIn(message: string): string {
  const plain = stripVTControlCharacters(message);
  // It stands alone, behind what was expected, or in quotation marks.
  return (
    /(?<=^|[ "[])\w+: (?:(?:argument|parameter) \d+ \(\w+\): )?the library (?:takes|returns) .*$/m.exec(plain)?.[0] ??
    plain
  );
}

(isElf ? test : test.skip)(
  'only what is listed is refused',
  () => {
    const { numPassedTests, testResults } = run();
    const unlisted: string[] = [];
    const unseen = new Set(REFUSED);
    for (const { name, message, assertionResults } of testResults) {
      if (assertionResults.length === 0) unlisted.push(`${name}: ${message}`);
      for (const { fullName, status, failureMessages } of assertionResults) {
        if (status !== 'failed') continue;
        const refusal = refusalIn(failureMessages[0] ?? '');
        const listed = REFUSED.find(([words]) => words.test(refusal));
        if (listed === undefined) unlisted.push(`${path.relative(ROOT, name)}, ${fullName}: ${refusal}`);
        else unseen.delete(listed);
      }
    }
    expect(unlisted).toEqual([]);
    expect([...unseen].map(([words, reason]) => `${words.source}, ${reason}`)).toEqual([]);
    expect(numPassedTests).toBeGreaterThan(800);
  },
  600_000,
);
