/**
 * Declared functions in both ways they can be made: as generated source, and interpreted where no code may be
 * generated. Import this before anything else of the package, so that it is there when the first function is made.
 */

import type { Plan } from '../../src-ts/call/plan';

const mockPlans: Plan[] = [];
jest.mock('../../src-ts/call/generated', () => {
  const actual = jest.requireActual<typeof import('../../src-ts/call/generated')>('../../src-ts/call/generated');
  return {
    ...actual,
    generate: (plan: Plan) => {
      mockPlans.push(plan);
      return actual.generate(plan);
    },
  };
});

import { interpret } from '../../src-ts/call/interpreted';
import type { DeclareOptions } from '../../src-ts/levels/declare/types/declared';
import { declared, type LooseFunction } from './kernels';

/** How a declared function runs. */
export const WAYS = ['generated', 'interpreted'] as const;
export type Way = (typeof WAYS)[number];

/** The kernel that `source` declares, made in that way. */
export function declaredAs(way: Way, source: string, options?: DeclareOptions): LooseFunction {
  mockPlans.length = 0;
  const generated = declared(source, options);
  if (mockPlans.length !== 1) throw new Error('import ways.ts before anything else of the package');
  return way === 'generated' ? generated : (interpret(mockPlans[0] as Plan) as LooseFunction);
}
