/** Lists that record how they are accessed. */

/** A list and the stores into it, as `[index, value]`. */
export interface Watched<T> {
  readonly list: T[];
  readonly stores: [number, T][];
}

/** Makes a Proxy of a list that records every store. */
export function watched<T>(values: T[]): Watched<T> {
  const stores: [number, T][] = [];
  const list = new Proxy(values, {
    set(target, key, value: T, receiver) {
      stores.push([Number(key), value]);
      return Reflect.set(target, key, value, receiver);
    },
  });
  return { list, stores };
}

/** Makes a list whose element at `index` is a property with this getter and setter. */
export function withAccessor<T>(values: T[], index: number, get: () => T, set?: (value: T) => void): T[] {
  const list = [...values];
  Object.defineProperty(list, index, { get, ...(set && { set }), enumerable: true, configurable: true });
  return list;
}

/** Makes a list that reports this length, whatever its real length is. */
export function withLength<T>(values: T[], length: unknown): T[] {
  return new Proxy(values, {
    get: (target, key, receiver) => (key === 'length' ? length : (Reflect.get(target, key, receiver) as unknown)),
  });
}
