/** Describes to the addon the memory that arguments point to: for a call in the background, it copies that memory. */

import { BLOCK_LENT, BLOCK_LENT_COUNT } from '../../crossing/block';
import { doorbell } from '../../crossing/doorbell';
import { typeError } from '../../errors/errors';
import { type Callee, placeOf } from '../../errors/words';
import { UPPER } from '../../types/bits';
import type { StrType, VecType } from '../../types/lent';
import { SCALARS } from '../../types/scalar';

const { i32 } = doorbell;

// The bits of a lent type, as kLentSizeMask in src-native/abi.h describes them.
const MUTABLE = 0x100;

const DEPTH = 2 ** 12;

const POINTERS = 2 ** 17;

/** The most levels of lists around the innermost ones, as many as the type has bits for. */
const MAX_NESTING = 31;

/** An argument whose memory is copied. */
export interface Lent {
  /** The place in the block of the pointer to its descriptor. */
  readonly offset: number;
  /** Its type in the encoding that the addon reads. */
  readonly type: number;
  /** True if Rust may change what it points to. */
  readonly mutable: boolean;
}

/**
 * Describes the argument with this index, of `type`, whose pointer is at `offset` in the block.
 *
 * @throws TypeError `ERR_RUSTDLL_TYPE` if its lists are nested too deep.
 */
export function lentOf(callee: Callee, index: number, type: VecType | StrType, offset: number): Lent {
  let bits = 0;
  let depth = 0;
  let mutable = type.held === 'mut';
  let list = type;
  while (list.kind === 'vec' && list.element.kind !== 'scalar') {
    list = list.element;
    if (list.held !== 'value') bits += POINTERS * 2 ** depth;
    if (list.held === 'ref') mutable = false;
    if (++depth > MAX_NESTING) {
      const place = placeOf(callee, index);
      throw typeError(
        'ERR_RUSTDLL_TYPE',
        `${place}: lists are nested more than ${MAX_NESTING + 1} deep, too deep for a call in the background`,
      );
    }
  }
  bits += DEPTH * depth + (mutable ? MUTABLE : 0);
  bits += list.kind === 'vec' && list.element.kind === 'scalar' ? SCALARS[list.element.name].size : 1;
  return { offset, type: bits, mutable };
}

/** Stores in the block which arguments of a call the addon has to copy. */
export function storeLents(lents: readonly Lent[]): void {
  i32[BLOCK_LENT_COUNT >> 2] = lents.length;
  for (let k = 0, at = BLOCK_LENT >> 2; k < lents.length; k++, at += 4) {
    const { offset, type } = lents[k] as Lent;
    i32[at] = offset;
    i32[at + 2] = type;
    i32[at + 3] = type * UPPER;
  }
}
