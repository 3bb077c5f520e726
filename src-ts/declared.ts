/** Functions of the declare level: one signature, so the places and checks of its arguments are worked out once. */

import { Placement } from './abi';
import { bankOf, type Target } from './call';
import { syntaxError } from './errors';
import { field, rename } from './field';
import { generate } from './generate';
import { interpret } from './interpret';
import { SCALARS, type Scalar } from './scalars';
import type { Signature, StrType, VecType } from './types';

/** A parameter and its place in the block. */
export type Slot =
  | { readonly scalar: Scalar; readonly offset: number; readonly packed: boolean }
  | { readonly scalar: null; readonly offset: number; readonly type: VecType | StrType };

/** Everything a call of a declared function needs. */
export interface Plan {
  readonly target: Target;
  readonly signature: Signature;
  readonly slots: readonly Slot[];
  /** What the block is told. */
  readonly code: number;
  /** Whether 64-bit results are bigints. */
  readonly bigint: boolean;
}

export type DeclaredFunction = (...args: unknown[]) => unknown;

function makePlan(target: Target, signature: Signature, bigint: boolean): Plan {
  const placement = new Placement();
  const slots = signature.parameters.map(({ type }): Slot => {
    const scalar = type.kind === 'scalar' ? SCALARS[type.name] : null;
    const offset = placement.place(scalar?.kind === 'float', scalar?.size ?? 8);
    if (offset < 0) {
      throw syntaxError('ERR_RUSTDLL_DECLARATION', `${signature.text}: more parameters than a call can carry`);
    }
    if (type.kind === 'scalar') return { scalar: SCALARS[type.name], offset, packed: placement.packs(offset) };
    return { scalar: null, offset, type };
  });
  return { target, signature, slots, code: placement.plan(bankOf(signature.result)), bigint };
}

/** Whether `new Function` is forbidden here, as under `--disallow-code-generation-from-strings`. */
function codeIsForbidden(): boolean {
  try {
    return new Function('return 1')() !== 1;
  } catch {
    return true;
  }
}

const make = codeIsForbidden() ? interpret : generate;

/** The function to call. It is named as in Rust and has as many parameters. */
export function makeDeclared(target: Target, signature: Signature, bigint: boolean): DeclaredFunction {
  const call = make(makePlan(target, signature, bigint));
  rename(call, signature.name);
  Object.defineProperty(call, 'length', field(signature.parameters.length, false));
  return call;
}
