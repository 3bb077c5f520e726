/**
 * Downloads packages of Debian and unpacks them into the cache. The system is not changed, not even its package lists.
 */

import { mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { run } from '../shared/tools.mjs';
import { cached } from './cache.mjs';

/** The first release whose musl is new enough. */
const RELEASE = 'trixie';

/**
 * Returns apt's options for another release of Debian and another architecture, with lists in a folder of their own.
 */
function otherRelease(state, architecture) {
  const targets = run('apt-get', ['indextargets', '--format', '$(ORIGIN) $(SITE)', 'Created-By: Packages']);
  const [, mirror] = /^Debian (\S+\/debian)\/?$/m.exec(targets) ?? [];
  if (mirror === undefined) throw new Error('apt knows no mirror of Debian to take it from');
  mkdirSync(path.join(state, 'lists', 'partial'), { recursive: true });
  const keys = '/usr/share/keyrings/debian-archive-keyring.gpg';
  writeFileSync(path.join(state, 'sources.list'), `deb [signed-by=${keys}] ${mirror} ${RELEASE} main\n`);
  writeFileSync(path.join(state, 'status'), '');
  return Object.entries({
    'Dir::Etc::sourcelist': path.join(state, 'sources.list'),
    'Dir::Etc::sourceparts': '-',
    'Dir::State::lists': path.join(state, 'lists'),
    'Dir::State::status': path.join(state, 'status'),
    'Dir::Cache': path.join(state, 'cache'),
    'APT::Architecture': architecture,
    'APT::Architectures::': architecture,
    'Acquire::Languages': 'none',
    'Acquire::IndexTargets::deb::DEP-11::DefaultEnabled': 'false',
  }).flatMap(([key, value]) => ['-o', `${key}=${value}`]);
}

function unpack(folder) {
  for (const file of readdirSync(folder).filter((file) => file.endsWith('.deb'))) {
    run('dpkg-deb', ['--extract', file, '.'], { cwd: folder });
  }
}

/** Returns the folder with musl for an architecture, given by Debian's name. */
export function debianMusl(architecture) {
  return cached(`musl-${architecture}`, (folder) => {
    console.log(`test: fetching musl for ${architecture} from Debian`);
    const options = ['--quiet', '-o', 'APT::Sandbox::User=', ...otherRelease(path.join(folder, 'apt'), architecture)];
    run('apt-get', [...options, 'update'], { cwd: folder });
    run('apt-get', [...options, 'download', 'musl'], { cwd: folder });
    unpack(folder);
  });
}

/**
 * Returns the folder with the newest Rust compiler of the system's own release and the sources of its standard library,
 * which is compiled for targets for which it is not available otherwise.
 */
export function debianRust() {
  const names = ['rustc-web', 'libstd-rust-web-dev', 'rust-web-src'];
  const [, version] = /Candidate: (\d\S*)/.exec(run('apt-cache', ['policy', names[0]])) ?? [];
  if (version === undefined) throw new Error("apt knows no package rustc-web, which is Debian's newest Rust");
  return cached(`rust-${version.replaceAll(/[^\w.]/g, '-')}`, (folder) => {
    console.log(`test: fetching Rust ${version} from Debian`);
    const needed = (packages) =>
      [...run('apt-cache', ['depends', ...packages]).matchAll(/Depends: (libstd-rust-web-[\d.]+|libllvm\d+)$/gm)].map(
        ([, name]) => name,
      );
    const libraries = needed(names);
    const packages = new Set([...names, ...libraries, ...needed(libraries)]);
    run('apt-get', ['--quiet', '-o', 'APT::Sandbox::User=', 'download', ...packages], { cwd: folder });
    unpack(folder);
  });
}
