import type { Decode } from '../../../memory/reader';
import type { Encode } from '../../../memory/writer';
import { canSpecialize, code, specialize } from '../../../runtime/code';

export function optionDecoder(decode: Decode): Decode {
  return (reader) => (reader.flag() ? decode(reader) : null);
}

export function optionEncoder(encode: Encode): Encode {
  if (canSpecialize) {
    return specialize(
      { encode },
      code`return function (writer, value) {
        if (value === null || value === undefined) writer.count(0);
        else { writer.count(1); encode(writer, value); }
      };`,
      'encode',
      'option',
    );
  }
  return (writer, value) => {
    if (value === null || value === undefined) {
      writer.count(0);
      return;
    }
    writer.count(1);
    encode(writer, value);
  };
}
