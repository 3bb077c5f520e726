import { BLOCK_FLOATS, BLOCK_INTS, BLOCK_STACK, STACK_WORDS } from '../../../src-ts/crossing/block';
import { convention, Placement, ResultBank, type Convention } from '../../../src-ts/crossing/convention';

const SYSV: Convention = { name: 'sysv', intRegisters: 6, floatRegisters: 8 };
const AAPCS64: Convention = { name: 'aapcs64', intRegisters: 8, floatRegisters: 8 };
const APPLE: Convention = { name: 'apple-arm64', intRegisters: 8, floatRegisters: 8 };
const WIN64: Convention = { name: 'win64', intRegisters: 4, floatRegisters: 0 };
const ALL = [SYSV, AAPCS64, APPLE, WIN64];

const SIZES: Readonly<Record<string, number>> = { b: 1, h: 2, i: 4, l: 8, f: 4, d: 8 };

/**
 * Returns the places of arguments: `I0` is an integer register, `F0` a float register, `S0` a byte of the stack, `-` no
 * place. Each letter of `kinds` is an argument: an integer of 1, 2, 4 or 8 bytes (`b`, `h`, `i`, `l`) or a float (`f`,
 * `d`).
 */
function places(rules: Convention, kinds: string): string[] {
  const placement = new Placement(rules);
  return [...kinds].map((kind) => place(placement, kind));
}

function place(placement: Placement, kind: string): string {
  const offset = placement.assign(kind === 'f' || kind === 'd', SIZES[kind]!);
  if (offset < 0) return '-';
  if (offset >= BLOCK_STACK) return `S${offset - BLOCK_STACK}`;
  if (offset >= BLOCK_FLOATS) return `F${(offset - BLOCK_FLOATS) / 8}`;
  return `I${(offset - BLOCK_INTS) / 8}`;
}

function callCode(rules: Convention, kinds: string, result = ResultBank.Int): number {
  const placement = new Placement(rules);
  for (const kind of kinds) place(placement, kind);
  return placement.callCode(result);
}

const numbered = (letter: string, count: number, step = 1): string[] =>
  Array.from({ length: count }, (_, i) => `${letter}${i * step}`);

test('without other rules, those of this process hold', () => {
  expect(convention).toEqual(ALL.find(({ name }) => name === convention.name));
  const placement = new Placement();
  expect([...'ldld'].map((kind) => place(placement, kind))).toEqual(places(convention, 'ldld'));
});

describe.each([SYSV, AAPCS64, APPLE])('$name: integers and floats have registers of their own', (rules) => {
  const ints = rules.intRegisters;

  test('in whatever order they come', () => {
    const inRegisters = [...numbered('I', ints), ...numbered('F', 8)];
    expect(places(rules, 'l'.repeat(ints) + 'd'.repeat(8))).toEqual(inRegisters);
    expect(places(rules, 'd'.repeat(8) + 'l'.repeat(ints))).toEqual([...numbered('F', 8), ...numbered('I', ints)]);
    expect(places(rules, 'dlfbdhlf')).toEqual(['F0', 'I0', 'F1', 'I1', 'F2', 'I2', 'I3', 'F3']);
  });

  test('what has no register any more goes to the stack, the other bank is still used', () => {
    expect(places(rules, 'l'.repeat(ints + 1) + 'dld')).toEqual([...numbered('I', ints), 'S0', 'F0', 'S8', 'F1']);
    expect(places(rules, 'd'.repeat(9) + 'ldl')).toEqual([...numbered('F', 8), 'S0', 'I0', 'S8', 'I1']);
  });

  test('the first argument says nothing about the call code', () => {
    expect(callCode(rules, 'd')).toBe(0);
    expect(callCode(rules, 'l')).toBe(0);
  });
});

describe.each([SYSV, AAPCS64])('$name: every argument on the stack takes a word', (rules) => {
  test('however narrow it is', () => {
    const full = 'l'.repeat(rules.intRegisters) + 'd'.repeat(8);
    expect(places(rules, `${full}bhifld`).slice(full.length)).toEqual(numbered('S', 6, 8));
  });
});

describe('apple-arm64: an argument on the stack takes its own size', () => {
  const full = 'l'.repeat(8) + 'd'.repeat(8);
  const onStack = (kinds: string): string[] => places(APPLE, full + kinds).slice(16);

  test('aligned to it', () => {
    expect(onStack('bbhbi')).toEqual(['S0', 'S1', 'S2', 'S4', 'S8']);
    expect(onStack('bl')).toEqual(['S0', 'S8']);
    expect(onStack('fbd')).toEqual(['S0', 'S4', 'S8']);
    expect(onStack('bhilbfd')).toEqual(['S0', 'S2', 'S4', 'S8', 'S16', 'S20', 'S24']);
  });

  test('so that 256 bytes fit', () => {
    expect(onStack('b'.repeat(256)).at(-1)).toBe('S255');
    expect(onStack('b'.repeat(257)).at(-1)).toBe('-');
    expect(onStack('b'.repeat(249) + 'l').at(-1)).toBe('-');
    expect(onStack('b'.repeat(248) + 'l').at(-1)).toBe('S248');
  });

  test('stack words are counted from bytes', () => {
    expect(callCode(APPLE, `${full}bbbb`) >> 8).toBe(4);
    expect(callCode(APPLE, full + 'b'.repeat(33)) >> 8).toBe(8);
  });

  test('only there a store must not touch more than the type', () => {
    const placement = new Placement(APPLE);
    expect(placement.packs(BLOCK_INTS)).toBe(false);
    expect(placement.packs(BLOCK_FLOATS)).toBe(false);
    expect(placement.packs(BLOCK_STACK)).toBe(true);
    expect(ALL.filter((rules) => new Placement(rules).packs(BLOCK_STACK))).toEqual([APPLE]);
  });
});

describe('win64: arguments are positional', () => {
  test('the first four have a slot each, whatever they are', () => {
    expect(places(WIN64, 'ldld')).toEqual(numbered('I', 4));
    expect(places(WIN64, 'dddd')).toEqual(numbered('I', 4));
    expect(places(WIN64, 'dbfhild').slice(4)).toEqual(['S0', 'S8', 'S16']);
  });

  test('the call code says whether the first is a float', () => {
    expect(callCode(WIN64, 'dl')).toBe(4);
    expect(callCode(WIN64, 'fl')).toBe(4);
    expect(callCode(WIN64, 'ld')).toBe(0);
    expect(callCode(WIN64, '')).toBe(0);
    expect(callCode(WIN64, 'dldld', ResultBank.F64)).toBe(4 | 1 | (4 << 8));
  });

  test('a placement forgets it when it begins again', () => {
    const placement = new Placement(WIN64);
    place(placement, 'd');
    placement.reset();
    place(placement, 'l');
    expect(placement.callCode(ResultBank.Int)).toBe(0);
  });
});

describe.each(ALL)('$name: a placement that goes on', (rules) => {
  const kinds = 'ldlbsfd'.repeat(4);

  test.each([0, 1, 5, 20])('behind another one after %i arguments', (count) => {
    const [first, second] = [new Placement(rules), new Placement(rules)];
    place(second, 'd');
    for (const kind of kinds.slice(0, count)) place(first, kind);
    second.take(first);
    expect([second.ints, second.floats, second.stackWords]).toEqual([first.ints, first.floats, first.stackWords]);
    for (const kind of kinds.slice(count)) expect(place(second, kind)).toBe(place(first, kind));
    expect(second.callCode(ResultBank.Int)).toBe(first.callCode(ResultBank.Int));
  });

  test('behind arguments that have registers already', () => {
    const placement = new Placement(rules);
    placement.reset(2);
    expect(place(placement, 'l')).toBe('I2');
    expect(placement.ints).toBe(3);
  });
});

describe.each(ALL)('$name: the stack', (rules) => {
  const registers = rules.intRegisters;
  const withStack = (words: number): string => 'l'.repeat(registers + words);

  test.each([
    [0, 0],
    [1, 4],
    [4, 4],
    [5, 8],
    [8, 8],
    [9, 16],
    [16, 16],
    [17, 32],
    [32, 32],
  ])('of %i words is passed as %i', (words, passed) => {
    expect(callCode(rules, withStack(words))).toBe(passed << 8);
  });

  test('has no room for more than 32 words', () => {
    const all = places(rules, withStack(STACK_WORDS + 1));
    expect(all.slice(-2)).toEqual([`S${8 * (STACK_WORDS - 1)}`, '-']);
  });

  test('is empty again after reset', () => {
    const placement = new Placement(rules);
    for (const kind of withStack(STACK_WORDS)) place(placement, kind);
    placement.reset();
    expect(placement.callCode(ResultBank.F32)).toBe(2);
    expect(place(placement, 'l')).toBe('I0');
  });
});

test.each([ResultBank.Int, ResultBank.F64, ResultBank.F32])('result bank %i is in the call code', (bank) => {
  for (const rules of ALL) expect(callCode(rules, 'll', bank)).toBe(bank);
});

describe('a structure whose parts do not all have registers', () => {
  const parts = (rules: Convention, before: string, areFloats: boolean[], behind: string): string[] => {
    const placement = new Placement(rules);
    for (const kind of before) place(placement, kind);
    expect(placement.assignParts(areFloats)).toBeNull();
    const offset = placement.assignOnStack(12);
    return [offset < 0 ? '-' : `S${offset - BLOCK_STACK}`, ...[...behind].map((kind) => place(placement, kind))];
  };

  test('sysv: has none, and what is behind it takes those that are left', () => {
    expect(parts(SYSV, 'lllll', [false, false], 'ld')).toEqual(['S0', 'I5', 'F0']);
    expect(parts(SYSV, 'ddddddd', [true, true], 'fl')).toEqual(['S0', 'F7', 'I0']);
    expect(parts(SYSV, 'dddddddd', [false, true], 'lb')).toEqual(['S0', 'I0', 'I1']);
  });

  test('aapcs64: has none, and what is behind it neither', () => {
    expect(parts(AAPCS64, 'lllllll', [false, false], 'ld')).toEqual(['S0', 'S16', 'F0']);
    expect(parts(AAPCS64, 'dddddd', [true, true, true], 'fl')).toEqual(['S0', 'S16', 'I0']);
  });

  test('apple-arm64: is not passed', () => {
    expect(parts(APPLE, 'lllllll', [false, false], 'l')).toEqual(['-', 'S0']);
  });

  test('the stack may be full', () => {
    const placement = new Placement(SYSV);
    expect(placement.assignOnStack(8 * STACK_WORDS - 8)).toBe(BLOCK_STACK);
    expect(placement.assignOnStack(9)).toBe(-1);
    expect(placement.assignOnStack(8)).toBe(BLOCK_STACK + 8 * STACK_WORDS - 8);
    expect(placement.assignOnStack(1)).toBe(-1);
  });
});
