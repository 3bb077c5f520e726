/** Writes the documentation of Rust items as doc comments of TypeScript. */

import type { ExportedSignature } from '../../types/signature';

/** The documentation of an item, without the parts for which TypeScript has tags, and these parts. */
export interface Documentation {
  /** The Markdown without the other parts. */
  readonly text: string;
  /** The text of the section `# Errors`; empty if there is no such section. */
  readonly errors: string;
  /** The last paragraph if it begins with `@deprecated`, as the one that the crate adds for `#[deprecated]`; else empty. */
  readonly deprecated: string;
}

const DEPRECATED = /(?:^|\n[^\S\n]*\n)(@deprecated\b.*)$/;
const HEADING = /^ {0,3}(#{1,6})[ \t]+(.*?)[ \t]*#*[ \t]*$/;
const FENCE = /^( {0,3})(`{3,}|~{3,})(.*)$/;
/** Matches the words after a fence with which rustdoc takes a block as Rust; most of them say how it is tested. */
const OF_RUST =
  /^(?:rust|ignore(?:-.*)?|no_run|should_panic|compile_fail|standalone(?:_crate)?|test_harness|edition\d+|E\d{4})$/;

interface Line {
  readonly text: string;
  readonly isCode: boolean;
}

/**
 * Splits Markdown into lines, with blocks of Rust as rustdoc shows them. They are marked as Rust, as an editor takes
 * unmarked ones as TypeScript, and lines that begin with `#`, which only the tests of rustdoc need, are left out.
 */
function* linesOf(doc: string): Generator<Line> {
  let fence: string | null = null;
  let isRust = false;
  for (const text of doc.split(/\r\n|[\r\n\u2028\u2029]/)) {
    const [, indent = '', marks, info = ''] = FENCE.exec(text) ?? [];
    if (fence === null && marks !== undefined) {
      fence = marks;
      isRust = info.split(/[\s,{}]+/).every((word) => word === '' || OF_RUST.test(word));
      yield { text: isRust ? `${indent}${marks}rust` : text, isCode: true };
    } else if (fence !== null && marks?.startsWith(fence) === true && info.trim() === '') {
      fence = null;
      yield { text, isCode: true };
    } else if (fence === null || !isRust) {
      yield { text, isCode: fence !== null };
    } else if (!/^\s*#(?:\s|$)/.test(text)) {
      yield { text: text.replace(/^(\s*)##/, '$1#'), isCode: true };
    }
  }
}

/** Separates the parts of the documentation of an item. */
export function readDocumentation(doc: string): Documentation {
  const whole = doc.trimEnd();
  const deprecated = DEPRECATED.exec(whole);
  const rest = deprecated === null ? whole : whole.slice(0, deprecated.index);
  const text: string[] = [];
  const errors: string[] = [];
  /** The level of the heading `Errors` while its section lasts, else null. */
  let within: number | null = null;
  for (const line of linesOf(rest)) {
    const [, level, title = ''] = (line.isCode ? null : HEADING.exec(line.text)) ?? [];
    if (level !== undefined && (within === null || level.length <= within)) {
      within = title.toLowerCase() === 'errors' ? level.length : null;
      if (within !== null) continue;
    }
    (within === null ? text : errors).push(line.text);
  }
  return { text: joined(text), errors: joined(errors), deprecated: deprecated?.[1] ?? '' };
}

function joined(lines: readonly string[]): string {
  return lines
    .join('\n')
    .replace(/^(?:[^\S\n]*\n)+/, '')
    .trimEnd();
}

/**
 * Writes the doc comment of a function. The tags stand last, since a tag ends where the next one begins.
 *
 * @param error - The name of the type of its errors' data, if they have some.
 */
export function functionComment(
  { doc, throws, parameters }: ExportedSignature,
  error: string | null = null,
  indent = '',
): string {
  const defaults = parameters.flatMap(({ name, default: value }) =>
    value === undefined ? [] : `@param ${name} - The default is \`${value}\`.`,
  );
  const { text, errors, deprecated } = readDocumentation(doc);
  if (!throws && errors !== '' && defaults.length === 0) return itemComment(doc, '', indent);
  const tags = [...defaults, throws ? thrown(errors, error) : '', deprecated].filter((tag) => tag !== '').join('\n');
  return comment(paragraphs(!throws && errors !== '' ? `${text}\n\n# Errors\n\n${errors}` : text, tags), indent);
}

function thrown(errors: string, error: string | null): string {
  const data = error === null ? '' : ` whose \`data\` is {@link ${error}}`;
  if (errors === '') return `@throws RustError${data === '' ? ', with what Rust returns as the `Err`.' : `${data}.`}`;
  // A list, a table or a block of code begins on a line of its own.
  return /^(?!```)[\p{L}\p{N}`"'([]/u.test(errors) && !/^\d+[.)]/.test(errors)
    ? `@throws RustError${data}: ${errors}`
    : `@throws RustError${data}:\n\n${errors}`;
}

/** Writes the doc comment of a type, field or variant, with a note after its own documentation. */
export function itemComment(doc: string, note = '', indent = ''): string {
  const text = [...linesOf(doc)]
    .map((line) => line.text)
    .join('\n')
    .trimEnd();
  if (note === '') return comment(text, indent);
  const { deprecated } = readDocumentation(doc);
  return comment(paragraphs(text.slice(0, text.length - deprecated.length).trimEnd(), note, deprecated), indent);
}

function paragraphs(...texts: readonly string[]): string {
  return texts.filter((text) => text !== '').join('\n\n');
}

/** Writes a doc comment that ends with a newline; an empty text if there is nothing to write. */
function comment(text: string, indent = ''): string {
  const lines = text
    .replaceAll('*/', '*\\/')
    .split('\n')
    .map((line) => line.trimEnd());
  while (lines.at(-1) === '') lines.pop();
  while (lines[0] === '') lines.shift();
  const [only = '', ...others] = lines;
  if (only === '') return '';
  if (others.length === 0) return `${indent}/** ${only.trim()} */\n`;
  return `${indent}/**\n${lines.map((line) => `${indent} *${line === '' ? '' : ` ${line}`}\n`).join('')}${indent} */\n`;
}
