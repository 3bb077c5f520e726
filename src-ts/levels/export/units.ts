/**
 * The enums whose variants hold nothing as objects: `lib.Level.High` is the string or number that the variant is. They are
 * properties of the library, which are not enumerated.
 */

import { property } from '../../runtime/property';
import { type EnumDefinition, isUnion, unitOf } from '../../types/shape';
import type { Table } from '../../types/signature';
import { errorGuards } from './guards';
import { isReserved } from './reserved';

/** The members of every library. */
const MEMBERS: ReadonlySet<string> = new Set(['async', 'close', 'declare', 'path']);

/** Returns the enums of a library that are objects too. None has the name of a function, a class or a member. */
export function unitEnums(table: Table): EnumDefinition[] {
  const enums = table.definitions.filter((definition) => definition.kind === 'enum' && isUnion(definition));
  if (enums.length === 0) return [];
  const taken = new Set([...table.functions, ...table.classes, ...errorGuards(table)].map(({ name }) => name));
  return (enums as EnumDefinition[]).filter(({ name }) => !taken.has(name) && !MEMBERS.has(name) && !isReserved(name));
}

/** Makes the object of an enum. */
export function unitsOf({ variants }: EnumDefinition): object {
  const units = {};
  for (const variant of variants) Object.defineProperty(units, variant.name, property(unitOf(variant)));
  return Object.freeze(units);
}
