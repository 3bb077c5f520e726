/** Objects that stay in Rust: in the stream, the address of a reference of this environment's. */

import { append } from '../../../runtime/list';
import type { ObjectShape } from '../../../types/shape';
import { adopt, innerReference } from '../../object';
import type { Kind } from './kind';

export const objectKind: Kind<ObjectShape> = {
  // `["ref", i]` is one if that type is a class; see named.ts.
  spellings: {},
  parts: () => [],
  encoder:
    ({ definition }) =>
    (writer, value) => {
      const reference = innerReference(definition, value);
      append((writer.objects ??= []), reference);
      writer.integer(reference.address);
    },
  decoder:
    ({ definition }) =>
    (reader) =>
      adopt(definition, reader.word()),
  input: ({ definition }, { named }) => [named(definition)],
  output: ({ definition }, { named }) => [named(definition)],
  rust: ({ definition, access }) => `${{ read: '&', change: '&mut ', take: '' }[access]}${definition.name}`,
};
