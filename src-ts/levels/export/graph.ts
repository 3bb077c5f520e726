/** The graph of named types and their references to each other. */

import type { ClassDefinition, Definition, ObjectShape, ParameterShape, Shape } from '../../types/shape';
import type { ExportedSignature } from '../../types/signature';
import { definitionKindOf, kindOf, shapesOf } from '../../values/stream/kinds/registry';

/** One way to construct a value of `definition`, and the number of types it needs that are not known to be finite. */
interface Way {
  readonly definition: Definition;
  missing: number;
}

/**
 * Finds the definitions that have no finite value. A record has one if all of its fields do, an enum if one of its
 * variants does; a list, a map and an option can be empty.
 *
 * It takes time linear in the size of the definitions, and does not recurse.
 */
export function endless(definitions: readonly Definition[]): Definition[] {
  const waiting = new Map<Definition, Way[]>();
  const ending = new Set<Definition>();
  const found: Definition[] = [];
  const end = (definition: Definition): void => {
    if (ending.has(definition)) return;
    ending.add(definition);
    found.push(definition);
  };

  for (const definition of definitions) {
    for (const shapes of definitionKindOf(definition).ways(definition)) {
      const needed = new Set<Definition>();
      for (const shape of shapes) need(shape, needed);
      const way = { definition, missing: needed.size };
      if (way.missing === 0) end(definition);
      for (const other of needed) {
        const ways = waiting.get(other);
        if (ways === undefined) waiting.set(other, [way]);
        else ways.push(way);
      }
    }
  }
  for (let known = found.pop(); known !== undefined; known = found.pop()) {
    for (const way of waiting.get(known) ?? []) {
      way.missing -= 1;
      if (way.missing === 0) end(way.definition);
    }
  }
  return definitions.filter((definition) => !ending.has(definition));
}

/** Adds the named types that every value of `shape` contains. */
function need(shape: Shape, found: Set<Definition>): void {
  if (shape.kind === 'named') found.add(shape.definition);
  for (const { shape: part, needed } of kindOf(shape).parts(shape)) if (needed) need(part, found);
}

/** Yields a shape and the shapes inside it, but not those inside named types. */
function* partsOf(shape: Shape): Generator<Shape> {
  yield shape;
  for (const { shape: part } of kindOf(shape).parts(shape)) yield* partsOf(part);
}

/** Returns the named types that `shapes` contain at any depth. */
export function reachable(shapes: Iterable<Shape>): Set<Definition> {
  const found = new Set<Definition>();
  const visit = (shape: Shape): void => {
    for (const part of partsOf(shape)) if (part.kind === 'named') found.add(part.definition);
  };
  for (const shape of shapes) visit(shape);
  // The iterator of a Set also visits elements that are added during the loop.
  for (const definition of found) for (const shape of shapesOf(definition)) visit(shape);
  return found;
}

/** True if a named type contains itself. */
export function isRecursive(definition: Definition): boolean {
  return reachable(shapesOf(definition)).has(definition);
}

/** Yields the types that are in types, at any depth. */
function* inside(types: readonly ParameterShape[]): Generator<Shape> {
  const shapes = types.filter((shape) => shape.kind !== 'lent');
  for (const shape of shapes) yield* partsOf(shape);
  for (const definition of reachable(shapes)) for (const shape of shapesOf(definition)) yield* partsOf(shape);
}

/** Returns the types of a kind that are in types, at any depth. */
function allIn<K extends Shape['kind']>(types: readonly ParameterShape[], kind: K): Extract<Shape, { kind: K }>[] {
  return [...inside(types)].filter((shape): shape is Extract<Shape, { kind: K }> => shape.kind === kind);
}

/** Returns the types with a brand that are in types, at any depth. */
export function brandedIn(types: readonly ParameterShape[]): Shape[] {
  return [...inside(types)].filter(({ brand }) => brand !== undefined);
}

/** Returns the types of what a function gives: its result, and the data of its errors. */
export function givenBy({ result, error }: ExportedSignature): Shape[] {
  return error === null ? [result] : [result, { kind: 'named', definition: error }];
}

/** The types that functions take from JavaScript and those that they give to it, which callbacks turn around. */
export function exchanged(signatures: readonly ExportedSignature[]): { taken: ParameterShape[]; given: Shape[] } {
  const taken: ParameterShape[] = signatures.flatMap(({ parameters }) => parameters.map(({ shape }) => shape));
  const given = signatures.flatMap(givenBy);
  const seen = { taken: new Set<Shape>(), given: new Set<Shape>() };
  const turn = (types: readonly ParameterShape[], side: 'taken' | 'given'): void => {
    for (const shape of allIn(types, 'function')) {
      if (seen[side].has(shape)) continue;
      seen[side].add(shape);
      given.push(...shape.parameters);
      // A function that Rust gives back is declared as all that it gives.
      (side === 'taken' ? taken : given).push(shape.result);
      turn(shape.parameters, 'given');
      turn([shape.result], side);
    }
  };
  turn([...taken], 'taken');
  turn([...given], 'given');
  return { taken, given };
}

/** True if a function has a form that runs on another thread, which is decided by the objects that it uses as well. */
export function hasBackground(signature: ExportedSignature): boolean {
  return signature.background && obstacle(signature) === undefined;
}

/** Returns the class because of which a function cannot run on another thread; undefined if there is none. */
export function obstacle(signature: ExportedSignature): ClassDefinition | undefined {
  const types = exchanged([signature]);
  const taken = allIn(types.taken, 'object');
  const given = allIn(types.given, 'object');
  const isFree = ({ definition, access }: ObjectShape): boolean =>
    definition.send && (definition.sync || access !== 'read');
  return (taken.find((shape) => !isFree(shape)) ?? given.find(({ definition }) => !definition.send))?.definition;
}

/** Returns the types inside of those in types, at any depth, whose integers are bigints wherever they are. */
export function bigintsIn(types: readonly Shape[]): Shape[] {
  return allIn(types, 'bigint').map(({ value }) => value);
}

/**
 * Returns the definitions that contain, at any depth, a shape for which `is` returns true, or a definition for which `has`
 * does.
 */
export function holders(
  definitions: readonly Definition[],
  is: (part: Shape) => boolean,
  has: (definition: Definition) => boolean = () => false,
): Set<Definition> {
  const found = new Set<Definition>(definitions.filter(has));
  const users = new Map<Definition, Definition[]>();
  for (const definition of definitions) {
    for (const shape of shapesOf(definition)) {
      for (const part of partsOf(shape)) {
        if (is(part)) found.add(definition);
        if (part.kind !== 'named') continue;
        const known = users.get(part.definition);
        if (known === undefined) users.set(part.definition, [definition]);
        else known.push(definition);
      }
    }
  }
  for (const definition of found) for (const user of users.get(definition) ?? []) found.add(user);
  return found;
}
