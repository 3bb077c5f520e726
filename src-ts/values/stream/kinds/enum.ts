/** Enums: strings where all variants are units, else objects whose tag names the variant. */

import { typeError } from '../../../errors/errors';
import { wrongType } from '../../../errors/mismatch';
import type { Decode } from '../../../memory/reader';
import type { Encode } from '../../../memory/writer';
import { mayBePollution } from '../../../runtime/plain-object';
import { type EnumDefinition, fieldsOf, isUnion } from '../../../types/shape';
import type { DecoderMaker, DefinitionKind, EncoderMaker } from './kind';
import { objectDecoder, objectEncoder } from './record';

export const enumKind: DefinitionKind<EnumDefinition> = {
  encoder: (definition, encoders) =>
    isUnion(definition) ? unionEncoder(definition) : variantsEncoder(definition, encoders),
  decoder: (definition, decoders) =>
    isUnion(definition) ? unionDecoder(definition) : variantsDecoder(definition, decoders),
};

function unionEncoder({ variants }: EnumDefinition): Encode {
  const indices = new Map<unknown, number>(variants.map(({ name }, index) => [name, index]));
  const expected = oneOf(variants.map(({ name }) => name));
  return (writer, value) => {
    const index = indices.get(value);
    if (index === undefined) throw wrongType(expected, value);
    writer.enter();
    writer.count(index);
    writer.leave();
  };
}

function variantsEncoder({ name, tag, variants }: EnumDefinition, encoders: EncoderMaker): Encode {
  const byName = new Map<unknown, { index: number; encode: Encode }>(
    variants.map(({ name: variant, payload }, index) => {
      const encode = objectEncoder(`${name}.${variant}`, fieldsOf(payload), encoders, tag);
      return [variant, { index, encode }];
    }),
  );
  const expected = oneOf(variants.map((variant) => variant.name));
  return (writer, value) => {
    if (typeof value !== 'object' || value === null) throw wrongType(`an object (${name})`, value);
    const variant: unknown = mayBePollution(value, tag) ? undefined : (value as Record<string, unknown>)[tag];
    const known = byName.get(variant);
    if (known === undefined) throw wrongType(expected, variant).along(tag);
    writer.enter();
    writer.count(known.index);
    known.encode(writer, value);
    writer.leave();
  };
}

/** `'A', 'B' or 'C'` */
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

function notOne(name: string): TypeError {
  return typeError('ERR_RUSTDLL_TYPE', `the result holds a ${name} that is none of its variants`);
}
