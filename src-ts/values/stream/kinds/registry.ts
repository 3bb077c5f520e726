/**
 * All kinds of values. Those of nearly every library are here. The others are loaded when a library has the first of
 * them, as a program waits for all code that it loads. A kind that is missing, or lacks a member, is a compile error.
 */

import type { Definition, Shape } from '../../../types/shape';
import {
  type DefinitionKind,
  type DefinitionKindsOf,
  type Kind,
  type KindsOf,
  type ReadShape,
  spellingsOf,
  type UsualDefinition,
  type UsualKind,
} from './kind';
import { listKind } from './list';
import { namedKind } from './named';
import { optionKind } from './option';
import { recordKind } from './record';
import { scalarKind } from './scalar';
import { stringKind } from './string';
import { unitKind } from './unit';

export const KINDS: KindsOf<UsualKind> = {
  unit: unitKind,
  scalar: scalarKind,
  string: stringKind,
  list: listKind,
  option: optionKind,
  named: namedKind,
};

const DEFINITION_KINDS: DefinitionKindsOf<UsualDefinition> = { record: recordKind };

let loaded: typeof import('./others') | undefined;

/** Returns the code of the other kinds. */
export function others(): typeof import('./others') {
  return (loaded ??= require('./others') as typeof import('./others'));
}

/** True if a kind is in a map of some kinds. */
function isIn<K extends string>(kinds: Readonly<Record<K, unknown>>, kind: string): kind is K {
  return Object.hasOwn(kinds, kind);
}

export function kindOf({ kind }: Shape): Kind<Shape> {
  return isIn(KINDS, kind) ? KINDS[kind] : others().KINDS[kind];
}

export function definitionKindOf({ kind }: Pick<Definition, 'kind'>): DefinitionKind<Definition> {
  return isIn(DEFINITION_KINDS, kind) ? DEFINITION_KINDS[kind] : others().DEFINITION_KINDS[kind];
}

/** Returns the types of all fields of a definition, of every variant if it is an enum. */
export function shapesOf(definition: Definition): Shape[] {
  return definitionKindOf(definition).ways(definition).flat();
}

export const SPELLINGS = spellingsOf(KINDS);

/** Returns the type that a word of the table is, or the function that reads a list beginning with it. */
export function spelled(word: unknown): Shape | ReadShape | undefined {
  // Anything but a word, such as the list itself, is in neither.
  return SPELLINGS.get(word) ?? (typeof word === 'string' ? others().SPELLINGS.get(word) : undefined);
}
