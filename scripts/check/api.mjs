/**
 * Checks the report of the package's public types, test/types/rustdll.api.md, which has an entry for each exported
 * name. A change of the declarations that changes the report must be committed together with it, so that the interface
 * does not change unnoticed.
 *
 *     npm run check:api                  fails if the report differs
 *     npm run check:api -- --update      writes it
 *
 * The declarations are made anew from src-ts, so nothing needs to be built before.
 */

import { mkdirSync, readFileSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { Extractor, ExtractorConfig } from '@microsoft/api-extractor';
import { ROOT, run } from '../shared/tools.mjs';

const update = process.argv.includes('--update');
const COMMITTED = 'test/types';
/** The folder for the declarations and for the report to compare. */
const folder = path.join(ROOT, 'build', 'api');
const typesFolder = path.join(folder, 'types');

rmSync(folder, { recursive: true, force: true });
mkdirSync(folder, { recursive: true });
const compiler = createRequire(import.meta.url).resolve('typescript/bin/tsc');
run(process.execPath, [compiler, '-p', ROOT, '--emitDeclarationOnly', '--outDir', typesFolder]);

const config = ExtractorConfig.prepare({
  configObject: {
    projectFolder: ROOT,
    mainEntryPointFilePath: path.join(typesFolder, 'index.d.ts'),
    compiler: { tsconfigFilePath: path.join(ROOT, 'tsconfig.json') },
    newlineKind: 'lf',
    apiReport: {
      enabled: true,
      reportFileName: 'rustdll.api.md',
      reportFolder: path.join(ROOT, COMMITTED),
      reportTempFolder: folder,
    },
    docModel: { enabled: false },
    dtsRollup: { enabled: false },
    tsdocMetadata: { enabled: false },
    messages: {
      compilerMessageReporting: { default: { logLevel: 'error' } },
      // There are no release tags: everything that index.ts exports is public.
      extractorMessageReporting: {
        default: { logLevel: 'error' },
        'ae-missing-release-tag': { logLevel: 'none' },
        'ae-undocumented': { logLevel: 'none' },
        // Types that the exported ones refer to, such as the parts of `Declared`, which the report includes anyway.
        'ae-forgotten-export': { logLevel: 'none' },
      },
      tsdocMessageReporting: { default: { logLevel: 'none' } },
    },
  },
  configObjectFullPath: undefined,
  packageJsonFullPath: path.join(ROOT, 'package.json'),
});

const problems = [];
const { apiReportChanged } = Extractor.invoke(config, {
  localBuild: update,
  messageCallback: (message) => {
    // Messages about its own version of TypeScript and about the files it writes are suppressed.
    message.handled = true;
    if (message.logLevel === 'error') problems.push(message.text);
  },
});

for (const problem of problems) console.error(`api: ${problem}`);
if (apiReportChanged && !update) {
  const lines = (file) => readFileSync(file, 'utf8').split('\n');
  const [committed, made] = [config.reportFilePath, config.reportTempFilePath].map(lines);
  for (const line of committed.filter((line) => !made.includes(line))) console.error(`- ${line}`);
  for (const line of made.filter((line) => !committed.includes(line))) console.error(`+ ${line}`);
  console.error(`api: ${COMMITTED}/rustdll.api.md differs from the declarations: npm run check:api -- --update`);
}
const failed = problems.length > 0 || (apiReportChanged && !update);
if (!failed) console.log('api: as the report says');
process.exit(failed ? 1 : 0);
