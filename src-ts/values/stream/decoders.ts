/**
 * Values of exported functions, from a result into JavaScript. Each shape becomes a function, made once; those of records
 * and lists have code of their own where code may be generated.
 */

import type { Decode } from '../../memory/reader';
import { SCALARS } from '../../types/scalar';
import { type Definition, type EnumDefinition, type FieldShape, isUnion, type Shape } from '../../types/shape';
import { notOne, unionDecoder } from './kinds/enum';
import { listDecoder, takesNothing, tupleDecoder } from './kinds/list';
import { mapDecoder } from './kinds/map';
import { optionDecoder } from './kinds/option';
import { recordDecoder } from './kinds/record';
import { decodeI128, decodeU128, scalarDecoder } from './kinds/scalar';
import { packedDecoder, typedDecoder } from './kinds/scalar-list';

/** The decoders of one library, for functions whose 64-bit integers are bigints or for the others. */
export class Decoders {
  readonly #bigint: boolean;
  /** A named type may contain itself, so its reader is entered before it is made. */
  readonly #named = new Map<Definition, Decode>();

  constructor(bigint: boolean) {
    this.#bigint = bigint;
  }

  of(shape: Shape): Decode {
    switch (shape.kind) {
      case 'unit':
        return () => undefined;
      case 'scalar':
        return scalarDecoder(SCALARS[shape.name], this.#bigint);
      case 'huge':
        return shape.signed ? decodeI128 : decodeU128;
      case 'string':
        return (reader) => reader.string();
      case 'list':
        return shape.element.kind === 'scalar'
          ? packedDecoder(SCALARS[shape.element.name], this.#bigint)
          : listDecoder(this.of(shape.element), takesNothing(shape.element));
      case 'typed':
        return typedDecoder(SCALARS[shape.element]);
      case 'option':
        return optionDecoder(this.of(shape.some));
      case 'tuple':
        return tupleDecoder(shape.elements.map((element) => this.of(element)));
      case 'map':
        return mapDecoder(this.of(shape.value));
      case 'named':
        return this.#ofDefinition(shape.definition);
      case 'lent':
        throw new Error('a lent parameter is no result');
    }
  }

  #ofDefinition(definition: Definition): Decode {
    let decode = this.#named.get(definition);
    if (decode === undefined) {
      // Until it is made, and from within itself, it is reached through this.
      this.#named.set(definition, (reader) => made(reader));
      const made: Decode =
        definition.kind === 'record'
          ? this.#record(definition.name, definition.fields)
          : isUnion(definition)
            ? unionDecoder(definition)
            : this.#variants(definition);
      this.#named.set(definition, (decode = made));
    }
    return decode;
  }

  /** @param head - A field that stands first and is the same in every object. */
  #record(title: string, fields: readonly FieldShape[], head?: { name: string; value: string }): Decode {
    const names = fields.map((field) => field.name);
    return recordDecoder(
      title,
      names,
      fields.map((field) => this.of(field.shape)),
      head,
    );
  }

  #variants({ name, tag, variants }: EnumDefinition): Decode {
    const decoders = variants.map(({ name: value, payload }) => {
      const head = { name: tag, value };
      const title = `${name}.${value}`;
      if (payload.kind === 'unit') return this.#record(title, [], head);
      if (payload.kind === 'record') return this.#record(title, payload.fields, head);
      const shape: Shape = payload.kind === 'value' ? payload.shape : { kind: 'tuple', elements: payload.elements };
      return this.#record(title, [{ name: 'value', doc: '', shape }], head);
    });
    return (reader) => {
      const decode = decoders[reader.i32[2 * reader.at++] as number];
      if (decode === undefined) throw notOne(name);
      return decode(reader);
    };
  }
}
