/**
 * Handles maps whose names are mostly the same ones in the same order, as those of a list are: once many have been, the next
 * are made and read by generated code, which has the names in it and only compares them.
 */

import { along } from '../../../errors/mismatch';
import type { Decode, Reader } from '../../../memory/reader';
import type { Encode, Writer } from '../../../memory/writer';
import { canSpecialize, type Code, code, identifier, join, keyOf, specialize } from '../../../runtime/code';
import { makeList } from '../../../runtime/list';
import { define, method } from '../../../runtime/property';

/** The most names of a map that is handled so. */
const MOST_NAMES = 16;

/** The number of maps with the same names after which code is generated for them. */
const ALIKE = 256;

/**
 * The number of maps with other names after which that code is given up, if not far more have had its names, and how often it
 * is generated at most.
 */
const MOST_UNLIKE = 256;

const FAR_MORE = 8;

const MOST_GENERATED = 4;

const ROOT = Object.prototype;

const MAP_PROTOTYPE = Map.prototype;

const ITERATOR_PROTOTYPE = Object.getPrototypeOf(new Map().entries()) as object;

/** The methods of a map and of its iterator. Code that finds others does nothing. */
const ITERATION = { entries: method(MAP_PROTOTYPE, 'entries'), next: method(ITERATOR_PROTOTYPE, 'next') };

/** What there can be code for: plain objects, and instances of `Map`. */
type Form = 'object' | 'Map';

function formOf(value: unknown): Form | null {
  const prototype = Object.getPrototypeOf(value) as unknown;
  return prototype === ROOT ? 'object' : prototype === MAP_PROTOTYPE ? 'Map' : null;
}

/** The names that many maps have had, and the code for them. */
class Alike<Generated> {
  names: readonly string[] = [];
  /** Null until many maps have had the names. */
  generated: Generated | null = null;
  readonly #generate: (names: readonly string[], form: Form) => Generated | null;
  /** The names of the last map that was handled without code, and what the maps with them have been. */
  #known: readonly string[] = [];
  #form: Form | null = null;
  #left = canSpecialize ? MOST_GENERATED : 0;
  /** The number of maps that have had the names, until there is code. */
  #alike = 0;
  /** The number of maps that were left to the code since they were counted anew, and of those that had other names. */
  tried = 0;
  #unlike = 0;

  /** @param generate - Generates the code for names, or returns null if there can be none. */
  constructor(generate: (names: readonly string[], form: Form) => Generated | null) {
    this.#generate = generate;
  }

  /** True if code may still be generated for maps with so many names. */
  learns(length: number): boolean {
    return this.#left > 0 && length > 0 && length <= MOST_NAMES;
  }

  /** Notes the names of a map that was handled without code. */
  learn(names: readonly string[], map: unknown): void {
    const known = this.#known;
    let isAlike = names.length === known.length;
    for (let k = 0; isAlike && k < names.length; k++) isAlike = names[k] === known[k];
    if (!isAlike) {
      this.#known = names;
      this.#alike = 0;
      return;
    }
    const form = formOf(map);
    if (form !== this.#form) {
      this.#form = form;
      this.#alike = 0;
    }
    if (form === null || ++this.#alike < ALIKE) return;
    this.#left--;
    this.#alike = this.tried = this.#unlike = 0;
    this.generated = this.#generate(names, form);
    this.names = names;
  }

  /** Notes a map with which the code could not do anything. */
  miss(): void {
    if (++this.#unlike < MOST_UNLIKE) return;
    if (this.tried < FAR_MORE * MOST_UNLIKE) this.generated = null;
    this.tried = this.#unlike = 0;
  }
}

/** Decodes the entries of a map, whose number has been read. */
type DecodeEntries = (reader: Reader, length: number) => object;

/**
 * Makes the decoder of the entries of small maps.
 *
 * @param readName - Reads a name.
 */
export function alikeMapsDecoder(readName: (reader: Reader) => string, decode: Decode): DecodeEntries {
  /** Completes a map that has `from` of its entries. */
  const complete = (reader: Reader, map: Record<string, unknown>, from: number, length: number): object => {
    for (let k = from; k < length; k++) define(map, readName(reader), decode(reader));
    return map;
  };
  const decodeLearning: DecodeEntries = (reader, length) => {
    const map: Record<string, unknown> = {};
    if (!alike.learns(length)) return complete(reader, map, 0, length);
    const names = makeList<string>(length);
    for (let k = 0; k < length; k++) {
      const name = readName(reader);
      names[k] = name;
      define(map, name, decode(reader));
    }
    alike.learn(names, map);
    return map;
  };
  const decodeUnlike: DecodeUnlike = (reader, known, values) => {
    alike.miss();
    const map: Record<string, unknown> = {};
    for (let k = 0; k < values.length; k++) define(map, known[k] as string, values[k]);
    return complete(reader, map, values.length, known.length);
  };
  const alike = new Alike<Decode>((names) => decoderOf(names, decode, decodeUnlike));
  return (reader, length) => {
    const { generated } = alike;
    if (generated === null || alike.names.length !== length) return decodeLearning(reader, length);
    alike.tried++;
    return generated(reader) as object;
  };
}

/** Decodes the rest of a map that has these values of the first names, and then another name. */
type DecodeUnlike = (reader: Reader, names: readonly string[], values: readonly unknown[]) => object;

/** The variables of the values. */
function valuesOf(names: readonly string[]): Code[] {
  return names.map((_, k) => identifier(`v${k}`));
}

/** Generates the decoder of maps with these names. */
function decoderOf(names: readonly string[], decode: Decode, decodeUnlike: DecodeUnlike): Decode {
  const values = valuesOf(names);
  const steps = names.map((name, k) => {
    const before = join(values.slice(0, k), code`, `);
    return code`if (!reader.takeName(${name})) return decodeUnlike(reader, names, [${before}]);
      const ${values[k] as Code} = decode(reader);`;
  });
  const fields = names.map((name, k) => code`${keyOf(name)}: ${values[k] as Code}`);
  return specialize(
    { names, decode, decodeUnlike },
    code`return (reader) => { ${steps} return { ${join(fields, code`, `)} }; };`,
    'decode',
    'maps',
  );
}

/** Encodes a map and returns true, or returns false, and has encoded nothing, if it has other names. */
type EncodeAlike = (writer: Writer, value: unknown) => boolean;

/**
 * Makes the encoder of maps with strings as keys.
 *
 * @param encode - Encodes a value.
 * @param isTextless - True if no value has text, so that the names of a map follow one another in that of the stream.
 * @param encodeAny - Encodes a map whatever its keys are, and returns them.
 */
export function alikeMapsEncoder(
  encode: Encode,
  isTextless: boolean,
  encodeAny: (writer: Writer, value: unknown) => readonly string[],
): Encode {
  const alike = new Alike<EncodeAlike>((names, form) =>
    names.some((name) => name in ROOT)
      ? null
      : (form === 'Map' ? mapEncoderOf : objectEncoderOf)(names, encode, isTextless),
  );
  return (writer, value) => {
    const { generated } = alike;
    if (generated !== null) {
      alike.tried++;
      if (generated(writer, value)) return;
      alike.miss();
    }
    const names = encodeAny(writer, value);
    if (generated === null && alike.learns(names.length)) alike.learn(names, value);
  };
}

/** Generates the statements that encode the values of these names, and return true. */
function encodingOf(names: readonly string[], isTextless: boolean): Code {
  const values = valuesOf(names);
  const steps = names.map((name, k) => {
    const write = isTextless ? code`writer.count(${name.length});` : code`writer.string(${name});`;
    return code`k = ${k}; ${write} encode(writer, ${values[k] as Code});`;
  });
  if (isTextless) steps.push(code`writer.join(${names.join('')});`);
  return code`writer.count(${names.length});
      let k = 0;
      try { ${steps} } catch (error) { throw along(error, names[k]); }
      return true;`;
}

/**
 * Generates the encoder of plain objects with these names. An object that inherits one of them has other names. Once an engine
 * has read the `constructor` it knows the prototype too, which it takes long to return otherwise.
 */
function objectEncoderOf(names: readonly string[], encode: Encode, isTextless: boolean): EncodeAlike {
  const values = valuesOf(names);
  const reads = names.map((name, k) => code`const ${values[k] as Code} = value[${name}];`);
  const inherited = names.map((name) => code`${name} in root`);
  return specialize(
    { names, encode, along, root: ROOT, Object, prototypeOf: Object.getPrototypeOf, isArray: Array.isArray },
    code`return (writer, value) => {
      if (typeof value !== 'object' || value === null || value.constructor !== Object) return false;
      if (prototypeOf(value) !== root || isArray(value) || ${join(inherited, code` || `)}) return false;
      let index = 0;
      for (const name in value) if (name !== names[index++]) return false;
      if (index !== ${names.length}) return false;
      ${reads}
      ${encodingOf(names, isTextless)}
    };`,
    'encode',
    'maps',
  );
}

/**
 * Generates the encoder of instances of `Map` with these names. What only has its prototype has no entries. The methods are
 * called as those of the map, since engines iterate without making an object for each entry only if they are.
 */
function mapEncoderOf(names: readonly string[], encode: Encode, isTextless: boolean): EncodeAlike {
  const values = valuesOf(names);
  const reads = names.map((name, k) => {
    const [step, entry] = [identifier(`s${k}`), identifier(`e${k}`)];
    return code`const ${step} = iterator.next();
      if (${step}.done) return false;
      const ${entry} = ${step}.value;
      if (${entry}[0] !== ${name}) return false;
      const ${values[k] as Code} = ${entry}[1];`;
  });
  return specialize(
    { names, encode, along, Map, prototype: MAP_PROTOTYPE, prototypeOf: Object.getPrototypeOf, ...ITERATION },
    code`return (writer, value) => {
      if (typeof value !== 'object' || value === null || value.constructor !== Map) return false;
      if (prototypeOf(value) !== prototype || value.entries !== entries) return false;
      let iterator;
      try { iterator = value.entries(); } catch { return false; }
      if (iterator.next !== next) return false;
      ${reads}
      if (!iterator.next().done) return false;
      ${encodingOf(names, isTextless)}
    };`,
    'encode',
    'maps',
  );
}
