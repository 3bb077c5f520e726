/** Files, headings and commands to which the pages refer exist. */

import * as fs from 'node:fs';
import * as path from 'node:path';
import { allPages, readPage, section } from './markdown';
import { ROOT } from './workshop';

const pages = allPages();
const { scripts } = JSON.parse(fs.readFileSync(path.join(ROOT, 'package.json'), 'utf8')) as {
  scripts: Record<string, string>;
};

/** Returns the name of a heading in links on GitHub. */
function anchorOf(heading: string): string {
  return heading
    .toLowerCase()
    .replace(/[^\p{L}\p{N} _-]/gu, '')
    .replaceAll(' ', '-');
}

function anchors(text: string): string[] {
  return [...text.replace(/^```[\s\S]*?^```$/gm, '').matchAll(/^#+ (.+)$/gm)].map(([, heading]) =>
    anchorOf(heading as string),
  );
}

test.each(pages.map(({ path: name, text }) => [name, text] as const))('the links of %s', (name, text) => {
  const links = [...text.matchAll(/\]\(([^)\s]+)\)/g)].map(([, link]) => link as string);
  const broken = links.filter((link) => {
    if (/^https?:/.test(link)) return false;
    const [file = '', anchor] = link.split('#');
    const target = path.join(ROOT, path.dirname(name), file === '' ? path.basename(name) : file);
    if (!fs.existsSync(target)) return true;
    return anchor !== undefined && !anchors(fs.readFileSync(target, 'utf8')).includes(anchor);
  });
  expect(broken).toEqual([]);
});

test('the commands', () => {
  const commands = pages.flatMap(({ blocks }) => blocks.filter(({ language }) => language === 'sh'));
  const texts = [...commands, ...pages].map(({ text }) => text).join('\n');
  const named = [...texts.matchAll(/npm run ([\w:]+)|npm (test)\b/g)].map(([, script, test]) => script ?? test);
  expect(named.length).toBeGreaterThan(3);
  expect(named.filter((script) => !Object.hasOwn(scripts, script as string))).toEqual([]);
});

test('every page of decisions is in their list', () => {
  const list = readPage('docs/adr/README.md').text;
  const decisions = pages.filter(({ path: name }) => /^docs\/adr\/\d/.test(name));
  expect(decisions.length).toBeGreaterThan(5);
  for (const { path: name, text } of decisions) {
    const title = /^# (\d{4} .+)$/m.exec(text)?.[1];
    expect(list).toContain(`[${title}](${path.basename(name)})`);
    expect(text).toMatch(
      /^\*\*Status\.\*\*[\s\S]+^\*\*Context\.\*\*[\s\S]+^\*\*Options\.\*\*[\s\S]+^\*\*Decision\.\*\*[\s\S]+^\*\*Price\.\*\*/m,
    );
  }
});

test("the paths in the README's tree", () => {
  const tree = section(readPage('README.md'), 'Source tree');
  const lines = tree.split('\n').filter((line) => /^ *\S+\/|^ {2}\w/.test(line));
  expect(lines.length).toBeGreaterThan(15);
  let folder = '';
  const missing: string[] = [];
  for (const line of lines) {
    const names = line.trim().split(/ {2,}/)[0]?.split(', ') ?? [];
    if (!line.startsWith(' ')) folder = names[0]?.endsWith('/') === true ? names[0] : '';
    for (const name of names) {
      const inRoot = line.startsWith(' ') ? path.join(folder, name) : name;
      if (name.includes('*')) continue;
      if (!fs.existsSync(path.join(ROOT, inRoot))) missing.push(inRoot);
    }
  }
  expect(missing).toEqual([]);
});

test('the files in docs/architecture.md', () => {
  const { text } = readPage('docs/architecture.md');
  const names = [...text.matchAll(/`([\w-]+(?:\/[\w-]+)*\/(?:[\w-]+\.\w+)?)`/g)].map(([, name]) => name as string);
  expect(names.length).toBeGreaterThan(30);
  const roots = ['', 'src-ts', 'rust/rustdll/src'].map((root) => path.join(ROOT, root));
  expect(names.filter((name) => !roots.some((root) => fs.existsSync(path.join(root, name))))).toEqual([]);
});
