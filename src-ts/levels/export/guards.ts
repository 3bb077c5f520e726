/**
 * The type guards for errors with data: `isAppError` for functions that return an `AppError` as their `Err`. They are
 * properties of the library, like its functions.
 */

import type { Definition } from '../../types/shape';
import type { Table } from '../../types/signature';

/** A type guard, and the type of the data of the errors for which it returns true. */
export interface ErrorGuard {
  readonly name: string;
  readonly definition: Definition;
}

/** Returns the guards of a library. There is none whose name is that of a function or class. */
export function errorGuards({ functions, members, classes }: Table): ErrorGuard[] {
  const definitions = new Set([...functions, ...members].flatMap(({ error }) => error ?? []));
  if (definitions.size === 0) return [];
  const taken = new Set([...functions, ...classes].map(({ name }) => name));
  return [...definitions]
    .map((definition) => ({ name: `is${definition.name}`, definition }))
    .filter(({ name }) => !taken.has(name));
}
