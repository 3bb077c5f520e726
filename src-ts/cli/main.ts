#!/usr/bin/env node
/** The command `rustdll`. */

import { Command, CommanderError } from 'commander';
import { inspect as formatted } from 'node:util';
import { build, type BuildOptions } from './build';
import { doctor } from './doctor';
import { CliError, UsageError } from './cli-error';
import { inspect } from './inspect';
import { manifest } from './manifest';
import { create, type NewOptions } from './new';
import { printError } from './terminal';
import { types, type TypesOptions } from './types';

/** The exit codes, which `--help` tells. */
const WORK_FAILED = 1;

const WRONG_USAGE = 2;

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

  command(program, 'new <name>', 'make a new crate, with a package, a test and a README around it')
    .option('--crate-path <path>', 'depend on the crate rustdll in that folder instead of the published one')
    .option('--package-path <path>', 'depend on the npm package rustdll in that folder, likewise')
    .addHelpText(
      'after',
      '\nExample:\n  rustdll new geo && cd geo && npm install && npm test\n\n' +
        'In a checkout of rustdll, its command takes both from there.',
    )
    .action((name: string, options: NewOptions) => create(name, options));

  command(program, 'build [cargo-args...]', 'build the library with Cargo, and write its TypeScript declarations')
    .option('--debug', "build Cargo's dev profile instead of release")
    .option('-p, --package <name...>', 'build these packages of the workspace')
    .option('--manifest-path <path>', 'build the crate of that Cargo.toml instead of that of the working directory')
    .option('--types <path>', 'write the declarations there instead of beside the library')
    .option('--no-types', 'write no declarations')
    .option('-w, --watch', 'build again whenever a source changes')
    .addHelpText(
      'after',
      '\nExamples:\n  rustdll build --types src/geo.d.ts\n  rustdll build --debug --watch\n  rustdll build -- --features simd',
    )
    .action(
      (cargoArgs: string[], { types: out, ...options }: Omit<BuildOptions, 'types'> & { types: string | boolean }) =>
        build(cargoArgs, out === true ? options : { ...options, types: out }),
    );

  command(program, 'types [library]', 'write the TypeScript declarations of a library, or of the one built here last')
    .option('-o, --out <path>', 'write them there instead of beside the library; - prints them')
    .option('-w, --watch', 'write them again whenever the library changes')
    .addHelpText('after', '\nExamples:\n  rustdll types ./libgeo.so --out geo.d.ts\n  rustdll types --watch')
    .action((library: string | undefined, options: TypesOptions) => types(library, options));

  command(program, 'inspect <library>', 'print the functions of a library, their signatures, and what it was made for')
    .option('--json', 'print it as JSON')
    .addHelpText('after', '\nExamples:\n  rustdll inspect ./libgeo.so\n  rustdll inspect ./libgeo.so --json')
    .action((library: string, options: { json?: boolean }) => inspect(library, options));

  command(program, 'doctor [library]', 'check this installation, and tell why a library does not load')
    .addHelpText('after', '\nExamples:\n  rustdll doctor\n  rustdll doctor ./libgeo.so')
    .action((library: string | undefined) => doctor(library));
  return program;
}

function command(program: Command, usage: string, description: string): Command {
  return program
    .command(usage)
    .description(description)
    .helpOption('-h, --help', 'print this help')
    .option('--verbose', 'print the stack of an error');
}

/** Prints what commander has to say: the error, and perhaps a suggestion. */
function printUsageError(text: string): void {
  const [message = '', ...hint] = text.trim().split('\n');
  printError(message.replace(/^error: /, ''), hint.join('\n'));
}

function isVerbose(): boolean {
  const { DEBUG } = process.env;
  return process.argv.includes('--verbose') || (DEBUG !== undefined && DEBUG !== '');
}

/** Tells what went wrong, and gives the exit code for it. */
function report(error: unknown): number {
  if (error instanceof CommanderError) {
    // It has been printed. Help that was not asked for is an error too.
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

// Whoever reads the output may stop, as `head` does.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code !== 'EPIPE') throw error;
  process.exit();
});

makeProgram()
  .parseAsync()
  .catch((error: unknown) => {
    process.exitCode = report(error);
  });
