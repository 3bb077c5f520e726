/** Words for error messages: the place of a value, and a description of it. */

/** The source of the types of a call: its values, a declaration, or the library. */
export type Level = 'guess' | 'declare' | 'export';

/** The function and the parameters that an error message names. */
export interface Callee {
  readonly name: string;
  /** The level, on which the advice of a message depends. */
  readonly level: Level;
  /** True for a method, whose first argument is the object on which it is called. */
  readonly hasReceiver?: boolean;
  /** Returns the name of a parameter, if the declaration has one. */
  parameterName(index: number): string | undefined;
}

/** Returns a class's name after its article: `an Account`. */
export function oneOf(name: string): string {
  return `${/^[aeio]|^u(?!ni|se|rl)/i.test(name) ? 'an' : 'a'} ${name}`;
}

/** The indices in lists and the names in objects that lead to a value inside another one. */
export type Path = readonly (number | string)[];

/**
 * Describes the place of a value: `test: argument 2 (numbers)[3].label`. Arguments are counted from 1, elements from 0.
 *
 * @param index - The argument, counted from 0.
 * @param path - The indices and names that lead from the argument to the element.
 */
export function placeOf(callee: Callee, index: number, path: Path = []): string {
  if (callee.hasReceiver === true) {
    if (index === 0) return `${callee.name}: this`;
    return placeOf(
      { ...callee, hasReceiver: false, parameterName: (at) => callee.parameterName(at + 1) },
      index - 1,
      path,
    );
  }
  const name = callee.parameterName(index);
  return `${callee.name}: argument ${index + 1}${name === undefined ? '' : ` (${name})`}${pathText(path)}`;
}

/** Prints a path: `[3].label`. */
export function pathText(path: Path): string {
  return (path.length > MOST_STEPS ? shortened(path) : path.map(stepOf)).join('');
}

/** The most steps of a path that are written out. */
const MOST_STEPS = 16;

/** Returns the beginning and the end of a long path, and the number of steps between them. */
function shortened(path: Path): string[] {
  const count = String(path.length - 12).replace(/\B(?=(\d{3})+$)/g, ',');
  return [...path.slice(0, 8).map(stepOf), `…(${count} more)…`, ...path.slice(-4).map(stepOf)];
}

function stepOf(step: number | string): string {
  if (typeof step === 'number') return `[${step}]`;
  return isIdentifier(step) ? `.${step}` : `[${JSON.stringify(step)}]`;
}

function isIdentifier(text: string): boolean {
  // A literal would be compiled when the package is loaded, which takes a tenth of that time.
  return new RegExp('^[\\p{ID_Start}$_][\\p{ID_Continue}$]*$', 'u').test(text);
}

/**
 * Describes a value briefly: `string "abc"`, `number 1.5`, `null`, `a Date`, `an instance of Point`. This runs no code
 * of the value, neither a getter nor the handler of a Proxy nor `toString`.
 */
export function describe(value: unknown): string {
  switch (typeof value) {
    case 'string':
      return `string ${JSON.stringify(value.length > 40 ? value.slice(0, 40) + '…' : value)}`;
    case 'number':
      return `number ${Object.is(value, -0) ? '-0' : value}`;
    case 'bigint': {
      const digits = BigInt.asIntN(128, value) === value ? String(value) : 'of more than 128 bits';
      return `bigint ${digits}`;
    }
    case 'boolean':
      return `boolean ${value}`;
    case 'object':
      return value === null ? 'null' : objectWords().describeObject(value);
    default:
      return typeof value;
  }
}

/** Loads the module when the first error needs it. */
function objectWords(): typeof import('./object-words') {
  return require('./object-words') as typeof import('./object-words');
}
