/** Finds the declarations of a library's plain functions: in its debug information, and in the sources of its crate. */

import fs = require('node:fs');
import path = require('node:path');
import { DebugInfo } from '../debug/debug-info';
import type { Image } from '../file/formats/image';
import { identityOf } from '../file/identity';
import { contradiction } from '../levels/declare/contradiction';
import { parseDeclarations } from '../levels/declare/parser';
import { CONTRACT_SYMBOLS } from '../levels/export/symbols';
import { formatSignature, type KnownSignature, obstacleOf } from '../types/known';
import type { Signature } from '../types/signature';

/** The most lines of a source that are searched for the end of the head of a function. */
const MOST_LINES = 60;

/** The symbols that the linker defines for the beginning and the end of the crate's table. */
const LINKER_SYMBOL = /^__(?:start|stop)_linkm/;

/** An exported function without a description of the library's own. */
export interface PlainFunction {
  readonly name: string;
  /** The declaration for `declare`; null if it cannot be declared or is not known. */
  readonly declaration: string | null;
  /** True if the declaration was compared with debug information, or comes from it. */
  readonly isChecked: boolean;
  /** Its signature as debug information states it, in Rust's syntax; null if it does not. */
  readonly stated: string | null;
  /** The reason why there is no declaration, or why it is not checked; empty if there is none. */
  readonly reason: string;
}

/** True for symbols that the crate and the linker add to every library. */
export function isOfCrate(name: string): boolean {
  return CONTRACT_SYMBOLS.has(name) || LINKER_SYMBOL.test(name);
}

/** Returns the names of the plain functions of a library, sorted. */
function plainNames(image: Image): string[] {
  const names: string[] = [];
  for (const [name, kind] of image.exports()) {
    if (kind !== 'data' && !isOfCrate(name)) names.push(name);
  }
  return names.sort();
}

/** Returns what is known of the plain functions of a library. */
export function plainFunctions(image: Image): PlainFunction[] {
  const names = plainNames(image);
  const file = fs.realpathSync(image.path);
  const debug = new DebugInfo(file, identityOf(file), true);
  const findings = names.map((name) => debug.find(name));
  const isMissing = findings.some(({ signature }) => signature === null);
  const sources = isMissing ? declarationsInSources(file) : new Map<string, string>();
  return names.map((name, index): PlainFunction => {
    const { signature, reason = '' } = findings[index] as (typeof findings)[number];
    if (signature !== null) return stated(name, signature);
    return { name, declaration: sources.get(name) ?? null, isChecked: false, stated: null, reason };
  });
}

function stated(name: string, signature: KnownSignature): PlainFunction {
  const text = formatSignature(signature);
  const head = headInSource(signature);
  if (head?.includes('@') === true) {
    const reason = 'it has a parameter with a pattern, which the compiler does not describe';
    return { name, declaration: null, isChecked: true, stated: text, reason };
  }
  const obstacle = obstacleOf(signature);
  const written = head === null ? null : writtenDeclaration(name, head, signature);
  const declaration = written ?? (obstacle === null ? text : null);
  return { name, declaration, isChecked: true, stated: text, reason: declaration === null ? (obstacle ?? '') : '' };
}

/** Returns the function up to its body as it stands in the source, if that is there. */
function headInSource({ name, source }: KnownSignature): string | null {
  const text = source === null ? null : readSource(source.file);
  if (source === null || text === null) return null;
  const lines = text.split('\n');
  const begin = beginOf(lines, source.line - 1, name);
  return /^[^\n]*?\bfn\s[^{;]*/.exec(lines.slice(begin, begin + MOST_LINES).join('\n'))?.[0] ?? null;
}

/** Returns the line on which a function begins. A PDB of optimised code may state one of its body. */
function beginOf(lines: readonly string[], stated: number, name: string): number {
  if (/\bfn\s/.test(lines[stated] ?? '')) return stated;
  const isBegin = new RegExp(`\\bfn\\s+(?:r#)?${name}\\b`);
  for (let line = stated; line >= 0 && line > stated - MOST_LINES; line--)
    if (isBegin.test(lines[line] ?? '')) return line;
  return stated;
}

/**
 * Returns the declaration as it stands in the source, which has the names of aliases such as `PyStr`. Null if it cannot
 * be declared, or is another than that of the library.
 */
function writtenDeclaration(name: string, head: string, signature: KnownSignature): string | null {
  const found = parseHead(head);
  if (found === null || contradiction(found, signature) !== null) return null;
  // A declaration without the result is accepted by `declare`, and lacks it.
  const hasResult = signature.result.kind !== 'unit' && signature.result.kind !== 'never';
  if (found.result === null && hasResult) return null;
  return renamed(found, name);
}

/** Parses the head of a function; null if it cannot be declared. */
function parseHead(head: string): Signature | null {
  try {
    const [signature] = parseDeclarations(head.slice(head.search(/\bfn\s/)));
    return signature ?? null;
  } catch {
    return null;
  }
}

/** Returns a declaration under the name by which the library exports the function. */
function renamed({ text }: Signature, name: string): string {
  return text.replace(/^fn [^(]*/, `fn ${name}`);
}

/** Returns the declarations in the sources of the crate, which Cargo lists in a file beside the library. */
function declarationsInSources(library: string): Map<string, string> {
  const { dir, name } = path.parse(library);
  const found = new Map<string, string>();
  const rule = readSource(path.join(dir, `${name}.d`));
  const list = rule === null ? '' : (/: (.*)$/m.exec(rule)?.[1] ?? '');
  for (const [escaped] of list.matchAll(/(?:\\ |\S)+\.rs(?= |$)/g)) {
    const text = readSource(escaped.replaceAll('\\ ', ' ')) ?? '';
    for (const [item, exported] of text.matchAll(EXPORTED_FUNCTION)) {
      const signature = parseHead(item);
      const symbol = exported ?? signature?.name;
      if (signature !== null && symbol !== undefined) found.set(symbol, renamed(signature, symbol));
    }
  }
  return found;
}

/** A function with the attribute that exports it, up to its body. */
const EXPORTED_FUNCTION =
  /#\[(?:unsafe\()?(?:no_mangle|export_name\s*=\s*"([^"]*)")\)?\](?:\s|\/\/[^\n]*\n|#\[[^\]]*\])*pub[^{;]*?\bfn\s[^{;]*/g;

function readSource(file: string): string | null {
  try {
    return fs.statSync(file).isFile() ? fs.readFileSync(file, 'utf8') : null;
  } catch {
    return null;
  }
}
