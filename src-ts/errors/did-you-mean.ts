/** Finds names that are similar to one that does not exist. */

/** The most names that are suggested. */
const MOST = 3;

/** Longer names are not compared, as the work grows with the square of the length. */
const MAX_NAME = 256;

/** The most underscores by which the number of a candidate may differ. */
const MAX_UNDERSCORES = 16;

/**
 * Returns up to three candidates that are similar to `name`, the most similar first. `addNumbers` and `ADD_NUMBERS`
 * count as `add_numbers`. Apart from that, a third of the letters and at most `limit` may be wrong, missing,
 * superfluous or swapped.
 */
export function nearest(name: string, candidates: Iterable<string>, limit = Infinity): string[] {
  const plain = simplify(name);
  if (plain.length === 0 || name.length > MAX_NAME) return [];
  const most = Math.min(Math.max(1, Math.floor(plain.length / 3)), limit);
  const close: { candidate: string; rank: number }[] = [];
  for (const candidate of candidates) {
    if (Math.abs(candidate.length - name.length) > most + MAX_UNDERSCORES) continue;
    const rank = distance(plain, simplify(candidate), most);
    if (rank <= most) close.push({ candidate, rank });
  }
  close.sort(
    (a, b) => a.rank - b.rank || a.candidate.length - b.candidate.length || (a.candidate < b.candidate ? -1 : 1),
  );
  return close.slice(0, MOST).map(({ candidate }) => candidate);
}

function simplify(name: string): string {
  return name.replaceAll('_', '').toLowerCase();
}

/**
 * Returns the number of letters that must be changed, added, removed or swapped with a neighbour to turn `a` into `b`
 * (the optimal string alignment distance), or any number above `most` if the distance is greater than that.
 */
function distance(a: string, b: string, most: number): number {
  if (Math.abs(a.length - b.length) > most) return most + 1;
  let beforeLast: number[] = [];
  let last = Array.from({ length: b.length + 1 }, (_, index) => index);
  for (let i = 1; i <= a.length; i++) {
    const row = [i];
    for (let j = 1; j <= b.length; j++) {
      const isSame = a[i - 1] === b[j - 1];
      let least = Math.min(at(last, j) + 1, at(row, j - 1) + 1, at(last, j - 1) + (isSame ? 0 : 1));
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1])
        least = Math.min(least, at(beforeLast, j - 2) + 1);
      row.push(least);
    }
    // A swap uses the row before the last one, so both must be above the limit.
    if (Math.min(...row) > most && Math.min(...last) > most) return most + 1;
    [beforeLast, last] = [last, row];
  }
  return at(last, b.length);
}

/** Returns the number at an index that exists in every row. */
function at(row: readonly number[], index: number): number {
  return row[index] as number;
}
