/** Functions of JavaScript that Rust calls: in the stream, the address of a place that has the function. */

import { returned, wrongType } from '../../../errors/mismatch';
import type { Encode, Lender, Writer } from '../../../memory/writer';
import { MAX_PARAMETERS } from '../../../types/limits';
import type { FunctionShape } from '../../../types/shape';
import type { FunctionCode } from '../../callback';
import { elements, exactly } from '../json';
import type { EncoderMaker, InputPrinter, Kind, ReadShape } from './kind';

/** Reads `["fn", [T...], R]`, or the same with `callback`. */
function reads(isLent: boolean): ReadShape {
  return (value, shapes) => {
    const [, parameters, result] = exactly(value, 3);
    return {
      kind: 'function',
      isLent,
      parameters: elements(parameters, 1, MAX_PARAMETERS).map((parameter) => shapes.of(parameter, 1)),
      result: shapes.of(result, 2),
    };
  };
}

let loaded: typeof import('../../callback') | undefined;

/** Loads the code for callbacks, which few libraries need. */
function callbacks(): typeof import('../../callback') {
  return (loaded ??= require('../../callback') as typeof import('../../callback'));
}

export const functionKind: Kind<FunctionShape> = {
  spellings: { fn: reads(true), callback: reads(false) },
  // What a function takes and returns is not inside of it.
  parts: () => [],
  encoder: functionEncoder,
  // The same function that was passed to Rust.
  decoder: () => (reader) => callbacks().takeFunction(reader.word()),
  input: (shape, printer) => [functionType(shape, printer)],
  output: (shape, { union, global }) => [functionType(shape, { given: union, union, global })],
  rust: ({ isLent, parameters, result }, rust) => {
    const taken = parameters.map(rust).join(', ');
    if (!isLent) return `Callback<(${taken}${parameters.length === 1 ? ',' : ''}), ${rust(result)}>`;
    return `&dyn Fn(${taken})${result.kind === 'unit' ? '' : ` -> ${rust(result)}`}`;
  },
};

function functionEncoder(shape: FunctionShape, encoders: EncoderMaker): Encode {
  let code: FunctionCode | undefined;
  return (writer, value) => {
    if (typeof value !== 'function') throw wrongType('a function', value);
    code ??= makeCode(shape, encoders, (writer.lender as Lender).callee.name);
    putFunction(writer, value as (...args: unknown[]) => unknown, code);
  };
}

/** @param name - The name of the function to which the first of such functions is passed. */
function makeCode(shape: FunctionShape, encoders: EncoderMaker, name: string): FunctionCode {
  const { isLent, parameters, result } = shape;
  const { results } = encoders;
  return {
    isLent,
    parameters: parameters.map((parameter) => results.of(parameter)),
    encode: result.kind === 'unit' ? null : encoders.of(result),
    direct: callbacks().directCodeFor(shape, results.bigint, name),
    refused: returned,
  };
}

/** Gives a function a place that Rust has, and writes the place's address. */
export function putFunction(writer: Writer, call: (...args: never[]) => unknown, code: FunctionCode): void {
  const { Callback } = callbacks();
  const { callee, argument } = writer.lender as Lender;
  const callback = new Callback(call as (...args: unknown[]) => unknown, code, callee, argument);
  writer.hold(callback);
  writer.integer(callback.address);
}

/** Prints the type of a function. Rust passes results to it, and gets an argument. */
function functionType({ isLent, parameters, result }: FunctionShape, { given, union, global }: Printer): string {
  const list = parameters.map((parameter, index) => `arg${index + 1}: ${given(parameter)}`).join(', ');
  if (result.kind === 'unit') return `((${list}) => void)`;
  const value = union(result);
  return `((${list}) => ${isLent ? value : `${value} | ${global('PromiseLike')}<${value}>`})`;
}

type Printer = Pick<InputPrinter, 'given' | 'union' | 'global'>;
