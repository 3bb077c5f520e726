/**
 * The types of functions that are written for C: pointers, structures and functions, as a declaration spells them in
 * Rust's syntax.
 */

import { formatType, type RustType } from './lent';
import { type ScalarName, SCALARS } from './scalar';

/** `c_char` behind a pointer: the bytes of a text that ends with a NUL. */
export interface CharType {
  readonly kind: 'char';
}

/** `c_void` behind a pointer: bytes of which nothing is known. */
export interface VoidType {
  readonly kind: 'void';
}

/** A type of which only pointers exist, and only the library knows what is behind them. */
export interface OpaqueType {
  readonly kind: 'opaque';
  readonly name: string;
}

/** What a pointer may point to. */
export type Pointee =
  { readonly kind: 'scalar'; readonly name: ScalarName } | CharType | VoidType | OpaqueType | StructType | PointerType;

/** A raw pointer, or a reference to a structure. */
export interface PointerType {
  readonly kind: 'pointer';
  /** True for `*mut` and `&mut`. */
  readonly mutable: boolean;
  /** True for `&` and `&mut`. */
  readonly reference: boolean;
  /** True if it is in an `Option`. */
  readonly nullable: boolean;
  readonly to: Pointee;
}

/** An array of a fixed length inside a structure. */
export interface ArrayType {
  readonly kind: 'array';
  readonly element: FieldType;
  readonly length: number;
}

/** What a field of a structure may be. */
export type FieldType =
  { readonly kind: 'scalar'; readonly name: ScalarName } | PointerType | StructType | ArrayType | FunctionType;

/** A field of a structure, `offset` bytes behind its beginning. */
export interface Field {
  readonly name: string;
  readonly type: FieldType;
  readonly offset: number;
}

/** A structure with `#[repr(C)]`. The parser completes the fields and the layout when it has read all of the text. */
export interface StructType {
  readonly kind: 'struct';
  readonly name: string;
  fields: readonly Field[];
  /** In bytes; 0 until the layout is known. */
  size: number;
  align: number;
}

/** A pointer to a function that the library calls. */
export interface FunctionType {
  readonly kind: 'function';
  readonly nullable: boolean;
  readonly parameters: readonly CParameter[];
  /** Null for `()`. */
  readonly result: CResult | null;
}

/** A parameter that needs no memory of a `PyVec` or `PyStr`. */
export type CType = { readonly kind: 'scalar'; readonly name: ScalarName } | PointerType | FunctionType;

export type CResult = { readonly kind: 'scalar'; readonly name: ScalarName } | PointerType | StructType;

/** What attributes say of a parameter. */
export interface Attributes {
  /** `out`: the library fills it, and no argument is given. `inout`: an argument is given, and what becomes of it returned. */
  readonly passing?: 'out' | 'inout';
  /** The names of the pointers whose number of elements it is. It takes no argument. */
  readonly lengthOf?: readonly string[];
  /** True if the call releases what the pointer points to. */
  readonly releases?: boolean;
  /** The name of the function that frees the text that comes out. */
  readonly free?: string;
}

/** True for a type that is not also one of Rust's own functions. */
export function isCType<T extends { readonly kind: string }>(
  type: T,
): type is Extract<T, PointerType | FunctionType | StructType> {
  return type.kind === 'pointer' || type.kind === 'function' || type.kind === 'struct';
}

/** Returns the text of a type that a declared parameter may have. */
export function formatDeclaredType(type: RustType | PointerType | FunctionType | StructType): string {
  return isCType(type) ? formatCType(type) : formatType(type);
}

/** A parameter of a callback. */
export interface CParameter extends Attributes {
  readonly name: string;
  readonly type: CType | StructType;
}

/** True if a value has texts, whose memory belongs to one call. */
export function holdsText(type: FieldType): boolean {
  switch (type.kind) {
    case 'pointer':
      return type.to.kind === 'char';
    case 'array':
      return holdsText(type.element);
    case 'struct':
      return type.fields.some((field) => holdsText(field.type));
    default:
      return false;
  }
}

/** Returns the size and the alignment of a value in memory, in bytes. */
export function layoutOf(type: FieldType): { readonly size: number; readonly align: number } {
  switch (type.kind) {
    case 'scalar': {
      const { size } = SCALARS[type.name];
      return { size, align: size };
    }
    case 'pointer':
    case 'function':
      return { size: 8, align: 8 };
    case 'struct':
      return type;
    case 'array': {
      const { size, align } = layoutOf(type.element);
      return { size: size * type.length, align };
    }
  }
}

/** Lays out fields one after the other, as C does. */
export function layFields(fields: readonly Omit<Field, 'offset'>[]): Pick<StructType, 'fields' | 'size' | 'align'> {
  let end = 0;
  let most = 1;
  const placed = fields.map(({ name, type }) => {
    const { size, align } = layoutOf(type);
    const offset = Math.ceil(end / align) * align;
    end = offset + size;
    most = Math.max(most, align);
    return { name, type, offset };
  });
  return { fields: placed, size: Math.ceil(end / most) * most, align: most };
}

/** Prints the type in Rust's syntax. */
export function formatCType(type: FieldType | Pointee): string {
  switch (type.kind) {
    case 'char':
      return 'c_char';
    case 'void':
      return 'c_void';
    case 'array':
      return `[${formatCType(type.element)}; ${type.length}]`;
    case 'pointer': {
      const head = type.reference ? (type.mutable ? '&mut ' : '&') : type.mutable ? '*mut ' : '*const ';
      return inOption(type, head + formatCType(type.to));
    }
    case 'function': {
      const result = type.result === null ? '' : ` -> ${formatCType(type.result)}`;
      const list = type.parameters.map((parameter) => formatAttributes(parameter) + nameOf(parameter));
      return inOption(type, `extern "C" fn(${list.join(', ')})${result}`);
    }
    default:
      return type.name;
  }
}

function nameOf({ name, type }: CParameter): string {
  return name === '' ? formatCType(type) : `${name}: ${formatCType(type)}`;
}

function inOption({ nullable }: { readonly nullable: boolean }, text: string): string {
  return nullable ? `Option<${text}>` : text;
}

/** Prints attributes as they stand before a parameter. */
export function formatAttributes({ passing, lengthOf, releases, free }: Attributes): string {
  let text = passing === undefined ? '' : `#[${passing}] `;
  if (lengthOf !== undefined) text += `#[len = "${lengthOf.join(', ')}"] `;
  if (releases === true) text += '#[release] ';
  if (free !== undefined) text += `#[free = "${free}"] `;
  return text;
}

/** True if a parameter takes an argument. */
export function takesArgument({ passing, lengthOf }: Attributes): boolean {
  return passing !== 'out' && lengthOf === undefined;
}
