import { RingStatus } from '../../../src-ts/crossing/node-api/native';

jest.mock('../../../src-ts/runtime/engine', () => ({ isBun: true }));
jest.mock('../../../src-ts/crossing/node-api/native', () => ({
  RingStatus: jest.requireActual<{ RingStatus: object }>('../../../src-ts/crossing/node-api/native').RingStatus,
  native: { foreign: () => new Float64Array([4096, 8192]), answer: () => 'the rest' },
}));

// As the engine is not Bun, its module is one of the test's. That Bun's own works is seen by the conformance suite.
import { foreignRing } from '../../../src-ts/crossing/foreign-ring';

describe("the doorbell by Bun's foreign call", () => {
  let builtin: jest.SpyInstance;
  const CFunction = jest.fn();
  const call = jest.fn();

  beforeEach(() => {
    CFunction.mockReset().mockReturnValue(call);
    call.mockReset();
    builtin = jest.spyOn(process, 'getBuiltinModule').mockReturnValue({ CFunction } as never);
  });
  afterEach(() => builtin.mockRestore());

  test('calls the function at the address with its argument', () => {
    const ring = foreignRing() as () => unknown;
    expect(builtin).toHaveBeenCalledWith('bun:ffi');
    expect(CFunction).toHaveBeenCalledWith({ ptr: 4096, args: ['ptr'], returns: 'u32' });
    call.mockReturnValue(0);
    expect(ring()).toBeUndefined();
    expect(call).toHaveBeenCalledWith(8192);
  });

  test('takes the rest of an answer at once', () => {
    call.mockReturnValue(RingStatus.Answered);
    expect((foreignRing() as () => unknown)()).toBe('the rest');
  });

  test('returns why nothing was called', () => {
    call.mockReturnValue(RingStatus.NoSymbol);
    expect((foreignRing() as () => unknown)()).toBe(RingStatus.NoSymbol);
  });

  test('is not there where Bun cannot make the function', () => {
    CFunction.mockImplementation(() => {
      throw new Error('no memory to execute');
    });
    expect(foreignRing()).toBeNull();
    builtin.mockReturnValue(undefined as never);
    expect(foreignRing()).toBeNull();
  });
});
