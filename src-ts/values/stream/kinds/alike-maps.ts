/**
 * Decodes maps whose names are mostly the same ones in the same order, as those of a list are: once many have been, the next
 * are made by generated code, which has the names in the literal of an object and only compares them.
 */

import type { Decode, Reader } from '../../../memory/reader';
import { canSpecialize, type Code, code, identifier, join, keyOf, specialize } from '../../../runtime/code';
import { makeList } from '../../../runtime/list';
import { define } from '../../../runtime/property';

/** The most names of a map that is made so. */
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

/** Decodes the entries of a map, whose number has been read. */
type DecodeEntries = (reader: Reader, length: number) => object;

/**
 * Makes the decoder of the entries of small maps.
 *
 * @param readName - Reads a name.
 */
export function alikeMapsDecoder(readName: (reader: Reader) => string, decode: Decode): DecodeEntries {
  let generated: { readonly names: readonly string[]; readonly decode: Decode } | null = null;
  let left = canSpecialize ? MOST_GENERATED : 0;
  // The maps that were left to that code since they were counted anew, and those of them with other names.
  let tried = 0;
  let unlike = 0;
  // The names of a map, and the number of maps that have had them since.
  let names = makeList<string>(0);
  let alike = 0;

  /** Completes a map that has `from` of its entries. */
  const complete = (reader: Reader, map: Record<string, unknown>, from: number, length: number): object => {
    for (let k = from; k < length; k++) define(map, readName(reader), decode(reader));
    return map;
  };
  const decodeLearning: DecodeEntries = (reader, length) => {
    const map: Record<string, unknown> = {};
    if (left === 0 || length === 0 || length > MOST_NAMES) return complete(reader, map, 0, length);
    const known = names;
    const found = makeList<string>(length);
    let isAlike = length === known.length;
    for (let k = 0; k < length; k++) {
      const name = readName(reader);
      found[k] = name;
      isAlike &&= name === known[k];
      define(map, name, decode(reader));
    }
    if (isAlike) alike++;
    else {
      names = found;
      alike = 0;
    }
    if (alike === ALIKE) {
      left--;
      alike = 0;
      tried = 0;
      unlike = 0;
      generated = { names: found, decode: generate(found, decode, decodeUnlike) };
    }
    return map;
  };
  const decodeUnlike: DecodeUnlike = (reader, known, values) => {
    if (++unlike === MOST_UNLIKE) {
      if (tried < FAR_MORE * MOST_UNLIKE) generated = null;
      tried = 0;
      unlike = 0;
    }
    const map: Record<string, unknown> = {};
    for (let k = 0; k < values.length; k++) define(map, known[k] as string, values[k]);
    return complete(reader, map, values.length, known.length);
  };
  return (reader, length) => {
    if (generated?.names.length !== length) return decodeLearning(reader, length);
    tried++;
    return generated.decode(reader) as object;
  };
}

/** Decodes the rest of a map that has these values of the first names, and then another name. */
type DecodeUnlike = (reader: Reader, names: readonly string[], values: readonly unknown[]) => object;

/** Generates the decoder of maps with these names. */
function generate(names: readonly string[], decode: Decode, decodeUnlike: DecodeUnlike): Decode {
  const values = names.map((_, k) => identifier(`v${k}`));
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
