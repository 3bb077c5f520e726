/** Finds functions in the PDB of a library, the file in which the tools of Microsoft put debug information. */

import fs = require('node:fs');
import nodePath = require('node:path');
import { Reader } from '../../file/formats/reader';
import type { Finding, KnownSignature } from '../../types/known';
import { unknown } from '../function';
import type { PdbLink } from '../image';
import { Unreadable } from '../cursor';
import { namesStream, sourceOf } from './lines';
import { readStreams, type Stream } from './msf';
import { readSignature } from './pdb-type';
import { type Place, type Procedure, Procedures } from './procedures';
import { TypeTable } from './type-table';

/** The numbers of the streams that every PDB has. */
const Streams = { Info: 1, Types: 2, Debug: 3 } as const;

const INFO_SIZE = 28;

/**
 * Returns what is known of a function.
 *
 * @param library - The absolute path of the library.
 * @param place - Where the function's code is.
 * @param hasSource - True if the function's place in the sources is to be read.
 */
export function findInPdb(link: PdbLink, library: string, name: string, place: Place, hasSource: boolean): Finding {
  // The library may have been moved together with its PDB. Otherwise that is where the linker wrote it.
  const beside = nodePath.join(nodePath.dirname(library), nodePath.win32.basename(link.path));
  const paths = nodePath.isAbsolute(link.path) ? [beside, link.path] : [beside];
  const path = paths.find((each) => fs.existsSync(each));
  if (path === undefined) return unknown(`its debug information is in ${paths.at(-1)}, which is not there`);
  return Reader.open(path, (reader) => {
    const streamAt = readStreams(reader);
    const guid = streamAt(Streams.Info).slice(0, INFO_SIZE).toString('hex', 12);
    const procedures = new Procedures(streamAt(Streams.Debug), streamAt);
    if (guid !== link.guid || procedures.age !== link.age) {
      return unknown(`its debug information in ${path} is of another build`);
    }
    const found = procedures.at(place);
    const own = found.find((each) => lastOf(each.name) === name);
    if (own === undefined) {
      const [other] = found;
      if (other === undefined) throw new Unreadable('its debug information does not mention it');
      return unknown(`the compiler has merged it with ${lastOf(other.name)}, whose code is the same`);
    }
    if (!own.isRust) return unknown('it is not written in Rust');
    const source = hasSource ? findSource(procedures, place, streamAt) : null;
    return findingOf(new TypeTable(streamAt(Streams.Types), streamAt), name, own, source);
  });
}

/** Returns the place of a function in the sources; null if it is not stated, as the signature is known without it. */
function findSource(
  procedures: Procedures,
  place: Place,
  streamAt: (index: number) => Stream,
): KnownSignature['source'] {
  try {
    const tables = procedures.linesAt(place);
    if (tables === null) return null;
    return sourceOf(tables, place, () => {
      const names = namesStream(streamAt(Streams.Info));
      return names === undefined ? null : streamAt(names);
    });
  } catch {
    return null;
  }
}

/** Returns the last name of a path such as `geometry::scale`. */
function lastOf(path: string): string {
  return path.slice(path.lastIndexOf(':') + 1);
}

function findingOf(
  table: TypeTable,
  name: string,
  { type, returns, parameters: names }: Procedure,
  source: KnownSignature['source'],
): Finding {
  const { parameters: types, result } = readSignature(table, type);
  // Without optimisation all names are stated; with it, some of those of parameters that are not used may be missing.
  const isNamed = names.length === types.length;
  const parameters = types.map((each, index) => ({ name: isNamed ? (names[index] as string) : '', type: each }));
  return { signature: { name, parameters, result: returns ? result : { kind: 'never' }, source } };
}
