/** Random tables of exported functions as a library writes them, and the JSON of a table that was read. */

import * as fc from 'fast-check';
import type {
  ClassDefinition,
  Definition,
  EnumDefinition,
  FieldShape,
  NdArrayShape,
  ParameterShape,
  Shape,
  Variant,
} from '../../src-ts/types/shape';
import type { ExportedSignature, Table } from '../../src-ts/types/signature';
import { formatType } from '../../src-ts/types/lent';
import { scalarName } from './signature.arbitrary';

export type Json = null | boolean | number | string | Json[] | { [key: string]: Json };

const doc = fc.oneof(fc.constant(''), fc.string({ maxLength: 30, unit: 'binary' }));
const identifier = fc.oneof(
  fc.stringMatching(/^[a-z_][a-zA-Z0-9_]{0,6}$/),
  fc.constantFrom('delete', 'in', 'größe', 'a b', 'x-y', "it's", 'type_', 'arguments', '名前', '1st'),
);
const functionName = identifier.filter((name) => !['close', 'declare', 'path', 'then', 'catch', 'size'].includes(name));
const number = scalarName.filter((name) => name !== 'bool' && name !== 'char');
const pyType = fc.constantFrom(
  ...['&PyStr', '&mut PyStr', '&PyVec<i64>', '&PyVec<&PyStr>', '&mut PyVec<&mut PyVec<f64>>', 'Option<&PyVec<bool>>'],
);

const ndArray = fc
  .tuple(number, fc.option(fc.nat(7)))
  .map(([name, dimensions]): Json => ['ndarray', name, ...(dimensions === null ? [] : [dimensions])]);

const made = new Map<string, fc.Arbitrary<Json>>();

/** A type. `direct` are the named types that may be in it directly, `any` those inside types that can be empty. */
function typeOf(direct: number, any: number, depth: number): fc.Arbitrary<Json> {
  const key = `${direct} ${any} ${depth}`;
  const type = made.get(key) ?? makeType(direct, any, depth);
  made.set(key, type);
  return type;
}

function makeType(direct: number, any: number, depth: number): fc.Arbitrary<Json> {
  const refs = direct > 0 ? [fc.nat(direct - 1).map((index): Json => ['ref', index])] : [];
  const leaf = fc.oneof<fc.Arbitrary<Json>[]>(
    scalarName,
    fc.constantFrom('i128', 'u128', 'string', 'date', 'json', 'unit'),
    number.map((name) => ['typed', name]),
    ndArray,
    ...refs,
  );
  if (depth === 0) return leaf;
  const same = typeOf(direct, any, depth - 1);
  const free = typeOf(any, any, depth - 1);
  return fc.oneof(
    { weight: 4, arbitrary: leaf },
    { weight: 2, arbitrary: free.map((element): Json => ['vec', element]) },
    fc.tuple(same, fc.integer({ min: 0, max: 8 })).map(([element, length]): Json => ['array', element, length]),
    free.map((some): Json => ['option', some]),
    same.map((value): Json => ['default', value]),
    same.map((value): Json => ['bigint', value]),
    free.map((value): Json => ['map', value]),
    fc
      .tuple(fc.constantFrom('fn', 'callback'), fc.array(free, { maxLength: 3 }), free)
      .map(([word, taken, given]): Json => [word, taken, given]),
    fc.array(same, { minLength: 1, maxLength: 3 }).map((elements): Json => ['tuple', ...elements]),
    fc
      .tuple(fc.constantFrom('Id', 'string', 'Type0'), fc.constantFrom('geo', 'geo::ids'), scalarName)
      .map(([name, module, type]): Json => ['brand', name, module, type]),
  );
}

function fieldsOf(type: fc.Arbitrary<Json>): fc.Arbitrary<Json> {
  return fc.uniqueArray(fc.record({ name: identifier, doc, type }), { maxLength: 4, selector: ({ name }) => name });
}

const TAG = 'the tag';

function variantOf(type: fc.Arbitrary<Json>): fc.Arbitrary<{ name: string } & { [key: string]: Json }> {
  const name = identifier;
  const kinds = <K extends string>(kind: K): fc.Arbitrary<K> => fc.constant(kind);
  return fc.oneof(
    fc.record({ name, doc, kind: kinds('unit') }),
    fc.record({ name, doc, kind: kinds('value'), type }),
    fc.record({ name, doc, kind: kinds('tuple'), types: fc.array(type, { minLength: 2, maxLength: 3 }) }),
    fc.record({ name, doc, kind: kinds('record'), fields: fieldsOf(type) }),
  );
}

/** Names that other types have too. */
const FAMILIAR = ['Record', 'string', 'Type0Input', 'Uint8Array'];

/** Returns the field of an enum for what variants without named fields hold, if it is an unusual one. */
function contentOf({ content }: EnumDefinition): { content?: string } {
  return content === undefined ? {} : { content };
}

/** The definition at `index` of `all`. The types that every value of it contains precede it, so that values end. */
function definitionAt(index: number, all: number): fc.Arbitrary<{ [key: string]: Json }> {
  const name = fc.constantFrom(`Type${index}`, FAMILIAR[index] as string);
  const record = fc.record({ kind: fc.constant('record'), name, doc, fields: fieldsOf(typeOf(index, all, 2)) });
  const types = fc.array(typeOf(index, all, 2), { minLength: 1, maxLength: 3 });
  const tuple = fc.record({ kind: fc.constant('tuple'), name, doc, types });
  const variants = fc
    .tuple(variantOf(typeOf(index, all, 2)), fc.array(variantOf(typeOf(all, all, 2)), { maxLength: 3 }))
    .map(([first, others]) => [first, ...others.filter((variant) => variant.name !== first.name)])
    .map((list) => list.filter((variant, at) => list.findIndex((other) => other.name === variant.name) === at));
  const strings = fc
    .uniqueArray(identifier, { minLength: 1, maxLength: 3 })
    .map((names) => names.map((variant): Json => ({ name: variant, doc: '', kind: 'unit' })));
  const tagged = fc.record({ kind: fc.constant('enum'), name, doc, tag: fc.constant(TAG), variants });
  const union = fc.record({ kind: fc.constant('enum'), name, doc, tag: fc.constant(TAG), variants: strings });
  const numbers = fc
    .uniqueArray(fc.maxSafeInteger(), { minLength: 1, maxLength: 3 })
    .map((list) => list.map((each, at): Json => ({ name: `n${at}`, doc: '', kind: 'unit', number: each })));
  const numeric = fc.record({ kind: fc.constant('enum'), name, doc, tag: fc.constant(TAG), variants: numbers });
  const content = fc.constant('the content');
  const boxed = fc.record({ kind: fc.constant('enum'), name, doc, tag: fc.constant(TAG), content, variants });
  // TypeScript knows no union that contains itself other than in an object.
  const untagged = fc.record({
    kind: fc.constant('enum'),
    name,
    doc,
    tag: fc.constant(null),
    variants: fc.uniqueArray(variantOf(typeOf(index, index, 2)), {
      minLength: 1,
      maxLength: 4,
      selector: (of) => of.name,
    }),
  });
  const open = fc.constantFrom({}, { open: true });
  const enums = fc.oneof(tagged as fc.Arbitrary<{ [key: string]: Json }>, union, numeric, boxed, untagged);
  const opened = fc.tuple(fc.oneof({ weight: 2, arbitrary: record }, { weight: 3, arbitrary: enums }), open);
  return fc.oneof(
    { weight: 4, arbitrary: opened.map(([definition, how]) => ({ ...definition, ...how })) },
    { weight: 1, arbitrary: tuple },
  );
}

function functionOf(definitions: number): fc.Arbitrary<{ name: string } & { [key: string]: Json }> {
  const type = typeOf(definitions, definitions, 3);
  const lent = fc.oneof(
    scalarName.map((name): Json => ['mut', name]),
    ndArray.map((array): Json => ['mut', array]),
    pyType.map((text): Json => ['py', text]),
  );
  const parameter = fc.record({
    name: identifier,
    type: fc.oneof({ weight: 4, arbitrary: type }, { weight: 1, arbitrary: lent }),
  });
  const usual = fc.record({
    name: functionName,
    doc,
    module: fc.constant('geo::shapes'),
    parameters: fc.uniqueArray(parameter, { maxLength: 4, selector: ({ name }) => name }),
    result: type,
    throws: fc.boolean(),
    bigint: fc.boolean(),
    hash: fc.stringMatching(/^[0-9a-f]{16}$/),
  });
  // These fields exist only if their values are not the usual ones.
  const calls = fc.constantFrom({}, { async: true }, { background: false });
  const error = definitions === 0 ? fc.constant(null) : fc.option(fc.nat(definitions - 1));
  return fc.tuple(usual, calls, error).map(([signature, how, place]) => ({
    ...signature,
    ...how,
    ...(signature.throws && place !== null ? { error: ['ref', place] } : {}),
  }));
}

/** A class at an index of the types. */
const classes = fc.record({
  kind: fc.constant('class'),
  name: fc.constant('Counter'),
  doc,
  send: fc.boolean(),
  sync: fc.boolean(),
});

/** A function of the class at an index. It may return an object of the class. */
function memberOf(definitions: number): fc.Arbitrary<{ name: string } & { [key: string]: Json }> {
  const self = (): Json => ['ref', definitions];
  const receiver = fc.constantFrom('', 'mut', 'own').map((word): Json => ({
    name: 'self',
    type: word === '' ? self() : [word, self()],
  }));
  // Whether it may run on another thread depends on what it does with its object.
  const member = functionOf(definitions)
    .filter(({ name }) => name !== 'constructor' && name !== 'prototype')
    .map(({ async: _, ...made }) => ({ ...made, class: definitions }) as typeof made & { class: number; name: string });
  return fc.oneof(
    member.map((made) => ({ ...made, role: 'constructor', name: 'constructor', result: self() })),
    member.map((made) => ({ ...made, role: 'static' })),
    fc.tuple(member, receiver).map(([made, first]) => ({
      ...made,
      role: 'method',
      parameters: [first, ...((made as { parameters?: Json[] }).parameters ?? [])],
    })),
    fc.tuple(member, receiver).map(([made, first]) => ({ ...made, role: 'getter', parameters: [first] })),
  );
}

function tableOf(count: number): fc.Arbitrary<Json> {
  const definitions = fc.tuple(...Array.from({ length: count }, (_, index) => definitionAt(index, count)));
  const functions = fc
    .uniqueArray(functionOf(count), { maxLength: 5, selector: ({ name }) => name })
    .map((list) => list.sort((a, b) => Buffer.compare(Buffer.from(a.name), Buffer.from(b.name))));
  const members = fc.uniqueArray(memberOf(count), { maxLength: 4, selector: ({ name }) => name });
  const content = fc.oneof(
    fc.record({ types: definitions as fc.Arbitrary<Json[]>, functions }),
    fc
      .tuple(definitions as fc.Arbitrary<Json[]>, classes, functions, members)
      .map(([types, ofClass, free, own]) => ({ types: [...types, ofClass], functions: [...free, ...own] })),
  );
  return fc.tuple(content, fc.constantFrom('unwind', 'abort')).map(([made, panic]) => ({
    contract: 2,
    rustdll: '0.1.0',
    target: 'x86_64-linux',
    panic,
    ...made,
  }));
}

/** A table with types and functions of every kind. */
export const tables: fc.Arbitrary<Json> = fc.oneof(...[0, 1, 2, 4].map(tableOf));

function jsonOfArray({ element, dimensions }: NdArrayShape): Json {
  return ['ndarray', element, ...(dimensions === null ? [] : [dimensions])];
}

function jsonOfType(shape: ParameterShape, named: readonly (ClassDefinition | Definition)[]): Json {
  const json = jsonOfPlain(shape, named);
  if (shape.kind === 'lent' || shape.brand === undefined) return json;
  return ['brand', shape.brand.name, shape.brand.module, json];
}

function jsonOfPlain(shape: ParameterShape, named: readonly (ClassDefinition | Definition)[]): Json {
  const inner = (other: Shape): Json => jsonOfType(other, named);
  switch (shape.kind) {
    case 'unit':
    case 'string':
    case 'date':
    case 'json':
      return shape.kind;
    case 'scalar':
      return shape.name;
    case 'huge':
      return shape.signed ? 'i128' : 'u128';
    case 'list':
      if (shape.buffer === true) return 'buffer';
      return shape.length === null ? ['vec', inner(shape.element)] : ['array', inner(shape.element), shape.length];
    case 'typed':
      return ['typed', shape.element];
    case 'ndarray':
      return jsonOfArray(shape);
    case 'option':
      return ['option', inner(shape.some)];
    case 'default':
    case 'bigint':
      return [shape.kind, inner(shape.value)];
    case 'tuple':
      return ['tuple', ...shape.elements.map(inner)];
    case 'map':
      if (shape.isMap) return ['entries', inner(shape.key), inner(shape.value)];
      return shape.key.kind === 'string' ? ['map', inner(shape.value)] : ['map', inner(shape.key), inner(shape.value)];
    case 'set':
      return ['set', inner(shape.element)];
    case 'iter':
    case 'stream':
      return [shape.kind, inner(shape.item)];
    case 'named':
      return ['ref', named.indexOf(shape.definition)];
    case 'object': {
      const self = ['ref', named.indexOf(shape.definition)];
      return shape.access === 'read' ? self : [shape.access === 'take' ? 'own' : 'mut', self];
    }
    case 'function':
      return [shape.isLent ? 'fn' : 'callback', shape.parameters.map(inner), inner(shape.result)];
    case 'lent': {
      const { type, length, optional, array } = shape;
      if (array !== undefined) return ['mut', jsonOfArray(array)];
      const isSlice = type.kind === 'vec' && type.element.kind === 'scalar' && type.held === 'mut';
      // For a caller, a `&mut PyVec<f64>` is the same as a `&mut [f64]`.
      if (!isSlice || type.nullable !== (optional === true)) return ['py', formatType(type)];
      const slice: Json[] = ['mut', formatType(type.element), ...(length === undefined ? [] : [length])];
      return optional === true ? ['option', slice] : slice;
    }
  }
}

/** Returns the JSON of a table that was read, complete and without additions. */
export function jsonOf(table: Table): Json {
  // The classes of these tables follow the definitions.
  const named = [...table.definitions, ...table.classes];
  const signature = ({
    parameters,
    result,
    isAsync,
    isConstant,
    background,
    member,
    error,
    ...others
  }: ExportedSignature): Json => ({
    ...others,
    ...(member === null ? {} : { class: named.indexOf(member.definition), role: member.role }),
    ...(error === null ? {} : { error: ['ref', named.indexOf(error)] }),
    ...(isAsync ? { async: true } : {}),
    ...(isConstant ? { constant: true } : {}),
    ...(background ? {} : { background: false }),
    parameters: parameters.map(({ name, shape }) => ({ name, type: jsonOfType(shape, named) })),
    result: jsonOfType(result, named),
  });
  const fields = (list: readonly FieldShape[]): Json =>
    list.map(({ name, doc, shape }) => ({ name, doc, type: jsonOfType(shape, named) }));
  const variant = ({ name, doc, payload, number }: Variant): Json => {
    const { kind } = payload;
    if (kind === 'unit') return { name, doc, kind, ...(number === undefined ? {} : { number }) };
    if (kind === 'value') return { name, doc, kind, type: jsonOfType(payload.shape, named) };
    if (kind === 'record') return { name, doc, kind, fields: fields(payload.fields) };
    return { name, doc, kind, types: payload.elements.map((element) => jsonOfType(element, named)) };
  };
  return {
    contract: table.contract,
    rustdll: table.crate,
    target: table.target,
    panic: table.panic,
    types: named.map((definition): Json => {
      const { kind, name, doc } = definition;
      if (kind === 'class') return { ...definition };
      const open = definition.kind !== 'tuple' && definition.open === true ? { open: true } : {};
      if (definition.kind === 'tuple') {
        return { kind, name, doc, types: definition.elements.map((element) => jsonOfType(element, named)) };
      }
      return definition.kind === 'record'
        ? { kind, name, doc, fields: fields(definition.fields), ...open }
        : {
            ...open,
            kind,
            name,
            doc,
            tag: definition.tag,
            ...contentOf(definition),
            variants: definition.variants.map(variant),
          };
    }),
    functions: [...table.functions, ...table.members].map(signature),
    ...(table.take === null ? {} : { take: table.take }),
    ...(table.log === null ? {} : { log: table.log }),
  };
}
