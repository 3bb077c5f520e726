/** What a program waits for before its first call, measured in processes of their own. */

import { startupLines } from '../startup.mjs';

export const title = 'startup';

/** The lines of the table. */
export function lines({ quick }) {
  return startupLines(quick ? 3 : undefined);
}
