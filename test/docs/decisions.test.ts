/** The statements of docs/adr about the package as a whole. */

import { Project } from './workshop';

test('import and require give the same values, under the same names', () => {
  const project = new Project({ path: 'none.md', text: '', blocks: [] });
  try {
    const program = project.write(
      'main.mjs',
      `import assert from 'node:assert';
       import { createRequire } from 'node:module';
       import * as imported from 'rustdll';
       const required = createRequire(import.meta.url)('rustdll');
       assert.deepEqual(Object.keys(imported).sort(), Object.keys(required).sort());
       for (const [name, value] of Object.entries(imported)) assert.equal(value, required[name]);
       console.log(Object.keys(imported).length > 10);`,
    );
    const { code, stdout, stderr } = project.runNode(program);
    expect({ code, stdout, stderr }).toEqual({ code: 0, stdout: 'true\n', stderr: '' });
  } finally {
    project.remove();
  }
});
