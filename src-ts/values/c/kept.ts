/** Functions of JavaScript that a C library may call after the call to which they were passed. */

import { typeError } from '../../errors/errors';
import { Mismatch } from '../../errors/mismatch';
import { describe } from '../../errors/words';
import type { KeptCallback as KeptCallbackType } from '../../types/kept-callback';
import { boundTo, type CallbackCode, type PassedTo } from './callback';
import { bind, type Thunk, unbind } from './thunk';

let thunkIn: (kept: KeptCallback, code: CallbackCode, passed: PassedTo) => Thunk;
let isKept: (value: unknown) => value is KeptCallback;

/** The class of kept callbacks, which {@link KeptCallbackType} documents for users. */
export class KeptCallback implements KeptCallbackType<(...args: never[]) => unknown> {
  readonly #call: (...args: unknown[]) => unknown;
  /** The thunks by the type of function as which it was passed. */
  readonly #thunks = new Map<string, Thunk>();
  #closed = false;

  constructor(call: unknown) {
    if (typeof call !== 'function') {
      throw typeError('ERR_RUSTDLL_TYPE', `RustDLL.callback: expected a function, got ${describe(call)}`);
    }
    this.#call = call as (...args: unknown[]) => unknown;
  }

  get call(): (...args: never[]) => unknown {
    return this.#call;
  }

  close(): void {
    this.#closed = true;
    for (const thunk of this.#thunks.values()) unbind(thunk);
    this.#thunks.clear();
  }

  [Symbol.dispose](): void {
    this.close();
  }

  static {
    isKept = (value): value is KeptCallback => typeof value === 'object' && value !== null && #thunks in value;
    thunkIn = (kept, code, passed) => {
      if (kept.#closed) throw new Mismatch('the callback was closed', 'ERR_RUSTDLL_RELEASED');
      let thunk = kept.#thunks.get(code.type);
      if (thunk === undefined) {
        thunk = bind(code.kind, boundTo(kept.#call, code, passed));
        kept.#thunks.set(code.type, thunk);
      }
      return thunk;
    };
  }
}

/**
 * Returns the thunk of a kept callback, which is bound when it is first passed as a function of this type; null for any
 * other value.
 */
export function keptThunk(value: unknown, code: CallbackCode, passed: PassedTo): Thunk | null {
  return isKept(value) ? thunkIn(value, code, passed) : null;
}
