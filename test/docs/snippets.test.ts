/** Every snippet of every page has the outcome that the page claims. */

import { execFileSync } from 'node:child_process';
import * as fs from 'node:fs';
import * as path from 'node:path';
import { declarationsOf } from './declarations';
import { allPages, type Block, type Page } from './markdown';
import { programsOf } from './program';
import { addStrays } from './strays';
import { typeErrors } from './type-check';
import { buildLibraries, compilerMessages, Project, type End } from './workshop';

const pages = allPages().map((page) => ({ page, programs: programsOf(page) }));
const withPrograms = pages.filter(({ programs }) => programs.length > 0);

/** The messages of errors about files name the platform. On other platforms only the classes and codes are compared. */
const HAS_EXACT_MESSAGES = process.platform === 'linux' && process.arch === 'x64';
/** The page about errors opens files that exist for Linux only. */
const ERRORS = 'docs/errors.md';
const onThisPlatform = withPrograms.filter(({ page }) => page.path !== ERRORS || process.platform === 'linux');

/** Returns the system's library that a program opens and this system does not have. */
function missingLibrary(source: string): string | undefined {
  const [, file] = /new RustDLL\('(\/usr\/lib\/[^']+)'/.exec(source) ?? [];
  return file !== undefined && !fs.existsSync(file) ? file : undefined;
}

beforeAll(() => buildLibraries(pages.map(({ page }) => page)), 600_000);

let started: Project | undefined;
function startProject(page: Page): Project {
  started = new Project(page);
  if (page.path === ERRORS) addStrays(started);
  return started;
}
afterEach(() => {
  started?.remove();
  started = undefined;
});

describe.each(onThisPlatform.map(({ page, programs }) => [page.path, page, programs] as const))(
  '%s',
  (_, page, programs) => {
    const missing = programs.filter(({ source }) => missingLibrary(source) !== undefined);
    test.skip.each(missing.map(({ place, source }) => [place, missingLibrary(source)]))(
      '%s, as this system does not have %s',
      () => undefined,
    );
    const possible = programs.filter((program) => !missing.includes(program));
    test.each(possible.map((program) => [program.place, program] as const))('%s', (_place, program) => {
      const project = startProject(page);
      const { code, signal, stdout, stderr, report } = project.runNode(
        project.write(`snippet${program.extension}`, program.code),
      );
      if (program.fatal !== undefined) {
        expect(signal ?? code).not.toBe(0);
        if (process.platform !== 'win32') {
          expect(signal).toMatch(program.fatal === 'aborts' ? /^SIGABRT$/ : /^SIG(SEGV|BUS|ABRT)$/);
        }
      } else {
        // The standard error has the reason.
        expect({ code, signal, stderr: code === 0 ? '' : stderr }).toEqual({ code: 0, signal: null, stderr: '' });
      }
      const onPage = (text: string): string => text.replaceAll(project.folder, '/app');
      if (program.output !== undefined && (HAS_EXACT_MESSAGES || !program.output.text.includes('/app'))) {
        const { words, text } = program.output;
        expect(onPage(stdout).slice(0, words.includes('start') ? text.length : undefined)).toBe(text);
      }
      if (program.message === undefined) return;
      const thrown = report.split('\n').slice(0, -1).at(-1);
      expect(thrown).toBeDefined();
      if (!HAS_EXACT_MESSAGES) return;
      const parts = program.message.text.trimEnd().split('…');
      const pattern = parts.map((part) => part.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&')).join('.*');
      expect(onPage(JSON.parse(thrown as string) as string)).toMatch(new RegExp(`^${pattern}$`, 's'));
    });
  },
);

test('the snippets in TypeScript have no type errors', () => {
  const typed = withPrograms.map(({ page, programs }) => {
    const own = programs.filter(({ typescript }) => typescript);
    const declarations = own.some(({ source }) => source.includes("from './mylib'")) ? declarationsOf(page) : undefined;
    return { path: page.path, programs: own, declarations };
  });
  expect(typed.flatMap(({ programs }) => programs).length).toBeGreaterThan(5);
  expect(typed.filter(({ declarations }) => declarations !== undefined).length).toBeGreaterThan(1);
  const project = startProject({ path: 'none.md', text: '', blocks: [] });
  expect(typeErrors(typed, project.folder)).toEqual([]);
});

const types = pages.flatMap(({ page }) =>
  page.blocks
    .filter(({ words }) => words.includes('types'))
    .map((block) => [`${page.path}:${block.line}`, page, block] as const),
);
test.each(types)('the types at %s are a part of what is written for the library', (_place, page, block) => {
  expect(declarationsOf(page)).toContain(block.text);
});

const failing = pages.flatMap(({ page }) =>
  page.blocks
    .filter(({ language, words }) => language === 'rust' && words.includes('fails'))
    .map((block) => [`${page.path}:${block.line}`, page, block] as const),
);
test.each(failing)(
  'the compiler refuses %s',
  (_place, page, block) => {
    const expected = page.blocks[page.blocks.indexOf(block) + 1];
    expect(expected?.words).toEqual(['messages']);
    const messages = compilerMessages(block);
    for (const line of expected?.text.trimEnd().split('\n') ?? []) expect(messages).toContain(line);
  },
  600_000,
);

const commands = pages.flatMap(({ page }) =>
  page.blocks
    .filter(
      ({ language, text, words }) => language === 'sh' && text.startsWith('npx rustdll ') && !words.includes('no-run'),
    )
    .map((block) => [`${page.path}:${block.line}`, page, block] as const),
);
test.each(commands)('the command at %s', (_place, page, block) => {
  const project = startProject(page);
  const output = page.blocks[page.blocks.indexOf(block) + 1];
  expect(output?.words[0]).toBe('output');
  const [, ...args] = block.text.trimEnd().split(' ');
  expect(args.shift()).toBe('rustdll');
  const { code, stdout, stderr } = project.runCommand(args);
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
  if (!HAS_EXACT_MESSAGES) return;
  const text = output?.text ?? '';
  const printed = stdout.replaceAll(project.folder, '/app');
  expect(output?.words.includes('start') === true ? printed.slice(0, text.length) : printed).toBe(text);
});

/** Returns the programs in another language, each with its page. */
function hostsIn(language: string): (readonly [place: string, page: Page, block: Block])[] {
  return pages.flatMap(({ page }) =>
    page.blocks
      .filter((block) => block.language === language && !block.words.includes('declaration'))
      .map((block) => [`${page.path}:${block.line}`, page, block] as const),
  );
}

function expectOutput({ code, signal, stdout, stderr }: End, page: Page, block: Block): void {
  const output = page.blocks[page.blocks.indexOf(block) + 1];
  expect(output?.words).toEqual(['output']);
  expect({ code, signal, stdout, stderr: code === 0 ? '' : stderr }).toEqual({
    code: 0,
    signal: null,
    stdout: output?.text,
    stderr: '',
  });
}

// Windows has no `cc`, and the programs load the library by POSIX functions.
(process.platform === 'win32' ? describe.skip : describe)('hosts', () => {
  test.each(hostsIn('c'))('in C: %s', (_place, page, block) => {
    const project = startProject(page);
    const source = project.write('host.c', block.text);
    const host = path.join(project.folder, 'host');
    execFileSync('cc', ['-std=c11', '-Wall', '-Wextra', '-Werror', '-o', host, source, '-ldl']);
    expectOutput(project.run(host, []), page, block);
  });

  test.each(hostsIn('python'))('in Python: %s', (_place, page, block) => {
    const project = startProject(page);
    const host = project.write('host.py', block.text);
    expectOutput(project.run('python3', ['-X', 'utf8', host]), page, block);
  });
});
