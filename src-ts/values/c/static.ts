/** Statics of C libraries as properties. */

import { native } from '../../crossing/node-api/native';
import { argumentError } from '../../errors/errors';
import { Mismatch } from '../../errors/mismatch';
import type { Callee } from '../../errors/words';
import { Arena } from '../../memory/arena';
import type { StaticSignature } from '../../types/signature';
import { cellOf, unreadable } from './cell';

/**
 * Makes the descriptor of the property of a static. It is read at each access.
 *
 * @param addressOf - Returns its address; throws once the library is closed.
 */
export function staticProperty(
  { name, type, mutable }: StaticSignature,
  bigint: boolean,
  addressOf: () => number,
): PropertyDescriptor {
  const cell = cellOf(type, bigint);
  const callee: Callee = { name, level: 'declare', parameterName: () => undefined };

  /** Runs `use` with memory for the value. */
  function withMemory<T>(use: (arena: Arena) => T): T {
    const arena = Arena.enter(callee);
    try {
      return use(arena);
    } finally {
      arena.leave();
    }
  }

  const get = (): unknown =>
    withMemory((arena) => {
      arena.reserve(cell.size);
      const { chunk, offset } = arena;
      native.load(addressOf(), chunk.u8.subarray(offset, offset + cell.size));
      try {
        return cell.read(chunk, offset);
      } catch (error) {
        throw unreadable(error, name);
      }
    });
  const set = (value: unknown): void => {
    withMemory((arena) => {
      arena.reserve(cell.size);
      const { chunk, offset } = arena;
      chunk.u8.fill(0, offset, offset + cell.size);
      try {
        cell.write(arena, chunk, offset, value);
      } catch (error) {
        throw error instanceof Mismatch ? argumentError(error.code, `${name}${error.path}: ${error.message}`) : error;
      }
      native.store(addressOf(), chunk.u8.subarray(offset, offset + cell.size));
    });
  };
  return { __proto__: null, get, ...(mutable && { set }), enumerable: true, configurable: true } as PropertyDescriptor;
}
