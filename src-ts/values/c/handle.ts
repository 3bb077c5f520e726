/** Pointers of a library that are passed back to it. */

import { Mismatch, wrongType } from '../../errors/mismatch';
import { describe } from '../../errors/words';
import { formatCType, type FunctionType, type PointerType } from '../../types/c';
import { addressOfPointer, isPointer } from './pointer';

/**
 * Returns the address of a pointer that is an argument for `type`.
 *
 * @throws Mismatch for anything else, a pointer to another type, and one that was released.
 */
export function handleAddress(type: PointerType, value: unknown): number {
  const wanted = formatCType(type.to);
  if (!isPointer(value)) throw wrongType(`a Pointer<${wanted}>${orNull(type)}`, value);
  if (value.type !== wanted && type.to.kind !== 'void') {
    throw new Mismatch(`expected a Pointer<${wanted}>, got a Pointer<${value.type}>`);
  }
  const address = addressOfPointer(value);
  if (address === 0) throw new Mismatch(`the ${value.type} was released`, 'ERR_RUSTDLL_RELEASED');
  return address;
}

function orNull({ nullable }: PointerType): string {
  return nullable ? ' or null' : '';
}

/** Makes the refusal of null where the text does not allow it. */
export function refuseNull(type: PointerType | FunctionType, expected: string, value: unknown): Mismatch {
  return new Mismatch(
    `expected ${expected}, got ${describe(value)}; where NULL is allowed, write Option<${formatCType(type)}>`,
  );
}
