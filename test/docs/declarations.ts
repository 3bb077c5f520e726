/** The declarations that the command line writes for the library of a page. */

import type { Page } from './markdown';
import { Project } from './workshop';

const known = new Map<Page, string>();

/** The text of `mylib.d.ts`, which the programs of the page import as `./mylib`. */
export function declarationsOf(page: Page): string {
  let text = known.get(page);
  if (text !== undefined) return text;
  const project = new Project(page);
  try {
    const { code, stdout, stderr } = project.runCommand(['types', './libmylib.so', '--out', '-']);
    if (code !== 0) throw new Error(`rustdll types, for ${page.path}: ${stderr}`);
    known.set(page, (text = stdout));
  } finally {
    project.remove();
  }
  return text;
}
