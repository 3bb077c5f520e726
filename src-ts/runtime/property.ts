/**
 * Properties that owe nothing to `Object.prototype`. A `get` put there would be taken for one of a descriptor; and a setter
 * put there would be called by an assignment.
 */

/** A method as a function, whose first argument is the object. It stays what it is whatever becomes of the prototype. */
export function unbound(prototype: object, name: string): (self: unknown, ...args: unknown[]) => unknown {
  const { value, get } = Object.getOwnPropertyDescriptor(prototype, name) as { value?: unknown; get?: unknown };
  return Function.prototype.call.bind((value ?? get) as () => unknown);
}

const hasOwn = unbound(Object.prototype, 'hasOwnProperty') as (object: object, name: string) => boolean;

/** A property that holds `value`; an open one can be changed, enumerated and deleted. */
export function property(value: unknown, open = true): PropertyDescriptor & ThisType<unknown> {
  return { __proto__: null, value, enumerable: open, writable: open, configurable: open } as PropertyDescriptor;
}

/** A property that can be changed and deleted, but is not enumerated, as those of errors are. */
export function hiddenProperty(value: unknown): PropertyDescriptor & ThisType<unknown> {
  return { __proto__: null, value, writable: true, configurable: true } as PropertyDescriptor;
}

/** Gives a function another name. */
export function rename(callee: object, name: string): void {
  Object.defineProperty(callee, 'name', { __proto__: null, value: name, configurable: true } as PropertyDescriptor);
}

/** Defines an open property of a plain object, as quickly as an assignment where that does the same. */
export function define(object: Record<string, unknown>, name: string, value: unknown): void {
  if (hasOwn(Object.prototype, name)) Object.defineProperty(object, name, property(value));
  else object[name] = value;
}
