/** The time that passes before the first call of a program, measured in processes of their own. */

import { startupLines } from '../startup.mjs';

export const title = 'startup';

/** Returns the lines of the table. */
export function lines({ quick }) {
  return startupLines(quick ? 3 : undefined);
}
