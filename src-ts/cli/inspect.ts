/** `rustdll inspect`: prints the functions of a library, and the system for which it was built. */

import { detailOf } from '../errors/library-error';
import type { Image } from '../file/formats/image';
import { checkImage } from '../file/headers';
import { signatureText } from '../levels/export/print';
import { rustDefinition, rustFunction } from '../levels/export/rust-text';
import { CONTRACT_SYMBOL } from '../levels/export/symbols';
import type { ExportedSignature, Table } from '../types/signature';
import { chosenLibrary, type CrateOptions } from './built';
import { openImage } from './image';
import { readTable } from './library-reader';
import { isOfCrate, type PlainFunction, plainFunctions } from './plain-functions';
import { colors, counted, plain, print } from './terminal';

/** The headers of a library, and the table of its exported functions. */
interface Findings {
  readonly image: Image;
  /** Null if the library has none, or is for another system. */
  readonly table: Table | null;
  readonly symbols: readonly { name: string; kind: string }[];
  readonly plain: readonly PlainFunction[];
  /** The reason why the table cannot be read; null if it can. */
  readonly obstacle: string | null;
}

export interface InspectOptions extends CrateOptions {
  readonly json?: boolean;
}

/** Prints the contents of `library`, or of what Cargo has built last of a crate, for people or as JSON. */
export async function inspect(library: string | undefined, options: InspectOptions): Promise<void> {
  const findings = await examine(await chosenLibrary(library, options));
  if (options.json === true) print(JSON.stringify(toJson(findings), null, 2));
  else printFindings(findings);
}

async function examine(file: string): Promise<Findings> {
  const image = openImage(file);
  const all = [...image.exports()].map(([name, kind]) => ({ name, kind }));
  const symbols = all.filter(({ name }) => !isOfCrate(name)).sort((a, b) => (a.name < b.name ? -1 : 1));
  const hasTable = all.some(({ name }) => name === CONTRACT_SYMBOL);
  const obstacle = hasTable ? foreign(image) : null;
  const table = hasTable && obstacle === null ? await readTable(file) : null;
  return { image, table, symbols, plain: plainFunctions(image), obstacle };
}

/** Returns the reason why this process cannot load a library and read its table; null if it can. */
function foreign(image: Image): string | null {
  try {
    checkImage(image);
    return null;
  } catch (error) {
    return detailOf(error as Error);
  }
}

function toJson({ image, table, symbols, plain: functions }: Findings): unknown {
  const { path: file, format, platform, arch, libc, needed } = image;
  return {
    path: file,
    format,
    platform,
    arch,
    libc,
    needed,
    exported: table && {
      contract: table.contract,
      crate: table.crate,
      target: table.target,
      panic: table.panic,
      functions: [...table.functions, ...table.members].map((signature) => ({
        name: signature.name,
        ...(signature.member && { class: signature.member.definition.name, role: signature.member.role }),
        typescript: signatureText(signature),
        rust: rustFunction(signature),
        doc: signature.doc,
        module: signature.module,
        throws: signature.throws,
        bigint: signature.bigint,
        async: signature.isAsync,
        background: signature.background,
        ...(signature.isConstant && { constant: true }),
        hash: signature.hash,
      })),
      types: table.definitions.map((definition) => ({
        name: definition.name,
        rust: rustDefinition(definition),
        doc: definition.doc,
      })),
    },
    symbols,
    plain: functions.map(({ name, stated, declaration, isChecked, reason }) => ({
      name,
      ...(stated !== null && { rust: stated }),
      ...(declaration !== null && { declaration, checked: isChecked }),
      ...(reason !== '' && { reason }),
    })),
  };
}

function printFindings({ image, table, symbols, plain: functions, obstacle }: Findings): void {
  const { path: file, platform, arch, libc, needed } = image;
  const line = (title: string, text: string): void => print(`${colors.dim(title.padEnd(9))} ${plain(text)}`);
  line('library', file);
  line('made for', `${platform}-${arch}${libc === null ? '' : `, ${libc}`}`);
  if (needed.length > 0) line('needs', needed.join(', '));
  if (table !== null) {
    line('crate', `rustdll ${table.crate}, contract ${table.contract}, built for ${table.target}`);
    line('panics', table.panic === 'unwind' ? 'are thrown' : 'end the process (panic = "abort")');
    printTable(table);
  }
  if (obstacle !== null) line('exported', `cannot be told: ${obstacle}`);
  printSymbols(symbols, functions, table !== null);
}

function printTable({ functions, members, classes, definitions }: Table): void {
  heading(counted(functions.length, 'exported function'));
  printFunctions(functions);
  for (const definition of classes) {
    heading(`class ${plain(definition.name)}`);
    printDoc(definition.doc);
    printFunctions(members.filter(({ member }) => member?.definition === definition));
  }
  if (definitions.length === 0) return;
  heading(counted(definitions.length, 'type'));
  for (const definition of definitions) {
    print(`  ${colors.cyan(plain(rustDefinition(definition)))}`);
    printDoc(definition.doc);
  }
}

function printFunctions(functions: readonly ExportedSignature[]): void {
  for (const signature of functions) {
    print(`  ${colors.bold(plain(signatureText(signature)))}`);
    print(`    ${colors.cyan(plain(rustFunction(signature)))} ${colors.dim(plain(signature.module))}`);
    printDoc(signature.doc);
  }
}

function printSymbols(symbols: Findings['symbols'], functions: readonly PlainFunction[], hasTable: boolean): void {
  const statics = symbols.filter(({ kind }) => kind === 'data');
  // A library with a table usually has no plain function; for one without, "0 plain functions" is the answer.
  if (functions.length > 0 || !hasTable) heading(counted(functions.length, 'plain function'));
  for (const { name, declaration, stated } of functions) {
    print(`  ${plain(name)}`);
    const text = declaration ?? stated;
    if (text !== null) print(`    ${colors.cyan(plain(text))}`);
  }
  const reasons = new Set(functions.filter(({ stated }) => stated === null).map(({ reason }) => reason));
  for (const reason of reasons) print(colors.dim(`  without types: ${plain(reason)}`));
  if (statics.length > 0) heading(counted(statics.length, 'static'));
  for (const { name } of statics) print(`  ${plain(name)}`);
}

function heading(text: string): void {
  print(`\n${colors.underline(text)}`);
}

function printDoc(doc: string): void {
  for (const line of doc.split('\n')) if (line.trim() !== '') print(`    ${plain(line.trimEnd())}`);
}
