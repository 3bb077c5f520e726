/** Makes functions of the export level, whose types are read from the library's own table. */

import type { BackgroundFunction } from '../../call/background/background';
import { failed } from '../../call/failure';
import { makeChecked, type Outline } from '../../call/function';
import type { CheckedFunction, Plan, Result, Target } from '../../call/plan';
import {
  CALL_CODE_FRAMED,
  CALL_CODE_FUNCTIONS,
  CALL_CODE_PIECES,
  CALL_CODE_STREAM,
  FRAME_ARGUMENTS,
  FRAME_RESULT,
} from '../../crossing/block';
import { hasData } from '../../errors/error-data';
import { libraryError } from '../../errors/library-error';
import type { Decode } from '../../memory/reader';
import type { Writer } from '../../memory/writer';
import { append } from '../../runtime/list';
import type { StrType, VecType } from '../../types/lent';
import { type ScalarName, SCALARS } from '../../types/scalar';
import {
  type ClassDefinition,
  mayCallBack,
  type NdArrayShape,
  type ParameterShape,
  type Shape,
} from '../../types/shape';
import { type ExportedSignature, hasReceiver, requiredParameters, type Table } from '../../types/signature';
import type { Slot } from '../../values/slot';
import { errorGuards } from './guards';
import type { ObjectConstructor } from './classes';
import { Decoders } from '../../values/stream/decoders';
import { Encoders } from '../../values/stream/encoders';
import { others } from '../../values/stream/kinds/registry';
import { bufferOf } from '../../values/stream/kinds/scalar-list';
import { jsonReader, listReader, streamReader } from '../../values/stream/result';

export { readExported } from './contract';
export { hasBackground } from './graph';
export { unitEnums, unitsOf } from './units';

const STR: StrType = { kind: 'str', held: 'ref', nullable: false };

function listOf(name: ScalarName): VecType {
  return { kind: 'vec', held: 'ref', nullable: false, element: { kind: 'scalar', name } };
}

/** Makes the slot of an array whose elements Rust changes. */
function arraySlot(type: VecType | StrType, { element, dimensions }: NdArrayShape, offset: number): Slot {
  const scalar = SCALARS[element];
  const { encodeLayout } = others();
  const layout = (writer: Writer, value: unknown): unknown => encodeLayout(writer, value, scalar, dimensions, true);
  return { kind: 'lent', type, offset, only: 'typed array', layout };
}

let background: typeof import('../../call/background/background') | undefined;

/** Makes the background form of a function. Few programs need the code for that, so it is loaded at need, and once. */
function makeBackground(outline: Outline, receiverOf?: (receiver: unknown) => unknown): BackgroundFunction {
  background ??= require('../../call/background/background') as typeof import('../../call/background/background');
  return background.makeBackground(outline, receiverOf);
}

let iterator: typeof import('../../call/iterator') | undefined;

/** Returns the code of iterators, which is loaded at need too. */
function iterators(): typeof import('../../call/iterator') {
  return (iterator ??= require('../../call/iterator') as typeof import('../../call/iterator'));
}

let stream: typeof import('../../call/background/stream') | undefined;

/** Returns the code of streams. */
function streams(): typeof import('../../call/background/stream') {
  return (stream ??= require('../../call/background/stream') as typeof import('../../call/background/stream'));
}

let loaded: typeof import('./classes') | undefined;

/** Returns the code of classes. */
function classCode(): typeof import('./classes') {
  return (loaded ??= require('./classes') as typeof import('./classes'));
}

/** Makes the functions of one library, which share the encoders and decoders of its types. */
export class Exports {
  readonly #bigints = this.#decoders(undefined);
  readonly #numbers = this.#decoders(this.#bigints);
  readonly #encoders = new Encoders(this.#numbers);
  /** The same for functions whose callbacks are called with bigints. */
  readonly #encodersOfBigints = new Encoders(this.#bigints);
  readonly #classes = new Map<ClassDefinition, ObjectConstructor>();

  /**
   * @param signatures - All functions of the library, those in classes last.
   * @param targetOf - Resolves the function at an index. It is called at the first call. Behind all of them is the function
   *   that takes from iterators.
   */
  constructor(
    private readonly signatures: readonly ExportedSignature[],
    private readonly targetOf: (index: number) => Target,
  ) {}

  #decoders(exact: Decoders | undefined): Decoders {
    return new Decoders(
      exact,
      (decode) => this.#iterators(decode),
      (decode) => this.#streams(decode),
    );
  }

  /** Makes the function that makes iterators. */
  #iterators(decode: Decode): (address: number) => object {
    const { iteratorOf, Source } = iterators();
    const source = new Source(
      () => this.targetOf(this.signatures.length),
      decode,
      (text) => this.#panicked('next', text),
    );
    return (address) => iteratorOf(source, address);
  }

  /** Makes the function that makes streams. */
  #streams(decode: Decode): (address: number) => object {
    const { StreamSource, streamOf } = streams();
    const source = new StreamSource(
      () => this.targetOf(this.signatures.length),
      decode,
      (text) => this.#panicked('next', text),
    );
    return (address) => streamOf(source, address);
  }

  /**
   * Makes functions to call, from the one at index `first` on to that before `end`. Each has the name and the number of
   * parameters that it has in Rust.
   *
   * @param library - The name of the library's file.
   */
  make(library: string, first: number, end: number): CheckedFunction[] {
    const outlines: Outline[] = [];
    for (let index = first; index < end; index++) append(outlines, this.#outline(index));
    const made = makeChecked(outlines, library);
    for (let i = 0; i < made.length; i++) {
      const { isAsync } = this.signatures[first + i] as ExportedSignature;
      if (isAsync) made[i] = makeBackground(outlines[i] as Outline);
    }
    return made;
  }

  /** Makes the classes of the library, in the order of the table. */
  makeClasses(library: string, { functions, members, classes }: Table): ObjectConstructor[] {
    const { makeClass } = classCode();
    const calls = this.make(library, functions.length, functions.length + members.length);
    return classes.map((definition) => {
      const own = members.flatMap((signature, i) =>
        signature.member?.definition === definition
          ? [
              {
                signature,
                call: calls[i] as CheckedFunction,
                background: (receiverOf: (receiver: unknown) => unknown) =>
                  this.makeBackground(functions.length + i, receiverOf),
              },
            ]
          : [],
      );
      const made = makeClass(definition, own, (text) => this.#panicked(`${definition.name}.close`, text));
      this.#classes.set(definition, made);
      return made;
    });
  }

  /** Makes the type guards for the library's errors, by their names. */
  makeGuards(table: Table): [name: string, guard: CheckedFunction][] {
    return errorGuards(table).map(({ name, definition }) => [name, (error) => hasData(error, definition)]);
  }

  /** Makes the error for a destructor that has panicked. */
  #panicked(name: string, text: string | undefined): Error {
    const target = { ...this.targetOf(0), name };
    const failure = failed({ target }, text, []);
    return failure.exception();
  }

  /**
   * Makes the background form of the function at an index.
   *
   * @param receiverOf - For a method: returns the object of what the form is called on.
   */
  makeBackground(index: number, receiverOf?: (receiver: unknown) => unknown): BackgroundFunction {
    return makeBackground({ ...this.#outline(index), plan: () => this.#plan(index, true) }, receiverOf);
  }

  #outline(index: number): Outline {
    const signature = this.signatures[index] as ExportedSignature;
    const required = requiredParameters(signature);
    const { member } = signature;
    return {
      name: signature.name,
      ...(member?.role === 'constructor' && { callee: () => this.#classes.get(member.definition) as object }),
      hasReceiver: hasReceiver(signature),
      required,
      most: signature.parameters.length,
      plan: () => this.#plan(index),
    };
  }

  /**
   * Makes the plan of a function. Only now are encoders and decoders made for the types in it.
   *
   * @param makesObject - True if the result of a constructor is the object, and not the reference for `new` to use.
   */
  #plan(index: number, makesObject = false): Plan {
    const signature = this.signatures[index] as ExportedSignature;
    const target = this.targetOf(index);
    const { parameters, result, bigint, error } = signature;
    const decoders = bigint ? this.#bigints : this.#numbers;
    try {
      const slots = parameters.map(({ shape }, index) => this.#slot(shape, FRAME_ARGUMENTS + 8 * index, bigint));
      const planned = this.#result(result, bigint, makesObject || signature.member?.role !== 'constructor');
      const streams = slots.some(
        (slot) => slot.kind === 'stream' || (slot.kind === 'lent' && slot.layout !== undefined),
      );
      const pieces = planned.kind === 'decoded' && planned.whole !== true ? CALL_CODE_PIECES : 0;
      const functions = parameters.some(({ shape }) => mayCallBack(shape)) ? CALL_CODE_FUNCTIONS : 0;
      return {
        target,
        text: () => (require('./print') as typeof import('./print')).signatureText(signature),
        required: requiredParameters(signature),
        slots,
        streams,
        callCode: CALL_CODE_FRAMED | (streams ? CALL_CODE_STREAM : 0) | pieces | functions,
        framed: true,
        result: planned,
        ...(error !== null && {
          error: { definition: error, decoder: () => decoders.named(error) },
        }),
      };
    } catch (cause) {
      // The stack overflows if thousands of definitions contain one another in a chain.
      throw libraryError('ERR_RUSTDLL_TABLE', target.path, `the types of \`${target.name}\` cannot be used`, { cause });
    }
  }

  #slot(shape: ParameterShape, offset: number, bigint: boolean): Slot {
    switch (shape.kind) {
      case 'scalar':
        return { kind: 'scalar', scalar: SCALARS[shape.name], offset, packed: false };
      case 'date':
        return { kind: 'date', offset };
      case 'string':
        return { kind: 'lent', type: STR, offset, only: 'string' };
      case 'json':
        return { kind: 'lent', type: STR, offset, only: 'string', json: others().jsonArgument };
      case 'lent':
        if (shape.array !== undefined) return arraySlot(shape.type, shape.array, offset);
        return { kind: 'lent', type: shape.type, offset, only: shape.length ?? null };
      case 'object':
        return { kind: 'object', definition: shape.definition, exclusive: shape.access !== 'read', offset };
      case 'typed':
        return { kind: 'lent', type: listOf(shape.element), offset, only: 'typed array' };
      case 'set':
        return this.#slot(others().listOf(shape), offset, bigint);
      case 'list':
        if (shape.length === null && shape.element.kind === 'scalar') {
          return { kind: 'lent', type: listOf(shape.element.name), offset, only: null };
        }
    }
    return { kind: 'stream', encode: (bigint ? this.#encodersOfBigints : this.#encoders).of(shape) };
  }

  #result(shape: Shape, bigint: boolean, makesObject: boolean): Result {
    switch (shape.kind) {
      case 'object':
        return { kind: 'object', definition: shape.definition, address: !makesObject };
      case 'unit':
        return { kind: 'none' };
      case 'date':
        return { kind: 'date' };
      case 'scalar':
        return { kind: 'scalar', scalar: SCALARS[shape.name], offset: FRAME_RESULT, bigint, framed: true };
      case 'string':
        return { kind: 'text' };
      case 'json':
        return { kind: 'decoded', read: jsonReader((bigint ? this.#bigints : this.#numbers).of(shape)), whole: true };
      case 'typed':
        return { kind: 'decoded', read: listReader(SCALARS[shape.element], bigint, true) };
      case 'set':
        if (shape.element.kind === 'scalar') {
          const { setFrom } = others();
          const read = listReader(SCALARS[shape.element.name], bigint, false);
          return { kind: 'decoded', read: (target) => setFrom(read(target) as ArrayLike<unknown>) };
        }
        break;
      case 'list':
        if (shape.element.kind === 'scalar') {
          const read = listReader(SCALARS[shape.element.name], bigint, false);
          if (shape.buffer !== true) return { kind: 'decoded', read };
          return { kind: 'decoded', read: (target) => bufferOf(read(target) as Uint8Array) };
        }
    }
    return { kind: 'decoded', read: streamReader((bigint ? this.#bigints : this.#numbers).of(shape)) };
  }
}
