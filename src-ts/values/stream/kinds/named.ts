/** Records, enums and objects where another type names them. */

import type { NamedShape } from '../../../types/shape';
import { exactly } from '../json';
import type { Kind } from './kind';

export const namedKind: Kind<NamedShape> = {
  spellings: {
    ref(value, shapes) {
      const definition = shapes.definition(exactly(value, 2)[1], 1);
      return definition.kind === 'class'
        ? { kind: 'object', definition, access: 'read' }
        : { kind: 'named', definition };
    },
  },
  parts: () => [],
  encoder: ({ definition }, encoders) => encoders.named(definition),
  decoder: ({ definition }, decoders) => decoders.named(definition),
  encodeWalk: ({ definition }, encoders) => encoders.namedWalk(definition),
  decodeWalk: ({ definition }, decoders) => decoders.namedWalk(definition),
  takesNothing: ({ definition }, decoders) => decoders.namedTakesNothing(definition),
  input: ({ definition }, { named }) => [named(definition)],
  output: ({ definition }, { named }) => [named(definition)],
  rust: ({ definition }) => definition.name,
};
