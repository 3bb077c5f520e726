/** Makes programs of the snippets of JavaScript and TypeScript that check themselves. */

import * as ts from 'typescript';
import type { Block, Page } from './markdown';

/** A snippet, ready to run. */
export interface Program {
  /** The location of its first line, such as `README.md:12`. */
  readonly place: string;
  readonly typescript: boolean;
  /** `.mjs`, or `.cjs` if it uses `require`. */
  readonly extension: string;
  /** The text of the page, after the prelude. */
  readonly source: string;
  /** The number of lines of the prelude. */
  readonly preludeLines: number;
  /** JavaScript, with the checks of the comments. */
  readonly code: string;
  /** The way in which the program has to end, unless by itself. */
  readonly fatal: 'aborts' | 'crashes' | undefined;
  /** The output that the page claims. */
  readonly output: Block | undefined;
  /** The message of the last error, if the page claims one. */
  readonly message: Block | undefined;
}

/** Returns the programs of a page in their order. */
export function programsOf(page: Page): Program[] {
  const isProgram = ({ language, words }: Block): boolean =>
    (language === 'ts' || language === 'js') && !words.includes('types');
  const prelude = page.blocks.find((block) => isProgram(block) && block.words.includes('prelude'));
  return page.blocks.flatMap((block, index) => {
    if (!isProgram(block)) return [];
    const place = `${page.path}:${block.line}`;
    const whole = block === prelude || /^import |\brequire\(/m.test(block.text);
    if (!whole && prelude === undefined) throw new Error(`${place} has no import, and the page no prelude`);
    const front = whole || prelude === undefined ? '' : prelude.text;
    const source = front + block.text;
    const typescript = block.language === 'ts';
    const follows = (word: string): Block | undefined => {
      const rest = page.blocks.slice(index + 1);
      const end = rest.findIndex(({ language, words }) => language !== 'text' || words.length === 0);
      return rest.slice(0, end < 0 ? undefined : end).find(({ words }) => words[0] === word);
    };
    return {
      place,
      typescript,
      extension: /\brequire\(/.test(source) ? '.cjs' : '.mjs',
      source,
      preludeLines: front.split('\n').length - 1,
      code: withoutTypes(withChecks(source, place), typescript),
      fatal: (['aborts', 'crashes'] as const).find((end) => block.words.includes(end)),
      output: follows('output'),
      message: follows('message'),
    };
  });
}

function withoutTypes(source: string, typescript: boolean): string {
  if (!typescript) return source;
  const compilerOptions = { target: ts.ScriptTarget.ES2022, module: ts.ModuleKind.ES2022 };
  return ts.transpileModule(source, { compilerOptions }).outputText;
}

const CHECK = /\/\/ (=>|throws) (.+)$/;

/** Replaces the comments after statements by calls of the functions in checks.cjs. */
function withChecks(source: string, place: string): string {
  const file = ts.createSourceFile('snippet.mts', source, ts.ScriptTarget.ES2022, true);
  const edits: { start: number; end: number; text: string }[] = [];
  for (const statement of file.statements) {
    const comment = ts.getTrailingCommentRanges(source, statement.end)?.[0];
    const check = comment && CHECK.exec(source.slice(comment.pos, comment.end));
    if (check) edits.push(edit(statement, check[1] === 'throws', JSON.stringify(check[2]), file, place));
  }
  const asked = source.split('\n').filter((line) => CHECK.test(line)).length;
  if (asked !== edits.length) throw new Error(`${place}: a comment to check does not follow a statement`);
  return edits.reduceRight((text, { start, end, text: by }) => text.slice(0, start) + by + text.slice(end), source);
}

function edit(
  statement: ts.Statement,
  throws: boolean,
  expected: string,
  file: ts.SourceFile,
  place: string,
): { start: number; end: number; text: string } {
  const { end } = statement;
  const start = statement.getStart(file);
  if (ts.isExpressionStatement(statement)) {
    const expression = statement.expression.getText(file);
    const check = throws ? 'checkThrows' : 'checkValue';
    if (!ts.isAwaitExpression(statement.expression)) {
      return { start, end, text: `${check}(() => (${expression}), ${expected});` };
    }
    // The result of an `await` is a value, or a function that throws the error.
    const settled = `await (async () => ${expression})().then((value) => () => value, (error) => () => { throw error; })`;
    return { start, end, text: `${check}(${settled}, ${expected});` };
  }
  const declared = ts.isVariableStatement(statement) ? statement.declarationList.declarations[0]?.name : undefined;
  if (throws || declared === undefined || !ts.isIdentifier(declared)) {
    throw new Error(`${place}: this statement cannot be checked: ${statement.getText(file)}`);
  }
  return { start: end, end, text: ` checkValue(() => ${declared.text}, ${expected});` };
}
