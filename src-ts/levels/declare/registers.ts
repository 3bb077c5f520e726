/** The registers of declared functions. */

import { type Placement, ResultBank } from '../../crossing/convention';
import { syntaxError } from '../../errors/errors';
import { type ScalarName, SCALARS } from '../../types/scalar';
import type { Parameter, Signature } from '../../types/signature';

/** Returns the kind of register in which a result is returned. */
export function bankOf(result: ScalarName | null): ResultBank {
  if (result === 'f64') return ResultBank.F64;
  return result === 'f32' ? ResultBank.F32 : ResultBank.Int;
}

/** Returns the place in the block of the next parameter. */
export function place(placement: Placement, type: Parameter['type'], { text }: Signature): number {
  const scalar = type.kind === 'scalar' ? SCALARS[type.name] : null;
  const offset = placement.assign(scalar?.kind === 'float', scalar?.size ?? 8);
  if (offset >= 0) return offset;
  throw syntaxError('ERR_RUSTDLL_DECLARATION', `${text}: more parameters than a call can carry`);
}
