/** Translates the names of types in a PDB, which are such as C++ has, into those of Rust. */

/** The names that stand for a type of Rust's, and how it is written around the types inside. */
const WRITTEN: Readonly<Record<string, (...inner: string[]) => string>> = {
  ref$: (to = '') => `&${to}`,
  ref_mut$: (to = '') => `&mut ${to}`,
  ptr_const$: (to = '') => `*const ${to}`,
  ptr_mut$: (to = '') => `*mut ${to}`,
  slice2$: (of = '') => `[${of}]`,
  array$: (of = '', count = '') => `[${of}; ${count}]`,
  tuple$: (...of) => `(${of.join(', ')})`,
  dyn$: (...of) => `dyn ${of.join(' + ')}`,
  enum2$: (of = '') => of,
};

/** The most names inside one another that are translated. */
const MOST_DEPTH = 32;

/** Returns the name in Rust: `ref$<slice2$<f64> >` is `&[f64]`. */
export function rustName(name: string, depth = 0): string {
  const trimmed = name.trim();
  const open = trimmed.indexOf('<');
  if (trimmed === 'str$') return 'str';
  if (open < 0 || !trimmed.endsWith('>') || depth === MOST_DEPTH) return trimmed;
  const head = trimmed.slice(0, open);
  const inner = partsOf(trimmed.slice(open + 1, -1)).map((part) => rustName(part, depth + 1));
  const write = Object.hasOwn(WRITTEN, head) ? WRITTEN[head] : undefined;
  return write === undefined ? `${head}<${inner.join(', ')}>` : write(...inner);
}

/** Splits a list of names at the commas that are in no brackets. */
function partsOf(list: string): string[] {
  const parts: string[] = [];
  let depth = 0;
  let from = 0;
  for (let at = 0; at < list.length; at++) {
    if (list[at] === '<') depth++;
    else if (list[at] === '>') depth--;
    else if (list[at] === ',' && depth === 0) {
      parts.push(list.slice(from, at));
      from = at + 1;
    }
  }
  parts.push(list.slice(from));
  return parts;
}
