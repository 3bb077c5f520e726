/** Rust's documentation as doc comments of TypeScript. */

/** Documentation, taken apart into what TypeScript has tags for and what it has not. */
export interface Documentation {
  /** The text, without what follows. */
  readonly text: string;
  /** The text of the section `# Errors`; empty if there is none. */
  readonly errors: string;
  /** The paragraph that begins with `@deprecated`, which the crate makes of `#[deprecated]`; empty if there is none. */
  readonly deprecated: string;
}

const DEPRECATED = /(?:^|\n[^\S\n]*\n)(@deprecated\b.*)$/;
const HEADING = /^ {0,3}(#{1,6})[ \t]+(.*?)[ \t]*#*[ \t]*$/;
const FENCE = /^( {0,3})(`{3,}|~{3,})(.*)$/;
/** The words after a fence that say how rustdoc is to test a block, and leave it one of Rust. */
const OF_RUST =
  /^(?:rust|ignore(?:-.*)?|no_run|should_panic|compile_fail|standalone(?:_crate)?|test_harness|edition\d+|E\d{4})$/;

/** A line of Markdown. */
interface Line {
  readonly text: string;
  readonly isCode: boolean;
}

/**
 * Splits Markdown into lines, with blocks of Rust as rustdoc shows them: they are marked as Rust, and the lines that are
 * there for its tests alone, which begin with a `#`, are left out.
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

/** Takes the documentation of a Rust item apart. */
export function readDocumentation(doc: string): Documentation {
  const whole = doc.trimEnd();
  const deprecated = DEPRECATED.exec(whole);
  const rest = deprecated === null ? whole : whole.slice(0, deprecated.index);
  const text: string[] = [];
  const errors: string[] = [];
  /** The level of the heading `Errors`, while its section lasts. */
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

/** The documentation of a function. Tags come last, since each lasts up to the next one. */
export function functionComment(doc: string, throws: boolean): string {
  const { text, errors, deprecated } = readDocumentation(doc);
  if (!throws && errors !== '') return itemComment(doc);
  const tags = [throws ? thrown(errors) : '', deprecated].filter((tag) => tag !== '').join('\n');
  return comment(paragraphs(text, tags));
}

function thrown(errors: string): string {
  if (errors === '') return '@throws RustError, with what Rust returns as the `Err`.';
  // A list or a table begins on a line of its own.
  return /^(?!```)[\p{L}\p{N}`"'([]/u.test(errors) && !/^\d+[.)]/.test(errors)
    ? `@throws RustError: ${errors}`
    : `@throws RustError:\n\n${errors}`;
}

/** The documentation of anything but a function, and a note of ours. */
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

/** A doc comment, which ends with the line; nothing if there is nothing to say. */
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
