/**
 * Defines properties independently of `Object.prototype`. If it is polluted, a descriptor would inherit a `get` from
 * it, and an assignment would run a setter.
 */

/** Returns a method of a built-in prototype. It is not taken from the descriptor, as frozen intrinsics have a getter for it. */
export function method(prototype: object, name: string): () => unknown {
  return Reflect.get(prototype, name) as () => unknown;
}

/**
 * Returns a method as a function whose first argument is the object. Later changes of the prototype do not affect it.
 */
export function unbound(prototype: object, name: string): (self: unknown, ...args: unknown[]) => unknown {
  return Function.prototype.call.bind(method(prototype, name));
}

/** Returns a getter of a built-in prototype as a function. */
export function getter(prototype: object, key: PropertyKey): (self: unknown) => unknown {
  const { get } = Object.getOwnPropertyDescriptor(prototype, key) as { get: () => unknown };
  return (self) => Reflect.apply(get, self, []);
}

/** What it has is its own, as its prototype is null for good. */
const ROOT = Object.prototype;

/** Makes the descriptor of a property with this value. An open one can be changed, enumerated and deleted. */
export function property(value: unknown, open = true): PropertyDescriptor & ThisType<unknown> {
  return { __proto__: null, value, enumerable: open, writable: open, configurable: open } as PropertyDescriptor;
}

/** Makes the descriptor of a property that can be changed and deleted but is not enumerable, like those of errors. */
export function hiddenProperty(value: unknown): PropertyDescriptor & ThisType<unknown> {
  return { __proto__: null, value, writable: true, configurable: true } as PropertyDescriptor;
}

/** Gives a function another name. */
export function rename(callee: object, name: string): void {
  Object.defineProperty(callee, 'name', { __proto__: null, value: name, configurable: true } as PropertyDescriptor);
}

/** Defines an open property of a plain object; by an assignment, which is quicker, if that has the same effect. */
export function define(object: Record<string, unknown>, name: string, value: unknown): void {
  if (name in ROOT) Object.defineProperty(object, name, property(value));
  else object[name] = value;
}

/** Defines a property whose value is made at the first access. */
export function defineLazily(object: object, name: string, make: () => unknown, enumerable = true): void {
  Object.defineProperty(object, name, {
    __proto__: null,
    get: () => {
      const value = make();
      Object.defineProperty(object, name, enumerable ? property(value) : hiddenProperty(value));
      return value;
    },
    enumerable,
    configurable: true,
  } as PropertyDescriptor);
}
