/** Checks that the attributes of a declared function fit its parameters. */

import type { Attributes, FunctionType } from '../../types/c';
import { SCALARS } from '../../types/scalar';
import type { Parameter, Signature } from '../../types/signature';

/** The name of the function's own result among those of its parameters. */
export const RESULT = 'result';

type Fail = (problem: string) => never;

/** Calls `fail` for the first attribute that has no meaning where it is. */
export function refuseAttributes({ parameters, result, free }: Signature, fail: Fail): void {
  for (const parameter of parameters) refuseParameter(parameter, parameters, fail);
  if (
    free !== undefined &&
    !(result !== null && typeof result === 'object' && result.kind === 'pointer' && result.to.kind === 'char')
  ) {
    fail('`free` on a function is for a result `*mut c_char`');
  }
  if (result !== null && parameters.some((parameter) => parameter.passing !== undefined && parameter.name === RESULT)) {
    fail(`the result of the function is called \`${RESULT}\`; give the parameter another name`);
  }
}

function refuseParameter(parameter: Parameter, all: readonly Parameter[], fail: Fail): void {
  const { name, type, passing, releases, free } = parameter;
  const place = `the parameter \`${name}\``;
  if (type.kind === 'function') refuseCallback(type, fail);
  if (passing !== undefined) {
    if (type.kind !== 'pointer' || !type.mutable) fail(`${place}: \`${passing}\` is for \`*mut T\``);
    else if (type.to.kind === 'void' || type.to.kind === 'opaque' || (passing === 'out' && type.to.kind === 'char')) {
      fail(`${place}: \`${passing}\` needs the type of the value, and nothing is known of what is behind this pointer`);
    }
    if (name === '_') fail(`${place}: what comes out needs a name`);
  }
  refuseLength(parameter, all, fail);
  if (releases === true && !(type.kind === 'pointer' && (type.to.kind === 'opaque' || type.to.kind === 'void'))) {
    fail(`${place}: \`release\` is for a pointer to an opaque type`);
  }
  if (free !== undefined) {
    const isText = type.kind === 'pointer' && type.to.kind === 'pointer' && type.to.to.kind === 'char';
    if (passing !== 'out' || !isText) fail(`${place}: \`free\` is for \`#[out]\` and a \`*mut *mut c_char\``);
  }
}

/** A parameter of a function or of a callback. */
interface AnyParameter extends Attributes {
  readonly name: string;
  readonly type: Parameter['type'];
}

function refuseLength(parameter: AnyParameter, all: readonly AnyParameter[], fail: Fail): void {
  const { name, type, lengthOf } = parameter;
  if (lengthOf === undefined) return;
  const kind = type.kind === 'scalar' ? SCALARS[type.name].kind : null;
  if (kind !== 'int' && kind !== 'wide') fail(`the parameter \`${name}\`: \`len\` is for an integer`);
  for (const other of lengthOf) {
    const found = all.find((candidate) => candidate.name === other);
    if (found?.type.kind !== 'pointer')
      fail(`the parameter \`${name}\`: there is no pointer \`${other}\` whose length it could be`);
  }
}

function refuseCallback({ parameters }: FunctionType, fail: Fail): void {
  for (const parameter of parameters) {
    if (parameter.passing !== undefined || parameter.releases === true || parameter.free !== undefined) {
      fail('the parameters of a callback have no attribute but `len`');
    }
    refuseLength(parameter, parameters, fail);
  }
}
