/**
 * Code made at run time, so that each type has code of its own and the values of one do not slow another's.
 *
 * Source is no string here but {@link Code}, which only the template {@link code} and {@link identifier} make. A text
 * that others wrote gets into it only as a quoted literal or as a checked identifier.
 */

/** True if `new Function` is forbidden, as under `--disallow-code-generation-from-strings`. */
function codeIsForbidden(): boolean {
  try {
    return new Function('return 1')() !== 1;
  } catch {
    return true;
  }
}

/** False where {@link specialize} cannot work. Closures do the same there, more slowly. */
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

/** A value in a template: a string becomes a literal, a list has each of its pieces on a line of its own. */
type Piece = number | boolean | null | string | Code | readonly Code[];

/** The source in a template. */
export function code(fragments: TemplateStringsArray, ...pieces: readonly Piece[]): Code {
  let text = fragments[0] as string;
  for (let i = 0; i < pieces.length; i++) text += written(pieces[i]) + (fragments[i + 1] as string);
  return make(text);
}

/** The pieces with `separator` between them. */
export function join(pieces: readonly Code[], separator: Code): Code {
  return make(pieces.map(written).join(written(separator)));
}

/** The mark for the number in the text of {@link numbered}. No piece has it: in strings it is escaped. */
const NUMBER = '\0';

/** The text around each place of the number in pieces that differ in a number only. */
export type Numbered = readonly string[] & { readonly brand: typeof NUMBER };

/** Pieces that differ in a number only, which is given to the template as the digits it is written with. */
export function numbered(template: (number: Code) => Code): Numbered {
  return textOf(template(make(NUMBER))).split(NUMBER) as string[] & Numbered;
}

/** Such pieces one after the other, each of which is written with its index in the list. */
export function enumerate(pieces: readonly Numbered[]): Code {
  let text = '';
  for (let index = 0; index < pieces.length; index++) {
    const fragments = pieces[index] as Numbered;
    text += fragments[0] as string;
    for (let i = 1; i < fragments.length; i++) text += `${index}${fragments[i] as string}`;
  }
  return make(text);
}

/** The words that are no names of variables, though they have the form of one. */
const RESERVED: ReadonlySet<string> = new Set(
  (
    'arguments await break case catch class const continue debugger default delete do else enum eval export extends ' +
    'false finally for function if implements import in instanceof interface let new null package private protected ' +
    'public return static super switch this throw true try typeof undefined var void while with yield'
  ).split(' '),
);

/**
 * The name of a variable.
 *
 * @throws If `name` is none.
 */
export function identifier(name: string): Code {
  if (!/^[A-Za-z_$][\w$]*$/.test(name) || RESERVED.has(name))
    throw new Error(`${JSON.stringify(name)} names no variable`);
  return make(name);
}

function written(piece: unknown): string {
  if (isCode(piece)) return textOf(piece);
  if (typeof piece === 'string') return literal(piece);
  if (typeof piece === 'number' && Number.isFinite(piece)) {
    // In parentheses, since two minus signs beside each other are another operator.
    return piece < 0 || Object.is(piece, -0) ? `(-${-piece})` : String(piece);
  }
  if (typeof piece === 'boolean' || piece === null) return String(piece);
  if (Array.isArray(piece) && piece.every(isCode)) return piece.map(textOf).join('\n');
  throw new Error(`${typeof piece === 'number' ? piece : typeof piece} is no piece of source`);
}

/**
 * A string literal. The separators that JSON allows in strings end a line to engines and tools that know them as such.
 */
function literal(text: string): string {
  return JSON.stringify(text).replaceAll('\u2028', '\\u2028').replaceAll('\u2029', '\\u2029');
}

/** The purpose of a piece of generated code; `library` stands for all functions that come from one place. */
export type CodeKind = 'library' | 'guess' | 'declare' | 'export' | 'encode' | 'decode';

/** The number of functions that have each name. */
const named = new Map<string, number>();

/**
 * The name of a source in profiles and stack traces. No two have the same: equal texts would share what engines learn.
 */
function sourceName(kind: CodeKind, name: string): string {
  const path = `${kind}/${name.replace(/[^\w$.-]/g, (unit) => `%${unit.charCodeAt(0).toString(16)}`)}`;
  const count = (named.get(path) ?? 0) + 1;
  named.set(path, count);
  return `rustdll:${path}${count === 1 ? '' : `~${count}`}.js`;
}

/**
 * Runs `source`, the body of a function, and gives what it returns.
 *
 * @param parts - The values that the source uses, by the names it has for them.
 * @param name - The function or type that the code is for.
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
