/** Builds tables of exported functions, as a library would. */

import type { Table } from '../../src-ts/types/signature';
import { parseTable } from '../../src-ts/levels/export/table';

type Fields = Record<string, unknown>;

/** `[name, type]` or `[name, type, doc]`. */
type Entry = readonly [name: string, type: unknown, doc?: string];

const fieldOf = ([name, type, doc = '']: Entry): Fields => ({ name, doc, type });

/** Builds a record. */
export function record(name: string, fields: readonly Entry[], doc = ''): Fields {
  return { kind: 'record', name, doc, fields: fields.map(fieldOf) };
}

/** Builds a variant: without a payload, or with `{ type }`, `{ types }` or `{ fields }`. */
export function variant(
  name: string,
  held: { type?: unknown; types?: readonly unknown[]; fields?: readonly Entry[] } = {},
  doc = '',
): Fields {
  if (held.fields !== undefined) return { name, doc, kind: 'record', fields: held.fields.map(fieldOf) };
  return { name, doc, kind: 'type' in held ? 'value' : 'types' in held ? 'tuple' : 'unit', ...held };
}

/** Builds an enum whose tag is `type`. */
export function enumeration(name: string, variants: readonly Fields[], doc = ''): Fields {
  return { kind: 'enum', name, doc, tag: 'type', variants };
}

/** Builds a function. */
export function exported(
  name: string,
  parameters: readonly Entry[],
  result: unknown = 'unit',
  others: { doc?: string; throws?: boolean; bigint?: boolean; async?: boolean; background?: boolean } = {},
): Fields {
  const list = parameters.map(([parameter, type]) => ({ name: parameter, type }));
  const defaults = { doc: '', module: 'geo', throws: false, bigint: false, hash: '0123456789abcdef' };
  return { ...defaults, ...others, name, parameters: list, result };
}

/** Builds the table of these functions and types. `functions` may be in any order. */
export function tableOf(types: readonly Fields[], functions: readonly Fields[]): Table {
  const json = {
    contract: 2,
    rustdll: '0.1.0',
    target: 'x86_64-linux',
    panic: 'unwind',
    types,
    functions: functions.toSorted((a, b) => ((a['name'] as string) < (b['name'] as string) ? -1 : 1)),
  };
  return parseTable(JSON.stringify(json), '/app/libgeo.so');
}
