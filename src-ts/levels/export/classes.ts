/** Makes the classes of a library's objects, whose members are exported functions. */

import { inspect } from 'node:util';
import type { CheckedFunction } from '../../call/plan';
import { typeError } from '../../errors/errors';
import { thrownBy } from '../../errors/trace';
import { canSpecialize, code, identifier, isIdentifier, specialize } from '../../runtime/code';
import { defineLazily, hiddenProperty, rename } from '../../runtime/property';
import type { ClassDefinition } from '../../types/shape';
import { type ExportedSignature, requiredParameters } from '../../types/signature';
import { beginAdopting, close, isAdopting, register, RustObject } from '../../values/object';
import { hasBackground } from './graph';

/** A class that users see. */
export type ObjectConstructor = new (...args: unknown[]) => RustObject;

/** A member of a class, and the function to call. */
export interface MadeMember {
  readonly signature: ExportedSignature;
  readonly call: CheckedFunction;
  /** Makes its background form. `receiverOf` returns the object of what a method is called on. */
  readonly background: (receiverOf: (receiver: unknown) => unknown) => CheckedFunction;
}

/**
 * Makes a class.
 *
 * @param panicked - Makes the error for a destructor that has panicked.
 */
export function makeClass(
  definition: ClassDefinition,
  members: readonly MadeMember[],
  panicked: (text: string | undefined) => Error,
): ObjectConstructor {
  const { name } = definition;
  const constructing = members.find(({ signature }) => signature.member?.role === 'constructor');
  const construct = (args: readonly unknown[]): void => {
    if (constructing === undefined) {
      const problem = `${name} has no constructor: functions of the library return it`;
      throw thrownBy(Class, typeError('ERR_RUSTDLL_TYPE', problem));
    }
    beginAdopting(definition, Reflect.apply(constructing.call, undefined, args) as number);
  };
  const Class: ObjectConstructor = declareClass(name, construct);
  rename(Class, name);
  const length = constructing === undefined ? 0 : requiredParameters(constructing.signature);
  Object.defineProperty(Class, 'length', { ...hiddenProperty(length), writable: false });
  const prototype = Class.prototype as object;
  const closing = function (this: unknown): void {
    try {
      close(definition, this);
    } catch (error) {
      throw thrownBy(closing, error);
    }
  };
  rename(closing, 'close');
  Object.defineProperty(prototype, 'close', hiddenProperty(closing));
  Object.defineProperty(prototype, Symbol.dispose, hiddenProperty(closing));
  Object.defineProperty(prototype, Symbol.toStringTag, { ...hiddenProperty(name), writable: false });
  for (const member of members) defineMember(Class, member);
  defineBackground(Class, members);
  register(definition, { make: Class, panicked });
  return Class;
}

/**
 * Declares a class. Where code may be generated it has its name from the beginning, which engines use in messages of their
 * own.
 *
 * @param construct - Makes the object in Rust that the next instance refers to.
 */
function declareClass(name: string, construct: (args: readonly unknown[]) => void): ObjectConstructor {
  if (canSpecialize && isIdentifier(name)) {
    return specialize(
      { RustObject, isAdopting, construct },
      code`return class ${identifier(name)} extends RustObject {
  constructor(...args) {
    if (!isAdopting()) construct(args);
    super();
  }
};`,
      'class',
      name,
    );
  }
  return class extends RustObject {
    constructor(...args: unknown[]) {
      if (!isAdopting()) construct(args);
      super();
    }
  };
}

/** The name of the method that prints an object for debugging, which is no name in JavaScript. */
const DEBUG = '@debug';

function defineMember(Class: ObjectConstructor, { signature, call }: MadeMember): void {
  const { name, member } = signature;
  const prototype = Class.prototype as object;
  switch (member?.role) {
    case 'static':
      Object.defineProperty(Class, name, hiddenProperty(call));
      break;
    case 'method':
      if (name === DEBUG) defineInspection(prototype, call);
      else Object.defineProperty(prototype, name, hiddenProperty(call));
      break;
    case 'getter':
      rename(call, `get ${name}`);
      Object.defineProperty(prototype, name, accessor({ get: call }));
      break;
    case 'setter':
      rename(call, `set ${name}`);
      Object.defineProperty(prototype, name, accessor({ set: call }));
  }
}

/** An object in whose methods those of another one run on other threads. */
class Bound {
  readonly #object: unknown;

  constructor(object: unknown) {
    this.#object = object;
  }

  /** Returns the object itself, of such an object. */
  static readonly objectOf = (bound: unknown): unknown => {
    return typeof bound === 'object' && bound !== null && #object in bound ? bound.#object : bound;
  };
}

/** Defines the property `async` of a class and of its objects, with the background forms of their functions. */
function defineBackground(Class: ObjectConstructor, members: readonly MadeMember[]): void {
  const forms = members.filter(({ signature }) => hasBackground(signature));
  const ofClass = Object.create(null) as object;
  class Methods extends Bound {}
  for (const { signature, background } of forms) {
    const { name, member } = signature;
    if (member?.role === 'constructor') defineLazily(ofClass, 'new', () => background(Bound.objectOf));
    else if (member?.role === 'static') defineLazily(ofClass, name, () => background(Bound.objectOf));
    else if (name !== DEBUG) defineLazily(Methods.prototype, name, () => background(Bound.objectOf));
  }
  const get = function (this: unknown): object {
    return new Methods(this);
  };
  Object.defineProperty(Class.prototype, 'async', { ...accessor({ get }), enumerable: false });
  Object.defineProperty(Class, 'async', hiddenProperty(ofClass));
}

/** Makes the descriptor of a getter or setter. The other of the two stays what it is. */
function accessor(functions: Pick<PropertyDescriptor, 'get' | 'set'>): PropertyDescriptor & ThisType<unknown> {
  return { __proto__: null, ...functions, enumerable: true, configurable: true } as PropertyDescriptor;
}

/** Makes `console.log` print the text of Rust's `Debug`, unless the object was closed. */
function defineInspection(prototype: object, call: CheckedFunction): void {
  const print = function (this: object, _depth: unknown, options: object): string {
    try {
      return String(Reflect.apply(call, this, []));
    } catch {
      return inspect(this, { ...options, customInspect: false });
    }
  };
  Object.defineProperty(prototype, inspect.custom, hiddenProperty(print));
}
