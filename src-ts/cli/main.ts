#!/usr/bin/env node
/** The command `rustdll`. */

import { Command, CommanderError, Option } from 'commander';
import { inspect as formatted } from 'node:util';
import type { BuildOptions } from './build';
import type { DeclareCommandOptions } from './declare';
import type { CrateOptions } from './built';
import { doctor } from './doctor';
import { CliError, UsageError } from './cli-error';
import type { InspectOptions } from './inspect';
import { manifest } from './manifest';
import { create, type NewOptions } from './new';
import { printError } from './terminal';
import type { TypesOptions } from './types';

/** The exit codes, which `--help` lists. */
const WORK_FAILED = 1;

const WRONG_USAGE = 2;

/**
 * Makes the program. The commands that print types are loaded when they are used: they load the addon, and without it
 * `rustdll doctor` has to tell so.
 */
function makeProgram(): Command {
  const program = new Command('rustdll')
    .description('Call Rust libraries from JavaScript: make, build, type and inspect them.')
    .version(manifest().version, '-V, --version', 'print the version')
    .helpOption('-h, --help', 'print this help')
    .helpCommand('help [command]', 'print the help of a command')
    .exitOverride()
    .configureOutput({ outputError: printUsageError })
    .showHelpAfterError('  Try: rustdll --help')
    .addHelpText(
      'after',
      '\nExamples:\n' +
        '  rustdll new geo                    a crate with a package and a test around it\n' +
        '  rustdll build --watch              build it, and again when a source changes\n' +
        '  rustdll types target/release/libgeo.so --out geo.d.ts\n' +
        '\nExit codes: 0 done, 1 the work failed, 2 wrong usage.',
    );

  command(
    program,
    'new <name>',
    'make a new crate, with an npm package, tests and a workflow that builds it for all platforms',
  )
    .option('--ts', 'write the package in TypeScript')
    .option('--crate-path <path>', 'depend on the crate rustdll in that folder instead of the published one')
    .option('--package-path <path>', 'depend on the npm package rustdll in that folder, likewise')
    .addHelpText(
      'after',
      '\nExamples:\n  rustdll new geo && cd geo && npm install && npm test\n  rustdll new geo --ts\n\n' +
        'In a checkout of rustdll, its command takes crate and package from there.',
    )
    .action((name: string, options: NewOptions) => create(name, options));

  crateOptions(
    command(program, 'build [cargo-args...]', 'build the library with Cargo, and write its TypeScript declarations'),
    { verb: 'build', usual: 'release' },
  )
    .addOption(new Option('--debug', 'build the profile dev').conflicts('profile'))
    .option('--types <path>', 'write the declarations to that file or folder instead of beside the library')
    .option('--no-types', 'write no declarations')
    .option('--native', 'copy the library to native/<platform>-<arch> of the npm package, which ships it')
    .option('-w, --watch', 'build again whenever a source changes')
    .option(
      '--exec <command>',
      'with --watch: run a command after each build that succeeds; restart it if it still runs',
    )
    .addHelpText(
      'after',
      '\nExamples:\n  rustdll build --types src/geo.d.ts\n  rustdll build --debug --watch\n' +
        '  rustdll build --watch --exec "node server.js"\n  rustdll build -- --features simd',
    )
    .action(
      async (
        cargoArgs: string[],
        { types: out, ...options }: Omit<BuildOptions, 'types'> & { types: string | boolean },
      ) => {
        const { build } = await import('./build.js');
        await build(cargoArgs, out === true ? options : { ...options, types: out });
      },
    );

  crateOptions(
    command(
      program,
      'types [library]',
      'write the TypeScript declarations of a library, or of what was built here last',
    ),
    { verb: 'take', usual: 'any, the latest build' },
  )
    .option('-o, --out <path>', 'write them to that file or folder instead of beside the library; - prints them')
    .option('-w, --watch', 'write them again whenever the library changes')
    .addHelpText(
      'after',
      '\nExamples:\n  rustdll types ./libgeo.so --out geo.d.ts\n  rustdll types --out types/\n  rustdll types --watch',
    )
    .action(async (library: string | undefined, options: TypesOptions) => {
      const { types } = await import('./types.js');
      await types(library, options);
    });

  crateOptions(
    command(
      program,
      'inspect [library]',
      'print the functions of a library, or of the one built here last, and what it was made for',
    ),
    { verb: 'take', usual: 'any, the latest build' },
  )
    .option('--json', 'print it as JSON')
    .addHelpText(
      'after',
      '\nExamples:\n  rustdll inspect\n  rustdll inspect --package geo --json\n  rustdll inspect ./libgeo.so',
    )
    .action(async (library: string | undefined, options: InspectOptions) => {
      const { inspect } = await import('./inspect.js');
      await inspect(library, options);
    });

  crateOptions(
    command(
      program,
      'declare [library]',
      'print the declarations of the plain functions of a library, or of the one built here last',
    ),
    { verb: 'take', usual: 'any, the latest build' },
  )
    .option('-o, --out <path>', 'write them as a module to that file')
    .addHelpText(
      'after',
      '\nThe types are those of the debug information, which debug builds have, and others with debug = 2.\n' +
        '\nExamples:\n  rustdll declare target/debug/libgeo.so\n  rustdll declare --package geo --out geo.ts',
    )
    .action(async (library: string | undefined, options: DeclareCommandOptions) => {
      const { declare } = await import('./declare.js');
      await declare(library, options);
    });

  crateOptions(command(program, 'doctor [library]', 'check this installation, and tell why a library does not load'), {
    verb: 'check',
    usual: 'any, the latest build',
  })
    .addHelpText('after', '\nExamples:\n  rustdll doctor\n  rustdll doctor ./libgeo.so\n  rustdll doctor --package geo')
    .action((library: string | undefined, options: CrateOptions) => doctor(library, options));
  return program;
}

function command(program: Command, usage: string, description: string): Command {
  return program
    .command(usage)
    .description(description)
    .helpOption('-h, --help', 'print this help')
    .option('--verbose', 'print the stack of an error');
}

/** Adds the options that choose crates and a profile, which have Cargo's names. */
function crateOptions(command: Command, { verb, usual }: { readonly verb: string; readonly usual: string }): Command {
  return command
    .option('-p, --package <name...>', `${verb} these packages of the workspace`)
    .option('--profile <name>', `${verb} that profile of Cargo's (default: ${usual})`)
    .option('--manifest-path <path>', `${verb} the crate of that Cargo.toml instead of that of the working directory`);
}

/** Prints an error of commander's, which may end with a suggestion. */
function printUsageError(text: string): void {
  const [message = '', ...hint] = text.trim().split('\n');
  printError(message.replace(/^error: /, ''), hint.join('\n'));
}

function isVerbose(): boolean {
  const { DEBUG } = process.env;
  return process.argv.includes('--verbose') || (DEBUG !== undefined && DEBUG !== '');
}

/** Prints an error, and returns the exit code for it. */
function report(error: unknown): number {
  if (error instanceof CommanderError) {
    // Its message has been printed. Help that was not asked for is an error too.
    return error.exitCode === 0 ? 0 : WRONG_USAGE;
  }
  const { message, stack } = error as Error;
  if (error instanceof CliError) printError(message, error.hint);
  else printError(message, isVerbose() ? '' : 'Run it again with --verbose for the details.');
  if (isVerbose()) {
    process.stderr.write(`${stack ?? ''}\n`);
    const { cause } = error as Error;
    if (cause !== undefined)
      process.stderr.write(`${typeof cause === 'string' ? cause : formatted(cause)}
`);
  }
  return error instanceof UsageError ? WRONG_USAGE : WORK_FAILED;
}

// The reader of the output may close it early, as `head` does.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code !== 'EPIPE') throw error;
  process.exit();
});

makeProgram()
  .parseAsync()
  .catch((error: unknown) => {
    process.exitCode = report(error);
  });
