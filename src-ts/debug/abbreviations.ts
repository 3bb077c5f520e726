/** Reads tables of abbreviations, which say of what attributes the entries with a number consist. */

import { At, Form, Tag } from './constants';
import { Cursor, Unreadable } from './cursor';

/** The ways in which a value is skipped that has no fixed width. */
export const Skip = {
  Leb: -1,
  Block1: -2,
  Block2: -3,
  Block4: -4,
  Block: -5,
  Text: -6,
  Indirect: -7,
} as const;

/** The sizes in a unit on which its encoding depends. */
export interface Encoding {
  readonly version: number;
  /** True if offsets have 8 bytes, and not 4. */
  readonly wide: boolean;
}

/** The most abbreviations of a table. Compilers number them from 1 on. */
const MOST_ABBREVIATIONS = 1 << 16;

/** The most attributes of an entry. */
const MOST_ATTRIBUTES = 256;

/** What the entries with one number have in common. */
export interface Abbreviation {
  readonly tag: number;
  readonly hasChildren: boolean;
  readonly attributes: readonly number[];
  readonly forms: readonly number[];
  /** The values that stand here and not in the entries; 0 for other attributes. */
  readonly implicit: readonly number[];
  /** The widths of the values or of several adjacent ones, in bytes, or of {@link Skip}. */
  readonly skips: readonly number[];
  /** The number of bytes of all values; -1 if it is not the same for all entries. */
  readonly fixed: number;
  /** True if the entries are functions with an address. */
  readonly isCode: boolean;
}

/** Abbreviations by their numbers. */
export type Abbreviations = readonly (Abbreviation | undefined)[];

/** Returns the width of a value in bytes, or how it is skipped. */
export function widthOf(form: number, { wide, version }: Encoding): number {
  switch (form) {
    case Form.FlagPresent:
    case Form.Implicit:
      return 0;
    case Form.Data1:
    case Form.Flag:
    case Form.Reference1:
    case Form.TextIndex1:
    case Form.AddressIndex1:
      return 1;
    case Form.Data2:
    case Form.Reference2:
    case Form.TextIndex2:
    case Form.AddressIndex2:
      return 2;
    case Form.TextIndex3:
    case Form.AddressIndex3:
      return 3;
    case Form.Data4:
    case Form.Reference4:
    case Form.TextIndex4:
    case Form.AddressIndex4:
      return 4;
    case Form.Address:
    case Form.Data8:
    case Form.Reference8:
    case Form.Signature:
      return 8;
    case Form.Data16:
      return 16;
    case Form.TextOffset:
    case Form.LineTextOffset:
    case Form.SectionOffset:
      return wide ? 8 : 4;
    case Form.GlobalReference:
      return wide || version <= 2 ? 8 : 4;
    case Form.Signed:
    case Form.Unsigned:
    case Form.ReferenceUnsigned:
    case Form.TextIndex:
    case Form.AddressIndex:
    case Form.RangeListIndex:
    case 0x22: // an index of a list of locations
    case Form.GnuAddressIndex:
    case Form.GnuTextIndex:
      return Skip.Leb;
    case Form.Text:
      return Skip.Text;
    case Form.Block1:
      return Skip.Block1;
    case Form.Block2:
      return Skip.Block2;
    case Form.Block4:
      return Skip.Block4;
    case Form.Block:
    case Form.Expression:
      return Skip.Block;
    case Form.Indirect:
      return Skip.Indirect;
    default:
      throw new Unreadable(`it has a value in the unknown form 0x${form.toString(16)}`);
  }
}

/** Reads the table at the beginning of `bytes`. Returns null if its end is not among them. */
export function readAbbreviations(bytes: Buffer, encoding: Encoding): Abbreviations | null {
  const table: (Abbreviation | undefined)[] = [];
  const cursor = new Cursor(bytes);
  try {
    for (;;) {
      const code = cursor.uleb();
      if (code === 0) return table;
      if (code > MOST_ABBREVIATIONS) throw new Unreadable('it has an abbreviation with a huge number');
      table[code] = readAbbreviation(cursor, encoding);
    }
  } catch (error) {
    if (cursor.at > bytes.length) return null;
    throw error;
  }
}

function readAbbreviation(cursor: Cursor, encoding: Encoding): Abbreviation {
  const tag = cursor.uleb();
  const hasChildren = cursor.u8() === 1;
  const attributes: number[] = [];
  const forms: number[] = [];
  const implicit: number[] = [];
  const skips: number[] = [];
  for (;;) {
    const attribute = cursor.uleb();
    const form = cursor.uleb();
    const value = form === Form.Implicit ? cursor.sleb() : 0;
    if (attribute === 0 && form === 0) break;
    if (attributes.length === MOST_ATTRIBUTES) throw new Unreadable('it has an entry without an end');
    attributes.push(attribute);
    forms.push(form);
    implicit.push(value);
    const width = widthOf(form, encoding);
    const last = skips.length - 1;
    if (width >= 0 && last >= 0 && (skips[last] as number) >= 0) skips[last] = (skips[last] as number) + width;
    else skips.push(width);
  }
  const [first = 0, ...others] = skips;
  return {
    tag,
    hasChildren,
    attributes,
    forms,
    implicit,
    skips,
    fixed: others.length === 0 && first >= 0 ? first : -1,
    isCode: tag === Tag.Subprogram && attributes.includes(At.LowPc),
  };
}
