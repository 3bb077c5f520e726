/** Finds the folders into which Cargo builds without running Cargo, which is not installed where programs run. */

import fs = require('node:fs');
import os = require('node:os');
import nodePath = require('node:path');
import { mayRead } from '../runtime/permission';
import { tomlString } from './toml';

/** A target directory, and the setting that chose it if it is not Cargo's default. */
export interface TargetFolder {
  readonly path: string;
  readonly origin: string | null;
}

/** The environment variables that choose a target directory; the first takes precedence. */
const VARIABLES = ['CARGO_TARGET_DIR', 'CARGO_BUILD_TARGET_DIR'];

/** The names of a configuration file. Cargo reads the one without an extension if both exist. */
const CONFIG_FILES = ['config', 'config.toml'];

/** The most bytes of a configuration that are read. */
const MAX_CONFIG = 1 << 20;

/**
 * Yields the target directories of the crates in `start` and in the folders above it, in Cargo's order of precedence:
 * those of the environment, of `target-dir` in the nearest `.cargo/config.toml`, and the folder `target` of the crate
 * or its workspace, whose place only Cargo knows.
 */
export function targetFolders(start: string): TargetFolder[] {
  const folders = [...upwards(start)];
  const found = [
    ...VARIABLES.flatMap((variable) => {
      const chosen = process.env[variable];
      if (chosen === undefined || chosen === '') return [];
      // A relative path is relative to the folder where Cargo is run, which is that of the crate or its workspace.
      return folders.map((folder) => ({ path: nodePath.resolve(folder, chosen), origin: variable }));
    }),
    ...[...folders.map((folder) => nodePath.join(folder, '.cargo')), ...cargoHome()].flatMap(configured),
    ...folders.map((folder) => ({ path: nodePath.join(folder, 'target'), origin: null })),
  ];
  return found.filter(({ path }, index) => found.findIndex((other) => other.path === path) === index);
}

/** Yields a folder and the folders above it. */
export function* upwards(start: string): Generator<string> {
  let folder = start;
  for (let above = nodePath.dirname(folder); above !== folder; above = nodePath.dirname(folder)) {
    yield folder;
    folder = above;
  }
  yield folder;
}

/** Returns the folder of the user's configuration, if there is one. */
function cargoHome(): string[] {
  try {
    const home = process.env['CARGO_HOME'];
    return [home === undefined || home === '' ? nodePath.join(os.homedir(), '.cargo') : nodePath.resolve(home)];
  } catch {
    // There may be no home folder or no working directory.
    return [];
  }
}

/** Returns the target directory set by the configuration in `folder`, a `.cargo`. */
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
