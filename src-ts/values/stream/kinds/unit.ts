/** `()`: undefined. */

import { wrongType } from '../../../errors/mismatch';
import type { Writer } from '../../../memory/writer';
import type { UnitShape } from '../../../types/shape';
import type { Kind } from './kind';

export const unitKind: Kind<UnitShape> = {
  spellings: { unit: { kind: 'unit' } },
  parts: () => [],
  encoder: () => encodeUnit,
  decoder: () => () => undefined,
  takesNothing: () => true,
  input: () => ['undefined'],
  output: () => ['undefined'],
  rust: () => '()',
};

function encodeUnit(_: Writer, value: unknown): void {
  if (value !== undefined && value !== null) throw wrongType('undefined', value);
}
