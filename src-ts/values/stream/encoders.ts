/**
 * Values of exported functions, from JavaScript into a stream. Each shape becomes a function, made once; those of
 * records, lists and options have code of their own where code may be generated.
 */

import { wrongType } from '../../errors/mismatch';
import type { Encode, Writer } from '../../memory/writer';
import { mayBePollution } from '../../runtime/plain-object';
import { SCALARS } from '../../types/scalar';
import { type Definition, type EnumDefinition, type FieldShape, isUnion, type Shape } from '../../types/shape';
import { oneOf, unionEncoder } from './kinds/enum';
import { listEncoder, tupleEncoder } from './kinds/list';
import { mapEncoder } from './kinds/map';
import { optionEncoder } from './kinds/option';
import { fieldsEncoder, refuseUnknown } from './kinds/record';
import { encodeI128, encodeU128, scalarEncoder } from './kinds/scalar';
import { packedEncoder, typedEncoder } from './kinds/scalar-list';

/** The encoders of one library. */
export class Encoders {
  /** A named type may contain itself, so its writer is entered before it is made. */
  readonly #named = new Map<Definition, Encode>();

  of(shape: Shape): Encode {
    switch (shape.kind) {
      case 'unit':
        return encodeUnit;
      case 'scalar':
        return scalarEncoder(SCALARS[shape.name]);
      case 'huge':
        return shape.signed ? encodeI128 : encodeU128;
      case 'string':
        return encodeString;
      case 'list':
        return shape.element.kind === 'scalar'
          ? packedEncoder(SCALARS[shape.element.name], shape.length)
          : listEncoder(this.of(shape.element), shape.length);
      case 'typed':
        return typedEncoder(SCALARS[shape.element]);
      case 'option':
        return optionEncoder(this.of(shape.some));
      case 'tuple':
        return tupleEncoder(shape.elements.map((element) => this.of(element)));
      case 'map':
        return mapEncoder(this.of(shape.value));
      case 'named':
        return this.#ofDefinition(shape.definition);
      case 'lent':
        throw new Error('a lent parameter is packed, not encoded');
    }
  }

  #ofDefinition(definition: Definition): Encode {
    let encode = this.#named.get(definition);
    if (encode === undefined) {
      // Until it is made, and from within itself, it is reached through this.
      this.#named.set(definition, (writer, value) => {
        made(writer, value);
      });
      const made: Encode =
        definition.kind === 'record'
          ? this.#record(definition.name, definition.fields)
          : isUnion(definition)
            ? unionEncoder(definition)
            : this.#variants(definition);
      this.#named.set(definition, (encode = made));
    }
    return encode;
  }

  #record(name: string, fields: readonly FieldShape[], tag?: string): Encode {
    const known = new Set(fields.map((field) => field.name));
    if (tag !== undefined) known.add(tag);
    const encodeFields = fieldsEncoder(
      name,
      fields,
      fields.map((field) => this.of(field.shape)),
      (value) => {
        refuseUnknown(value, name, known);
      },
      [...known],
    );
    // A variant's fields are in the enum, which counts for them.
    const nested = tag === undefined;
    return (writer, value) => {
      if (typeof value !== 'object' || value === null || Array.isArray(value)) {
        throw wrongType(`an object (${name})`, value);
      }
      if (nested) writer.enter();
      encodeFields(writer, value);
      if (nested) writer.leave();
    };
  }

  #variants({ name, tag, variants }: EnumDefinition): Encode {
    const encoders = new Map<unknown, { index: number; encode: Encode }>(
      variants.map(({ name: variant, payload }, index) => {
        const title = `${name}.${variant}`;
        let encode: Encode;
        if (payload.kind === 'unit') encode = this.#record(title, [], tag);
        else if (payload.kind === 'record') encode = this.#record(title, payload.fields, tag);
        else {
          const shape: Shape = payload.kind === 'value' ? payload.shape : { kind: 'tuple', elements: payload.elements };
          encode = this.#record(title, [{ name: 'value', doc: '', shape }], tag);
        }
        return [variant, { index, encode }];
      }),
    );
    const expected = oneOf(variants.map((variant) => variant.name));
    return (writer, value) => {
      if (typeof value !== 'object' || value === null) throw wrongType(`an object (${name})`, value);
      const variant: unknown = mayBePollution(value, tag) ? undefined : (value as Record<string, unknown>)[tag];
      const known = encoders.get(variant);
      if (known === undefined) throw wrongType(expected, variant).along(tag);
      writer.enter();
      writer.count(known.index);
      known.encode(writer, value);
      writer.leave();
    };
  }
}

function encodeUnit(_: Writer, value: unknown): void {
  if (value !== undefined && value !== null) throw wrongType('undefined', value);
}

function encodeString(writer: Writer, value: unknown): void {
  if (typeof value !== 'string') throw wrongType('a string', value);
  writer.string(value);
}
