/** Listens to the logging of a library, whose records are calls of a function of JavaScript. */

import type { Target } from '../../call/plan';
import { drainBeforeEnd } from '../../crossing/mailbox';
import { native } from '../../crossing/node-api/native';
import { libraryError } from '../../errors/library-error';
import { RustError } from '../../errors/rust-error';
import { LOG_LEVELS, type LogLevel, type LogOptions, type LogRecord } from '../../types/log';
import type { ScalarName } from '../../types/scalar';
import type { Shape } from '../../types/shape';
import type { ExportedSignature } from '../../types/signature';
import { Exports } from './export';

function scalar(name: ScalarName): Shape {
  return { kind: 'scalar', name };
}

const STRING: Shape = { kind: 'string' };

function optional(some: Shape): Shape {
  return { kind: 'option', some };
}

/** The types of the arguments of a record's call, which are those of {@link Call}. */
const RECORD: readonly Shape[] = [
  scalar('u8'),
  STRING,
  STRING,
  optional(STRING),
  optional(scalar('u32')),
  scalar('f64'),
  { kind: 'tuple', elements: [STRING, STRING] },
  scalar('u32'),
];

type Call = (
  level: number,
  target: string,
  message: string,
  file: string | null,
  line: number | null,
  timestamp: number,
  texts: readonly [fields: string, spans: string],
  dropped: number,
) => void;

/** The function of the library with which one listens. It returns a reference, which ends that when it is released. */
const LISTEN: ExportedSignature = {
  name: '@log',
  doc: '',
  module: 'rustdll',
  member: null,
  parameters: [
    { name: 'level', shape: scalar('u8') },
    { name: 'write', shape: { kind: 'function', isLent: false, parameters: RECORD, result: { kind: 'unit' } } },
  ],
  result: scalar('u64'),
  throws: true,
  bigint: false,
  error: null,
  isAsync: false,
  background: false,
  isConstant: false,
  hash: '',
};

/**
 * Has a function called with the records of a library. Returns the function that ends it.
 *
 * @param target - The library's function for that.
 * @throws RustDLLError `ERR_RUSTDLL_LOG` if the library has a logger of its own.
 */
export function listen(target: Target, { level, write }: Required<LogOptions>): () => void {
  const [begin] = new Exports([LISTEN], () => target).make('rustdll', 0, 1) as [(level: number, call: Call) => number];
  const call: Call = (number, about, message, file, line, timestamp, [fields, spans], dropped) => {
    write({
      level: LOG_LEVELS[number - 1] as LogLevel,
      target: about,
      message,
      file,
      line,
      timestamp,
      fields: fields === '' ? {} : (JSON.parse(fields) as LogRecord['fields']),
      spans: spans === '' ? [] : (JSON.parse(spans) as LogRecord['spans']),
      dropped,
    });
  };
  let address: number;
  try {
    address = begin(LOG_LEVELS.indexOf(level) + 1, call);
    drainBeforeEnd();
  } catch (error) {
    if (error instanceof RustError) throw libraryError('ERR_RUSTDLL_LOG', target.path, error.message);
    throw error;
  }
  return () => {
    if (address !== 0) native.release(address);
    address = 0;
  };
}
