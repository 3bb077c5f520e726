/** All kinds of values. A kind that is missing here, or lacks a member, is a compile error. */

import type { Definition, Shape } from '../../../types/shape';
import { readBrand } from './brand';
import { dateKind } from './date';
import { bigintKind } from './bigint';
import { defaultKind } from './default';
import { enumKind } from './enum';
import { functionKind } from './function';
import { hugeKind } from './huge';
import { iterKind } from './iter';
import { jsonKind } from './json';
import type { DefinitionKind, Kind, ReadShape } from './kind';
import { listKind } from './list';
import { mapKind } from './map';
import { namedKind } from './named';
import { ndArrayKind } from './nd-array';
import { objectKind } from './object';
import { optionKind } from './option';
import { recordKind } from './record';
import { scalarKind } from './scalar';
import { setKind } from './set';
import { streamKind } from './stream';
import { stringKind } from './string';
import { tupleKind } from './tuple';
import { tupleStructKind } from './tuple-struct';
import { typedKind } from './typed';
import { unitKind } from './unit';

export const KINDS: { readonly [K in Shape['kind']]: Kind<Extract<Shape, { kind: K }>> } = {
  unit: unitKind,
  scalar: scalarKind,
  huge: hugeKind,
  string: stringKind,
  date: dateKind,
  json: jsonKind,
  list: listKind,
  typed: typedKind,
  ndarray: ndArrayKind,
  option: optionKind,
  default: defaultKind,
  bigint: bigintKind,
  tuple: tupleKind,
  set: setKind,
  map: mapKind,
  object: objectKind,
  iter: iterKind,
  stream: streamKind,
  function: functionKind,
  named: namedKind,
};

const DEFINITION_KINDS: { readonly [K in Definition['kind']]: DefinitionKind<Extract<Definition, { kind: K }>> } = {
  record: recordKind,
  tuple: tupleStructKind,
  enum: enumKind,
};

export function kindOf(shape: Shape): Kind<Shape> {
  return KINDS[shape.kind];
}

export function definitionKindOf({ kind }: Pick<Definition, 'kind'>): DefinitionKind<Definition> {
  return DEFINITION_KINDS[kind];
}

/** Returns the types of all fields of a definition, of every variant if it is an enum. */
export function shapesOf(definition: Definition): Shape[] {
  return definitionKindOf(definition).ways(definition).flat();
}

/** The names of the kinds of named types, which the table uses too. */
export const DEFINITION_KIND_NAMES = Object.keys(DEFINITION_KINDS) as Definition['kind'][];

/** Maps each word of the table to the type that it is, or to the function that reads the list beginning with it. */
export const SPELLINGS: ReadonlyMap<unknown, Shape | ReadShape> = new Map<unknown, Shape | ReadShape>(
  Object.values(KINDS)
    .flatMap(({ spellings }) => Object.entries<Shape | ReadShape>(spellings))
    // A type with a brand is of the kind of the type inside.
    .concat([['brand', readBrand]]),
);
