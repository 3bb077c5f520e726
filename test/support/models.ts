/**
 * Models of the types of exported functions, which know nothing of the package: what a function returns that returns what it is
 * given, or by which class of error it refuses the value, and with which path.
 */

/** What a function returns, or how it refuses its argument. */
export type Outcome =
  { readonly value: unknown } | { readonly refused: 'TypeError' | 'RangeError'; readonly path: string };

/** Returns the outcome of a value. */
export type Model = (value: unknown) => Outcome;

const accepted = (value: unknown): Outcome => ({ value });
const wrong = (path = ''): Outcome => ({ refused: 'TypeError', path });
const beyond = (path = ''): Outcome => ({ refused: 'RangeError', path });

/** An integer from `min` to `max`, which may be a bigint if it is large. */
export function integer(min: bigint, max: bigint, large: boolean, result: (value: bigint) => unknown = Number): Model {
  return (value) => {
    if (typeof value === 'number') {
      if (!Number.isInteger(value)) return wrong();
      if (large && !Number.isSafeInteger(value)) return beyond();
    } else if (typeof value !== 'bigint' || !large) return wrong();
    const exact = BigInt(value);
    if (exact < min || exact > max) return beyond();
    return accepted(result(exact));
  };
}

/** An integer of so many bits; the results of those of 64 bits are numbers here. */
export function bits(count: bigint, signed: boolean): Model {
  const min = signed ? -(2n ** (count - 1n)) : 0n;
  const max = signed ? 2n ** (count - 1n) - 1n : 2n ** count - 1n;
  return integer(min, max, count > 32n, count === 128n ? (value) => value : Number);
}

/** What `model` takes unless it is refused by this class. */
export function but(model: Model, refuses: (value: unknown) => 'TypeError' | 'RangeError' | null): Model {
  return (value) => {
    const outcome = model(value);
    if (!('value' in outcome)) return outcome;
    const refused = refuses(outcome.value);
    return refused === null ? outcome : { refused, path: '' };
  };
}

/** A float; `rounded` is null for a number that the type does not represent. */
export function float(rounded: (value: number) => number | null): Model {
  return (value) => {
    if (typeof value !== 'number') return wrong();
    const result = rounded(value);
    return result === null ? beyond() : accepted(result);
  };
}

/** A string that is UTF-8 in Rust. `result` is undefined for a text that the type refuses. */
export function text(result: (value: string) => unknown = (value) => value): Model {
  return (value) => {
    if (typeof value !== 'string' || !value.isWellFormed()) return wrong();
    const parsed = result(value);
    return parsed === undefined ? wrong() : accepted(parsed);
  };
}

export const boolean: Model = (value) => (typeof value === 'boolean' ? accepted(value) : wrong());

/** A `Date` of up to so many milliseconds before and after 1970. */
export function date(min: number, max: number): Model {
  return (value) => {
    if (!(value instanceof Date)) return wrong();
    const time = value.getTime();
    return time >= min && time <= max ? accepted(value) : beyond();
  };
}

function inside(outcome: Outcome, step: string): Outcome {
  return 'value' in outcome ? outcome : { refused: outcome.refused, path: step + outcome.path };
}

/** Runs through elements. The first that is refused is the outcome. */
function elementsOf(
  values: readonly unknown[],
  models: (index: number) => Model,
  make: (list: unknown[]) => Outcome,
): Outcome {
  const results: unknown[] = [];
  for (const [k, element] of values.entries()) {
    const outcome = inside(models(k)(element), `[${k}]`);
    if (!('value' in outcome)) return outcome;
    results.push(outcome.value);
  }
  return make(results);
}

function isIterable(value: unknown): value is Iterable<unknown> {
  return typeof value === 'object' && value !== null && Symbol.iterator in value && !(value instanceof String);
}

/**
 * A list of numbers.
 *
 * @param view - The typed array of the elements.
 * @param result - Makes the result of the elements, or undefined if Rust refuses so many.
 * @param length - The number of elements that there must be.
 */
export function list(
  element: Model,
  view: (new (...args: never[]) => object) | null,
  result: (list: unknown[]) => unknown = (list) => list,
  length?: number,
): Model {
  const make = (values: unknown[]): Outcome => {
    const made = result(values);
    return made === undefined ? wrong() : accepted(made);
  };
  return (value) => {
    if (!isIterable(value)) return wrong();
    if (ArrayBuffer.isView(value) && (view === null || !(value instanceof view))) return wrong();
    const elements = [...value];
    if (length !== undefined && elements.length !== length) return wrong();
    return elementsOf(elements, () => element, make);
  };
}

/** Bytes: those of any view, or a list of them. */
export function bytes(length?: number): Model {
  const ofList = list(bits(8n, false), Uint8Array, (values) => Uint8Array.from(values as number[]), length);
  return (value) => {
    if (ArrayBuffer.isView(value)) {
      return sized(
        new Uint8Array(value.buffer.slice(value.byteOffset, value.byteOffset + value.byteLength) as ArrayBuffer),
      );
    }
    return value instanceof ArrayBuffer ? sized(new Uint8Array(value)) : whole(ofList(value));
  };

  function whole(outcome: Outcome): Outcome {
    return 'value' in outcome ? sized(outcome.value as Uint8Array) : outcome;
  }

  function sized(found: Uint8Array): Outcome {
    return length === undefined || found.length === length ? accepted(found) : wrong();
  }
}

/** A list of exactly these elements. */
export function tuple(...models: readonly Model[]): Model {
  return (value) =>
    Array.isArray(value) && value.length === models.length
      ? elementsOf(value, (k) => models[k] as Model, accepted)
      : wrong();
}

export function option(some: Model): Model {
  return (value) => (value === null || value === undefined ? accepted(null) : some(value));
}

const IDENTIFIER = /^[\p{ID_Start}$_][\p{ID_Continue}$\u200c\u200d]*$/u;

/** Returns the step to a property. */
function step(name: string): string {
  return IDENTIFIER.test(name) ? `.${name}` : `[${JSON.stringify(name)}]`;
}

/** True for an object of any class but arrays. */
function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** True for an object that has no class. */
function isPlain(value: unknown): value is Record<string, unknown> {
  if (!isRecord(value)) return false;
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === Object.prototype || prototype === null;
}

/** An object of these fields. Those of options may be missing. */
export function record(fields: Readonly<Record<string, { readonly model: Model; readonly optional?: true }>>): Model {
  return (value) => {
    if (!isRecord(value)) return wrong();
    const result: Record<string, unknown> = {};
    for (const [name, { model, optional }] of Object.entries(fields)) {
      if (!Object.hasOwn(value, name) && optional !== true) return wrong(`.${name}`);
      const outcome = inside(model(value[name]), `.${name}`);
      if (!('value' in outcome)) return outcome;
      result[name] = outcome.value;
    }
    const strange = Object.keys(value).find((name) => !Object.hasOwn(fields, name));
    return strange === undefined ? accepted(result) : wrong(step(strange));
  };
}

/** A map, whose keys are the names of properties or those of a `Map`. */
export function map(key: Model, ofName: (name: string) => unknown, value: Model, isMap: boolean): Model {
  return (given) => {
    let entries: (readonly [unknown, unknown])[];
    if (given instanceof Map) entries = [...given];
    else if (isPlain(given)) entries = Object.entries(given).map(([name, inner]) => [ofName(name), inner]);
    else return wrong();
    const keys = entries.map(([name]) => key(name));
    // Keys that are texts are read before the values, and others each with its value.
    const strange = isMap ? undefined : keys.find((outcome) => 'refused' in outcome);
    if (strange !== undefined) return strange;
    const result: [unknown, unknown][] = [];
    for (const [k, [name, inner]] of entries.entries()) {
      const found = keys[k] as Outcome;
      if (!('value' in found)) return found;
      const outcome = inside(value(inner), step(String(name)));
      if (!('value' in outcome)) return outcome;
      result.push([found.value, outcome.value]);
    }
    return accepted(isMap ? new Map(result) : Object.fromEntries(result));
  };
}

/** One of these values. */
export function oneOf(...values: readonly unknown[]): Model {
  return (value) => (values.includes(value) ? accepted(value) : wrong());
}

/** The first of these that does not refuse the value; otherwise the last one for which `is` holds, or a TypeError. */
export function either(...cases: readonly (readonly [is: (value: unknown) => boolean, model: Model])[]): Model {
  return (value) => cases.find(([is]) => is(value))?.[1](value) ?? wrong();
}
