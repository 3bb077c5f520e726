import { execFileSync } from 'node:child_process';
import * as fs from 'node:fs';
import * as os from 'node:os';
import * as path from 'node:path';
import { addonError, addonPath, type Host } from '../../../../src-ts/crossing/node-api/addon';
import { RustDLLError } from '../../../../src-ts/errors/errors';
import { libcOfProgram, runningLibc } from '../../../../src-ts/runtime/libc';
import { ROOT } from '../../../support/child';

let folder: string;
beforeEach(() => {
  folder = fs.realpathSync(fs.mkdtempSync(path.join(os.tmpdir(), 'rustdll-addon-')));
});
afterEach(() => fs.rmSync(folder, { recursive: true, force: true }));

/** Makes an empty file in the folder, and returns its path. */
function file(...parts: string[]): string {
  const made = path.join(folder, ...parts);
  fs.mkdirSync(path.dirname(made), { recursive: true });
  fs.writeFileSync(made, '');
  return made;
}

/** Makes a host with its program in a folder of its own. */
function host(parts: Partial<Host> = {}): Host {
  const execPath = path.join(folder, 'bin', 'node');
  return { platform: 'linux', arch: 'x64', libc: 'musl', execPath, env: {}, ...parts };
}

describe('libcOfProgram', () => {
  const program = (head: string): string => {
    const made = file('program');
    fs.writeFileSync(made, head, 'latin1');
    return made;
  };

  test.each([
    ['glibc', '\x7fELF\0\0/lib64/ld-linux-x86-64.so.2\0GNU'],
    ['glibc', '\x7fELF\0\0/lib/ld-linux-aarch64.so.1\0'],
    ['musl', '\x7fELF\0\0/lib/ld-musl-x86_64.so.1\0'],
    ['musl', '\x7fELF\0\0/opt/musl/ld-musl-aarch64.so.1\0'],
  ])('%s by the name of its loader', (libc, head) => {
    expect(libcOfProgram(program(head))).toBe(libc);
  });

  test('undefined when none is named', () => {
    expect(libcOfProgram(program(''))).toBeUndefined();
    expect(libcOfProgram(program('\x7fELF /lib/ld-musl-x86_64.so.1'))).toBeUndefined();
    expect(libcOfProgram(path.join(folder, 'none'))).toBeUndefined();
    expect(libcOfProgram(folder)).toBeUndefined();
  });

  test('of this process it is what the process reports', () => {
    const named = libcOfProgram(process.execPath);
    if (process.platform !== 'linux') expect(named).toBeUndefined();
    else expect(named).toBe(runningLibc()?.name);
  });
});

describe('addonPath', () => {
  test.each(['x64', 'arm64'])('the prebuilt addon of the C library, %s', (arch) => {
    const armv = arch === 'arm64' ? '.armv8' : '';
    const glibc = file('prebuilds', `linux-${arch}`, `rustdll${armv}.glibc.node`);
    const musl = file('prebuilds', `linux-${arch}`, `rustdll${armv}.musl.node`);
    expect(addonPath(folder, host({ arch }))).toBe(musl);
    expect(addonPath(folder, host({ arch, libc: 'glibc' }))).toBe(glibc);
    expect(addonPath(folder, host({ arch, libc: undefined }))).toBeUndefined();
  });

  test.each(['darwin', 'win32'])('that of %s', (platform) => {
    const addon = file('prebuilds', `${platform}-x64`, 'rustdll.node');
    file('prebuilds', `${platform}-arm64`, 'rustdll.armv8.node');
    expect(addonPath(folder, host({ platform, libc: undefined }))).toBe(addon);
  });

  test.each(['LIBC', 'ARM_VERSION', 'npm_config_arch', 'npm_config_platform'])('none where %s tells', (name) => {
    const musl = file('prebuilds', 'linux-x64', 'rustdll.musl.node');
    expect(addonPath(folder, host({ env: { [name]: '7' } }))).toBeUndefined();
    expect(addonPath(folder, host({ env: { [name]: '' } }))).toBe(musl);
  });

  test.each(['Release', 'Debug'])('one built from source comes first, %s', (kind) => {
    const musl = file('prebuilds', 'linux-x64', 'rustdll.musl.node');
    file('build', kind, 'notes.txt');
    expect(addonPath(folder, host())).toBe(musl);
    const built = file('build', kind, 'any.node');
    expect(addonPath(folder, host())).toBe(built);
    expect(addonPath(folder, host({ env: { PREBUILDS_ONLY: '1' } }))).toBe(musl);
  });

  test('a folder that is none', () => {
    file('build', 'Release');
    expect(addonPath(folder, host())).toBeUndefined();
  });

  test('none where there is none that fits', () => {
    file('prebuilds', 'linux-x64', 'rustdll.glibc.node');
    expect(addonPath(folder, host())).toBeUndefined();
  });

  test('in the folder RUSTDLL_PREBUILD names, and beside the program', () => {
    const elsewhere = file('elsewhere', 'prebuilds', 'linux-x64', 'rustdll.musl.node');
    const env = { RUSTDLL_PREBUILD: path.join(folder, 'elsewhere') };
    expect(addonPath(folder, host())).toBeUndefined();
    expect(addonPath(folder, host({ env }))).toBe(elsewhere);
    const beside = file('bin', 'prebuilds', 'linux-x64', 'rustdll.musl.node');
    expect(addonPath(folder, host())).toBe(beside);
    expect(addonPath(folder, host({ env: { RUSTDLL_PREBUILD: '' } }))).toBe(beside);
  });

  test('beside the program itself, under the name it was published or built under', () => {
    const built = file('bin', 'rustdll.node');
    expect(addonPath(folder, host())).toBe(built);
    file('bin', 'rustdll.glibc.node');
    expect(addonPath(folder, host())).toBe(built);
    const published = file('bin', 'rustdll.musl.node');
    expect(addonPath(folder, host())).toBe(published);
    const ofPackage = file('prebuilds', 'linux-x64', 'rustdll.musl.node');
    expect(addonPath(folder, host())).toBe(ofPackage);
  });
});

describe('addonError', () => {
  const missing = new Error('whatever node-gyp-build says of it');
  const manifest = (text: string): void => fs.writeFileSync(path.join(folder, 'package.json'), text);
  beforeEach(() => manifest('{ "name": "rustdll" }'));

  test('names the platform, every place, and what to do', () => {
    const error = addonError(folder, host({ libc: 'glibc' }), missing);
    expect(error).toBeInstanceOf(RustDLLError);
    expect(error).toMatchObject({ code: 'ERR_RUSTDLL_ABI', cause: missing });
    expect(error.message.split('\n')).toEqual([
      'rustdll has no native addon for linux-x64 (glibc) here. Tried:',
      `  ${path.join(folder, 'build', 'Release', '*.node')}`,
      `  ${path.join(folder, 'build', 'Debug', '*.node')}`,
      `  ${path.join(folder, 'prebuilds', 'linux-x64', 'rustdll.glibc.node')}`,
      `  ${path.join(folder, 'prebuilds', 'linux-x64', 'rustdll.node')}`,
      `  ${path.join(folder, 'bin', 'prebuilds', 'linux-x64', 'rustdll.glibc.node')}`,
      `  ${path.join(folder, 'bin', 'prebuilds', 'linux-x64', 'rustdll.node')}`,
      `  ${path.join(folder, 'bin', 'rustdll.glibc.node')}`,
      `  ${path.join(folder, 'bin', 'rustdll.node')}`,
      expect.stringMatching(/^Prebuilt addons .* Linux \(glibc and musl\), macOS and Windows, each on x64 and arm64/),
      expect.stringMatching(/^Otherwise build it: .*npm run build.* RUSTDLL_PREBUILD/),
    ]);
  });

  test.each(['', '{', 'null', '{ "name": "program" }'])('in a bundle, names what to set: package.json %j', (text) => {
    const { message } = addonError(folder, host({ libc: 'glibc' }), missing);
    if (text === '') fs.rmSync(path.join(folder, 'package.json'));
    else manifest(text);
    const lines = addonError(folder, host({ libc: 'glibc' }), missing).message.split('\n');
    const hint = lines.splice(9, 1);
    expect(lines.join('\n')).toBe(message);
    expect(hint).toEqual([
      expect.stringMatching(/a bundle .*`serverExternalPackages: \['rustdll'\]` in the configuration of Next/),
    ]);
    // The file exists and cannot be loaded, so the error does not blame the bundle.
    file('bin', 'rustdll.node');
    expect(addonError(folder, host(), missing).message).not.toContain('bundle with');
  });

  test('names the file of each platform as it is called', () => {
    const message = (platform: string, arch: string, libc?: 'glibc' | 'musl'): string =>
      addonError(folder, host({ platform, arch, libc }), missing).message;
    expect(message('linux', 'arm64', 'musl')).toContain(path.join('linux-arm64', 'rustdll.armv8.musl.node'));
    expect(message('darwin', 'arm64')).toContain(path.join('darwin-arm64', 'rustdll.armv8.node'));
    expect(message('win32', 'x64')).toContain(path.join('win32-x64', 'rustdll.node'));
    expect(message('freebsd', 'x64')).toMatch(/^rustdll has no native addon for freebsd-x64 here\. Tried:\n/);
  });

  test('says what the loader said', () => {
    file('prebuilds', 'linux-x64', 'rustdll.glibc.node');
    const refused = new Error("version `GLIBC_2.99' not found");
    const error = addonError(folder, host({ libc: 'glibc' }), refused);
    expect(error.message).toMatch(
      /^rustdll's native addon for linux-x64 \(glibc\) could not be loaded: version `GLIBC_2.99' not found\n/,
    );
    expect(error.cause).toBe(refused);
    file('build', 'Debug', 'rustdll.node');
    expect(addonError(folder, host(), 'thrown').message).toContain('could not be loaded: thrown\n');
    const env = { PREBUILDS_ONLY: '1' };
    expect(addonError(folder, host({ env }), 'thrown').message).toMatch(/^rustdll has no native addon/);
  });
});

test('the names are those of prebuilds/SHA256SUMS, and nothing else is there', () => {
  const script =
    "const { prebuildPath, TARGETS } = await import('./scripts/prebuild/targets.mjs');" +
    'console.log(JSON.stringify(TARGETS.map((target) => ({ ...target, file: prebuildPath(target) }))))';
  const options = { cwd: ROOT, encoding: 'utf8' } as const;
  const printed = execFileSync(process.execPath, ['--input-type=module', '-e', script], options);
  const targets = JSON.parse(printed) as (Pick<Host, 'platform' | 'arch' | 'libc'> & { file: string })[];
  const sums = fs
    .readFileSync(path.join(ROOT, 'prebuilds', 'SHA256SUMS'), 'utf8')
    .trim()
    .split('\n');
  const files = targets.map(({ file }) => file);
  expect(sums.map((line) => line.replace(/^[0-9a-f]{64} {2}/, '')).sort()).toEqual(files.sort());
  for (const { platform, arch, libc, file } of targets) {
    const { message } = addonError(folder, host({ platform, arch, libc }), new Error('refused'));
    expect(message).toContain(path.join(folder, 'prebuilds', ...file.split('/')));
  }
});
