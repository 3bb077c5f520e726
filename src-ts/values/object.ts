/** Objects that stay in Rust: the objects in JavaScript that refer to them, by references that the addon counts. */

import { native } from '../crossing/node-api/native';
import { doorbell } from '../crossing/doorbell';
import { BLOCK_OBJECT_COUNT, BLOCK_OBJECTS, BLOCK_RESULT } from '../crossing/block';
import { argumentError, RustDLLError, typeError } from '../errors/errors';
import { Mismatch } from '../errors/mismatch';
import { type Callee, describe, oneOf, placeOf } from '../errors/words';
import { Chunk } from '../memory/chunk';
import { UPPER } from '../types/bits';
import type { ClassDefinition } from '../types/shape';
import { storePointer } from './slot';

const { i32 } = doorbell;

/** The 64 bits of a float, and their halves. */
const bits = new Float64Array(1);
const halves = new Int32Array(bits.buffer);

/** A reference of this environment's to an object. */
export class Reference {
  /** 0 once it has been given back. */
  address: number;
  /** The float whose bits are the address, which takes one store; only for that, as processors calculate slowly with it. */
  readonly word: number;
  readonly definition: ClassDefinition;
  /** The same until it has been given back, and then null, so that one comparison tells both. */
  open: ClassDefinition | null;
  /** The calls in the background that use the object, in their order. */
  turns: Set<object> | null = null;

  constructor(definition: ClassDefinition, address: number) {
    this.definition = this.open = definition;
    this.address = address;
    halves[0] = address;
    halves[1] = address * UPPER;
    this.word = bits[0] as number;
  }
}

/** What is known of a class besides its definition. */
interface ClassOfObjects {
  /** The class, whose constructor takes the reference that is to be adopted; none for iterators. */
  readonly make?: new () => RustObject;
  /** Makes the error for a destructor that has panicked, of the text that the addon returned. */
  readonly panicked: (text: string | undefined) => Error;
}

const classes = new WeakMap<ClassDefinition, ClassOfObjects>();

/** Registers a class, so that results can have its objects. */
export function register(definition: ClassDefinition, known: ClassOfObjects): void {
  classes.set(definition, known);
}

/** The reference that the next object is made of. */
let adopted: Reference | null = null;

/** Reads the private field of an object. */
let referenceOf: (value: unknown) => Reference | undefined;

/** Objects that are not closed are released when they are collected. */
const collected = new FinalizationRegistry<Reference>((reference) => giveBack(reference));

/** The class of all objects of Rust's. Only this package can make one. */
export class RustObject {
  readonly #reference: Reference;

  constructor() {
    const reference = adopted;
    if (reference === null) throw typeError('ERR_RUSTDLL_TYPE', 'only a library can make objects of its classes');
    adopted = null;
    this.#reference = reference;
    holdReference(this, reference);
  }

  static {
    referenceOf = (value) =>
      typeof value === 'object' && value !== null && #reference in value ? value.#reference : undefined;
  }
}

/** True if a constructor runs for an object of Rust's that is there already. */
export function isAdopting(): boolean {
  return adopted !== null;
}

/** Notes the reference that the constructor of {@link RustObject} is to use, which runs next. */
export function beginAdopting(definition: ClassDefinition, address: number): void {
  adopted = new Reference(definition, address);
}

/** Makes the object for a reference that a result has. */
export function adopt(definition: ClassDefinition, address: number): RustObject {
  const make = classes.get(definition)?.make;
  if (make === undefined || address === 0) {
    throw new RustDLLError('ERR_RUSTDLL_ABI', `the result has ${oneOf(definition.name)} that is none`);
  }
  beginAdopting(definition, address);
  return new make();
}

/** Gives a reference back some time after its owner was collected, unless that has been done by then. */
export function holdReference(owner: object, reference: Reference): void {
  collected.register(owner, reference, reference);
}

/** Gives a reference back. @throws the panic of the destructor */
export function releaseReference(reference: Reference): void {
  collected.unregister(reference);
  giveBack(reference);
}

/**
 * Gives back the reference of an object.
 *
 * @throws TypeError if the value is no object of the class; the panic of its destructor
 */
export function close(definition: ClassDefinition, value: unknown): void {
  const reference = referenceOf(value);
  if (reference?.definition !== definition) {
    throw typeError('ERR_RUSTDLL_TYPE', `${definition.name}.close: this: ${noObject(definition, value)}`);
  }
  if (reference.address === 0) return;
  releaseReference(reference);
}

function giveBack(reference: Reference): void {
  const { address, definition } = reference;
  reference.address = 0;
  reference.open = null;
  const text = native.release(address);
  if (i32[BLOCK_RESULT >> 2] !== 0) throw (classes.get(definition) as ClassOfObjects).panicked(text);
}

/**
 * Refuses a call if one of the objects in its stream was closed after it had been encoded, by a getter in the arguments.
 *
 * @param references - References, which the encoder of objects has noted.
 */
export function refuseReleased(callee: Callee, references: readonly object[]): void {
  for (const reference of references as readonly Reference[]) {
    if (reference.address !== 0) continue;
    const problem = `${released(reference.definition)} while the arguments were read`;
    throw argumentError('ERR_RUSTDLL_RELEASED', `${callee.name}: ${problem}`);
  }
}

/** The memory in which the addon finds the addresses of objects, which it copies. */
let addresses: Chunk | null = null;

/** Stores in the block which objects a call in the background uses, or are in the result of a callback. */
export function storeObjects(references: readonly Reference[]): void {
  const { length } = references;
  const bytes = 8 * length;
  if (addresses === null || addresses.size < bytes) addresses = new Chunk(Math.max(256, 2 * bytes));
  for (let i = 0; i < length; i++) addresses.setPointer(8 * i, (references[i] as Reference).address);
  storePointer(BLOCK_OBJECTS, addresses.address);
  i32[BLOCK_OBJECT_COUNT >> 2] = length;
}

/** Says that an object was closed. */
function released({ name }: ClassDefinition): string {
  return `the ${name} was closed`;
}

/**
 * Returns the address of an object that is an argument, as a float with its bits.
 *
 * @throws TypeError naming the argument.
 */
export function objectWord(callee: Callee, index: number, definition: ClassDefinition, value: unknown): number {
  return objectReference(callee, index, definition, value).word;
}

/** Returns the reference of an object that is an argument. @throws TypeError naming the argument. */
export function objectReference(callee: Callee, index: number, definition: ClassDefinition, value: unknown): Reference {
  const reference = referenceOf(value);
  if (reference?.open === definition) return reference;
  throw refusedObject(callee, index, definition, value);
}

/** Returns the reference of an object inside of an argument. @throws Mismatch */
export function innerReference(definition: ClassDefinition, value: unknown): Reference {
  const reference = referenceOf(value);
  if (reference?.definition !== definition) {
    throw new Mismatch(noObject(definition, value), 'ERR_RUSTDLL_TYPE', oneOf(definition.name));
  }
  if (reference.address === 0) throw new Mismatch(released(definition), 'ERR_RUSTDLL_RELEASED');
  return reference;
}

function refusedObject(
  callee: Callee,
  index: number,
  definition: ClassDefinition,
  value: unknown,
): TypeError | RangeError {
  const place = placeOf(callee, index);
  const reference = referenceOf(value);
  // An object of the class is refused only if it was closed.
  if (reference?.definition === definition) {
    return argumentError('ERR_RUSTDLL_RELEASED', `${place}: ${released(definition)}`);
  }
  return typeError('ERR_RUSTDLL_TYPE', `${place}: ${noObject(definition, value)}`);
}

/** Says that a value is no object of the class. */
function noObject({ name }: ClassDefinition, value: unknown): string {
  const words = describe(value);
  let which = '';
  if (referenceOf(value)?.definition.name === name) which = ' of another library';
  // Mocks and Object.create make such objects.
  else if (words === `an instance of ${name}`) which = ', which its constructor did not make';
  return `expected ${oneOf(name)}, got ${words}${which}`;
}
