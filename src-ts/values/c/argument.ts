/** Arguments of C functions that are pointers: what is packed for them, and what comes back. */

import { native } from '../../crossing/node-api/native';
import { along, Mismatch, wrongType } from '../../errors/mismatch';
import { Elements } from '../../memory/site';
import { append } from '../../runtime/list';
import { type Attributes, formatCType, type PointerType } from '../../types/c';
import { type Scalar, SCALARS } from '../../types/scalar';
import { packCString, storeCString } from './text';
import { lengthOf, packScalars, refuseMixed } from '../lent/list';
import { storeChanges } from '../lent/borrow';
import { extentOf, isView, isViewOf, typedArrayOf, type View } from '../lent/view';
import type { CCall, Place } from './call';
import { type Cell, cellOf } from './cell';
import { handleAddress, refuseNull } from './handle';
import { addressOfPointer, isPointer, releasePointer } from './pointer';
import { isResizable } from './steady';

/** How generated code passes the usual values of a parameter, for which no memory is needed. */
export type Direct =
  | { readonly kind: 'text'; readonly nullable: boolean }
  /** A typed array with this tag, or with any if it is null. Its length is counted in elements, or in bytes. */
  | { readonly kind: 'data'; readonly tag: string | null }
  | { readonly kind: 'handle'; readonly type: string | null; readonly nullable: boolean }
  /** A value that comes out. */
  | { readonly kind: 'out'; readonly cell: Cell };

/** One kind of parameter. */
export interface CArgument {
  /** Not for a kind of which every value needs memory. */
  readonly direct?: Direct;
  /**
   * Packs an argument. Code of the user's may run.
   *
   * @param index - The parameter.
   * @throws Mismatch, or an error that names the argument.
   */
  pack(call: CCall, index: number, value: unknown): void;
  /** Finds the address of memory that code of the user's could have moved until now. */
  settle?(call: CCall, index: number): void;
  /** Notes that the library releases what is passed: after the call, or when one in the background is submitted. */
  release?(call: CCall, index: number): void;
  /** Completes the argument after the call. */
  finish?(call: CCall, index: number): void;
  /** Reads the value that has come out. */
  take?(call: CCall, index: number): unknown;
}

/** Makes the kind of a parameter that is a pointer. */
export function pointerArgument(type: PointerType, { passing, releases }: Attributes, bigint: boolean): CArgument {
  const { to } = type;
  if (passing !== undefined) return cellArgument(type, passing, bigint);
  switch (to.kind) {
    case 'scalar':
      return dataArgument(type, SCALARS[to.name]);
    case 'void':
      return releases === true ? handleArgument(type, true) : dataArgument(type, null);
    case 'char':
      return type.mutable ? dataArgument(type, SCALARS.u8) : textArgument(type);
    case 'opaque':
      return handleArgument(type, releases === true);
    case 'struct':
      return structArgument(type, cellOf(to, bigint));
    case 'pointer':
      return isTexts(type) ? textsArgument(type) : handleArgument({ ...type, nullable: true }, false);
  }
}

/** True for a pointer that may be to a list of strings. */
export function isTexts({ mutable, to }: PointerType): boolean {
  return !mutable && to.kind === 'pointer' && to.to.kind === 'char';
}

function isNull(value: unknown): value is null | undefined {
  return value === null || value === undefined;
}

function textArgument(type: PointerType): CArgument {
  return {
    direct: { kind: 'text', nullable: type.nullable },
    pack(call, index, value) {
      if (isNull(value) && type.nullable) return;
      if (isNull(value)) throw refuseNull(type, 'a string', value);
      if (typeof value !== 'string') throw wrongType(`a string (${formatCType(type)})`, value);
      call.addresses[index] = packCString(call.arena, value);
    },
  };
}

/** A list of strings, as addresses with NULL behind them, or a pointer of the library's own. */
function textsArgument(type: PointerType): CArgument {
  return {
    pack(call, index, value) {
      const { arena } = call;
      if (isNull(value)) return;
      if (!Array.isArray(value)) {
        if (!isPointer(value)) throw wrongType(`a list of strings, a Pointer or null (${formatCType(type)})`, value);
        call.lengths[index] = -1;
        call.addresses[index] = handleAddress(type, value);
        return;
      }
      const length = lengthOf(arena, value);
      const { chunk, offset } = call.reserve(index, 8 * (length + 1));
      call.lengths[index] = length;
      for (let k = 0; k < length; k++) {
        const text: unknown = value[k];
        try {
          if (typeof text !== 'string') throw wrongType('a string', text);
          storeCString(arena, chunk, offset + 8 * k, text);
        } catch (error) {
          throw along(error, k);
        }
      }
    },
  };
}

function handleArgument(type: PointerType, releases: boolean): CArgument {
  const { to, nullable } = type;
  return {
    ...(!releases && { direct: { kind: 'handle', type: to.kind === 'void' ? null : formatCType(to), nullable } }),
    pack(call, index, value) {
      if (isNull(value) && type.nullable) return;
      if (isNull(value)) throw refuseNull(type, `a Pointer<${formatCType(type.to)}>`, value);
      call.addresses[index] = handleAddress(type, value);
      if (releases) call.place(index).value = value;
    },
    // A callback that ran while other arguments were packed may have released it.
    settle(call, index) {
      const value = call.places[index]?.value;
      if (value !== undefined) call.addresses[index] = handleAddress(type, value);
    },
    release(call, index) {
      const value = call.places[index]?.value;
      if (isPointer(value) && addressOfPointer(value) !== 0) releasePointer(value);
    },
  };
}

/** The values that data may be, for messages. */
function dataWords(type: PointerType, scalar: Scalar | null): string {
  const text = formatCType(type);
  if (type.to.kind === 'char') return `bytes to write to (Uint8Array or Buffer; ${text})`;
  return scalar === null
    ? `a typed array, a Pointer or null (${text})`
    : `a typed array or list of ${scalar.name} (${text})`;
}

/** A pointer to numbers, or to bytes if `scalar` is null. A view is passed as it is, and a list is copied. */
function dataArgument(type: PointerType, scalar: Scalar | null): CArgument {
  const { mutable } = type;
  const isText = type.to.kind === 'char';
  const tag = scalar === null ? null : typedArrayOf(scalar);
  return {
    ...(tag !== undefined && { direct: { kind: 'data', tag } }),
    pack(call, index, value) {
      call.lengths[index] = 0;
      if (isNull(value)) return;
      if (isView(value) && (scalar === null || isViewOf(value, scalar))) {
        call.place(index).view = value;
      } else if (isPointer(value)) {
        call.lengths[index] = -1;
        call.addresses[index] = handleAddress(type, value);
      } else if (scalar !== null && !isText && Array.isArray(value)) {
        packNumbers(call, index, value as unknown[], scalar, mutable);
      } else {
        throw wrongType(dataWords(type, scalar), value);
      }
    },
    settle(call, index) {
      const view = call.places[index]?.view;
      if (view != null) passView(call, index, view, scalar ?? SCALARS.u8, mutable);
    },
    finish(call, index) {
      const place = call.places[index];
      if (place?.before != null) putBackView(place, scalar ?? SCALARS.u8);
    },
  };
}

/** Passes the memory of a view. No code of the user's may run until the call. */
function passView(call: CCall, index: number, view: View, scalar: Scalar, mutable: boolean): void {
  const extent = extentOf(view);
  if (extent === null) {
    throw new Mismatch('the buffer is detached, or has shrunk away from the view', 'ERR_RUSTDLL_DETACHED');
  }
  const { buffer, byteOffset, byteLength } = extent;
  if (isResizable(buffer)) {
    throw new Mismatch('the buffer is resizable: what is taken away from it would still be used; pass a copy');
  }
  call.lengths[index] = byteLength / scalar.size;
  const bytes = new Uint8Array(buffer, byteOffset, byteLength);
  const address = native.address(bytes);
  // An empty view has no memory, and C may compare the pointer with NULL.
  call.addresses[index] = byteLength === 0 ? EMPTY : address;
  if (address % scalar.size !== 0) throw new Mismatch(`the memory is not aligned for ${scalar.name}; pass a copy`);
  if (call.arena.isApart && byteLength > 0) copyView(call, index, bytes, mutable);
}

/** Has a call in the background use a copy of a view, which the program may change meanwhile, or detach. */
function copyView(call: CCall, index: number, bytes: Uint8Array, mutable: boolean): void {
  const { arena } = call;
  if (!mutable) {
    append(call.lentForReading, { address: call.addresses[index] as number, bytes: bytes.length });
    return;
  }
  const place = call.places[index] as Place;
  arena.reserve(bytes.length);
  place.chunk = arena.chunk;
  place.offset = arena.offset;
  place.before = bytes.slice();
  place.chunk.u8.set(bytes, place.offset);
  call.addresses[index] = place.chunk.address + place.offset;
}

/** Stores in a view the elements of its copy that the library has changed. */
function putBackView({ view, before, chunk, offset }: Place, { size }: Scalar): void {
  if (view === null || before === null) return;
  const extent = extentOf(view);
  if (extent?.byteLength !== before.length) {
    throw new Mismatch('the buffer was resized or detached during the call', 'ERR_RUSTDLL_WRITE_BACK');
  }
  const target = new Uint8Array(extent.buffer, extent.byteOffset, extent.byteLength);
  storeChanges(target, { u8: chunk.u8, offset }, { u8: before, offset: 0 }, size);
}

/** The address of nothing, which is not NULL and aligned for every type. */
const EMPTY = 8;

function packNumbers(call: CCall, index: number, list: unknown[], scalar: Scalar, mutable: boolean): void {
  const { arena } = call;
  const length = lengthOf(arena, list);
  call.lengths[index] = length;
  arena.reserve(Math.max(length * scalar.size, 1));
  const { chunk, offset } = arena;
  call.addresses[index] = chunk.address + offset;
  const elements = packScalars(arena, list, length, scalar, chunk, offset);
  if (!mutable) return;
  if (elements === Elements.Mixed) refuseMixed(arena, list, length);
  if (length > 0) arena.noted.add(list, arena.argument, chunk, offset, length, scalar, elements);
}

/** A parameter that the library writes one value to: memory of its own, and the value in the result. */
function cellArgument(type: PointerType, passing: 'out' | 'inout', bigint: boolean): CArgument {
  const { to } = type;
  if (to.kind === 'char' || to.kind === 'void' || to.kind === 'opaque') throw new Error('a cell has a size');
  const cell = cellOf(to, bigint);
  return {
    ...(passing === 'out' && { direct: { kind: 'out', cell } }),
    pack(call, index, value) {
      const { chunk, offset } = call.reserve(index, cell.size);
      if (passing === 'inout') cell.write(call.arena, chunk, offset, value);
    },
    take(call, index) {
      const { chunk, offset } = call.places[index] as { chunk: CCall['arena']['chunk']; offset: number };
      return cell.read(chunk, offset);
    },
  };
}

/** A pointer to a structure: an object, whose fields are copied and, if the pointer is mutable, written back. */
function structArgument(type: PointerType, cell: Cell): CArgument {
  const { mutable } = type;
  const name = formatCType(type.to);
  /** The bytes as they are before the call are so many behind those that the library gets. */
  const rounded = Math.ceil(cell.size / 8) * 8;
  return {
    pack(call, index, value) {
      if (isNull(value) && type.nullable) return;
      if (isNull(value)) throw refuseNull(type, `an object (${name})`, value);
      if (isPointer(value)) {
        call.addresses[index] = handleAddress(type, value);
        return;
      }
      const place = call.reserve(index, mutable ? 2 * rounded : rounded);
      const { chunk, offset } = place;
      cell.write(call.arena, chunk, offset, value);
      if (!mutable) return;
      place.value = value;
      chunk.u8.copyWithin(offset + rounded, offset, offset + cell.size);
    },
    finish(call, index) {
      const place = call.places[index];
      if (place === undefined || typeof place.value !== 'object' || place.value === null) return;
      const { chunk, offset, value } = place;
      cell.update?.(chunk, offset, { chunk, offset: offset + rounded }, value);
    },
  };
}
