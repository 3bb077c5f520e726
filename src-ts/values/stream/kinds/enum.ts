/** Enums: strings if no variant has a payload, else objects whose tag names the variant. */

import { typeError } from '../../../errors/errors';
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

export const enumKind: DefinitionKind<EnumDefinition> = {
  read(value, shapes) {
    const read = json.fields(value, null, ['kind', 'name', 'doc', 'tag', 'variants'], ['open']);
    const name = json.name(read.name, 'name');
    const doc = json.text(read.doc, 'doc');
    const tag = readFieldName(read.tag, 'tag');
    const list = json.elements(read.variants, 'variants');
    if (list.length === 0) json.fault('variants', 'an enum without variants has no values');
    const variants = json.each(list, 'variants', (variant) => readVariant(variant, tag, shapes));
    json.distinct(variants, 'variants', 'variants');
    return { kind: 'enum', name, doc, tag, variants, ...readOpen(read.open) };
  },
  ways: ({ variants }) => variants.map(({ payload }) => fieldsOf(payload).map(({ shape }) => shape)),
  encoder: (definition, encoders) =>
    isUnion(definition) ? unionEncoder(definition) : variantsEncoder(definition, encoders),
  decoder: (definition, decoders) =>
    isUnion(definition) ? unionDecoder(definition) : variantsDecoder(definition, decoders),
  // A union of strings has no types inside, so it is never walked.
  encodeWalk: variantsEncodeWalk,
  decodeWalk: variantsDecodeWalk,
  declaration: (definition, head, printer) => `export type ${head} =${declaredVariants(definition, printer)};\n`,
  rust(definition, rust) {
    const { name, tag, variants } = definition;
    const text = `enum ${name} ${rustBraces(variants.map((variant) => rustVariant(variant, rust)))}`;
    return isUnion(definition) ? text : `${text}, tag ${tag}`;
  },
};

/** The property of a variant in the table that describes its payload, for each kind of payload. */
const PAYLOADS: Readonly<Record<Payload['kind'], readonly ('type' | 'types' | 'fields')[]>> = {
  unit: [],
  value: ['type'],
  tuple: ['types'],
  record: ['fields'],
};

function readVariant(value: unknown, tag: string, shapes: ShapeReader): Variant {
  const kind = json.oneOf(json.peek(value, 'kind'), 'kind', ['unit', 'value', 'tuple', 'record']);
  const [held = 'kind'] = PAYLOADS[kind];
  const variant = json.fields(value, null, ['name', 'doc', 'kind', ...PAYLOADS[kind]]);
  const payload = readPayload(kind, variant[held], held, shapes);
  if (fieldsOf(payload).some(({ name }) => name === tag)) {
    json.fault(null, `the field that names the variant, \`${tag}\`, is called like one of the variant's own`);
  }
  return { name: json.name(variant.name, 'name'), doc: json.text(variant.doc, 'doc'), payload };
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
  const indices = new Map<unknown, number>(variants.map(({ name }, index) => [name, index]));
  const expected = oneOf(variants.map(({ name }) => name));
  return (writer, value) => {
    const index = indices.get(value);
    if (index === undefined) throw wrongType(expected, value);
    writer.count(index);
  };
}

function variantsEncoder(definition: EnumDefinition, encoders: EncoderMaker): Encode {
  const { tag, open } = definition;
  const variantOf = variantFinder(definition, (title, fields) => objectEncoder(title, fields, encoders, tag, open));
  return (writer, value) => {
    const { index, encode } = variantOf(value);
    writer.count(index);
    encode(writer, value);
  };
}

function variantsEncodeWalk(definition: EnumDefinition, encoders: EncoderMaker): EncodeWalk {
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
  { name, tag, variants }: EnumDefinition,
  encoder: (title: string, fields: readonly FieldShape[]) => E,
): (value: unknown) => { index: number; encode: E } {
  const byName = new Map<unknown, { index: number; encode: E }>(
    variants.map(({ name: variant, payload }, index) => [
      variant,
      { index, encode: encoder(`${name}.${variant}`, fieldsOf(payload)) },
    ]),
  );
  const expected = oneOf(variants.map((variant) => variant.name));
  return (value) => {
    if (typeof value !== 'object' || value === null) throw wrongType(`an object (${name})`, value);
    const variant: unknown = mayBePollution(value, tag) ? undefined : (value as Record<string, unknown>)[tag];
    const known = byName.get(variant);
    if (known === undefined) throw wrongType(expected, variant).along(tag);
    return known;
  };
}

/** Joins names for a message: `'A', 'B' or 'C'`. */
function oneOf(names: readonly string[]): string {
  const quoted = names.map((name) => `'${name}'`);
  return quoted.length < 2 ? quoted.join() : `${quoted.slice(0, -1).join(', ')} or ${quoted.at(-1)}`;
}

function unionDecoder({ name, variants }: EnumDefinition): Decode {
  const names = variants.map((variant) => variant.name);
  return (reader) => {
    const variant = names[reader.i32[2 * reader.at++] as number];
    if (variant === undefined) throw notOne(name);
    return variant;
  };
}

function variantsDecoder({ name, tag, variants }: EnumDefinition, decoders: DecoderMaker): Decode {
  const byIndex = variants.map(({ name: variant, payload }) =>
    objectDecoder(`${name}.${variant}`, fieldsOf(payload), decoders, { name: tag, value: variant }),
  );
  return (reader) => {
    const decode = byIndex[reader.i32[2 * reader.at++] as number];
    if (decode === undefined) throw notOne(name);
    return decode(reader);
  };
}

function variantsDecodeWalk({ name, tag, variants }: EnumDefinition, decoders: DecoderMaker): DecodeWalk {
  const byIndex = variants.map(({ name: variant, payload }) =>
    objectDecodeWalk(fieldsOf(payload), decoders, { name: tag, value: variant }),
  );
  return (reader) => {
    const walk = byIndex[reader.i32[2 * reader.at++] as number];
    if (walk === undefined) throw notOne(name);
    return walk(reader);
  };
}

function notOne(name: string): TypeError {
  return typeError('ERR_RUSTDLL_TYPE', `the result holds a ${name} that is none of its variants`);
}

function declaredVariants(definition: EnumDefinition, printer: DeclarationPrinter): string {
  const { tag, variants, open = false } = definition;
  const write = isUnion(definition)
    ? ({ name }: Variant) => printer.quote(name)
    : (variant: Variant) => declaredVariant(variant, tag, printer.others(open), printer);
  if (isUnion(definition) && variants.every(({ doc }) => doc === '')) {
    const line = ` ${variants.map(write).join(' | ')}`;
    if (line.length <= printer.width - 40) return line;
  }
  return variants.map((variant) => `\n${printer.comment(variant.doc, '  ')}  | ${write(variant)}`).join('');
}

function declaredVariant({ name, payload }: Variant, tag: string, others: string, printer: DeclarationPrinter): string {
  const first = `${printer.key(tag)}: ${printer.quote(name)}`;
  const fields = fieldsOf(payload);
  const last = others === '' ? [] : [others];
  const line = `{ ${[first, ...fields.map((field) => printer.field(field)), ...last].join('; ')} }`;
  if (line.length <= printer.width - 6 && fields.every(({ doc }) => doc === '')) return line;
  return `{\n      ${first};\n${printer.fields(fields, '      ')}${last.map((each) => `      ${each};\n`).join('')}    }`;
}

function rustVariant({ name, payload }: Variant, rust: (shape: Shape) => string): string {
  switch (payload.kind) {
    case 'unit':
      return name;
    case 'value':
      return `${name}(${rust(payload.shape)})`;
    case 'tuple':
      return `${name}(${payload.elements.map(rust).join(', ')})`;
    case 'record':
      return `${name} ${rustBraces(payload.fields.map((field) => rustField(field, rust)))}`;
  }
}
