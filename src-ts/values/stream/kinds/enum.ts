/**
 * Enums: strings or numbers if no variant has a payload, else objects whose tag names the variant. Those without a tag are in
 * untagged.ts.
 */

import { wrongType } from '../../../errors/mismatch';
import type { Decode } from '../../../memory/reader';
import type { Encode } from '../../../memory/writer';
import { mayBePollution } from '../../../runtime/plain-object';
import {
  type EnumDefinition,
  type FieldShape,
  fieldsOf,
  isUnion,
  type Payload,
  type Shape,
  unitOf,
  type Variant,
} from '../../../types/shape';
import * as json from '../json';
import type {
  DeclarationPrinter,
  DecoderMaker,
  DecodeWalk,
  DefinitionKind,
  EncoderMaker,
  EncodeWalk,
  ShapeReader,
} from './kind';
import {
  enclosed,
  objectDecoder,
  objectDecodeWalk,
  objectEncoder,
  objectEncodeWalk,
  readFieldName,
  readFields,
  readOpen,
  rustBraces,
  rustField,
} from './record';

let loaded: typeof import('./untagged') | undefined;

/** Returns the code of untagged enums, which is loaded at need, and once, as few libraries have one. */
function untagged(): typeof import('./untagged') {
  return (loaded ??= require('./untagged') as typeof import('./untagged'));
}

export const enumKind: DefinitionKind<EnumDefinition> = {
  read(value, shapes) {
    const read = json.fields(value, null, ['kind', 'name', 'doc', 'tag', 'variants'], ['open', 'content']);
    const name = json.name(read.name, 'name');
    const doc = json.text(read.doc, 'doc');
    const tag = read.tag === null ? null : readFieldName(read.tag, 'tag');
    const content = read.content === undefined ? {} : { content: readFieldName(read.content, 'content') };
    if (read.content !== undefined && (tag === null || tag === read.content)) {
      json.fault('content', 'there is a tag, which is another field');
    }
    const list = json.elements(read.variants, 'variants');
    if (list.length === 0) json.fault('variants', 'an enum without variants has no values');
    const variants = json.each(list, 'variants', (variant) => readVariant(variant, { tag, ...content }, shapes));
    json.distinct(variants, 'variants', 'variants');
    refuseMixed(variants);
    return { kind: 'enum', name, doc, tag, ...content, variants, ...readOpen(read.open) };
  },
  ways: ({ variants }) => variants.map(({ payload }) => fieldsOf(payload).map(({ shape }) => shape)),
  encoder(definition, encoders) {
    if (isUnion(definition)) return unionEncoder(definition);
    return isTagged(definition)
      ? variantsEncoder(definition, encoders)
      : untagged().untaggedEncoder(definition, encoders);
  },
  decoder(definition, decoders) {
    if (isUnion(definition)) return unionDecoder(definition);
    return isTagged(definition)
      ? variantsDecoder(definition, decoders)
      : untagged().untaggedDecoder(definition, decoders);
  },
  // A union has no types inside, so it is never walked.
  encodeWalk: (definition, encoders) =>
    isTagged(definition)
      ? variantsEncodeWalk(definition, encoders)
      : untagged().untaggedEncodeWalk(definition, encoders),
  decodeWalk: (definition, decoders) =>
    isTagged(definition)
      ? variantsDecodeWalk(definition, decoders)
      : untagged().untaggedDecodeWalk(definition, decoders),
  declaration: (definition, head, printer) => `export type ${head} =${declaredVariants(definition, printer)};\n`,
  rust(definition, rust) {
    const { name, tag, content, variants } = definition;
    const text = `enum ${name} ${rustBraces(variants.map((variant) => rustVariant(variant, rust)))}`;
    if (isUnion(definition)) return text;
    return tag === null
      ? `${text}, untagged`
      : `${text}, tag ${tag}${content === undefined ? '' : `, content ${content}`}`;
  },
};

/** The property of a variant in the table that describes its payload, for each kind of payload. */
const PAYLOADS: Readonly<Record<Payload['kind'], readonly ('type' | 'types' | 'fields')[]>> = {
  unit: [],
  value: ['type'],
  tuple: ['types'],
  record: ['fields'],
};

/** An enum whose values name their variant. */
type Tagged = EnumDefinition & { readonly tag: string };

function isTagged(definition: EnumDefinition): definition is Tagged {
  return definition.tag !== null;
}

/** Refuses an enum of which some variants are numbers and others are not, or two are the same number. */
function refuseMixed(variants: readonly Variant[]): void {
  const numbers = variants.flatMap(({ number }) => number ?? []);
  if (numbers.length > 0 && new Set(numbers).size < variants.length)
    json.fault('variants', 'each variant is a number of its own');
}

function readVariant(
  value: unknown,
  { tag, content }: Pick<EnumDefinition, 'tag' | 'content'>,
  shapes: ShapeReader,
): Variant {
  const kind = json.oneOf(json.peek(value, 'kind'), 'kind', ['unit', 'value', 'tuple', 'record']);
  const [held = 'kind'] = PAYLOADS[kind];
  const variant = json.fields(
    value,
    null,
    ['name', 'doc', 'kind', ...PAYLOADS[kind]],
    kind === 'unit' ? ['number'] : [],
  );
  const payload = readPayload(kind, variant[held], held, shapes);
  if (fieldsOf(payload, content).some(({ name }) => name === tag)) {
    json.fault(null, `the field that names the variant, \`${tag}\`, is called like one of the variant's own`);
  }
  const { number } = variant as { number?: unknown };
  return {
    name: json.name(variant.name, 'name'),
    doc: json.text(variant.doc, 'doc'),
    payload,
    ...(number === undefined ? {} : { number: json.integer(number, 'number') }),
  };
}

function readPayload(kind: Payload['kind'], held: unknown, step: json.Step, shapes: ShapeReader): Payload {
  switch (kind) {
    case 'unit':
      return { kind };
    case 'value':
      return { kind, shape: shapes.of(held, step) };
    case 'tuple':
      return { kind, elements: json.each(json.elements(held, step), step, (element) => shapes.of(element, null)) };
    case 'record':
      return { kind, fields: readFields(held, step, shapes) };
  }
}

function unionEncoder({ variants }: EnumDefinition): Encode {
  const indices = new Map<unknown, number>(variants.map((variant, index) => [unitOf(variant), index]));
  const expected = oneOf(variants);
  return (writer, value) => {
    const index = indices.get(value);
    if (index === undefined) throw wrongType(expected, value);
    writer.count(index);
  };
}

function variantsEncoder(definition: Tagged, encoders: EncoderMaker): Encode {
  const { tag, open } = definition;
  const variantOf = variantFinder(definition, (title, fields) => objectEncoder(title, fields, encoders, tag, open));
  return (writer, value) => {
    const { index, encode } = variantOf(value);
    writer.count(index);
    encode(writer, value);
  };
}

function variantsEncodeWalk(definition: Tagged, encoders: EncoderMaker): EncodeWalk {
  const { tag, open } = definition;
  const variantOf = variantFinder(definition, (title, fields) => objectEncodeWalk(title, fields, encoders, tag, open));
  return (writer, value) => {
    const { index, encode } = variantOf(value);
    writer.count(index);
    return enclosed(writer, value, encode(writer, value));
  };
}

/** Makes the function that finds the variant of a value by its tag, and what `encoder` has made for that variant. */
function variantFinder<E>(
  { name, tag, content, variants }: Tagged,
  encoder: (title: string, fields: readonly FieldShape[]) => E,
): (value: unknown) => { index: number; encode: E } {
  const byName = new Map<unknown, { index: number; encode: E }>(
    variants.map(({ name: variant, payload }, index) => [
      variant,
      { index, encode: encoder(`${name}.${variant}`, fieldsOf(payload, content)) },
    ]),
  );
  const expected = oneOf(variants);
  return (value) => {
    if (typeof value !== 'object' || value === null) throw wrongType(`an object (${name})`, value);
    const variant: unknown = mayBePollution(value, tag) ? undefined : (value as Record<string, unknown>)[tag];
    const known = byName.get(variant);
    if (known === undefined) throw wrongType(expected, variant).along(tag);
    return known;
  };
}

/** Joins variants for a message: `'A', 'B' or 'C'`, or `1 (A) or 2 (B)`. */
function oneOf(variants: readonly Variant[]): string {
  const quoted = variants.map(({ name, number }) => (number === undefined ? `'${name}'` : `${number} (${name})`));
  return quoted.length < 2 ? quoted.join() : `${quoted.slice(0, -1).join(', ')} or ${quoted.at(-1)}`;
}

function unionDecoder({ name, variants }: EnumDefinition): Decode {
  const units = variants.map(unitOf);
  return (reader) => {
    const variant = units[reader.i32[2 * reader.at++] as number];
    if (variant === undefined) throw untagged().notOne(name);
    return variant;
  };
}

function variantsDecoder({ name, tag, content, variants }: Tagged, decoders: DecoderMaker): Decode {
  const byIndex = variants.map(({ name: variant, payload }) =>
    objectDecoder(`${name}.${variant}`, fieldsOf(payload, content), decoders, { name: tag, value: variant }),
  );
  return (reader) => {
    const decode = byIndex[reader.i32[2 * reader.at++] as number];
    if (decode === undefined) throw untagged().notOne(name);
    return decode(reader);
  };
}

function variantsDecodeWalk({ name, tag, content, variants }: Tagged, decoders: DecoderMaker): DecodeWalk {
  const byIndex = variants.map(({ name: variant, payload }) =>
    objectDecodeWalk(fieldsOf(payload, content), decoders, { name: tag, value: variant }),
  );
  return (reader) => {
    const walk = byIndex[reader.i32[2 * reader.at++] as number];
    if (walk === undefined) throw untagged().notOne(name);
    return walk(reader);
  };
}

function declaredVariants(definition: EnumDefinition, printer: DeclarationPrinter): string {
  const { variants, open = false } = definition;
  const units = isUnion(definition);
  const write = (variant: Variant): string =>
    units ? declaredUnit(variant, printer) : declaredVariant(variant, definition, printer.others(open), printer);
  const written = variants.map(write);
  if ((units || !isTagged(definition)) && variants.every(({ doc }) => doc === '')) {
    const line = ` ${[...new Set(written)].join(' | ')}`;
    if (line.length <= printer.width - 40 && !line.includes('\n')) return line;
  }
  return variants.map(({ doc }, i) => `\n${printer.comment(doc, '  ')}  | ${written[i]}`).join('');
}

/** Prints the value of a variant of a union. */
function declaredUnit(variant: Variant, { quote }: Pick<DeclarationPrinter, 'quote'>): string {
  const value = unitOf(variant);
  return typeof value === 'number' ? String(value) : quote(value);
}

function declaredVariant(
  { name, payload }: Variant,
  { tag, content }: EnumDefinition,
  others: string,
  printer: DeclarationPrinter,
): string {
  if (tag === null && payload.kind !== 'record') return declaredPayload(payload, printer);
  const first = tag === null ? [] : [`${printer.key(tag)}: ${printer.quote(name)}`];
  const fields = fieldsOf(payload, content);
  const last = others === '' ? [] : [others];
  const parts = [...first, ...fields.map((field) => printer.field(field)), ...last];
  if (parts.length === 0) return `${printer.global('Record')}<string, never>`;
  const line = `{ ${parts.join('; ')} }`;
  if (line.length <= printer.width - 6 && fields.every(({ doc }) => doc === '')) return line;
  const around = (each: string): string => `      ${each};\n`;
  return `{\n${first.map(around).join('')}${printer.fields(fields, '      ')}${last.map(around).join('')}    }`;
}

/** Prints what a variant holds, as a member of a union. */
function declaredPayload(payload: Payload, printer: DeclarationPrinter): string {
  switch (payload.kind) {
    case 'tuple':
      return printer.tuple(payload.elements.map((shape) => printer.type(shape)));
    case 'value': {
      const type = printer.type(payload.shape);
      // The type of a function extends as far as it can.
      return type.includes('=>') ? `(${type})` : type;
    }
    default:
      return 'null';
  }
}

function rustVariant({ name, payload, number }: Variant, rust: (shape: Shape) => string): string {
  switch (payload.kind) {
    case 'unit':
      return number === undefined ? name : `${name} = ${number}`;
    case 'value':
      return `${name}(${rust(payload.shape)})`;
    case 'tuple':
      return `${name}(${payload.elements.map(rust).join(', ')})`;
    case 'record':
      return `${name} ${rustBraces(payload.fields.map((field) => rustField(field, rust)))}`;
  }
}
