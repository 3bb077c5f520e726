import { typeError } from '../../../errors/errors';
import { wrongType } from '../../../errors/mismatch';
import type { Decode } from '../../../memory/reader';
import type { Encode } from '../../../memory/writer';
import type { EnumDefinition } from '../../../types/shape';

export function notOne(name: string): TypeError {
  return typeError('ERR_RUSTDLL_TYPE', `the result holds a ${name} that is none of its variants`);
}

export function unionDecoder({ name, variants }: EnumDefinition): Decode {
  const names = variants.map((variant) => variant.name);
  return (reader) => {
    const variant = names[reader.i32[2 * reader.at++] as number];
    if (variant === undefined) throw notOne(name);
    return variant;
  };
}

/** `'A', 'B' or 'C'` */
export function oneOf(names: readonly string[]): string {
  const quoted = names.map((name) => `'${name}'`);
  return quoted.length < 2 ? quoted.join() : `${quoted.slice(0, -1).join(', ')} or ${quoted.at(-1)}`;
}

export function unionEncoder({ variants }: EnumDefinition): Encode {
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
