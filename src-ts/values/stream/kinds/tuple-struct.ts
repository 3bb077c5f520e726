/** Tuple structs: arrays whose elements each have a type of their own, with a name for the whole. */

import type { TupleDefinition, TupleShape } from '../../../types/shape';
import * as json from '../json';
import type { DefinitionKind } from './kind';
import { enclosed } from './record';
import { tupleKind } from './tuple';

/** Returns the type of the same arrays without the name. */
function unnamed({ elements }: TupleDefinition): TupleShape {
  return { kind: 'tuple', elements };
}

export const tupleStructKind: DefinitionKind<TupleDefinition> = {
  read(value, shapes) {
    const { name, doc, types } = json.fields(value, null, ['kind', 'name', 'doc', 'types']);
    const list = json.elements(types, 'types');
    if (list.length === 0) json.fault('types', 'a tuple has elements');
    return {
      kind: 'tuple',
      name: json.name(name, 'name'),
      doc: json.text(doc, 'doc'),
      elements: json.each(list, 'types', (element) => shapes.of(element, null)),
    };
  },
  ways: ({ elements }) => [elements],
  encoder: (definition, encoders) => tupleKind.encoder(unnamed(definition), encoders),
  decoder: (definition, decoders) => tupleKind.decoder(unnamed(definition), decoders),
  encodeWalk(definition, encoders) {
    const walk = (tupleKind.encodeWalk as NonNullable<typeof tupleKind.encodeWalk>)(unnamed(definition), encoders);
    return (writer, value) => enclosed(writer, value, walk(writer, value));
  },
  decodeWalk: (definition, decoders) =>
    (tupleKind.decodeWalk as NonNullable<typeof tupleKind.decodeWalk>)(unnamed(definition), decoders),
  takesNothing: ({ elements }, decoders) => elements.every((element) => decoders.takesNothing(element)),
  declaration: ({ elements }, head, printer) =>
    `export type ${head} = ${printer.tuple(elements.map((shape) => printer.type(shape)))};\n`,
  rust: ({ name, elements }, rust) => `struct ${name}(${elements.map(rust).join(', ')})`,
};
