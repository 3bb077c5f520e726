/**
 * Makes functions of known types, declared or exported. A program calls few of the functions of a large library, so a
 * function is small at first: it forwards its calls to code that is made from the plan at the first call.
 */

import { thrownBy } from '../errors/trace';
import {
  canSpecialize,
  type Code,
  code,
  functionList,
  identifier,
  join,
  numbered,
  type Numbered,
  specialize,
} from '../runtime/code';
import { isBun } from '../runtime/engine';
import { property, rename } from '../runtime/property';
import { generate } from './generated';
import { interpret } from './interpreted';
import type { CheckedFunction, Plan } from './plan';

/** The data of a function that is available before its plan is made. */
export interface Outline extends Making {
  /** Makes the plan. It is called at the first call, and again at the next one if it throws. */
  readonly plan: () => Plan;
}

/** The same for a function with code of another kind. */
export interface OtherOutline extends Making {
  /**
   * Makes the code at the first call.
   *
   * @param thrown - Edits the stack trace of an error that the code is about to throw, and returns the error.
   */
  readonly generate: (thrown: (error: unknown) => unknown) => CheckedFunction;
  /** Makes a call where no code may be generated. */
  readonly interpret: (args: readonly unknown[]) => unknown;
}

interface Making {
  readonly name: string;
  /** Returns what the user calls, if that is not the function itself but a class. Stack traces begin there. */
  readonly callee?: () => object;
  /** True for a method, whose first argument is the object on which it is called. */
  readonly hasReceiver?: boolean;
  /** The least and the greatest number of arguments, with that object. */
  readonly required: number;
  readonly most: number;
}

/**
 * Makes the functions to call, in the order of their outlines. Each has the name and the number of parameters that it
 * has in Rust.
 *
 * @param source - The name of their origin, by which their code appears in stack traces.
 */
export function makeChecked(outlines: readonly (Outline | OtherOutline)[], source: string): CheckedFunction[] {
  const functions = canSpecialize ? generatedLater(outlines, source) : outlines.map(interpretedLater);
  for (let i = 0; i < outlines.length; i++) {
    const { name, required, hasReceiver } = outlines[i] as Making;
    const call = functions[i] as CheckedFunction;
    if (call.name !== name) rename(call, name);
    const length = hasReceiver === true ? required - 1 : required;
    if (call.length !== length) Object.defineProperty(call, 'length', property(length, false));
  }
  return functions;
}

/**
 * Holds the code of a function once it is made. The property is added only once and never changed, so that engines treat
 * the code as a constant and can inline it. The prototype is empty.
 */
class Place {
  declare readonly call?: CheckedFunction;

  constructor(readonly index: number) {}
}
Object.setPrototypeOf(Place.prototype, null);

/**
 * Generates the functions. Each has a source text of its own, so that engines collect type feedback for each
 * separately, and can inline the code that it forwards to. A program waits until all of them are parsed, so the texts
 * are short, and have the functions' names, as renaming takes as long again.
 */
function generatedLater(outlines: readonly (Outline | OtherOutline)[], source: string): CheckedFunction[] {
  if (outlines.length === 0) return [];
  /** Makes the first call of a function, and calls with another number of arguments than it has parameters. */
  const other = (place: Place, args: ArrayLike<unknown>): unknown => {
    const { index } = place;
    let { call } = place;
    if (call === undefined) {
      const outline = outlines[index] as Outline | OtherOutline;
      const { name, callee } = outline;
      const called = (): CheckedFunction =>
        (callee?.() as CheckedFunction | undefined) ?? (functions[index] as CheckedFunction);
      const thrown = (error: unknown): unknown => thrownBy(called(), error);
      if ('generate' in outline) {
        call = outline.generate(thrown);
      } else {
        let planned: Plan;
        try {
          planned = outline.plan();
        } catch (error) {
          throw thrown(error);
        }
        call = generate(planned, thrown, called);
      }
      // Bun finds the frame at which a stack trace begins by the function's name, which must not be that of this one.
      if (!isBun) rename(call, name);
      Object.defineProperty(place, 'call', property(call));
    }
    return Reflect.apply(call, undefined, args);
  };
  const forwarders = new Templates(forwarder);
  const methods = new Templates(methodForwarder);
  const list = functionList(
    outlines.map(({ most, hasReceiver }) => (hasReceiver === true ? methods : forwarders).of(most)),
    outlines.map(({ name }) => name),
  );
  const places: readonly Place[] = Object.freeze(outlines.map((_, index) => new Place(index)));
  // No function in Rust has the name of one of these variables.
  const functions: CheckedFunction[] = specialize(
    { $places: places, $other: other },
    code`return ${list};`,
    'library',
    source,
  );
  return functions;
}

/** The sources of functions by their number of parameters. */
class Templates {
  readonly #known = new Map<number, Numbered>();

  constructor(readonly make: (most: number, number: Code) => Code) {}

  of(most: number): Numbered {
    let template = this.#known.get(most);
    if (template === undefined) this.#known.set(most, (template = numbered((number) => this.make(most, number))));
    return template;
  }
}

/**
 * Generates the parameters and body of a method with `most` parameters, the first of which is the object on which it is
 * called.
 */
function methodForwarder(most: number, number: Code): Code {
  const parameters = join(
    Array.from({ length: most - 1 }, (_, i) => identifier(`p${i}`)),
    code`, `,
  );
  const all = most === 1 ? code`this` : code`this, ${parameters}`;
  return code`(${parameters}) {
  const place = $places[${number}];
  const result = arguments.length !== ${most - 1} ? $other(place, [this, ...arguments]) : place.call !== undefined ? place.call(${all}) : $other(place, [${all}]);
  return result;
}`;
}

/**
 * Generates the parameters and body of a function with `most` parameters that forwards to the code in its place. The call
 * is in a statement of its own: the engine of Bun would remove the function from the stack if it returned the call. It would
 * also make an object of the arguments in each call if the first one, which every function has, had passed them as one.
 */
function forwarder(most: number, number: Code): Code {
  const parameters = join(
    Array.from({ length: most }, (_, i) => identifier(`p${i}`)),
    code`, `,
  );
  return code`(${parameters}) {
  const place = $places[${number}];
  const result = arguments.length !== ${most} ? $other(place, arguments) : place.call !== undefined ? place.call(${parameters}) : $other(place, [${parameters}]);
  return result;
}`;
}

function interpretedLater(outline: Outline | OtherOutline): CheckedFunction {
  const { hasReceiver, callee } = outline;
  let call: ((args: readonly unknown[]) => unknown) | undefined;
  const checked = function (this: unknown, ...args: unknown[]) {
    try {
      call ??= 'interpret' in outline ? outline.interpret : interpret(outline.plan());
      return call(hasReceiver === true ? [this, ...args] : args);
    } catch (error) {
      throw thrownBy(callee?.() ?? checked, error);
    }
  };
  return checked;
}
