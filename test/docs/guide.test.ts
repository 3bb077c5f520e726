/** The statements of docs/guide.md about the command line and the types that no snippet shows. */

import { readPage, section, tableRows } from './markdown';
import { Project } from './workshop';

const page = readPage('docs/guide.md');

describe('the commands', () => {
  const rows = tableRows(section(page, 'The command line'));
  let project: Project;
  beforeAll(() => (project = new Project({ path: 'none.md', text: '', blocks: [] })));
  afterAll(() => project.remove());
  const help = (...command: string[]): string => project.runCommand([...command, '--help']).stdout;

  test('are those there are', () => {
    const named = [...help().matchAll(/^ {2}(\w+) (?:\[options\]|.*\[command\])/gm)].map(([, name]) => name);
    const onPage = rows.map(([command = '']) => /^`rustdll (\w+)/.exec(command)?.[1]);
    expect(onPage).toEqual(named.filter((name) => name !== 'help'));
    expect(onPage.length).toBeGreaterThan(3);
  });

  test.each(rows)('%s has the options and arguments', (command = '', does = '') => {
    const [name, argument] = /^`rustdll (\w+) ?(\S*)`$/.exec(command)?.slice(1) ?? [];
    const text = help(name as string);
    expect(text).toContain(`Usage: rustdll ${name} [options] ${argument}`.trimEnd());
    for (const [option] of does.matchAll(/--[\w-]+/g)) expect(text).toContain(option);
  });

  test('the exit code of a command that there is not', () => {
    expect(project.runCommand(['paint']).code).toBe(2);
    expect(project.runCommand(['types', './none.so']).code).toBe(1);
  });
});
