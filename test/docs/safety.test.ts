/** The statements of docs/safety.md about the system's loader that no snippet can show. */

import { execFileSync } from 'node:child_process';
import * as fs from 'node:fs';
import * as os from 'node:os';
import * as path from 'node:path';
import { RustDLL } from '../../src-ts/index';

(process.platform === 'linux' ? test : test.skip)(
  'a library built anew is loaded from the same path, beside the old code',
  () => {
    const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'rustdll-docs-'));
    try {
      const source = path.join(folder, 'version.c');
      fs.writeFileSync(source, 'int version(void) { return VERSION; }\n');
      const build = (version: number, file: string): string => {
        const library = path.join(folder, file);
        fs.rmSync(library, { force: true });
        execFileSync('cc', ['-shared', '-fPIC', `-DVERSION=${version}`, '-o', library, source]);
        return library;
      };
      const versionOf = (library: string): unknown => new RustDLL(library).declare('fn version() -> i32').version();
      const first = new RustDLL(build(1, 'libversion.so'));
      expect(versionOf(first.path)).toBe(1);
      first.close();
      expect(versionOf(build(2, 'libversion.so'))).toBe(2);
      expect(versionOf(build(2, 'libother.so'))).toBe(2);
    } finally {
      fs.rmSync(folder, { recursive: true, force: true });
    }
  },
);
