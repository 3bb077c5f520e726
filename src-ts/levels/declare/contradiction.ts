/** Compares a declaration with the signature that the debug information of the library states. */

import { RustDLLError } from '../../errors/errors';
import { formatKnown, formatSignature, type KnownSignature, type KnownType, vecBehind } from '../../types/known';
import { formatType, type RustType } from '../../types/lent';
import type { Signature } from '../../types/signature';

/** The scalars that can be declared for an address. */
const ADDRESSES: ReadonlySet<string> = new Set(['i64', 'u64', 'isize', 'usize']);

/**
 * Throws an error if a declaration certainly contradicts the library.
 *
 * @throws RustDLLError `ERR_RUSTDLL_MISMATCH`
 */
export function refuseContradiction(declared: Signature, known: KnownSignature): void {
  const problem = contradiction(declared, known);
  if (problem === null) return;
  throw new RustDLLError(
    'ERR_RUSTDLL_MISMATCH',
    `${declared.name}: ${problem}\n  declared: ${declared.text}\n  library:  ${formatSignature(known)}`,
  );
}

/** Returns why a declaration certainly contradicts the library; null if it does not. */
export function contradiction({ parameters, result }: Signature, known: KnownSignature): string | null {
  const count = known.parameters.length;
  const isIrregular = known.parameters.some(({ type }) => isInParts(type));
  if (parameters.length !== count) {
    return isIrregular
      ? null
      : `the library takes ${count} parameter${count === 1 ? '' : 's'}, not ${parameters.length}`;
  }
  for (const [index, { name, type }] of parameters.entries()) {
    const stated = (known.parameters[index] as (typeof known.parameters)[number]).type;
    if (isInParts(stated)) return null;
    if (fits(type, stated)) continue;
    return `parameter ${index + 1} (${name}): the library takes ${formatKnown(stated)}, not ${formatType(type)}`;
  }
  // Nobody looks at the result of a function that is declared without one.
  if (result === null || resultFits(result, known.result)) return null;
  return known.result.kind === 'unit'
    ? `the library returns nothing, not ${result}`
    : `the library returns ${formatKnown(known.result)}, not ${result}`;
}

/** True if a parameter may take more or less than one argument, so that those behind it are elsewhere. */
function isInParts(type: KnownType): boolean {
  return type.kind === 'fat' || type.kind === 'value' || type.kind === 'vec' || type.kind === 'unit';
}

function resultFits(declared: string, known: KnownType): boolean {
  switch (known.kind) {
    case 'unit':
      return false;
    case 'scalar':
      return isSame(declared, known.name);
    default:
      return true;
  }
}

function isSame(a: string, b: string): boolean {
  const plain = (name: string): string => (name === 'usize' ? 'u64' : name === 'isize' ? 'i64' : name);
  return plain(a) === plain(b);
}

/** True if a declared type may be that of the library. */
function fits(declared: RustType, known: KnownType): boolean {
  switch (known.kind) {
    case 'unknown':
    case 'value':
      return true;
    case 'scalar':
      return declared.kind === 'scalar' && isSame(declared.name, known.name);
    case 'enum':
      return declared.kind === 'scalar' && !declared.name.startsWith('f');
    case 'function':
      return declared.kind === 'scalar' && ADDRESSES.has(declared.name);
    case 'vec':
      return declared.kind !== 'scalar' && declared.held === 'value' && elementFits(declared, known.element);
  }
  const vec = vecBehind(known);
  if (declared.kind === 'scalar') return ADDRESSES.has(declared.name) && (vec === null || known.kind === 'pointer');
  if (vec === null) return mayBeVec(known);
  if (declared.held === 'value') return false;
  const reference = known.kind === 'option' ? known.of : known;
  if (reference.kind === 'reference') {
    if (declared.nullable && known.kind !== 'option') return false;
    if (reference.mutable && declared.held === 'ref') return false;
  }
  return elementFits(declared, vec.element);
}

/** True if what a parameter refers to may be laid out as a `PyVec` although nothing says so. */
function mayBeVec(known: KnownType): boolean {
  const inner = known.kind === 'option' ? known.of : known;
  if (inner.kind !== 'reference' && inner.kind !== 'pointer') return false;
  return inner.to === null || inner.to.kind === 'unknown' || inner.to.kind === 'value' || inner.to.kind === 'pointer';
}

function elementFits(declared: Exclude<RustType, { kind: 'scalar' }>, known: KnownType): boolean {
  return declared.kind === 'str' ? fits({ kind: 'scalar', name: 'u8' }, known) : fits(declared.element, known);
}
