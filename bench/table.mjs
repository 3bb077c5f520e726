/** The tables that the benchmark prints. */

/**
 * Aligns text in columns.
 *
 * @param {readonly (readonly string[])[]} rows - The first is the heading.
 * @param {readonly number[]} rightAligned - Columns of numbers.
 */
export function format(rows, rightAligned = []) {
  const widths = rows[0].map((_, column) => Math.max(...rows.map((row) => row[column].length)));
  const line = (row) =>
    row
      .map((cell, column) =>
        rightAligned.includes(column) ? cell.padStart(widths[column]) : cell.padEnd(widths[column]),
      )
      .join('  ')
      .trimEnd();
  return [line(rows[0]), widths.map((width) => '-'.repeat(width)).join('  '), ...rows.slice(1).map(line)].join('\n');
}

/** Returns the budget beside the measurements. The first line of a work has its name. */
export function budgetTable(works) {
  const rows = works.flatMap(({ title, lines }) =>
    lines.map(({ contender, budget, measured, ok }, i) => [
      i === 0 ? title : '',
      contender,
      budget,
      measured,
      ok ? 'ok' : 'MISS',
    ]),
  );
  return format([['work', 'level', 'budget: at most', 'measured', ''], ...rows]);
}

/** Returns the time of each work with each contender. */
export function timeTable(works) {
  const rows = works
    .filter(({ times }) => times)
    .flatMap(({ title, baseline, times, ratios, missing = {} }) => [
      ...Object.entries(times).map(([name, { median }], i) => [
        i === 0 ? title : '',
        name,
        duration(median),
        name === baseline ? `1 (${baseline})` : `${ratio(ratios[name].median)} x`,
      ]),
      ...Object.entries(missing).map(([name, reason]) => ['', name, 'n/a', reason]),
    ]);
  return format([['work', 'with', 'once', 'against the baseline'], ...rows], [2]);
}

/** Returns a row for each of the works that were done on several runtimes, and a column for each of those, as cases/runtimes.mjs gives them. */
export function runtimeRows(runtimes) {
  const rows = Object.keys(runtimes[0].results).map((work) => [
    work,
    ...runtimes.map(({ results }) => {
      const { rustdll, napiRs } = results[work];
      return `${duration(rustdll)}, ${ratio(rustdll / napiRs)} x napi-rs`;
    }),
  ]);
  return [['work', ...runtimes.map(({ name, version }) => `${name} ${version}`)], ...rows];
}

/** Prints a ratio with three digits. */
export function ratio(value) {
  return value.toPrecision(3);
}

/** @param {number} nanoseconds */
export function duration(nanoseconds) {
  if (nanoseconds < 1e3) return `${nanoseconds.toFixed(1)} ns`;
  return nanoseconds < 1e6 ? `${(nanoseconds / 1e3).toFixed(1)} µs` : `${(nanoseconds / 1e6).toFixed(2)} ms`;
}
