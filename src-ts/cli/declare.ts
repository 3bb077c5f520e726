/** `rustdll declare`: prints the declarations of a library's plain functions, or writes a module with them. */

import path = require('node:path');
import { chosenLibrary, type CrateOptions } from './built';
import { CliError } from './cli-error';
import { openImage } from './image';
import { writeIfChanged } from './module-file';
import { type PlainFunction, plainFunctions } from './plain-functions';
import { counted, print, shown } from './terminal';

export interface DeclareCommandOptions extends CrateOptions {
  /** The module to write; without it the declarations are printed. */
  readonly out?: string;
}

/**
 * Prints or writes the declarations of `library`, or of what Cargo has built last of a crate.
 *
 * @throws CliError if there are no plain functions, or none of them can be declared.
 */
export async function declare(library: string | undefined, options: DeclareCommandOptions): Promise<void> {
  const file = await chosenLibrary(library, options);
  const functions = plainFunctions(openImage(file));
  if (functions.length === 0) {
    throw new CliError(
      `${file} has no plain functions`,
      'rustdll inspect prints those that are exported with #[export].',
    );
  }
  const count = functions.filter(({ declaration }) => declaration !== null).length;
  if (count === 0) {
    throw new CliError(
      `nothing is known of the plain functions of ${file}: ${functions[0]?.reason ?? ''}`,
      'Build it with debug = 2 in the profile, and leave strip out of it.',
    );
  }
  const { out } = options;
  if (out === undefined) {
    for (const line of functions.flatMap(linesOf)) print(line);
    return;
  }
  const isNew = writeIfChanged(path.resolve(out), moduleOf(path.basename(file), functions, /\.[cm]?ts$/.test(out)));
  print(`${shown(path.resolve(out))}: ${counted(count, 'function')}${isNew ? '' : ', unchanged'}`);
}

/** Returns a comment about a function; null if there is nothing to say. */
function commentOf({ name, declaration, isChecked, stated, reason }: PlainFunction): string | null {
  if (declaration !== null && isChecked) return null;
  const text =
    declaration === null ? `${stated ?? name}: ${reason}` : `${name} is from the source, unchecked: ${reason}`;
  return `// ${text.replaceAll(/[\n\r\u2028\u2029]/g, ' ')}`;
}

/** Returns the lines for one function: its declaration, and a comment if it is not checked or cannot be declared. */
function linesOf(plain: PlainFunction): string[] {
  const comment = commentOf(plain);
  const lines = comment === null ? [] : [comment];
  if (plain.declaration !== null) lines.push(`${plain.declaration};`);
  return lines;
}

function moduleOf(library: string, functions: readonly PlainFunction[], isTyped: boolean): string {
  const comments = functions.map(commentOf).filter((comment) => comment !== null);
  const declarations = functions.map(({ declaration }) => declaration).filter((text) => text !== null);
  return `// Written by \`rustdll declare\` from ${library}.
import { RustDLL } from 'rustdll';
${comments.length === 0 ? '' : `\n${comments.join('\n')}\n`}
/** The plain functions of ${library}, for \`declare\`. */
export const declarations = \`
${declarations.map((text) => `  ${quoted(text)};`).join('\n')}
\`;

/** Opens the library at a path and declares its plain functions. */
export function open(path${isTyped ? ': string | URL' : ''}) {
  return new RustDLL(path).declare(declarations);
}
`;
}

/** Returns a text without what would end the literal that it is in. */
function quoted(text: string): string {
  return text.replaceAll(/[\\`$]/g, '\\$&');
}
