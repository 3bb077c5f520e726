/** Property descriptors that owe nothing to `Object.prototype`: a `get` put there would be taken for theirs. */

/** A property that holds `value`; an open one can be changed, enumerated and deleted. */
export function property(value: unknown, open = true): PropertyDescriptor & ThisType<unknown> {
  return { __proto__: null, value, enumerable: open, writable: open, configurable: open } as PropertyDescriptor;
}

/** Gives a function another name. */
export function rename(callee: object, name: string): void {
  Object.defineProperty(callee, 'name', { __proto__: null, value: name, configurable: true } as PropertyDescriptor);
}
