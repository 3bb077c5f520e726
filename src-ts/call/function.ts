/**
 * Makes functions of known types, declared or exported. A program calls few of the functions of a large library, so a
 * function is small at first: it forwards its calls to code that is made from the plan at the first call.
 */

import { thrownBy } from '../errors/trace';
import { canSpecialize, type Code, code, identifier, join, numbered, specialize } from '../runtime/code';
import { property, rename } from '../runtime/property';
import { generate } from './generated';
import { interpret } from './interpreted';
import type { CheckedFunction, Plan, Target } from './plan';

/** The data of a function that is available before its plan is made. */
export interface Outline {
  readonly target: Target;
  /** The least and the greatest number of arguments. */
  readonly required: number;
  readonly most: number;
  /** Makes the plan. It is called at the first call, and again at the next one if it throws. */
  readonly plan: () => Plan;
}

/**
 * Makes the functions to call, in the order of their outlines. Each has the name and the number of parameters that it
 * has in Rust.
 *
 * @param source - The name of their origin, by which their code appears in stack traces.
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
 * Generates the functions. Each has a source text of its own, so that engines collect type feedback for each
 * separately, and can inline the code that it forwards to.
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
  const sources = outlines.map(({ target, most }, index) => {
    const text = texts.get(most) ?? numbered((number) => forwarder(most, number));
    texts.set(most, text);
    // A function that is the value of a property gets its name from it, but `"__proto__": x` would set the prototype.
    return target.name === '__proto__' ? text(index) : code`{ ${target.name}: ${text(index)} }[${target.name}]`;
  });
  const variable = numbered((number) => code`f${number}`);
  // Spread syntax would use the iterator of Array.prototype, which a program may have replaced.
  const functions: CheckedFunction[] = specialize(
    {
      make,
      apply: Reflect.apply,
      thrown: (index: number, error: unknown) => thrownBy(functions[index] as CheckedFunction, error),
    },
    code`var ${join(
      outlines.map((_, index) => variable(index)),
      code`, `,
    )};
return [
${join(sources, code`,\n`)}
];`,
    'library',
    source,
  );
  return functions;
}

/** Generates a function with `most` parameters that forwards to the code in the variable with this number. */
function forwarder(most: number, number: Code): Code {
  const call = code`f${number}`;
  const parameters = join(
    Array.from({ length: most }, (_, i) => identifier(`p${i}`)),
    code`, `,
  );
  return code`function (${parameters}) {
  try {
    return ${call} !== undefined && arguments.length === ${most}
      ? ${call}(${parameters}) : apply(${call} ??= make(${number}), undefined, arguments);
  } catch (error) { throw thrown(${number}, error); }
}`;
}

function interpretedLater({ plan }: Outline): CheckedFunction {
  let call: ((args: readonly unknown[]) => unknown) | undefined;
  const checked: CheckedFunction = (...args) => {
    try {
      return (call ??= interpret(plan()))(args);
    } catch (error) {
      throw thrownBy(checked, error);
    }
  };
  return checked;
}
