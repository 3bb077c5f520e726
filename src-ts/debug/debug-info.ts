/**
 * The debug information of a library: the signatures of its plain functions, as far as it states them. Only a reason to
 * refuse a call is ever taken from it. So whatever is damaged, missing or strange in it makes a function unknown, and
 * nothing here throws.
 */

import { detailOf } from '../errors/library-error';
import { Reader } from '../file/formats/reader';
import { identityOf } from '../file/identity';
import type { Finding } from '../types/known';
import { At } from './constants';
import { Unreadable } from './cursor';
import { useCompanion } from './companion';
import { Dwarf } from './dwarf';
import { type FileOf, findingOf, linkedName, unknown } from './function';
import type { DebugImage, PdbLink } from './image';
import { readDebugImage } from './read-image';
import { readFiles } from './lines';
import type { Sections } from './section';
import { useWhole } from './split';
import type { Entry, Unit } from './unit';

/** The debug information of one library. The file is opened anew each time that something is read. */
export class DebugInfo {
  /** The exported functions of which a unit states something, and the offset of that unit. */
  #units: ReadonlyMap<string, number> | undefined;
  /** The reason why nothing is known of any function. */
  #reason: string | null = null;
  readonly #findings = new Map<string, Finding>();
  /** The units of which one function was read. */
  readonly #begun = new Set<number>();

  /**
   * @param path - The absolute path of the library.
   * @param identity - The identity that its file had when it was loaded.
   * @param hasSources - True if the places of functions in their sources are to be read.
   */
  constructor(
    private readonly path: string,
    private readonly identity: string,
    private readonly hasSources = false,
  ) {}

  /** Returns what is known of an exported function. */
  find(name: string): Finding {
    let finding = this.#findings.get(name);
    if (finding === undefined) {
      if (this.#reason === null) this.#attempt(name);
      finding = this.#findings.get(name) ?? unknown(this.#reason ?? 'its debug information does not mention it');
      this.#findings.set(name, finding);
    }
    return finding;
  }

  #attempt(name: string): void {
    try {
      if (identityOf(this.path) !== this.identity) throw new Unreadable('its file was replaced after it was loaded');
      Reader.open(this.path, (reader) => {
        this.#look(readDebugImage(reader), name);
      });
    } catch (error) {
      // Of the other functions in the same file nothing else would be found.
      this.#reason ??= reasonOf(error);
    }
  }

  #look(image: DebugImage, name: string): void {
    if (image.sections.has('debug_info')) {
      this.#lookIn(image.sections, image.addresses(), name);
      return;
    }
    const link = image.pdb?.() ?? null;
    if (link !== null) {
      this.#lookInPdb(image, link, name);
      return;
    }
    const isFound = useCompanion(image, this.path, {
      name,
      bundle: ({ sections }) => {
        this.#lookIn(sections, image.addresses(), name);
      },
      object: ({ sections }) => {
        this.#lookFor(sections, name);
      },
      missing: (reason) => {
        // Other functions may be described in other files.
        this.#findings.set(name, unknown(reason));
      },
    });
    if (!isFound) throw new Unreadable('it has no debug information');
  }

  #lookInPdb(image: DebugImage, link: PdbLink, name: string): void {
    const address = image.addresses().get(name);
    const place = address === undefined ? null : (image.placeOf?.(address) ?? null);
    if (place === null) return;
    const { findInPdb } = require('./pdb/pdb') as typeof import('./pdb/pdb');
    try {
      this.#findings.set(name, findInPdb(link, this.path, name, place, this.hasSources));
    } catch (error) {
      this.#findings.set(name, unknown(reasonOf(error)));
    }
  }

  /** Looks for a function in an object file, whose addresses are not yet those of the library. */
  #lookFor(sections: Sections, name: string): void {
    const dwarf = new Dwarf(sections);
    const fileOf = this.hasSources ? makeFileOf(dwarf) : null;
    for (const offset of dwarf.unitOffsets()) {
      dwarf.unit(offset).eachFunction((entry) => {
        if (linkedName(entry) !== name) return false;
        this.#findings.set(name, findingAt(name, entry, fileOf));
        return true;
      });
    }
  }

  #lookIn(sections: Sections, addresses: ReadonlyMap<string, number>, name: string): void {
    const dwarf = new Dwarf(sections);
    const address = addresses.get(name);
    if (address === undefined) return;
    let offset = this.#units?.get(name) ?? dwarf.unitAt(address);
    offset ??= (this.#units = unitsOf(dwarf, addresses, address)).get(name);
    if (offset === undefined) return;
    // Of the first function nothing else is read. A program that uses more of them should not wait for each.
    let names = [name];
    if (this.#begun.has(offset)) {
      this.#units ??= unitsOf(dwarf, addresses, address);
      names = this.#restOf(offset, name);
    }
    this.#begun.add(offset);
    try {
      useWhole(dwarf.unit(offset), dwarf, this.path, (unit, home) => {
        this.#readUnit(unit, home, names, addresses);
      });
    } catch (error) {
      for (const one of names) if (!this.#findings.has(one)) this.#findings.set(one, unknown(reasonOf(error)));
    }
  }

  /** Returns a function of a unit, and the others that have not been read. */
  #restOf(offset: number, name: string): string[] {
    const all = [...(this.#units ?? [])].filter(([other, unit]) => unit === offset && !this.#findings.has(other));
    return [...new Set([name, ...all.map(([other]) => other)])];
  }

  #readUnit(unit: Unit, dwarf: Dwarf, names: readonly string[], addresses: ReadonlyMap<string, number>): void {
    const fileOf = this.hasSources ? makeFileOf(dwarf) : null;
    const wanted = new Map<number, string[]>();
    for (const name of names) {
      const address = addresses.get(name) as number;
      const found = unit.findFunction(address, (entry) => linkedName(entry) === name);
      if (found === undefined) wanted.set(address, [...(wanted.get(address) ?? []), name]);
      else this.#findings.set(name, findingAt(name, found, fileOf));
    }
    const left = new Set([...wanted.values()].flat());
    if (left.size === 0) return;
    unit.eachFunction((entry) => {
      const address = unit.addressOf(entry.value(At.LowPc));
      const found = address === undefined ? undefined : wanted.get(address);
      for (const name of found ?? []) {
        // The linker may have merged functions of which each is described.
        const isOwn = linkedName(entry) === name;
        if (isOwn || !this.#findings.has(name)) this.#findings.set(name, findingAt(name, entry, fileOf));
        if (isOwn) left.delete(name);
      }
      return left.size === 0;
    });
  }
}

/** Makes a function that returns the path of the source in which an entry stands. */
function makeFileOf(dwarf: Dwarf): FileOf {
  const files = new Map<Unit, readonly (string | undefined)[]>();
  return (entry) => {
    let list = files.get(entry.unit);
    if (list === undefined) files.set(entry.unit, (list = readFiles(entry.unit, dwarf)));
    return list[entry.number(At.DeclarationFile) ?? -1] ?? null;
  };
}

/** Returns what an entry states of a function. A fault in one does not make the others unknown. */
function findingAt(name: string, entry: Entry, fileOf: FileOf | null): Finding {
  try {
    return findingOf(name, entry, fileOf);
  } catch (error) {
    return unknown(reasonOf(error));
  }
}

function reasonOf(error: unknown): string {
  // What is thrown while a file is open becomes the cause of an error about that file.
  const cause = error instanceof Error && error.cause instanceof Unreadable ? error.cause : error;
  return cause instanceof Unreadable ? cause.message : `it cannot be read (${detailOf(error as Error)})`;
}

/** Returns the offsets of the units that describe functions, by their names. */
function unitsOf(dwarf: Dwarf, addresses: ReadonlyMap<string, number>, wanted: number): Map<string, number> {
  const byAddress = new Map<number, number>();
  for (const [unit, found] of dwarf.unitsAt(addresses.values(), wanted))
    for (const at of found) byAddress.set(at, unit);
  const units = new Map<string, number>();
  for (const [name, address] of addresses) {
    const unit = byAddress.get(address);
    if (unit !== undefined) units.set(name, unit);
  }
  return units;
}
