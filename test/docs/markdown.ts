/**
 * The pages of documentation, taken apart.
 *
 * What a fenced block is for the tests, its info string says:
 *
 * - `ts`, `js`: a program, run with the library of the page's `rust` blocks beside it as `libmylib.so`. One without an
 *   `import` or `require` of its own goes on from the page's `prelude` block. A comment `// => value` behind a statement
 *   is what the statement's value looks like to `util.inspect`, `// throws Class CODE` what the statement throws. The
 *   program must end with exit code 0; with `aborts` in the info string, it must be ended by an abort, with `crashes` by
 *   any signal.
 * - `text output`: what the program before it prints; with `start` in the info string, how that begins. `text message`:
 *   the message of the error that it throws last, in which `…` stands for anything. The project's folder is `/app`.
 * - `rust`: a part of the page's library; with `crate name` in the info string, a crate beside it that it depends on;
 *   with `fails`, one that does not compile, and the `text messages` after it has what the compiler says, a line each.
 *   `toml`: the end of that library's manifest.
 * - `c`: a program, compiled and run with the library beside it, unless the info string says `declaration`. `python`: the
 *   same, interpreted.
 * - `json table`: the table of the library's exported functions. `ts types`: what the command line writes for them, which
 *   the programs import as `./mylib`.
 * - `sh`: commands; the npm scripts among them must exist. If they are `npx rustdll`, they are run beside the library, and
 *   the `text output` after them is what they print.
 */

import * as fs from 'node:fs';
import * as path from 'node:path';

const ROOT = path.join(__dirname, '..', '..');

/** A fenced block. */
export interface Block {
  /** The first word of the info string. */
  readonly language: string;
  /** The other words. */
  readonly words: readonly string[];
  readonly text: string;
  /** The number of its first line of text, counted from 1. */
  readonly line: number;
}

/** A page and its path in the repository. */
export interface Page {
  readonly path: string;
  readonly text: string;
  readonly blocks: readonly Block[];
}

const LANGUAGES = new Set(['ts', 'js', 'text', 'rust', 'toml', 'c', 'python', 'sh', 'json']);

/** Reads a page. Throws for a block in a language that the tests do not know. */
export function readPage(file: string): Page {
  const text = fs.readFileSync(path.join(ROOT, file), 'utf8');
  const blocks: Block[] = [];
  const lines = text.split('\n');
  for (let i = 0; i < lines.length; i++) {
    const info = /^```(.*)$/.exec(lines[i] as string)?.[1];
    if (info === undefined) continue;
    const end = lines.indexOf('```', i + 1);
    const [language = '', ...words] = info.split(/\s+/);
    if (end < 0 || !LANGUAGES.has(language)) throw new Error(`${file}:${i + 1}: a block in '${info}'`);
    blocks.push({ language, words, text: `${lines.slice(i + 1, end).join('\n')}\n`, line: i + 2 });
    i = end;
  }
  return { path: file, text, blocks };
}

/** Returns the paths of all pages, relative to the root of the repository. */
export function pagePaths(): string[] {
  const docs = fs.readdirSync(path.join(ROOT, 'docs'), { recursive: true, encoding: 'utf8' });
  return [
    'README.md',
    ...docs.filter((file) => file.endsWith('.md')).map((file) => path.posix.join('docs', file)),
  ].sort();
}

/** Reads every page of the repository. */
export function allPages(): Page[] {
  return pagePaths().map(readPage);
}

/** Returns the rows of the tables in `text` as lists of cells, without headings. */
export function tableRows(text: string): string[][] {
  const rows: string[][] = [];
  const lines = text.split('\n');
  for (let i = 2; i < lines.length; i++) {
    if (!/^\|[\s:|-]+\|$/.test(lines[i - 1] as string)) continue;
    for (; (lines[i] ?? '').startsWith('|'); i++) {
      const cells = (lines[i] as string).slice(1, -1).split(/(?<!\\)\|/);
      rows.push(cells.map((cell) => cell.trim().replaceAll('\\|', '|')));
    }
  }
  return rows;
}

/** Returns the part of a page under a heading, up to the next one of the same or a higher level. */
export function section(page: Page, heading: string): string {
  const lines = page.text.split('\n');
  const start = lines.findIndex((line) => line.replace(/^#+ /, '') === heading && line.startsWith('#'));
  if (start < 0) throw new Error(`${page.path} has no heading '${heading}'`);
  const level = /^#+/.exec(lines[start] as string)?.[0].length ?? 0;
  const length = lines.slice(start + 1).findIndex((line) => (/^(#+) /.exec(line)?.[1]?.length ?? 7) <= level);
  return lines.slice(start + 1, length < 0 ? undefined : start + 1 + length).join('\n');
}
