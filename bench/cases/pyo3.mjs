/** The exported functions beside those of a Python module made with PyO3, measured in processes of their own. */

import { execFileSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { duration } from '../table.mjs';

export const title = 'beside Python: least times';

/** The works with the names of the table, and the greatest multiples of the time that Python takes with PyO3. */
const BUDGET = {
  add: ['add(f64, f64)', 1],
  string: ['string of 41 characters in and out', 0.9],
  floats: ['list of 1,000 floats in and out', 1],
  'strings out': ['1,000 strings out', 0.9],
  strings: ['1,000 strings in and out', 0.9],
  'records in': ['1,000 records in (dicts)', 0.9],
  records: ['1,000 records in and out (dicts)', 0.4],
  'lists in': ['1,000 lists of 10 integers in', 1],
};

/** Returns the lines of the table; none without Python. */
export function lines({ quick }) {
  const script = fileURLToPath(new URL('../pyo3.mjs', import.meta.url));
  const results = JSON.parse(execFileSync(process.execPath, [script, quick ? '5' : '25'], { encoding: 'utf8' }));
  if (results.missing !== undefined) {
    console.error(`no comparison with PyO3: ${results.missing}`);
    return [];
  }
  return Object.entries(BUDGET).map(([name, [contender, most]]) => {
    const { rustdll, pyo3, ratio } = results[name];
    return {
      contender,
      budget: `${most} x PyO3`,
      measured: `${ratio.toFixed(2)} (rustdll ${duration(rustdll)}, PyO3 ${duration(pyo3)})`,
      value: ratio,
      ok: ratio <= most,
      detail: results[name],
    };
  });
}
