/** Functions whose types are known, declared or exported, made from their plan. */

import { canSpecialize } from '../runtime/code';
import { property, rename } from '../runtime/property';
import { generate } from './generated';
import { interpret } from './interpreted';
import type { CheckedFunction, Plan } from './plan';

const make = canSpecialize ? generate : interpret;

/** The function to call. It is named as in Rust and has as many parameters. */
export function makeChecked(plan: Plan): CheckedFunction {
  const call = make(plan);
  rename(call, plan.target.name);
  Object.defineProperty(call, 'length', property(plan.required, false));
  return call;
}
