/** The signatures of declared and exported functions, and the table of a library. */

import type { Attributes, FieldType, FunctionType, PointerType, StructType } from './c';
import type { RustType } from './lent';
import type { ScalarName } from './scalar';
import { type ClassDefinition, type Definition, mayBeMissing, type ParameterShape, type Shape } from './shape';

/** One parameter of a function. The name is for error messages, and for what comes out of the parameter. */
export interface Parameter extends Attributes {
  readonly name: string;
  readonly type: RustType | PointerType | FunctionType | StructType;
}

/** A declared function. `result` is null for `()`. */
export interface Signature {
  readonly name: string;
  readonly parameters: readonly Parameter[];
  readonly result: ScalarName | PointerType | StructType | null;
  /** The name of the function that frees the text that is the result. */
  readonly free?: string;
  /** The declaration, normalised: `fn mean(v: &PyVec<f64>) -> f64`. Error messages quote it. */
  readonly text: string;
}

/** A declared static, which is a property. */
export interface StaticSignature {
  readonly name: string;
  readonly type: FieldType;
  /** True for `static mut`, which can be assigned to. */
  readonly mutable: boolean;
}

/** What a text declares. */
export interface Declarations {
  readonly functions: readonly Signature[];
  readonly statics: readonly StaticSignature[];
}

/** One parameter of an exported function. */
export interface ExportedParameter {
  readonly name: string;
  readonly shape: ParameterShape;
  /** The default in Rust's syntax, if the parameter has one. */
  readonly default?: string;
}

/** The roles of a function in a class. Methods, getters and setters have the object as their first parameter. */
export const ROLES = ['constructor', 'static', 'method', 'getter', 'setter'] as const;

/** The place of a function in a class. */
export interface Member {
  readonly definition: ClassDefinition;
  readonly role: (typeof ROLES)[number];
}

/** An exported function. */
export interface ExportedSignature {
  readonly name: string;
  /** Rust's doc comment, as Markdown; may be empty. */
  readonly doc: string;
  /** The path of its Rust module. */
  readonly module: string;
  /** The class whose member it is, if it is one. */
  readonly member: Member | null;
  readonly parameters: readonly ExportedParameter[];
  readonly result: Shape;
  /** True if it returns a `Result`. */
  readonly throws: boolean;
  /** The type of the `Err`, if it is a record or an enum, whose data is passed on. */
  readonly error: Definition | null;
  /** True if its 64-bit results are bigints. */
  readonly bigint: boolean;
  /** True if the function itself runs in the background and returns a promise. */
  readonly isAsync: boolean;
  /** True if it has a background form. */
  readonly background: boolean;
  /** True if its result is a property of the library, and not the function. */
  readonly isConstant: boolean;
  /** The library's hash of the signature, 16 hex digits. */
  readonly hash: string;
}

/** The table of a library. */
export interface Table {
  /** The version of the contract that the library follows. */
  readonly contract: number;
  /** The version of the crate it was built with. */
  readonly crate: string;
  /** The target it was built for, as Rust names it. */
  readonly target: string;
  readonly panic: 'unwind' | 'abort';
  readonly definitions: readonly Definition[];
  readonly classes: readonly ClassDefinition[];
  /** The functions outside of classes, sorted by name; the position of a function is its index. */
  readonly functions: readonly ExportedSignature[];
  /** The functions in classes, whose indices continue those of the others. */
  readonly members: readonly ExportedSignature[];
  /** The hash of the function that takes from iterators, whose index is behind all of these; null if there is none. */
  readonly take: string | null;
  /**
   * The hash of the function with which one listens to logging, whose index is the next; null if there is none.
   */
  readonly log: string | null;
}

/** Returns how many functions a library exports, those in classes included. */
export function countExported(table: Table | null): number {
  return table === null ? 0 : table.functions.length + table.members.length;
}

/** True if the first parameter of a function is the object on which it is called. */
export function hasReceiver({ member }: ExportedSignature): boolean {
  return member !== null && member.role !== 'constructor' && member.role !== 'static';
}

/** Returns the name of a function for messages. */
export function fullName({ name, member }: ExportedSignature): string {
  if (member === null) return name;
  return member.role === 'constructor' ? `new ${member.definition.name}` : `${member.definition.name}.${name}`;
}

/** Returns the least number of arguments: trailing ones that may be null may be omitted. */
export function requiredParameters({ parameters }: ExportedSignature): number {
  let { length } = parameters;
  while (length > 0 && mayBeMissing((parameters[length - 1] as ExportedParameter).shape)) length--;
  return length;
}
