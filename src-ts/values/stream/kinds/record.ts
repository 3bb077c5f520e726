/** Records: objects with exactly the fields of the definition. */

import { along, Mismatch, wrongType } from '../../../errors/mismatch';
import type { Decode } from '../../../memory/reader';
import type { Encode, Writer } from '../../../memory/writer';
import { canSpecialize, code, identifier, join, keyOf, MOST_UNROLLED, specialize } from '../../../runtime/code';
import { isPlain, unpolluted } from '../../../runtime/plain-object';
import { property } from '../../../runtime/property';
import { type FieldShape, mayBeMissing, type RecordDefinition, type Shape } from '../../../types/shape';
import * as json from '../json';
import type { Walk } from '../walk';
import type { DecoderMaker, DecodeWalk, DefinitionKind, EncoderMaker, EncodeWalk, ShapeReader } from './kind';

export const recordKind: DefinitionKind<RecordDefinition> = {
  read(value, shapes) {
    const { name, doc, fields, open } = json.fields(value, null, ['kind', 'name', 'doc', 'fields'], ['open']);
    return {
      kind: 'record',
      name: json.name(name, 'name'),
      doc: json.text(doc, 'doc'),
      fields: readFields(fields, 'fields', shapes),
      ...readOpen(open),
    };
  },
  ways: ({ fields }) => [fields.map(({ shape }) => shape)],
  encoder: ({ name, fields, open }, encoders) => objectEncoder(name, fields, encoders, undefined, open),
  decoder: ({ name, fields }, decoders) => objectDecoder(name, fields, decoders),
  encodeWalk({ name, fields, open }, encoders) {
    const walk = objectEncodeWalk(name, fields, encoders, undefined, open);
    return (writer, value) => enclosed(writer, value, walk(writer, value));
  },
  decodeWalk: ({ fields }, decoders) => objectDecodeWalk(fields, decoders),
  // This ends: a record contains itself only through a list or an option, which take a word.
  takesNothing: ({ fields }, decoders) => fields.every(({ shape }) => decoders.takesNothing(shape)),
  declaration({ fields, open = false }, head, printer) {
    const others = printer.others(open);
    // The type `{}` would accept every value except null and undefined.
    return fields.length === 0 && others === ''
      ? `export type ${head} = ${printer.global('Record')}<string, never>;\n`
      : `export interface ${head} {\n${printer.fields(fields, '  ')}${others === '' ? '' : `  ${others};\n`}}\n`;
  },
  rust: ({ name, fields }, rust) => `struct ${name} ${rustBraces(fields.map((field) => rustField(field, rust)))}`,
};

/** Reads whether arguments may have other fields. */
export function readOpen(value: unknown): { open?: true } {
  return value !== undefined && json.boolean(value, 'open') ? { open: true } : {};
}

/** Reads the fields of a record, or of a variant that has named fields. */
export function readFields(value: unknown, step: json.Step, shapes: ShapeReader): FieldShape[] {
  const fields = json.each(json.elements(value, step), step, (field) => readField(field, shapes));
  json.distinct(fields, step, 'fields');
  return fields;
}

const FIELD = ['name', 'doc', 'type'] as const;

function readField(value: unknown, shapes: ShapeReader): FieldShape {
  const { name, doc, type } = json.fields(value, null, FIELD);
  return { name: readFieldName(name, 'name'), doc: json.text(doc, 'doc'), shape: shapes.of(type, 'type') };
}

/** Reads the name of a field, which becomes a property of a plain object. */
export function readFieldName(value: unknown, step: json.Step): string {
  return value === '__proto__' ? json.fault(step, 'no field can be called `__proto__`') : json.name(value, step);
}

/**
 * Makes the encoder of a plain object.
 *
 * @param title - The name of the type, for messages.
 * @param tag - The property that names the variant, if the object is a value of an enum.
 * @param open - True if it may have other properties.
 */
export function objectEncoder(
  title: string,
  fields: readonly FieldShape[],
  encoders: EncoderMaker,
  tag?: string,
  open = false,
): Encode {
  const known = knownNames(fields, tag);
  const encodeFields = fieldsEncoder(
    title,
    fields,
    fields.map((field) => encoders.of(field.shape)),
    (value) => {
      refuseUnknown(value, title, open ? null : known);
    },
    [...known],
  );
  return (writer, value) => {
    encodeFields(writer, objectOf(title, value));
  };
}

function knownNames(fields: readonly FieldShape[], tag: string | undefined): Set<string> {
  const known = new Set(fields.map((field) => field.name));
  if (tag !== undefined) known.add(tag);
  return known;
}

function objectOf(title: string, value: unknown): object {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    throw wrongType(`an object (${title})`, value);
  }
  return value;
}

/** Writes the fields of an object one after the other, and refuses an object that has others. */
type FieldsEncoder = (writer: Writer, value: object) => void;

/**
 * Makes the function that writes the fields, as generated code if possible.
 *
 * @param title - The name of the type, for messages.
 * @param refuse - Checks an object that has a property not among `known`, and throws if it is not of the type.
 * @param known - The names of the properties that an object of the type has.
 */
function fieldsEncoder(
  title: string,
  fields: readonly FieldShape[],
  encoders: readonly Encode[],
  refuse: (value: object) => void,
  known: readonly string[],
): FieldsEncoder {
  const names = fields.map(({ name }) => name);
  const leaveField = (error: unknown, value: object, index: number): unknown =>
    leave(error, value, names[index] as string);
  const optional = fields.map(({ shape }) => mayBeMissing(shape));
  if (canSpecialize && names.length <= MOST_UNROLLED && optional.includes(false)) {
    const parts: Record<string, unknown> = { leaveField, refuse, unpolluted, known, root: Object.prototype };
    encoders.forEach((encode, i) => (parts[`encode${i}`] = encode));
    const steps = names.map((name, i) => {
      const encode = identifier(`encode${i}`);
      if (!optional[i]) return code`index = ${i}; ${encode}(writer, value[${name}]);`;
      const field = identifier(`field${i}`);
      return code`index = ${i}; const ${field} = value[${name}]; missing ||= ${field} === undefined; ${encode}(writer, ${field});`;
    });
    const polluted = known.map((name) => code`${name} in root`);
    const cases = known.map((name) => code`case ${name}:`);
    return specialize(
      parts,
      code`return function (writer, value) {
        if (${join(polluted, code` || `)}) value = unpolluted(value, known);
        let index = 0;
        let missing = false;
        try { ${steps} } catch (error) { throw leaveField(error, value, index); }
        let count = 0;
        for (const name in value) {
          switch (name) {
            ${cases} count++; break;
            default: refuse(value);
          }
        }
        if (count !== ${known.length} || missing) refuse(value);
      };`,
      'encode',
      title,
    );
  }
  return (writer, object) => {
    const value = known.some((name) => name in Object.prototype) ? unpolluted(object, known) : object;
    let index = 0;
    try {
      for (; index < names.length; index++) {
        (encoders[index] as Encode)(writer, (value as Record<string, unknown>)[names[index] as string]);
      }
    } catch (error) {
      throw leaveField(error, value, index);
    }
    refuse(value);
  };
}

/** Adds the field of `value` in which an error occurred to the error's path. */
function leave(error: unknown, value: object, name: string): unknown {
  if (error instanceof Mismatch && !error.hasPath && !(name in value)) {
    return new Mismatch('the field is missing').along(name);
  }
  return along(error, name);
}

/** Refuses an object for an unknown field; none is if `known` is null. Inherited properties do not count. */
function refuseUnknown(value: object, name: string, known: ReadonlySet<string> | null): void {
  if (!isPlain(value)) throw wrongType(`an object (${name})`, value);
  if (known === null) return;
  for (const key of Object.keys(value)) {
    if (!known.has(key)) throw new Mismatch(`${name} has no such field`).along(key);
  }
}

/**
 * Makes the decoder of a plain object.
 *
 * @param title - The name of the type, for the name of the generated function.
 * @param head - A property that comes first and has the same value in every object.
 */
export function objectDecoder(
  title: string,
  fields: readonly FieldShape[],
  decoders: DecoderMaker,
  head?: { name: string; value: string },
): Decode {
  return fieldsDecoder(
    title,
    fields.map((field) => field.name),
    fields.map((field) => decoders.of(field.shape)),
    head,
  );
}

function fieldsDecoder(
  title: string,
  names: readonly string[],
  decoders: readonly Decode[],
  head?: { name: string; value: string },
): Decode {
  if (canSpecialize) {
    const parts: Record<string, unknown> = {};
    decoders.forEach((decode, i) => (parts[`decode${i}`] = decode));
    const fields = names.map((name, i) => code`${keyOf(name)}: ${identifier(`decode${i}`)}(reader)`);
    if (head !== undefined) fields.unshift(code`${keyOf(head.name)}: ${head.value}`);
    return specialize(parts, code`return (reader) => ({ ${join(fields, code`, `)} });`, 'decode', title);
  }
  return (reader) => {
    const record = {};
    if (head !== undefined) Object.defineProperty(record, head.name, property(head.value));
    // Fields are defined, not assigned, as one may be named `__proto__`.
    names.forEach((name, i) => Object.defineProperty(record, name, property((decoders[i] as Decode)(reader))));
    return record;
  };
}

/** Prints a field in Rust's syntax: `x: f64`. */
export function rustField({ name, shape }: FieldShape, rust: (shape: Shape) => string): string {
  return `${name}: ${rust(shape)}`;
}

/** Prints fields or variants in braces, on one line. */
export function rustBraces(members: readonly string[]): string {
  return members.length === 0 ? '{}' : `{ ${members.join(', ')} }`;
}

/** Makes the walk that encodes as {@link objectEncoder} does. */
export function objectEncodeWalk(
  title: string,
  fields: readonly FieldShape[],
  encoders: EncoderMaker,
  tag?: string,
  open = false,
): EncodeWalk {
  const known = knownNames(fields, tag);
  const inner = fields.map(({ name, shape }) => ({ name, ...encoders.inner(shape) }));
  return function* (writer, value) {
    const given = objectOf(title, value);
    const names = [...known];
    const clean = names.some((name) => name in Object.prototype) ? unpolluted(given, names) : given;
    const object = clean as Record<string, unknown>;
    for (const { name, encode, walk } of inner) {
      try {
        if (walk === null) encode(writer, object[name]);
        else yield walk(writer, object[name]);
      } catch (error) {
        throw leave(error, object, name);
      }
    }
    refuseUnknown(object, title, open ? null : known);
  };
}

/** Makes the walk that decodes as {@link objectDecoder} does. */
export function objectDecodeWalk(
  fields: readonly FieldShape[],
  decoders: DecoderMaker,
  head?: { name: string; value: string },
): DecodeWalk {
  const inner = fields.map(({ name, shape }) => ({ name, ...decoders.inner(shape) }));
  return function* (reader) {
    const record = {};
    if (head !== undefined) Object.defineProperty(record, head.name, property(head.value));
    for (const { name, decode, walk } of inner) {
      const value = walk === null ? decode(reader) : yield walk(reader);
      Object.defineProperty(record, name, property(value));
    }
    return record;
  };
}

/** Walks through the contents of an object, and refuses an object that contains itself. */
export function* enclosed(writer: Writer, value: unknown, walk: Walk): Walk {
  writer.enter(value);
  const given = yield walk;
  writer.leave(value);
  return given;
}
