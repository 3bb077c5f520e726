/** The areas of the suite. Each is a module whose default export is its checks, by title. */

const AREAS = [
  'modules',
  'guess',
  'declare',
  'write-back',
  'strings',
  'typed-arrays',
  'errors',
  'close',
  'exported',
  'objects',
  'iterators',
  'callbacks',
  'futures',
  'conversions',
  'derived',
  'types',
  'background',
  'names',
];

/**
 * Runs the checks of these areas. Returns the title of each check, and its error or null.
 *
 * @param begin - Called with the title of each check before it runs.
 */
export async function runAreas(areas = AREAS, begin = () => undefined) {
  const outcomes = [];
  for (const area of areas) {
    const { default: checks } = await import(`./${area}.mjs`);
    for (const [name, check] of Object.entries(checks)) {
      const title = `${area}: ${name}`;
      begin(title);
      try {
        await check();
        outcomes.push({ title, error: null });
      } catch (error) {
        outcomes.push({ title, error: String(error?.stack ?? error) });
      }
    }
  }
  return outcomes;
}

/** All areas. Threads run those of the main thread, except the area of threads itself. */
export const ALL_AREAS = [...AREAS, 'workers'];
