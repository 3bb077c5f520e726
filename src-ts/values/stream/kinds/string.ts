/** Strings. Their text is stored apart from the words of the stream; see docs/abi.md. */

import { wrongType } from '../../../errors/mismatch';
import type { Writer } from '../../../memory/writer';
import type { StringShape } from '../../../types/shape';
import type { Kind } from './kind';

export const stringKind: Kind<StringShape> = {
  spellings: { string: { kind: 'string' } },
  parts: () => [],
  encoder: () => encodeString,
  decoder: () => (reader) => reader.string(),
  input: () => ['string'],
  output: () => ['string'],
  rust: () => 'str',
};

function encodeString(writer: Writer, value: unknown): void {
  if (typeof value !== 'string') throw wrongType('a string', value);
  writer.string(value);
}
