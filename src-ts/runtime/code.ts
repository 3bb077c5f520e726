/**
 * Compiles code at run time, so that each type has its own code and the type feedback of one does not slow another
 * down.
 *
 * Source is not a string here but {@link Code}, which only the template {@link code} and {@link identifier} make. Text
 * from elsewhere becomes part of it only as a quoted literal or as a checked identifier.
 */

/** True if `new Function` is forbidden, as under `--disallow-code-generation-from-strings`. */
function codeIsForbidden(): boolean {
  try {
    return new Function('return 1')() !== 1;
  } catch {
    return true;
  }
}

/** The most parts of a value for which code has a step each: engines do not optimize a longer function. A loop does more. */
export const MOST_UNROLLED = 100;

/** False if {@link specialize} cannot work. Closures then do the same more slowly. */
export const canSpecialize = !codeIsForbidden();

let make: (text: string) => Code;
let isCode: (value: unknown) => value is Code;
let textOf: (source: Code) => string;

/** A piece of source that is safe to run. */
export class Code {
  readonly #text: string;

  private constructor(text: string) {
    this.#text = text;
  }

  static {
    make = (text) => new Code(text);
    isCode = (value): value is Code => typeof value === 'object' && value !== null && #text in value;
    textOf = (source) => source.#text;
  }

  toString(): string {
    return this.#text;
  }
}

/** A value in a template. A string becomes a literal, and each piece of a list is on a line of its own. */
type Piece = number | boolean | null | string | Code | readonly Code[];

/** Makes source of a template. */
export function code(fragments: TemplateStringsArray, ...pieces: readonly Piece[]): Code {
  let text = fragments[0] as string;
  for (let i = 0; i < pieces.length; i++) text += written(pieces[i]) + (fragments[i + 1] as string);
  return make(text);
}

/** Joins pieces with `separator` between them. */
export function join(pieces: readonly Code[], separator: Code): Code {
  return make(pieces.map(written).join(written(separator)));
}

/** Makes the key of a property in the literal of an object. It is computed where `__proto__: x` would set the prototype. */
export function keyOf(name: string): Code {
  return name === '__proto__' ? code`[${name}]` : code`${name}`;
}

/** The mark for the number in the text of {@link numbered}. It occurs in no piece, as it is escaped in strings. */
const NUMBER = '\0';

/** The texts before and after the number, for pieces that differ only in a number. */
export interface Numbered {
  readonly before: string;
  readonly after: string;
}

/** Makes pieces that differ only in a number. The template gets its digits, for one place, as a piece of source. */
export function numbered(template: (number: Code) => Code): Numbered {
  const [before, after, ...others] = textOf(template(make(NUMBER))).split(NUMBER);
  if (before === undefined || after === undefined || others.length > 0) throw new Error('there is one number');
  return { before, after };
}

/**
 * Makes the list of the functions with these parameters and bodies, each with its index in the list as the number. A
 * function has its name if that can be the name of a variable, and otherwise none.
 */
export function functionList(pieces: readonly Numbered[], names: readonly string[]): Code {
  let text = '[\n';
  for (let index = 0; index < pieces.length; index++) {
    const { before, after } = pieces[index] as Numbered;
    const name = names[index] as string;
    text += `function ${isIdentifier(name) ? name : ''}${before}${index}${after},\n`;
  }
  return make(`${text}]`);
}

/** The words that cannot be names of variables, although they have the form of one. */
const RESERVED: ReadonlySet<string> = new Set(
  (
    'arguments await break case catch class const continue debugger default delete do else enum eval export extends ' +
    'false finally for function if implements import in instanceof interface let new null package private protected ' +
    'public return static super switch this throw true try typeof undefined var void while with yield'
  ).split(' '),
);

/** True if this can be the name of a variable in generated code. */
export function isIdentifier(name: string): boolean {
  return /^[A-Za-z_$][\w$]*$/.test(name) && !RESERVED.has(name);
}

/**
 * Makes the name of a variable.
 *
 * @throws If `name` is not a valid one.
 */
export function identifier(name: string): Code {
  if (!isIdentifier(name)) throw new Error(`${JSON.stringify(name)} names no variable`);
  return make(name);
}

function written(piece: unknown): string {
  if (isCode(piece)) return textOf(piece);
  if (typeof piece === 'string') return literal(piece);
  if (typeof piece === 'number' && Number.isFinite(piece)) {
    // In parentheses, since two adjacent minus signs would be another operator.
    return piece < 0 || Object.is(piece, -0) ? `(-${-piece})` : String(piece);
  }
  if (typeof piece === 'boolean' || piece === null) return String(piece);
  if (Array.isArray(piece) && piece.every(isCode)) return piece.map(textOf).join('\n');
  throw new Error(`${typeof piece === 'number' ? piece : typeof piece} is no piece of source`);
}

/**
 * Makes a string literal. The line separators that JSON allows in strings are escaped, as some engines and tools treat
 * them as ends of lines.
 */
function literal(text: string): string {
  return JSON.stringify(text).replaceAll('\u2028', '\\u2028').replaceAll('\u2029', '\\u2029');
}

/** The purpose of a piece of generated code; `library` is for all functions of one library or declaration. */
export type CodeKind = 'library' | 'class' | 'guess' | 'declare' | 'export' | 'encode' | 'decode' | 'callback';

/** The number of functions that have each name. */
const named = new Map<string, number>();

/**
 * Makes the name of a source in profiles and stack traces. Names are unique, as engines share type feedback between
 * equal sources.
 */
function sourceName(kind: CodeKind, name: string): string {
  const path = `${kind}/${name.replace(/[^\w$.-]/g, (unit) => `%${unit.charCodeAt(0).toString(16)}`)}`;
  const count = (named.get(path) ?? 0) + 1;
  named.set(path, count);
  return `rustdll:${path}${count === 1 ? '' : `~${count}`}.js`;
}

/**
 * Runs `source`, the body of a function, and returns its result.
 *
 * @param parts - The values that the source uses, by their names in it.
 * @param name - The name of the function or type for which the code is.
 */
export function specialize<T>(parts: Readonly<Record<string, unknown>>, source: Code, kind: CodeKind, name: string): T {
  if (!isCode(source)) throw new Error('only Code can be run');
  const names = join(Object.keys(parts).map(identifier), code`, `);
  const body = code`'use strict';
const { ${names} } = parts;
${source}`;
  const text = `${textOf(body)}\n//# sourceURL=${sourceName(kind, name)}`;
  return (new Function('parts', text) as (parts: unknown) => T)(parts);
}
