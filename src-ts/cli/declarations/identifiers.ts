/** Converts names that Rust or a user has chosen to names in TypeScript. */

/** Words that cannot be the name of a function or parameter, or only in some places. */
const RESERVED: ReadonlySet<string> = new Set(
  (
    'break case catch class const continue debugger default delete do else enum export extends false finally for ' +
    'function if import in instanceof new null return super switch this throw true try typeof var void while with ' +
    'implements interface let package private protected public static yield await eval arguments undefined globalThis'
  ).split(' '),
);

/** Words that TypeScript reserves for its own types. */
const OWN_TYPES: ReadonlySet<string> = new Set(
  'any asserts bigint boolean infer intrinsic is keyof never number object readonly string symbol unique unknown'.split(
    ' ',
  ),
);

const IDENTIFIER = /^[\p{ID_Start}$_][\p{ID_Continue}$\u200c\u200d]*$/u;

/** True if a name can be that of a function or parameter without a change. */
export function isValueName(name: string): boolean {
  return IDENTIFIER.test(name) && !RESERVED.has(name);
}

function toIdentifier(name: string, isTaken: (name: string) => boolean): string {
  let made = name.replace(/[^\p{ID_Continue}$\u200c\u200d]/gu, '_');
  if (!IDENTIFIER.test(made)) made = `_${made}`;
  return isTaken(made) ? `${made}_` : made;
}

/** Returns a name as the key of a property or of an export, in quotes if it is no identifier. */
export function propertyKey(name: string): string {
  return IDENTIFIER.test(name) ? name : quote(name);
}

/** Returns a string literal, in single quotes unless it contains one. */
export function quote(text: string): string {
  // All escapes of JSON are escapes of TypeScript.
  const json = JSON.stringify(text);
  return text.includes("'") ? json : `'${json.slice(1, -1).replaceAll('\\"', '"')}'`;
}

/** The names of one scope, in which no name is used twice. */
export class Scope {
  readonly #taken: Set<string>;

  constructor(taken: Iterable<string> = []) {
    this.#taken = new Set(taken);
  }

  /** Returns an unused name for a value, which resembles `name`. */
  value(name: string): string {
    return this.#unique(toIdentifier(name, (made) => RESERVED.has(made)));
  }

  /** Returns an unused name for a type, which resembles `name`. */
  type(name: string): string {
    return this.#unique(toIdentifier(name, (made) => RESERVED.has(made) || OWN_TYPES.has(made)));
  }

  #unique(name: string): string {
    let unique = name;
    for (let number = 2; this.#taken.has(unique); number++) unique = `${name}${number}`;
    this.#taken.add(unique);
    return unique;
  }
}
