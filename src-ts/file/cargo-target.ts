/** The folders that Cargo builds into, found without asking Cargo: it is not there where a program runs. */

import fs = require('node:fs');
import os = require('node:os');
import nodePath = require('node:path');
import { mayRead } from '../runtime/permission';
import { tomlString } from './toml';

/** A target directory, and who chose it where that is not Cargo's default. */
export interface TargetFolder {
  readonly path: string;
  readonly origin: string | null;
}

/** The variables that choose a target directory; the first one wins. */
const VARIABLES = ['CARGO_TARGET_DIR', 'CARGO_BUILD_TARGET_DIR'];

/** Cargo reads the one without an extension where there are both. */
const CONFIG_FILES = ['config', 'config.toml'];

/** The most bytes of a configuration that are read. */
const MAX_CONFIG = 1 << 20;

/**
 * The target directories of the crates in `start` and in the folders above it, in the order in which Cargo would choose
 * them: by the environment, by `target-dir` in the nearest `.cargo/config.toml`, and the folder `target` of the crate or
 * its workspace, of which only Cargo knows where it is.
 */
export function targetFolders(start: string): TargetFolder[] {
  const folders = [...upwards(start)];
  const found = [
    ...VARIABLES.flatMap((variable) => {
      const chosen = process.env[variable];
      if (chosen === undefined || chosen === '') return [];
      // Cargo takes a relative one from where it is run, which is where the crate or its workspace is.
      return folders.map((folder) => ({ path: nodePath.resolve(folder, chosen), origin: variable }));
    }),
    ...[...folders.map((folder) => nodePath.join(folder, '.cargo')), ...cargoHome()].flatMap(configured),
    ...folders.map((folder) => ({ path: nodePath.join(folder, 'target'), origin: null })),
  ];
  return found.filter(({ path }, index) => found.findIndex((other) => other.path === path) === index);
}

function* upwards(start: string): Generator<string> {
  let folder = start;
  for (let above = nodePath.dirname(folder); above !== folder; above = nodePath.dirname(folder)) {
    yield folder;
    folder = above;
  }
  yield folder;
}

/** The folder of the user's own configuration, if there is any. */
function cargoHome(): string[] {
  try {
    const home = process.env['CARGO_HOME'];
    return [home === undefined || home === '' ? nodePath.join(os.homedir(), '.cargo') : nodePath.resolve(home)];
  } catch {
    // Neither has everybody a home, nor is there always a working directory.
    return [];
  }
}

/** The target directory that the configuration in `folder`, a `.cargo`, chooses. */
function configured(folder: string): TargetFolder[] {
  for (const name of CONFIG_FILES) {
    const file = nodePath.join(folder, name);
    const text = readText(file);
    if (text === undefined) continue;
    const chosen = tomlString(text, ['build', 'target-dir']);
    if (chosen === undefined || chosen === '') return [];
    return [{ path: nodePath.resolve(folder, '..', chosen), origin: file }];
  }
  return [];
}

function readText(file: string): string | undefined {
  if (!mayRead(file)) return undefined;
  try {
    const stats = fs.statSync(file);
    return stats.isFile() && stats.size <= MAX_CONFIG ? fs.readFileSync(file, 'utf8') : undefined;
  } catch {
    return undefined;
  }
}
