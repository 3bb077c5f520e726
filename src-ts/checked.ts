/** Functions whose types are known, declared or exported, made from their plan. */

import { field, rename } from './field';
import { generate } from './generate';
import { interpret } from './interpret';
import type { CheckedFunction, Plan } from './plan';
import { canSpecialize } from './specialize';

const make = canSpecialize ? generate : interpret;

/** The function to call. It is named as in Rust and has as many parameters. */
export function makeChecked(plan: Plan): CheckedFunction {
  const call = make(plan);
  rename(call, plan.target.name);
  Object.defineProperty(call, 'length', field(plan.required, false));
  return call;
}
