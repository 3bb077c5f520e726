/** The files of a new project. */

/** The facts in which projects differ. */
export interface ProjectFacts {
  /** The name of the crate and of the package. */
  readonly name: string;
  /** The crate `rustdll` as Cargo.toml names it, in TOML. */
  readonly crate: string;
  /** The npm package `rustdll` as package.json names it. */
  readonly package: string;
  /** True if there is a Cargo.toml in a folder above; the crate is to be no part of its workspace. */
  readonly isInWorkspace: boolean;
}

/** The texts by their paths in the project. */
export function projectFiles(facts: ProjectFacts): Record<string, string> {
  const { name } = facts;
  const crate = name.replaceAll('-', '_');
  return {
    'Cargo.toml': cargoToml(facts),
    'src/lib.rs': LIB_RS,
    'package.json': packageJson(facts, crate),
    'index.js': indexJs(name, crate),
    [`test/${name}.test.js`]: testJs(),
    'README.md': readme(name, crate),
    '.gitignore': 'node_modules/\ntarget/\n',
  };
}

function cargoToml({ name, crate, isInWorkspace }: ProjectFacts): string {
  const workspace = `
# This crate is no part of the workspace in the folders above.
[workspace]
`;
  return `[package]
name = "${name}"
version = "0.1.0"
edition = "2021"
publish = false

[lib]
crate-type = ["cdylib"]

[dependencies]
rustdll = ${crate}
${isInWorkspace ? workspace : ''}`;
}

const LIB_RS = `//! Functions that JavaScript calls.

use rustdll::{export, Error, Record};

/// A place in the plane.
#[derive(Record)]
pub struct Point {
    /// To the right.
    pub x: f64,
    /// Upwards.
    pub y: f64,
    /// The name of the place.
    pub label: Option<String>,
}

/// Greets somebody.
#[export]
pub fn greet(name: &str) -> String {
    format!("Hello, {name}!")
}

/// The centre of the points.
#[export]
pub fn centroid(points: Vec<Point>) -> Result<Point, Error> {
    if points.is_empty() {
        return Err(Error::new("there are no points").with_code("E_EMPTY"));
    }
    let count = points.len() as f64;
    Ok(Point {
        x: points.iter().map(|point| point.x).sum::<f64>() / count,
        y: points.iter().map(|point| point.y).sum::<f64>() / count,
        label: None,
    })
}

/// Divides a list by its sum, in place.
#[export]
pub fn normalize(values: &mut [f64]) {
    let sum: f64 = values.iter().sum();
    values.iter_mut().for_each(|value| *value /= sum);
}
`;

function packageJson({ name, package: version }: ProjectFacts, crate: string): string {
  const manifest = {
    name,
    version: '0.1.0',
    private: true,
    type: 'module',
    exports: './index.js',
    scripts: {
      build: `rustdll build --types ${crate}.d.ts`,
      watch: `rustdll build --types ${crate}.d.ts --watch`,
      pretest: 'npm run build',
      test: 'node --test',
    },
    dependencies: { rustdll: version },
    engines: { node: '>=20' },
  };
  return `${JSON.stringify(manifest, null, 2)}\n`;
}

function indexJs(name: string, crate: string): string {
  return `// @ts-check
import { RustDLL } from 'rustdll';

/**
 * The functions that src/lib.rs exports. Their types are in ${crate}.d.ts, which \`npm run build\` writes.
 *
 * @type {RustDLL<typeof import('./${crate}.js')>}
 */
export const lib = new RustDLL(RustDLL.find('${name}', { from: import.meta.url }));
`;
}

function testJs(): string {
  return `// @ts-check
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { lib } from '../index.js';

test('a string goes in, a string comes out', () => {
  assert.equal(lib.greet('World'), 'Hello, World!');
});

test('records are objects', () => {
  const centre = lib.centroid([{ x: 0, y: 0 }, { x: 2, y: 4, label: 'corner' }]);
  assert.deepEqual(centre, { x: 1, y: 2, label: null });
});

test('an Err is thrown', () => {
  assert.throws(() => lib.centroid([]), { name: 'RustError', code: 'E_EMPTY', message: /there are no points/ });
});

test('Rust writes to a list that it borrows', () => {
  const values = [1, 3];
  lib.normalize(values);
  assert.deepEqual(values, [0.25, 0.75]);
});

test('a wrong argument is a TypeError that says where it stands', () => {
  const points = /** @type {any} */ ([{ x: 0, y: 'up' }]);
  assert.throws(() => lib.centroid(points), { name: 'TypeError', message: /argument 1 \\(points\\)\\[0\\]\\.y/ });
});
`;
}

function readme(name: string, crate: string): string {
  return `# ${name}

Rust functions, called from JavaScript with rustdll.

\`\`\`sh
npm install
npm test          # builds, then runs the tests
npm run build     # builds the library and writes ${crate}.d.ts
npm run watch     # the same whenever a source changes
\`\`\`

\`\`\`js
import { lib } from './index.js';

lib.greet('World'); // 'Hello, World!'
\`\`\`

The functions are in \`src/lib.rs\`: each one with \`#[export]\` is a function of \`lib\`. \`npx rustdll inspect\` with the path of
the library lists them, \`npx rustdll doctor\` tells what is missing if something does not work.
`;
}
