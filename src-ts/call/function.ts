/**
 * Functions whose types are known, declared or exported. A program calls few of the functions of a large library, so what
 * it holds of each is small, and passes its calls on to code that is made from the plan at the first of them.
 */

import { canSpecialize, type Code, code, identifier, join, numbered, specialize } from '../runtime/code';
import { property, rename } from '../runtime/property';
import { generate } from './generated';
import { interpret } from './interpreted';
import type { CheckedFunction, Plan, Target } from './plan';

/** What is known of a function without making its plan. */
export interface Outline {
  readonly target: Target;
  /** How many arguments there must be, and how many there can be. */
  readonly required: number;
  readonly most: number;
  /** Makes the plan. Asked at the first call, and again at the next one if it throws. */
  readonly plan: () => Plan;
}

/**
 * The functions to call, in the order of their outlines. Each is named as in Rust and has as many parameters.
 *
 * @param source - What they come from, by whose name their code appears in stack traces.
 */
export function makeChecked(outlines: readonly Outline[], source: string): CheckedFunction[] {
  const functions = canSpecialize ? generatedLater(outlines, source) : outlines.map(interpretedLater);
  functions.forEach((call, index) => {
    const { target, required } = outlines[index] as Outline;
    if (call.name !== target.name) rename(call, target.name);
    if (call.length !== required) Object.defineProperty(call, 'length', property(required, false));
  });
  return functions;
}

/**
 * Each function has a text of its own, so that engines learn of each by itself, and take what it calls into its callers
 * as if it were called there.
 */
function generatedLater(outlines: readonly Outline[], source: string): CheckedFunction[] {
  if (outlines.length === 0) return [];
  const make = (index: number): CheckedFunction => {
    const { target, plan } = outlines[index] as Outline;
    const call = generate(plan());
    rename(call, target.name);
    return call;
  };
  const texts = new Map<number, (index: number) => Code>();
  const functions = outlines.map(({ target, most }, index) => {
    const text = texts.get(most) ?? numbered((number) => forwarder(most, number));
    texts.set(most, text);
    // As the value of a property it is named after that, but `"__proto__": x` would set the prototype.
    return target.name === '__proto__' ? text(index) : code`{ ${target.name}: ${text(index)} }[${target.name}]`;
  });
  const variable = numbered((number) => code`f${number}`);
  // Not spread: that would ask Array.prototype for an iterator, which might be anyone's.
  return specialize(
    { make, apply: Reflect.apply },
    code`var ${join(
      outlines.map((_, index) => variable(index)),
      code`, `,
    )};
return [
${join(functions, code`,\n`)}
];`,
    'library',
    source,
  );
}

/** A function with `most` parameters, whose code will be in the variable of this number. */
function forwarder(most: number, number: Code): Code {
  const call = code`f${number}`;
  const parameters = join(
    Array.from({ length: most }, (_, i) => identifier(`p${i}`)),
    code`, `,
  );
  return code`function (${parameters}) {
  return ${call} !== undefined && arguments.length === ${most}
    ? ${call}(${parameters}) : apply(${call} ??= make(${number}), undefined, arguments);
}`;
}

function interpretedLater({ plan }: Outline): CheckedFunction {
  let call: ((args: readonly unknown[]) => unknown) | undefined;
  return (...args) => (call ??= interpret(plan()))(args);
}
