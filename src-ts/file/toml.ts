/**
 * Reads one string out of a TOML text. Every value is read to its end, so that the contents of strings, arrays and
 * comments are not mistaken for keys; numbers, booleans and dates are skipped. In a text that is not TOML no string is
 * found, as Cargo, whose file it is, reports what is wrong with it.
 */

/** A string, a table by its keys, or null for any other value. */
type Value = string | Table | null;

type Table = Map<string, Value>;

/** Returns the string to which the keys in `path` lead; undefined if there is none, or if the text is not TOML. */
export function tomlString(text: string, path: readonly string[]): string | undefined {
  try {
    let value: Value | undefined = new Parser(text.replace(/^\ufeff/, '')).document();
    for (const key of path) value = value instanceof Map ? value.get(key) : undefined;
    return typeof value === 'string' ? value : undefined;
  } catch (error) {
    if (error instanceof Malformed) return undefined;
    throw error;
  }
}

class Malformed extends Error {}

const ESCAPES: ReadonlyMap<string, string> = new Map([
  ['\\', '\\'],
  ['"', '"'],
  ['b', '\b'],
  ['t', '\t'],
  ['n', '\n'],
  ['f', '\f'],
  ['r', '\r'],
  ['e', '\x1b'],
]);

/** The most arrays and inline tables inside one another, so that reading them does not overflow the stack. */
const MAX_NESTED = 100;

class Parser {
  #at = 0;
  #depth = 0;

  constructor(private readonly text: string) {}

  document(): Table {
    const root: Table = new Map();
    let table = root;
    for (;;) {
      this.#skip(/(?:[ \t\r\n]|#[^\n]*)*/y);
      if (this.#at === this.text.length) return root;
      if (this.#take(/\[\[/y) !== undefined) {
        // Each `[[...]]` begins another table of a list, to which no path leads.
        enter(root, this.#key());
        table = new Map();
        this.#expect(/[ \t]*\]\]/y);
      } else if (this.#take(/\[/y) !== undefined) {
        table = enter(root, this.#key());
        this.#expect(/[ \t]*\]/y);
      } else {
        this.#pair(table);
      }
      this.#expect(/[ \t]*(?:#[^\n]*)?(?:\r?\n|$)/y);
    }
  }

  #pair(table: Table): void {
    const path = this.#key();
    this.#expect(/[ \t]*=[ \t]*/y);
    const last = path.pop() as string;
    const owner = enter(table, path);
    if (owner.has(last)) throw new Malformed();
    owner.set(last, this.#value());
  }

  /** Reads a key, which may have several parts. */
  #key(): string[] {
    const parts: string[] = [];
    do {
      this.#skip(/[ \t]*/y);
      parts.push(this.#take(/[A-Za-z0-9_-]+/y) ?? this.#quoted());
    } while (this.#take(/[ \t]*\./y) !== undefined);
    return parts;
  }

  #value(): Value {
    if (++this.#depth > MAX_NESTED) throw new Malformed();
    try {
      if (this.#take(/\[/y) !== undefined) {
        this.#items(/\]/y, () => {
          this.#value();
        });
        return null;
      }
      if (this.#take(/\{/y) !== undefined) {
        const table: Table = new Map();
        this.#items(/\}/y, () => {
          this.#pair(table);
        });
        return table;
      }
      if (/["']/y.test(this.text.charAt(this.#at))) return this.#string();
      this.#expect(/[^\s,\]}#"'=[{]+(?: \d[^\s,\]}#"'=[{]*)?/y);
      return null;
    } finally {
      this.#depth--;
    }
  }

  /** Reads items with commas between them up to the bracket `end`. */
  #items(end: RegExp, item: () => void): void {
    const space = /(?:[ \t\r\n]|#[^\n]*)*/y;
    this.#skip(space);
    while (this.#take(end) === undefined) {
      item();
      this.#skip(space);
      if (this.#take(/,/y) === undefined) {
        this.#expect(end);
        return;
      }
      this.#skip(space);
    }
  }

  #string(): string {
    const literal = this.#take(/'''(?:\r?\n)?([^]*?'{0,2})'''(?!')/y);
    if (literal !== undefined) return literal;
    const text = this.#take(/"""(?:\r?\n)?((?:[^\\]|\\[^])*?"{0,2})"""(?!")/y);
    if (text !== undefined) return unescape(text);
    return this.#quoted();
  }

  /** Reads a string on one line. */
  #quoted(): string {
    const literal = this.#take(/'([^'\r\n]*)'/y);
    if (literal !== undefined) return literal;
    const text = this.#take(/"((?:[^"\\\r\n]|\\[^\r\n])*)"/y);
    if (text === undefined) throw new Malformed();
    return unescape(text);
  }

  #skip(pattern: RegExp): void {
    this.#take(pattern);
  }

  #expect(pattern: RegExp): void {
    if (this.#take(pattern) === undefined) throw new Malformed();
  }

  /** Matches a sticky pattern here and moves behind the match. Returns the text of its group, or of the whole match. */
  #take(pattern: RegExp): string | undefined {
    pattern.lastIndex = this.#at;
    const match = pattern.exec(this.text);
    if (match === null) return undefined;
    this.#at = pattern.lastIndex;
    return match[1] ?? match[0];
  }
}

/** Returns the table to which `path` leads from `table`. Tables that do not exist are made. */
function enter(table: Table, path: readonly string[]): Table {
  for (const key of path) {
    const known = table.get(key);
    if (known !== undefined && !(known instanceof Map)) throw new Malformed();
    const next: Table = known ?? new Map<string, Value>();
    table.set(key, next);
    table = next;
  }
  return table;
}

function unescape(text: string): string {
  // In strings of several lines a backslash at the end of a line removes the white space that follows.
  const pattern = /\\(?:([ \t]*\r?\n\s*)|u([\da-fA-F]{4})|U([\da-fA-F]{8})|x([\da-fA-F]{2})|([^]))/g;
  return text.replace(pattern, (_: string, space?: string, u?: string, U?: string, x?: string, character?: string) => {
    if (space !== undefined) return '';
    const digits = u ?? U ?? x;
    if (digits === undefined) {
      const escaped = ESCAPES.get(character ?? '');
      if (escaped === undefined) throw new Malformed();
      return escaped;
    }
    const code = Number.parseInt(digits, 16);
    if (code > 0x10ffff || (code >= 0xd800 && code < 0xe000)) throw new Malformed();
    return String.fromCodePoint(code);
  });
}
