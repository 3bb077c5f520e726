/** Names that Rust or a user has chosen, as TypeScript can write them. */

/** Words that name no function or parameter, in all or in some places. */
const RESERVED: ReadonlySet<string> = new Set(
  (
    'break case catch class const continue debugger default delete do else enum export extends false finally for ' +
    'function if import in instanceof new null return super switch this throw true try typeof var void while with ' +
    'implements interface let package private protected public static yield await eval arguments undefined globalThis'
  ).split(' '),
);

/** Words that name TypeScript's own types. */
const OWN_TYPES: ReadonlySet<string> = new Set(
  'any asserts bigint boolean infer intrinsic is keyof never number object readonly string symbol unique unknown'.split(
    ' ',
  ),
);

const IDENTIFIER = /^[\p{ID_Start}$_][\p{ID_Continue}$\u200c\u200d]*$/u;

/** True if a name can stand for a function or parameter as it is. */
export function isValueName(name: string): boolean {
  return IDENTIFIER.test(name) && !RESERVED.has(name);
}

function toIdentifier(name: string, isTaken: (name: string) => boolean): string {
  let made = name.replace(/[^\p{ID_Continue}$\u200c\u200d]/gu, '_');
  if (!IDENTIFIER.test(made)) made = `_${made}`;
  return isTaken(made) ? `${made}_` : made;
}

/** A name as a property of an object type or an export: itself, or in quotes. */
export function propertyKey(name: string): string {
  return IDENTIFIER.test(name) ? name : quote(name);
}

/** A string literal, in the quotes that fit it better. */
export function quote(text: string): string {
  // TypeScript knows all escapes of JSON.
  const json = JSON.stringify(text);
  return text.includes("'") ? json : `'${json.slice(1, -1).replaceAll('\\"', '"')}'`;
}

/** The names of one scope: each is given out once. */
export class Scope {
  readonly #taken: Set<string>;

  constructor(taken: Iterable<string> = []) {
    this.#taken = new Set(taken);
  }

  /** A new name for a value, as close to `name` as can be. */
  value(name: string): string {
    return this.#unique(toIdentifier(name, (made) => RESERVED.has(made)));
  }

  /** A new name for a type. */
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
