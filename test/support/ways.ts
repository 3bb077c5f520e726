/**
 * Makes declared functions in both ways: as generated code, and interpreted, as if code generation were forbidden.
 * Import this before anything else of the package, so that it takes effect before the first function is made.
 */

type FunctionModule = typeof import('../../src-ts/call/function');

jest.mock<FunctionModule>('../../src-ts/call/function', () => {
  const actual = jest.requireActual<FunctionModule>('../../src-ts/call/function');
  return { ...actual, makeChecked: jest.fn(actual.makeChecked) };
});

import { makeChecked } from '../../src-ts/call/function';
import { interpret } from '../../src-ts/call/interpreted';
import type { DeclareOptions } from '../../src-ts/levels/declare/types/declared';
import { declared, type LooseFunction } from './kernels';

/** The ways in which a declared function runs. */
export const WAYS = ['generated', 'interpreted'] as const;
export type Way = (typeof WAYS)[number];

/** Returns the kernel that `source` declares, made in that way. */
export function declaredAs(way: Way, source: string, options?: DeclareOptions): LooseFunction {
  const generated = declared(source, options);
  if (way === 'generated') return generated;
  const [[outline] = []] = jest.mocked(makeChecked).mock.lastCall ?? [];
  if (outline === undefined || !('plan' in outline))
    throw new Error('import ways.ts before anything else of the package');
  const call = interpret(outline.plan());
  return (...args) => call(args) as never;
}
