/** Points in time: `Date`s. One that is an argument or result by itself has a slot; see values/date.ts. */

import type { Writer } from '../../../memory/writer';
import type { DateShape } from '../../../types/shape';
import { dateOf, millisecondsOf } from '../../date';
import type { Kind } from './kind';

export const dateKind: Kind<DateShape> = {
  spellings: { date: { kind: 'date' } },
  parts: () => [],
  encoder: () => encodeDate,
  decoder: () => (reader) => dateOf(reader.f64[reader.at++] as number),
  input: (_, { global }) => [global('Date')],
  output: (_, { global }) => [global('Date')],
  rust: () => 'Date',
};

function encodeDate(writer: Writer, value: unknown): void {
  const milliseconds = millisecondsOf(value);
  writer.ensure(1);
  writer.f64[writer.at++] = milliseconds;
}
