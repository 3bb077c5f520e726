import * as fc from 'fast-check';
import { parseDeclarations } from '../../src-ts/levels/declare/parser';
import { signatures, spell, spelling } from './signature.arbitrary';

/** Parses any text. Returns the declarations, or the error, whose place must be inside the text. */
function outcome(source: string): unknown {
  try {
    return parseDeclarations(source);
  } catch (error) {
    expect(error).toBeInstanceOf(SyntaxError);
    const { code, line, column } = error as { code: string; line: number; column: number };
    expect(code).toBe('ERR_RUSTDLL_DECLARATION');
    const lines = source.split('\n');
    expect(line).toBeGreaterThanOrEqual(1);
    expect(line).toBeLessThanOrEqual(lines.length);
    expect(column).toBeGreaterThanOrEqual(1);
    expect(column).toBeLessThanOrEqual(lines[line - 1]!.length + 1);
    return null;
  }
}

test('however a declaration is spelled, it is read as what it is', () => {
  fc.assert(
    fc.property(signatures, fc.array(spelling, { minLength: 1, maxLength: 8 }), (expected, spellings) => {
      expect(parseDeclarations(spell(expected, spellings))).toEqual(expected);
    }),
    { numRuns: 2000 },
  );
});

test('the normalised text is a declaration of the same function', () => {
  fc.assert(
    fc.property(signatures, (expected) => {
      expect(parseDeclarations(expected.map(({ text }) => text).join(';'))).toEqual(expected);
    }),
  );
});

test('anything else is a SyntaxError with a place', () => {
  const words = fc.constantFrom(
    ...['fn', 'f', 'x', '(', ')', '<', '>', ',', ':', '::', '->', '&', 'mut', "'a", "'a'", 'PyVec', 'PyStr', 'Option'],
    ...[
      'f64',
      'i32',
      ';',
      '{',
      '}',
      '[',
      ']',
      '#',
      'pub',
      'extern',
      '"C"',
      '"',
      "'",
      '\\',
      '/*',
      '*/',
      '//',
      '\n',
      ' ',
    ],
    ...['r#', 'r#"', '"#', 'b', '\0', '\ud83d', '\ude00', '😀', 'é', '-', '/', '*', '0', '_'],
  );
  const soup = fc.array(words, { maxLength: 60 }).map((parts) => parts.join(''));
  const spaced = fc.array(words, { maxLength: 40 }).map((parts) => parts.join(' '));
  fc.assert(
    fc.property(fc.oneof(fc.string({ unit: 'binary', maxLength: 80 }), soup, spaced), (source) => {
      outcome(source);
    }),
    { numRuns: 2000 },
  );
});

test('a declaration with a piece cut out, doubled or replaced is read, or is a SyntaxError with a place', () => {
  fc.assert(
    fc.property(
      signatures,
      fc.array(spelling, { minLength: 1, maxLength: 3 }),
      fc.nat(),
      fc.nat(6),
      fc.constantFrom(
        '',
        '<',
        '>',
        '(',
        ')',
        '{',
        '}',
        '"',
        "'",
        '/*',
        '//',
        '&',
        ',',
        ';',
        'fn ',
        '-> ',
        '\0',
        '\ud800',
      ),
      (expected, spellings, at, length, piece) => {
        const source = spell(expected, spellings);
        const start = at % source.length;
        outcome(source.slice(0, start) + piece + source.slice(start + length));
      },
    ),
    { numRuns: 1500 },
  );
});
