/**
 * A reader of TOML for one string of it. Every value is read to its end, so that nothing inside of a string, an array
 * or a comment is taken for a key; numbers, booleans and dates are passed over. A text that is no TOML has no strings:
 * Cargo, whose file it is, says what is wrong with it.
 */

/** A string; a table, by its keys; null for anything else. */
type Value = string | Table | null;

type Table = Map<string, Value>;

/**
 * The string that `path` leads to from the top of `text`; undefined when there is none, and in a text that is no TOML.
 */
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

/** The most arrays and inline tables inside one another: deeper ones would overflow the stack. */
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
        // Each `[[...]]` begins a table of its own, which no path can name.
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

  /** Reads items with commas between them up to `end`, a bracket. */
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

  /** Matches `pattern`, a sticky one, here and moves behind it: gives the text of its group, or of the whole match. */
  #take(pattern: RegExp): string | undefined {
    pattern.lastIndex = this.#at;
    const match = pattern.exec(this.text);
    if (match === null) return undefined;
    this.#at = pattern.lastIndex;
    return match[1] ?? match[0];
  }
}

/** The table that `path` leads to from `table`, made where there is none. */
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
  // A backslash at the end of a line takes the white space behind it away; it stands only in strings of several lines.
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
