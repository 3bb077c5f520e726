/** Objects that stay in Rust: in the stream, the address of a reference of this environment's. */

import { Mismatch, wrongType } from '../../../errors/mismatch';
import type { ObjectShape } from '../../../types/shape';
import { adopt, addressOf, released } from '../../object';
import type { Kind } from './kind';

export const objectKind: Kind<ObjectShape> = {
  // `["ref", i]` is one if that type is a class; see named.ts.
  spellings: {},
  parts: () => [],
  encoder:
    ({ definition }) =>
    (writer, value) => {
      const address = addressOf(value, definition);
      if (address === undefined) throw wrongType(`a ${definition.name}`, value);
      if (address === 0) throw new Mismatch(released(definition), 'ERR_RUSTDLL_RELEASED');
      writer.integer(address);
    },
  decoder:
    ({ definition }) =>
    (reader) =>
      adopt(definition, reader.address()),
  input: ({ definition }, { named }) => [named(definition)],
  output: ({ definition }, { named }) => [named(definition)],
  rust: ({ definition, access }) => `${{ read: '&', change: '&mut ', take: '' }[access]}${definition.name}`,
};
