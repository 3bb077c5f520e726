/**
 * The doorbell for calls without strings by Bun's own foreign call, which takes a third of the time of a call through
 * Node-API there.
 */

import { isBun } from '../runtime/engine';
import { native, RingStatus } from './node-api/native';

/** The part of `bun:ffi` that is used; see https://bun.com/docs/runtime/ffi. */
interface BunFfi {
  CFunction(definition: { ptr: number; args: string[]; returns: string }): (argument: number) => number;
}

type Ring = () => undefined | string | RingStatus;

/** Returns the doorbell, or null where there is no such foreign call. */
export function foreignRing(): Ring | null {
  if (!isBun) return null;
  let call: (environment: number) => number;
  const [code, environment] = native.foreign() as unknown as [number, number];
  try {
    // Bundlers for other runtimes could not find the module if it were required.
    const ffi = process.getBuiltinModule('bun:ffi') as unknown as BunFfi;
    call = ffi.CFunction({ ptr: code, args: ['ptr'], returns: 'u32' });
  } catch {
    // An older Bun has no such function, and some systems do not let a program make code.
    return null;
  }
  return () => {
    const status = call(environment);
    if (status === 0) return undefined;
    return status === (RingStatus.Answered as number) ? native.answer() : status;
  };
}
