/** Compares a declaration with the signature that the debug information of the library states. */

import { RustDLLError } from '../../errors/errors';
import { formatKnown, formatSignature, type KnownSignature, type KnownType, vecBehind } from '../../types/known';
import {
  formatCType,
  formatDeclaredType,
  type FunctionType,
  type Pointee,
  type PointerType,
  type StructType,
} from '../../types/c';
import type { RustType } from '../../types/lent';
import { type Scalar, type ScalarName, SCALARS } from '../../types/scalar';
import type { Parameter, Signature } from '../../types/signature';

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
    if (isInParts(stated) && type.kind !== 'struct') return null;
    if (fits(type, stated)) continue;
    return `parameter ${index + 1} (${name}): the library takes ${formatKnown(stated)}, not ${formatDeclaredType(type)}`;
  }
  // Nobody looks at the result of a function that is declared without one.
  if (result === null || resultFits(result, known.result)) return null;
  const text = typeof result === 'string' ? result : formatCType(result);
  return known.result.kind === 'unit'
    ? `the library returns nothing, not ${text}`
    : `the library returns ${formatKnown(known.result)}, not ${text}`;
}

/** True if a parameter may take more or less than one argument, so that those behind it are elsewhere. */
function isInParts(type: KnownType): boolean {
  return type.kind === 'fat' || type.kind === 'value' || type.kind === 'vec' || type.kind === 'unit';
}

function resultFits(declared: NonNullable<Signature['result']>, known: KnownType): boolean {
  if (typeof declared === 'object' && declared.kind === 'struct') return structureFits(declared, known);
  switch (known.kind) {
    case 'unit':
      return false;
    case 'scalar':
      return typeof declared === 'string' ? isSame(declared, known.name) : isAddress(known.name);
    default:
      return typeof declared !== 'object' || pointeeFits(declared.to, known);
  }
}

function isSame(a: string, b: string): boolean {
  const plain = (name: string): string => (name === 'usize' ? 'u64' : name === 'isize' ? 'i64' : name);
  return plain(a) === plain(b);
}

/** True if an address may be declared where the library has a scalar, or the other way round. */
function isAddress(scalar: string): boolean {
  return ADDRESSES.has(scalar);
}

/** True if a declared type may be that of the library. */
function fits(declared: Parameter['type'], known: KnownType): boolean {
  if (declared.kind === 'pointer' || declared.kind === 'function') return pointerFits(declared, known);
  if (declared.kind === 'struct') return structureFits(declared, known);
  return rustFits(declared, known);
}

/** True if the library may take an address, and if what is there may be what is declared. */
function pointerFits(declared: PointerType | FunctionType, known: KnownType): boolean {
  if (known.kind === 'scalar') return isAddress(known.name);
  if (known.kind === 'enum' || known.kind === 'never') return false;
  return declared.kind !== 'pointer' || pointeeFits(declared.to, known);
}

/** True if what is behind a pointer of the library's may be what is declared. */
function pointeeFits(declared: Pointee, known: KnownType): boolean {
  const pointer = known.kind === 'option' ? known.of : known;
  const to = pointer.kind === 'pointer' || pointer.kind === 'reference' ? pointer.to : null;
  if (to === null) return true;
  switch (declared.kind) {
    case 'scalar':
      return to.kind !== 'scalar' || isSameMemory(SCALARS[declared.name], to.name);
    case 'struct':
      // A type of no size stands for one of which the library says nothing.
      return to.kind !== 'value' || to.size === 0 || to.size === declared.size;
    case 'pointer':
      return pointerFits(declared, to);
    default:
      return true;
  }
}

/** True if values of a scalar may be read where others are. Single bytes are a view of any memory. */
function isSameMemory({ size, kind }: Scalar, name: string): boolean {
  if (size === 1 || !Object.hasOwn(SCALARS, name)) return true;
  const other = SCALARS[name as ScalarName];
  return size === other.size && (kind === 'float') === (other.kind === 'float');
}

/** True if the library may take a structure by value. One of a single field may be passed as that field. */
function structureFits({ fields, size }: StructType, known: KnownType): boolean {
  if (known.kind === 'value') return known.size === size;
  if (known.kind === 'vec' || known.kind === 'fat') return size === 16;
  return known.kind === 'unknown' || (fields.length === 1 && known.kind !== 'unit' && known.kind !== 'never');
}

function rustFits(declared: RustType, known: KnownType): boolean {
  switch (known.kind) {
    case 'unknown':
    case 'value':
      return true;
    case 'scalar':
      return declared.kind === 'scalar' && isSame(declared.name, known.name);
    case 'enum':
      return declared.kind === 'scalar' && !declared.name.startsWith('f');
    case 'function':
      return declared.kind === 'scalar' && isAddress(declared.name);
    case 'vec':
      return declared.kind !== 'scalar' && declared.held === 'value' && elementFits(declared, known.element);
  }
  const vec = vecBehind(known);
  if (declared.kind === 'scalar') return isAddress(declared.name) && (vec === null || known.kind === 'pointer');
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
  return declared.kind === 'str' ? rustFits({ kind: 'scalar', name: 'u8' }, known) : rustFits(declared.element, known);
}
