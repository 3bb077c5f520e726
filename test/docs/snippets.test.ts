/** Every snippet of every page does what the page says. */

import { execFileSync } from 'node:child_process';
import * as path from 'node:path';
import { allPages, type Block, type Page } from './markdown';
import { programsOf } from './program';
import { addStrays } from './strays';
import { typeErrors } from './type-check';
import { buildLibraries, Project, type End } from './workshop';

const pages = allPages().map((page) => ({ page, programs: programsOf(page) }));
const withPrograms = pages.filter(({ programs }) => programs.length > 0);

/** What an error says of a file names the platform; elsewhere only the errors' classes and codes are compared. */
const HAS_EXACT_MESSAGES = process.platform === 'linux' && process.arch === 'x64';
/** The page about errors opens files that are made for Linux. */
const ERRORS = 'docs/errors.md';
const onThisPlatform = withPrograms.filter(({ page }) => page.path !== ERRORS || process.platform === 'linux');

beforeAll(() => buildLibraries(pages.map(({ page }) => page)), 600_000);

let project: Project;
afterEach(() => project.remove());

describe.each(onThisPlatform.map(({ page, programs }) => [page.path, page, programs] as const))(
  '%s',
  (_, page, programs) => {
    beforeEach(() => {
      project = new Project(page);
      if (page.path === ERRORS) addStrays(project);
    });

    test.each(programs.map((program) => [program.place, program] as const))('%s', (_place, program) => {
      const { code, signal, stdout, stderr, report } = project.runNode(
        project.write(`snippet${program.extension}`, program.code),
      );
      if (program.aborts) {
        expect(signal ?? code).not.toBe(0);
        if (process.platform !== 'win32') expect(signal).toBe('SIGABRT');
      } else {
        // What was written to stderr tells why.
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
  const programs = withPrograms.flatMap((each) => each.programs).filter(({ typescript }) => typescript);
  expect(programs.length).toBeGreaterThan(5);
  project = new Project({ path: 'none.md', text: '', blocks: [] });
  expect(typeErrors(programs, project.folder)).toEqual([]);
});

/** The programs in another language, each with its page. */
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

// There is no `cc` on Windows, and the programs load the library the POSIX way.
(process.platform === 'win32' ? describe.skip : describe)('hosts', () => {
  test.each(hostsIn('c'))('in C: %s', (_place, page, block) => {
    project = new Project(page);
    const source = project.write('host.c', block.text);
    const host = path.join(project.folder, 'host');
    execFileSync('cc', ['-std=c11', '-Wall', '-Wextra', '-Werror', '-o', host, source, '-ldl']);
    expectOutput(project.run(host, []), page, block);
  });

  test.each(hostsIn('python'))('in Python: %s', (_place, page, block) => {
    project = new Project(page);
    const host = project.write('host.py', block.text);
    expectOutput(project.run('python3', ['-X', 'utf8', host]), page, block);
  });
});
