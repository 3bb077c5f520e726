/** Reads the ranges of addresses that the code of a unit has, as the unit itself states them. */

import { At, Form } from './constants';
import { Cursor, Unreadable } from './cursor';
import type { Unit } from './unit';

export interface Range {
  readonly from: number;
  /** The address behind the last byte. */
  readonly to: number;
}

/** The most ranges of a unit, which has one for each function. */
const MOST_RANGES = 1_000_000;

/** The most bytes of a list of ranges that are read at once. */
const STEP = 1 << 16;

/** The kinds of entries of a list of ranges in DWARF 5. */
const Kind = {
  End: 0,
  BaseIndex: 1,
  Indices: 2,
  IndexAndLength: 3,
  Offsets: 4,
  Base: 5,
  Addresses: 6,
  AddressAndLength: 7,
} as const;

/** Returns the ranges of a unit. */
export function rangesOf(unit: Unit): Range[] {
  const { root } = unit;
  const low = unit.addressOf(root.value(At.LowPc));
  const high = root.value(At.HighPc);
  if (low !== undefined && high !== undefined) {
    if (typeof high.value !== 'number') return [];
    return [{ from: low, to: high.form === Form.Address ? high.value : low + high.value }];
  }
  const ranges = root.value(At.Ranges);
  if (ranges === undefined || typeof ranges.value !== 'number') return [];
  return unit.version >= 5 ? listed(unit, offsetOf(unit, ranges.form, ranges.value), low ?? 0) : older(unit, low ?? 0);
}

function offsetOf(unit: Unit, form: number, value: number): number {
  if (form !== Form.RangeListIndex) return value;
  const base = unit.root.number(At.RangeListsBase) ?? 12;
  const size = unit.wide ? 8 : 4;
  return base + new Cursor(unit.home.section('debug_rnglists').slice(base + size * value, size)).unsigned(size);
}

/** Reads a list of DWARF 5. */
function listed(unit: Unit, at: number, first: number): Range[] {
  const cursor = new Cursor(unit.home.section('debug_rnglists').upTo(at, STEP));
  const ranges: Range[] = [];
  let base = first;
  const add = (from: number, to: number): void => {
    ranges.push({ from, to });
  };
  for (let count = 0; count < MOST_RANGES; count++) {
    const kind = cursor.u8();
    switch (kind) {
      case Kind.End:
        return ranges;
      case Kind.BaseIndex:
        base = unit.addressAt(cursor.uleb());
        break;
      case Kind.Indices:
        add(unit.addressAt(cursor.uleb()), unit.addressAt(cursor.uleb()));
        break;
      case Kind.IndexAndLength: {
        const from = unit.addressAt(cursor.uleb());
        add(from, from + cursor.uleb());
        break;
      }
      case Kind.Offsets:
        add(base + cursor.uleb(), base + cursor.uleb());
        break;
      case Kind.Base:
        base = cursor.unsigned(8);
        break;
      case Kind.Addresses:
        add(cursor.unsigned(8), cursor.unsigned(8));
        break;
      case Kind.AddressAndLength: {
        const from = cursor.unsigned(8);
        add(from, from + cursor.uleb());
        break;
      }
      default:
        throw new Unreadable('it has a list of addresses in an unknown form');
    }
  }
  return ranges;
}

/** Reads a list of the versions before: pairs of addresses. */
function older(unit: Unit, first: number): Range[] {
  const at = (unit.root.number(At.Ranges) as number) + (unit.root.number(At.GnuRangesBase) ?? 0);
  const cursor = new Cursor(unit.home.section('debug_ranges').upTo(at, STEP));
  const ranges: Range[] = [];
  let base = first;
  for (;;) {
    const low = cursor.bytes.readBigUInt64LE(cursor.at);
    cursor.at += 8;
    const to = cursor.unsigned(8);
    if (low === 0n && to === 0) return ranges;
    if (low === 2n ** 64n - 1n) base = to;
    else ranges.push({ from: base + Number(low), to: base + to });
  }
}
