/** Values in memory: what a parameter points to, or a field of a structure. */

import { along, Mismatch, wrongType } from '../../errors/mismatch';
import { rangeError, typeError } from '../../errors/errors';
import { describe } from '../../errors/words';
import type { Arena } from '../../memory/arena';
import type { Chunk } from '../../memory/chunk';
import { makeList } from '../../runtime/list';
import { property } from '../../runtime/property';
import { charOf, isCodePoint, wideFromHalves } from '../../types/bits';
import {
  type ArrayType,
  type FieldType,
  formatCType,
  layoutOf,
  type PointerType,
  type StructType,
} from '../../types/c';
import { misfit, type Scalar, SCALARS } from '../../types/scalar';
import { refusal } from '../refusal';
import { handleAddress } from './handle';
import { pointerTo } from './pointer';
import { readCString, storeCString } from './text';

/** Reads and writes values of one type in memory. */
export interface Cell {
  readonly size: number;
  /**
   * Reads the value.
   *
   * @throws Mismatch for bits that are no value of the type.
   */
  read(chunk: Chunk, offset: number): unknown;
  /**
   * Writes a value, which may have memory of its own in the arena. Code of the user's may run.
   *
   * @throws Mismatch
   */
  write(arena: Arena, chunk: Chunk, offset: number, value: unknown): void;
  /**
   * Changes an object or list, which has been written, to what the library has made of it since. Values that it consists
   * of are replaced where their bytes have changed. A cell of a single value does not have it.
   *
   * @param before - The chunk with the bytes as they were written, and their offset in it.
   */
  update?(chunk: Chunk, offset: number, before: Before, value: object): void;
}

/** The bytes of a cell before the call. */
export interface Before {
  readonly chunk: Chunk;
  readonly offset: number;
}

/** Updates a part of an object or list, if its bytes have changed. */
function updatePart(
  cell: Cell,
  chunk: Chunk,
  offset: number,
  before: Before,
  whole: object,
  key: string | number,
): void {
  if (isSame(chunk, offset, before, cell.size)) return;
  const value = (whole as Record<string | number, unknown>)[key];
  if (cell.update !== undefined && typeof value === 'object' && value !== null) {
    cell.update(chunk, offset, before, value);
    return;
  }
  if (!Reflect.set(whole, key, cell.read(chunk, offset))) {
    throw new Mismatch('it is read-only, and the library has changed it', 'ERR_RUSTDLL_WRITE_BACK');
  }
}

function isSame(chunk: Chunk, offset: number, before: Before, size: number): boolean {
  for (let k = 0; k < size; k++) if (chunk.u8[offset + k] !== before.chunk.u8[before.offset + k]) return false;
  return true;
}

/**
 * Makes the cell of a type.
 *
 * @param bigint - True if 64-bit integers are read as bigints.
 */
export function cellOf(type: FieldType, bigint: boolean): Cell {
  switch (type.kind) {
    case 'scalar':
      return scalarCell(SCALARS[type.name], bigint);
    case 'pointer':
      return pointerCell(type);
    case 'struct':
      return structCell(type, bigint);
    case 'array':
      return arrayCell(type, bigint);
    case 'function':
      return functionCell();
  }
}

/** Returns an integer that is to be a number; refuses one that no number is. */
export function exact(value: number | bigint): number {
  if (typeof value === 'number') return value;
  throw new Mismatch(`${value} is beyond what a number holds; declare it with { bigint: true }`, 'ERR_RUSTDLL_RANGE');
}

function scalarCell(scalar: Scalar, bigint: boolean): Cell {
  const { kind, size, signed, view } = scalar;
  return {
    size,
    read(chunk, offset) {
      switch (kind) {
        case 'wide': {
          if (bigint) return (signed ? chunk.i64 : chunk.u64)[offset >> 3];
          const at = offset >> 2;
          return exact(wideFromHalves(chunk.i32[at] as number, chunk.i32[at + 1] as number, signed));
        }
        case 'bool': {
          const bits = chunk.u8[offset] as number;
          if (bits > 1) throw new Mismatch(`0x${bits.toString(16)} is no bool`);
          return bits === 1;
        }
        case 'char': {
          const bits = chunk.u32[offset >> 2] as number;
          if (!isCodePoint(bits)) throw new Mismatch(`0x${bits.toString(16)} is no char`);
          return String.fromCodePoint(bits);
        }
        default:
          return chunk[view][offset / size];
      }
    },
    write(_arena, chunk, offset, value) {
      if (misfit(scalar, value) !== null) {
        const { code, problem } = refusal(scalar, value, 'declare');
        throw new Mismatch(problem, code);
      }
      if (kind === 'wide') chunk.i64[offset >> 3] = BigInt(value as number | bigint);
      else if (kind === 'char') chunk.u32[offset >> 2] = charOf(value as string);
      else chunk[view][offset / size] = Number(value);
    },
  };
}

function pointerCell(type: PointerType): Cell {
  const { to, nullable } = type;
  const isText = to.kind === 'char';
  const name = formatCType(to);
  return {
    size: 8,
    read(chunk, offset) {
      const address = chunk.pointerAt(offset);
      return isText ? readCString(address) : pointerTo(name, address);
    },
    write(arena, chunk, offset, value) {
      if ((value === null || value === undefined) && (nullable || to.kind !== 'opaque')) {
        chunk.setPointer(offset, 0);
      } else if (isText) {
        if (typeof value !== 'string') throw wrongType(`a string (${formatCType(type)})`, value);
        storeCString(arena, chunk, offset, value);
      } else {
        chunk.setPointer(offset, handleAddress(type, value));
      }
    },
  };
}

function functionCell(): Cell {
  return {
    size: 8,
    read: (chunk, offset) => pointerTo('fn', chunk.pointerAt(offset)),
    write(_arena, chunk, offset, value) {
      if (value !== null && value !== undefined) {
        throw new Mismatch(`a function in a structure can only be null, got ${describe(value)}`);
      }
      chunk.setPointer(offset, 0);
    },
  };
}

function arrayCell(type: ArrayType, bigint: boolean): Cell {
  const cell = cellOf(type.element, bigint);
  const { length } = type;
  const { size } = layoutOf(type);
  return {
    size,
    read(chunk, offset) {
      const list = makeList<unknown>(length);
      for (let k = 0; k < length; k++) list[k] = cell.read(chunk, offset + k * cell.size);
      return list;
    },
    write(arena, chunk, offset, value) {
      const list = value as ArrayLike<unknown>;
      if (!Array.isArray(value) && !ArrayBuffer.isView(value)) throw wrongType(`a list of ${length} elements`, value);
      const given = list.length;
      if (given !== length) throw new Mismatch(`expected a list of ${length} elements, got one of ${given}`);
      for (let k = 0; k < length; k++) {
        try {
          cell.write(arena, chunk, offset + k * cell.size, list[k]);
        } catch (error) {
          throw along(error, k);
        }
      }
    },
    update(chunk, offset, before, value) {
      for (let k = 0; k < length; k++) {
        const at = k * cell.size;
        try {
          updatePart(cell, chunk, offset + at, { chunk: before.chunk, offset: before.offset + at }, value, k);
        } catch (error) {
          throw along(error, k);
        }
      }
    },
  };
}

function structCell({ name, fields, size }: StructType, bigint: boolean): Cell {
  const cells = fields.map((field) => ({ ...field, cell: cellOf(field.type, bigint) }));
  return {
    size,
    read(chunk, offset) {
      const object = {};
      for (const field of cells) {
        let value: unknown;
        try {
          value = field.cell.read(chunk, offset + field.offset);
        } catch (error) {
          throw along(error, field.name);
        }
        Object.defineProperty(object, field.name, property(value));
      }
      return object;
    },
    write(arena, chunk, offset, value) {
      if (typeof value !== 'object' || value === null || Array.isArray(value) || ArrayBuffer.isView(value)) {
        throw wrongType(`an object (${name})`, value);
      }
      for (const field of cells) {
        try {
          const given = (value as Record<string, unknown>)[field.name];
          if (given === undefined && !(field.name in value)) throw new Mismatch('the field is missing');
          field.cell.write(arena, chunk, offset + field.offset, given);
        } catch (error) {
          throw along(error, field.name);
        }
      }
    },
    update(chunk, offset, before, value) {
      for (const field of cells) {
        const inner = { chunk: before.chunk, offset: before.offset + field.offset };
        try {
          updatePart(field.cell, chunk, offset + field.offset, inner, value, field.name);
        } catch (error) {
          throw along(error, field.name);
        }
      }
    },
  };
}

/** Makes the error for a value that came out of a call: of its result, or of a parameter. */
export function unreadable(error: unknown, place: string): unknown {
  if (!(error instanceof Mismatch)) return error;
  const message = `${place}${error.path}: ${error.message}`;
  return error.code === 'ERR_RUSTDLL_RANGE' ? rangeError(error.code, message) : typeError(error.code, message);
}
