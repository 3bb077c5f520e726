/** The kinds of values that many libraries have none of, which are loaded when one has. */

import type { Definition, Shape } from '../../../types/shape';
import { bigintKind } from './bigint';
import { readBrand } from './brand';
import { dateKind } from './date';
import { defaultKind } from './default';
import { enumKind } from './enum';
import { functionKind } from './function';
import { hugeKind } from './huge';
import { iterKind } from './iter';
import { jsonKind } from './json';
import { type DefinitionKindsOf, type KindsOf, spellingsOf, type UsualDefinition, type UsualKind } from './kind';
import { mapKind } from './map';
import { ndArrayKind } from './nd-array';
import { objectKind } from './object';
import { setKind } from './set';
import { streamKind } from './stream';
import { tupleKind } from './tuple';
import { tupleStructKind } from './tuple-struct';
import { typedKind } from './typed';

export { jsonArgument } from './json';
export { encodeLayout, readNdArray } from './nd-array';
export { listOf, setFrom } from './set';

export const KINDS: KindsOf<Exclude<Shape['kind'], UsualKind>> = {
  huge: hugeKind,
  date: dateKind,
  json: jsonKind,
  typed: typedKind,
  ndarray: ndArrayKind,
  default: defaultKind,
  bigint: bigintKind,
  tuple: tupleKind,
  set: setKind,
  map: mapKind,
  object: objectKind,
  iter: iterKind,
  stream: streamKind,
  function: functionKind,
};

export const DEFINITION_KINDS: DefinitionKindsOf<Exclude<Definition['kind'], UsualDefinition>> = {
  tuple: tupleStructKind,
  enum: enumKind,
};

/** A type with a brand is of the kind of the type inside. */
export const SPELLINGS = spellingsOf(KINDS).set('brand', readBrand);
