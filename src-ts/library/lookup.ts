/**
 * The end of the prototype chain of a library: where a property that no object has is looked up. Once found, a function
 * becomes the instance's own property, so a Proxy is never in the way of a call.
 */

import { INHERITED, PROBED } from '../levels/export/reserved';

/**
 * A prototype whose missing properties `resolve` provides. A name that JavaScript's tools probe is undefined even where
 * the library exports a plain function of that name; `declare` reaches that function.
 *
 * @param resolve - Called with the object the property was asked of. It throws for a name it does not know.
 */
export function misses(resolve: (receiver: unknown, name: string) => unknown): object {
  return new Proxy(Object.create(Object.prototype) as object, {
    get(target, key, receiver) {
      if (typeof key === 'symbol' || INHERITED.has(key)) return Reflect.get(target, key, receiver) as unknown;
      // `$$typeof`, `@@__IMMUTABLE_…`, `_isMockFunction` and their like.
      if (PROBED.has(key) || /^[$@]|^_is[A-Z]/.test(key)) return undefined;
      return resolve(receiver, key);
    },
  });
}
