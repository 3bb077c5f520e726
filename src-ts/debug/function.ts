/** Reads the signatures of functions. */

import type { Finding, KnownParameter, KnownSignature, KnownType } from '../types/known';
import { At, RUST, Tag } from './constants';
import { knownType } from './known-type';
import type { Entry } from './unit';

/** Returns the path of the source in which an entry stands; null if it is not stated. */
export type FileOf = (entry: Entry) => string | null;

/** Makes the finding for a function of which nothing is known. */
export function unknown(reason: string): Finding {
  return { signature: null, reason };
}

/** Returns the name by which the linker knows a function. */
export function linkedName(entry: Entry): string | undefined {
  for (const attribute of [At.LinkageName, At.MipsLinkageName, At.Name]) {
    const named = entry.with(attribute);
    if (named !== undefined) return named.text(attribute);
  }
  return undefined;
}

/**
 * Reads the signature of the exported function `name`, at whose address the code of `entry` is.
 *
 * @param fileOf - Returns the path of the source in which an entry stands, if it is stated. Null if nobody asks for it.
 */
export function findingOf(name: string, entry: Entry, fileOf: FileOf | null): Finding {
  const own = linkedName(entry);
  if (own !== name && own !== `_${name}`) {
    return unknown(`the compiler has merged it with ${own ?? 'another function'}, whose code is the same`);
  }
  const { unit } = entry;
  const language = unit.root.number(At.Language) ?? unit.home.skeleton?.root.number(At.Language);
  if (language !== RUST) return unknown('it is not written in Rust');
  // An instance of a function has the parameters of that function, and may lack those that it does not use.
  const original = entry.entry(At.AbstractOrigin) ?? entry;
  const parameters: KnownParameter[] = [];
  for (const child of original.children(Tag.FormalParameter, Tag.UnspecifiedParameters)) {
    if (child.tag === Tag.UnspecifiedParameters) return unknown('it takes any number of arguments');
    const named = child.with(At.Name);
    const type = child.with(At.Type)?.entry(At.Type);
    parameters.push({ name: named?.text(At.Name) ?? '', type: knownType(type) });
  }
  const typed = entry.with(At.Type);
  if (parameters.length === 0 && typed === undefined && !original.unit.hasTypes) {
    return unknown('its debug information has lines and no types');
  }
  const result: KnownType =
    typed === undefined && entry.with(At.NoReturn) !== undefined ? { kind: 'never' } : knownType(typed?.entry(At.Type));
  const signature: KnownSignature = { name, parameters, result, source: sourceOf(entry, fileOf) };
  return { signature };
}

function sourceOf(entry: Entry, fileOf: FileOf | null): KnownSignature['source'] {
  if (fileOf === null) return null;
  const placed = entry.with(At.DeclarationFile);
  const line = placed?.number(At.DeclarationLine);
  if (placed === undefined || line === undefined) return null;
  try {
    const file = fileOf(placed);
    return file === null ? null : { file, line };
  } catch {
    // The signature is known without it.
    return null;
  }
}
