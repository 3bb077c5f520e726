/**
 * The environment of the package: working directory, search paths, permissions, other copies of it, polluted
 * prototypes.
 */

import * as fs from 'node:fs';
import * as os from 'node:os';
import * as path from 'node:path';
import { ROOT } from '../support/child';
import { group } from '../support/hazards';

const KERNELS = path.join(ROOT, 'test', 'fixtures', 'target', 'release', 'libkernels.so');
const linux = process.platform === 'linux';
const onLinux = linux ? describe : describe.skip;

/** Makes a folder for other processes. */
function makeFolder(): string {
  const folder = fs.mkdtempSync(path.join(fs.realpathSync(os.tmpdir()), 'rustdll-hazard-'));
  afterAll(() => fs.rmSync(folder, { recursive: true, force: true }));
  return folder;
}

onLinux('planted libraries', () => {
  const planted = makeFolder();
  const env = {
    PATH: `${planted}:${process.env.PATH}`,
    LD_LIBRARY_PATH: planted,
    PLANTED: planted,
    CARGO_TARGET_DIR: '',
  };
  beforeAll(() => {
    for (const name of ['libkernels.so', 'kernels', 'kernels.so']) fs.copyFileSync(KERNELS, path.join(planted, name));
    fs.mkdirSync(path.join(planted, 'target', 'release'), { recursive: true });
    fs.copyFileSync(KERNELS, path.join(planted, 'target', 'release', 'libkernels.so'));
  });
  const row = group({ cwd: planted, env });

  row(61, 'a bare name is never searched for', ({ assert, env: variables, rustdll, throws, folder }) => {
    const { RustDLL } = rustdll;
    assert.equal(process.cwd(), variables.PLANTED);
    for (const name of [
      'libkernels.so',
      'kernels',
      'kernels.so',
      'libc.so.6',
      'libm.so.6',
      'file:libkernels.so',
      'libgcc_s.so.1',
    ]) {
      throws(() => new RustDLL(name), { type: 'RustDLLError', code: 'ERR_RUSTDLL_BARE_NAME', message: /\.\// });
    }
    const elsewhere = folder();
    for (const file of [
      `${elsewhere}/libkernels.so`,
      './x/libkernels.so',
      '../libkernels.so',
      './libc.so.6',
      './libm.so.6',
    ]) {
      throws(() => new RustDLL(file), { type: 'RustDLLError', code: 'ERR_RUSTDLL_NOT_FOUND' });
    }
    // A library of a crate is found only from the folder that the caller names.
    throws(() => RustDLL.find('kernels', { from: elsewhere }), { type: 'RustDLLError', code: 'ERR_RUSTDLL_NOT_FOUND' });
    throws(() => (RustDLL.find as (name: string) => string)('kernels'), {
      type: 'TypeError',
      code: 'ERR_RUSTDLL_TYPE',
    });
    throws(() => RustDLL.find('../kernels', { from: elsewhere }), { type: 'TypeError', code: 'ERR_RUSTDLL_PATH' });
    // A path with a folder is opened.
    assert.equal(new RustDLL('./libkernels.so').path, `${variables.PLANTED}/libkernels.so`);
    assert.equal(RustDLL.find('kernels', { from: variables.PLANTED! }), `${variables.PLANTED}/libkernels.so`);
  });

  row(
    61,
    'the working directory is the one at the time of the call',
    ({ assert, env: variables, rustdll, folder, throws }) => {
      const library = new rustdll.RustDLL('./libkernels.so');
      process.chdir(folder());
      throws(() => new rustdll.RustDLL('./libkernels.so'), { type: 'RustDLLError', code: 'ERR_RUSTDLL_NOT_FOUND' });
      assert.equal(library.path, `${variables.PLANTED}/libkernels.so`);
      assert.equal(library.add!(1, 2), 3);
      process.chdir(variables.PLANTED!);
    },
  );
});

onLinux('the permission model', () => {
  const model = Number(process.versions.node.split('.')[0]) >= 23 ? '--permission' : '--experimental-permission';
  const granted = makeFolder();
  const denied = makeFolder();
  // Folders inside another one of the list are omitted, as Node 20 does not accept both.
  const reads = [
    ROOT,
    path.dirname(path.dirname(fs.realpathSync(KERNELS))),
    fs.realpathSync(path.join(ROOT, 'node_modules')),
    granted,
  ]
    .filter((folder, _, all) => !all.some((other) => folder !== other && folder.startsWith(`${other}/`)))
    .map((folder) => `--allow-fs-read=${folder}/*`)
    // node-gyp-build reads this file.
    .concat('--allow-fs-read=/etc/alpine-release');
  beforeAll(() => {
    fs.copyFileSync(KERNELS, path.join(denied, 'lib.so'));
    for (const name of ['lib.so', 'written.so']) fs.copyFileSync(KERNELS, path.join(granted, name));
    fs.symlinkSync(path.join(denied, 'lib.so'), path.join(granted, 'out.so'));
    fs.symlinkSync(path.join(granted, 'lib.so'), path.join(denied, 'in.so'));
  });
  const row = group({ flags: [model, '--allow-addons', ...reads], env: { GRANTED: granted, DENIED: denied } });

  row(63, 'a path that is not granted', ({ assert, env, rustdll, throws }) => {
    const { RustDLL } = rustdll;
    const denied = { type: 'Error', code: 'ERR_ACCESS_DENIED' } as const;
    assert.throws(() => new RustDLL('/etc/passwd'), { code: 'ERR_ACCESS_DENIED' });
    throws(() => new RustDLL(`${env.DENIED}/lib.so`), denied);
    throws(() => new RustDLL(`${env.GRANTED}/../${env.DENIED!.split('/').pop()}/lib.so`), denied);
    throws(() => new RustDLL(new URL(`file://${env.DENIED}/lib.so`)), denied);
    // Links lead neither out of the granted folder nor around the check.
    throws(() => new RustDLL(`${env.GRANTED}/out.so`), denied);
    throws(() => new RustDLL(`${env.DENIED}/in.so`), denied);
    // The error does not tell whether the file exists.
    throws(() => new RustDLL(`${env.DENIED}/missing.so`), denied);
    throws(() => RustDLL.find('lib', { from: env.DENIED! }), { type: 'RustDLLError', code: 'ERR_RUSTDLL_NOT_FOUND' });
    throws(() => new RustDLL(`${env.GRANTED}/missing.so`), { type: 'RustDLLError', code: 'ERR_RUSTDLL_NOT_FOUND' });
    assert.equal(new RustDLL(`${env.GRANTED}/lib.so`).add!(1, 2), 3);
  });

  row(63, 'a library that could only be loaded from a copy', ({ addon, assert, env, rustdll, throws }) => {
    const library = `${env.GRANTED}/written.so`;
    // The identity is that of another file.
    new addon.Library(library, 'as it was before');
    const { message, cause } = throws(() => new rustdll.RustDLL(library), {
      type: 'RustDLLError',
      code: 'ERR_RUSTDLL_LOAD',
    });
    assert.match(message, /written\.so': this process has loaded what was at its path before, and the new one .+ copy/);
    assert.deepEqual(
      (cause as AggregateError).errors.map(({ code }: { code: string }) => code),
      ['ERR_ACCESS_DENIED', 'ERR_ACCESS_DENIED'],
    );
  });
});

describe('other copies', () => {
  const row = group();

  row(60, 'two copies of the package over one addon', ({ assert, paths, require }) => {
    type Package = typeof import('../../src-ts/index');
    const fresh = (): Package => {
      // The package is evaluated again beside the same addon, as Jest's module registry and reloaders do.
      for (const file of Object.keys(require.cache)) {
        if (!file.endsWith('.node') && !file.includes('support')) Reflect.deleteProperty(require.cache, file);
      }
      return require('rustdll') as Package;
    };
    const libraries = [fresh(), fresh(), fresh()].map(({ RustDLL }) => new RustDLL(paths.kernels));
    const calls = libraries.map((library) =>
      library.declare('fn add_one_i64(v: &mut PyVec<i64>); fn str_len(s: &PyStr) -> u32'),
    );
    for (let round = 0; round < 3; round++) {
      libraries.forEach((library, i) => {
        const list = [i, round];
        calls[i]!.add_one_i64(list);
        assert.deepEqual(list, [i + 1, round + 1]);
        assert.equal(library.add!(i, 10 * round), i + 10 * round);
        assert.equal(calls[i]!.str_len('x'.repeat(i)), i);
      });
    }
    libraries[0]!.close();
    assert.equal(libraries[1]!.add!(2, 2), 4);
  });

  row(60, 'the addon loaded anew by one environment', ({ assert, paths, require }) => {
    type Package = typeof import('../../src-ts/index');
    const libraries = [1, 2, 3].map(() => {
      for (const file of Object.keys(require.cache))
        if (!file.includes('support')) Reflect.deleteProperty(require.cache, file);
      return new (require('rustdll') as Package).RustDLL(paths.kernels);
    });
    for (let round = 0; round < 3; round++) {
      libraries.forEach((library, i) => assert.equal(library.add!(i, round), i + round));
    }
  });
});

describe.each(['before', 'after'])('prototypes polluted %s the package is loaded', (when) => {
  const row = group({ env: { WHEN: when } });

  row(64, 'properties of Object.prototype', ({ assert, env, paths, require }) => {
    const keys = [
      'add',
      'get',
      'set',
      'value',
      'writable',
      'name',
      'kind',
      'element',
      'held',
      'nullable',
      'type',
      'scalar',
      'code',
      'path',
      'symbol',
      'argument',
      'length',
      'from',
      'profile',
      'list',
      'chunk',
      'first',
      'cause',
      'callee',
      'offset',
      'then',
      'toJSON',
      'parameters',
      'result',
      'text',
      'target',
      'slots',
      'callCode',
      'packed',
      'libc',
      'needed',
      'napi',
      'filename',
      'execPath',
    ];
    // With these properties on the prototype, Node and the output of TypeScript cannot load any module.
    const ofDescriptors = new Set(['get', 'set', 'value', 'writable', 'path']);
    const work = () => {
      const { RustDLL } = require('rustdll') as typeof import('../../src-ts/index');
      const library = new RustDLL(paths.kernels);
      const lib = library.declare(
        'fn add_to_f64(a: &mut PyVec<f64>, b: &PyVec<f64>); fn str_len(s: &PyStr) -> u32; fn add_one_nested_i64_2(v: &mut PyVec<&mut PyVec<i64>>)',
        {},
      );
      const a = [1, 2];
      const nest = [[1], [2, 3]];
      lib.add_to_f64(a, [10, 20]);
      lib.add_one_nested_i64_2(nest);
      (library.add_one_nested_i64_2 as unknown as (nest: number[][]) => void)(nest);
      let code: unknown;
      try {
        library.no_such_function!();
      } catch (error) {
        code = (error as { code?: string }).code;
      }
      const { add } = library;
      library.close();
      let closed: unknown;
      try {
        add!(1, 2);
      } catch (error) {
        closed = (error as { code?: string }).code;
      }
      return [new RustDLL(paths.kernels).add!(1, 2), lib.str_len.name, ...a, ...nest.flat(), code, closed];
    };
    const expected = [3, 'str_len', 11, 22, 3, 4, 5, 'ERR_RUSTDLL_SYMBOL', 'ERR_RUSTDLL_CLOSED'];
    if (env.WHEN === 'after') work();
    const affected: string[] = [];
    for (const key of keys) {
      if (env.WHEN === 'before' && ofDescriptors.has(key)) continue;
      if (env.WHEN === 'before')
        for (const file of Object.keys(require.cache))
          if (file.includes('dist')) Reflect.deleteProperty(require.cache, file);
      for (const value of ['evil', () => 'evil', true]) {
        const evil = Object.assign(Object.create(null) as PropertyDescriptor, {
          value,
          configurable: true,
          enumerable: true,
          writable: true,
        });
        Object.defineProperty(Object.prototype, key, evil);
        let outcome: unknown;
        try {
          outcome = work();
        } catch (error) {
          outcome = error;
        }
        Reflect.deleteProperty(Object.prototype, key);
        try {
          assert.deepEqual(outcome, expected);
        } catch {
          affected.push(`${key} = ${String(value)}: ${String(outcome)}`);
        }
      }
    }
    assert.deepEqual(affected, []);
  });
});
