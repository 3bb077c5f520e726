/**
 * Runs the suite on the runtime that runs this file, and writes each title and the outcomes, as JSON, to its standard
 * output, a line each.
 */

import { writeSync } from 'node:fs';
import { ALL_AREAS, runAreas } from './areas.mjs';

// Each line is written at once, so that the last title names the check if the runtime crashes.
const write = (line) => writeSync(1, `${JSON.stringify(line)}\n`);

const outcomes = await runAreas(ALL_AREAS, (title) => write({ begun: title }));
write({ outcomes });
