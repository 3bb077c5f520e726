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
const FENCE = /^ {0,3}(`{3,}|~{3,})(.*)$/;

/** Takes the documentation of a Rust item apart. */
export function readDocumentation(doc: string): Documentation {
  const whole = doc.trimEnd();
  const deprecated = DEPRECATED.exec(whole);
  const rest = deprecated === null ? whole : whole.slice(0, deprecated.index);
  const text: string[] = [];
  const errors: string[] = [];
  /** The level of the heading `Errors`, while what belongs to it lasts. */
  let within: number | null = null;
  let fence: string | null = null;
  for (const line of rest.split('\n')) {
    const [, marks, info = ''] = FENCE.exec(line) ?? [];
    if (fence === null) fence = marks ?? null;
    else if (marks?.startsWith(fence) === true && info.trim() === '') fence = null;
    const [, level, title = ''] = (fence === null && marks === undefined ? HEADING.exec(line) : null) ?? [];
    if (level !== undefined && (within === null || level.length <= within)) {
      within = title.toLowerCase() === 'errors' ? level.length : null;
      if (within !== null) continue;
    }
    (within === null ? text : errors).push(line);
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
  if (!throws && errors !== '') return comment(doc);
  const tags = [throws ? thrown(errors) : '', deprecated].filter((tag) => tag !== '').join('\n');
  return comment(paragraphs(text, tags));
}

function thrown(errors: string): string {
  if (errors === '') return '@throws RustError, with what Rust returns as the `Err`.';
  // A list or a table begins on a line of its own.
  return /^[\p{L}\p{N}`"'([]/u.test(errors) && !/^\d+[.)]/.test(errors)
    ? `@throws RustError: ${errors}`
    : `@throws RustError:\n\n${errors}`;
}

/** The documentation of a named type, and a note of ours. */
export function typeComment(doc: string, note = ''): string {
  if (note === '') return comment(doc);
  const { deprecated } = readDocumentation(doc);
  const text = doc.trimEnd();
  return comment(paragraphs(text.slice(0, text.length - deprecated.length).trimEnd(), note, deprecated));
}

function paragraphs(...texts: readonly string[]): string {
  return texts.filter((text) => text !== '').join('\n\n');
}

/** A doc comment, which ends with the line; nothing if there is nothing to say. */
export function comment(doc: string, indent = ''): string {
  const lines = doc
    .replaceAll('*/', '*\\/')
    .split(/\r\n|[\r\n\u2028\u2029]/)
    .map((line) => line.trimEnd());
  while (lines.at(-1) === '') lines.pop();
  while (lines[0] === '') lines.shift();
  const [only = '', ...others] = lines;
  if (only === '') return '';
  if (others.length === 0) return `${indent}/** ${only.trim()} */\n`;
  return `${indent}/**\n${lines.map((line) => `${indent} *${line === '' ? '' : ` ${line}`}\n`).join('')}${indent} */\n`;
}
