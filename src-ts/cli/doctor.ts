/** `rustdll doctor`: checks the installation and the tools, and explains why a library cannot be loaded. */

import { execFile } from 'node:child_process';
import { readImage } from '../file/headers';
import { runningLibc } from '../runtime/libc';
import { chosenLibrary, type CrateOptions } from './built';
import { CliError } from './cli-error';
import { countExported } from '../types/signature';
import { type Answer, askChild } from './library-reader';
import { manifest } from './manifest';
import { plainFunctions } from './plain-functions';
import { colors, counted, plain, print, shown } from './terminal';

interface Finding {
  /** `warn` is for what not everybody needs. */
  readonly state: 'ok' | 'warn' | 'fail';
  readonly title: string;
  readonly text: string;
  readonly more?: readonly string[];
}

const STATES = {
  ok: colors.green('ok  '),
  warn: colors.yellow('warn'),
  fail: colors.red('fail'),
} as const;

/**
 * Prints the result of each check. Without a path and options no library is checked, as the working directory may be
 * that of no crate.
 *
 * @throws CliError if a check fails.
 */
export async function doctor(library: string | undefined, options: CrateOptions): Promise<void> {
  const isChosen = library !== undefined || [options.package, options.profile, options.manifestPath].some(Boolean);
  const file = isChosen ? await chosenLibrary(library, options) : undefined;
  const findings = [nodeFinding(), platformFinding(), await addonFinding(), ...(await toolFindings())];
  if (file !== undefined) findings.push(...(await libraryFindings(file)));
  print(`rustdll ${manifest().version}`);
  for (const { state, title, text, more = [] } of findings) {
    const [first = '', ...lines] = text.split('\n');
    print(`${STATES[state]} ${title.padEnd(9)} ${plain(first)}`);
    for (const line of [...lines, ...more]) print(`${' '.repeat(15)}${plain(line)}`);
  }
  const broken = findings.filter(({ state }) => state === 'fail');
  if (broken.length > 0)
    throw new CliError(`${counted(broken.length, 'problem')}: ${broken.map(({ title }) => title).join(', ')}`);
}

function nodeFinding(): Finding {
  const least = Number(/\d+/.exec(manifest().engines.node)?.[0]);
  const major = Number(process.versions.node.split('.')[0]);
  const state = major >= least ? 'ok' : 'fail';
  const text = `${process.versions.node}, Node-API ${process.versions['napi'] ?? 'none'}`;
  return { state, title: 'node', text, more: state === 'ok' ? [] : [`rustdll needs Node ${least} or newer`] };
}

function platformFinding(): Finding {
  const libc = runningLibc();
  const text = `${process.platform}-${process.arch}${libc === null ? '' : `, ${libc.name} ${libc.version ?? ''}`.trimEnd()}`;
  const is64 = process.arch === 'x64' || process.arch === 'arm64';
  const more = is64 ? [] : ['rustdll runs on x64 and arm64'];
  return { state: is64 ? 'ok' : 'fail', title: 'platform', text, more };
}

async function addonFinding(): Promise<Finding> {
  const answer = await tryAsking();
  if (!('error' in answer)) return { state: 'ok', title: 'addon', text: shown(answer.addon ?? 'loaded') };
  const { message, cause } = answer.error;
  return { state: 'fail', title: 'addon', text: message, more: cause === '' ? [] : [cause] };
}

/** Returns the child's answer; an error if it ends without one. */
async function tryAsking(library?: string): Promise<Answer> {
  try {
    return await askChild(library);
  } catch (error) {
    if (!(error instanceof CliError)) throw error;
    return { error: { message: error.message, code: '', cause: error.hint, stack: '' } };
  }
}

function toolFindings(): Promise<Finding[]> {
  return Promise.all(
    ['cargo', 'rustc'].map(async (tool): Promise<Finding> => {
      const text = await versionOf(process.env[tool.toUpperCase()] ?? tool);
      if (text !== null) return { state: 'ok', title: tool, text };
      const more = ['Only building libraries needs it: https://rustup.rs'];
      return { state: 'warn', title: tool, text: 'not found', more };
    }),
  );
}

function versionOf(tool: string): Promise<string | null> {
  return new Promise((resolve) => {
    execFile(tool, ['--version'], (error, output) => {
      resolve(error === null ? output.trim().replace(/^\S+ /, '') : null);
    });
  });
}

async function libraryFindings(library: string): Promise<Finding[]> {
  const answer = await tryAsking(library);
  const title = 'library';
  if ('error' in answer) {
    const { message, cause } = answer.error;
    return [{ state: 'fail', title, text: message, more: cause === '' || message.includes(cause) ? [] : [cause] }];
  }
  const { table } = answer;
  const types = typesOf(library);
  if (table === null) {
    const more = ['It was not made with the crate rustdll: call its functions with declare().', ...types];
    return [{ state: 'ok', title, text: `${shown(library)} loads; it exports nothing with #[export]`, more }];
  }
  const count = counted(countExported(table), 'exported function');
  const text = `${shown(library)} loads; ${count}, crate ${table.crate}`;
  const loaded: Finding = { state: 'ok', title, text, more: types };
  if (table.panic === 'unwind') return [loaded];
  const more = ['Leave panic = "abort" out of the profile in Cargo.toml to have panics thrown.'];
  return [loaded, { state: 'warn', title: 'panics', text: 'end the process', more }];
}

/** Returns a line about the plain functions whose types are known, by which guesses and declarations are checked. */
function typesOf(library: string): string[] {
  const functions = plainFunctions(readImage(library));
  if (functions.length === 0) return [];
  const unknown = functions.filter(({ stated }) => stated === null);
  const count = counted(functions.length, 'plain function');
  if (unknown.length === 0) return [`Debug information has the types of its ${count}: calls are checked.`];
  const reasons = [...new Set(unknown.map(({ reason }) => reason))];
  const known = functions.length - unknown.length;
  return [`Debug information has the types of ${known} of its ${count}. The others are not checked:`, ...reasons];
}
