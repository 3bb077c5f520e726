/** Parses the types of a declaration: scalars, `PyVec` and `PyStr`, and the pointers and functions of C. */

import type {
  ArrayType,
  Attributes,
  CParameter,
  CResult,
  CType,
  FieldType,
  FunctionType,
  Pointee,
  PointerType,
  StructType,
} from '../../types/c';
import { formatCType } from '../../types/c';
import type { Held, RustType } from '../../types/lent';
import { MAX_TYPE_DEPTH } from '../../types/limits';
import { type ScalarName, SCALARS } from '../../types/scalar';
import { type Alias, Cursor, KEYWORDS, withoutRaw } from './cursor';
import { SUPPORTED_ELEMENTS, SUPPORTED_PARAMETERS } from './hints';
import { typeOfC } from './c-syntax';
import { Lexer, quoteSource } from './lexer';

/** The position of a type, which decides which types are allowed. */
type Position = 'parameter' | 'element' | 'option';

/** The scalars that are C's types on this platform. `c_char` has the sign of the platform, so it has none here. */
const C_SCALARS: ReadonlyMap<string, ScalarName> = new Map([
  ['c_schar', 'i8'],
  ['c_uchar', 'u8'],
  ['c_short', 'i16'],
  ['c_ushort', 'u16'],
  ['c_int', 'i32'],
  ['c_uint', 'u32'],
  ['c_long', process.platform === 'win32' ? 'i32' : 'i64'],
  ['c_ulong', process.platform === 'win32' ? 'u32' : 'u64'],
  ['c_longlong', 'i64'],
  ['c_ulonglong', 'u64'],
  ['c_float', 'f32'],
  ['c_double', 'f64'],
]);

/** Names that stand for no type of a C library, so that a pointer to one is no handle. */
const RUST_TYPES: ReadonlySet<string> = new Set(
  'str String CStr CString OsStr OsString Vec Box Rc Arc Cow PyVec PyStr Option Result i128 u128 f16 f128'.split(' '),
);

/** Returns the scalar of a name, which may be one of C's. */
export function scalarNamed(name: string): ScalarName | undefined {
  return Object.hasOwn(SCALARS, name) ? (name as ScalarName) : C_SCALARS.get(name);
}

/** The most elements of an array in a structure, and the most bytes of a structure. */
const MOST_BYTES = 2 ** 24;

/** Why a structure cannot be where it is. */
const BY_VALUE = 'a structure by value can only be a parameter or the result of a function or callback';

/** Finds the names of the structures in a text, which may be used before they are declared. */
function structuresIn(source: string): Map<string, StructType> {
  const structures = new Map<string, StructType>();
  if (!/\bstruct\b/.test(source)) return structures;
  const lexer = new Lexer(source);
  for (let token = lexer.next(); token.kind !== 'end';) {
    const { text } = token;
    token = lexer.next();
    if (text !== 'struct' || token.kind !== 'name') continue;
    const name = withoutRaw(token.text);
    structures.set(name, { kind: 'struct', name, fields: [], size: 0, align: 0 });
  }
  return structures;
}

/** The most names of types that lead to one another. */
const MOST_ALIASES = 16;

/** Finds the names that stand for other types: `type Db = *mut sqlite3;`. */
function aliasesIn(source: string): Map<string, Alias> {
  const aliases = new Map<string, Alias>();
  if (!/\btype\b/.test(source)) return aliases;
  const lexer = new Lexer(source);
  for (let token = lexer.next(); token.kind !== 'end';) {
    const { text } = token;
    token = lexer.next();
    if (text !== 'type' || token.kind !== 'name') continue;
    const name = withoutRaw(token.text);
    token = lexer.next();
    if (token.text !== '=') continue;
    token = lexer.next();
    const { start } = token;
    let { end } = token;
    // The semicolon of an array is inside of brackets.
    for (let depth = 0; token.kind !== 'end' && (depth > 0 || token.text !== ';'); token = lexer.next()) {
      if (token.text === '[') depth++;
      else if (token.text === ']') depth--;
      end = token.end;
    }
    // The parser refuses a name that is there again.
    if (!aliases.has(name)) aliases.set(name, { start, end });
  }
  return aliases;
}

export class TypeParser extends Cursor {
  /** The structures of the text by their names. One whose `align` is 0 has not been parsed. */
  protected readonly structures: ReadonlyMap<string, StructType>;
  /** The structures that types refer to, and where. */
  protected readonly uses: { readonly structure: StructType; readonly start: number }[] = [];
  #depth = 0;

  /** What names of the text stand for. */
  protected readonly aliases: ReadonlyMap<string, Alias>;

  constructor(source: string) {
    super(source);
    this.structures = structuresIn(source);
    this.aliases = aliasesIn(source);
  }

  /** Replaces the name of another type, which may be such a name as well, by that type. */
  private expandAliases(): void {
    const { start } = this.token;
    for (let expanded = 0; this.token.kind === 'name'; expanded++) {
      const alias = this.aliasAt(this.token.start);
      if (alias === undefined) return;
      if (expanded === MOST_ALIASES) {
        this.lexer.fail(start, `expected a name that does not stand for itself, found ${this.found()}`);
      }
      this.expand(alias);
    }
  }

  /** Returns what the name at an offset stands for. A scalar is never another type. */
  private aliasAt(start: number): Alias | undefined {
    if (this.aliases.size === 0) return undefined;
    const name = /^(?:r#)?(\w+)\s*(?!\w|::|<)/.exec(this.ahead(start))?.[1];
    return name === undefined || scalarNamed(name) !== undefined ? undefined : this.aliases.get(name);
  }

  /** Parses the type of a parameter. */
  protected parameterType(): RustType | PointerType | FunctionType | StructType {
    this.expandAliases();
    return this.structureByValue() ?? (this.isCType() ? this.cType() : this.type('parameter', 0));
  }

  /** Parses the name of a structure of the text; undefined if something else begins here. */
  private structureByValue(): StructType | undefined {
    if (this.structures.size === 0 || (this.token.kind !== 'name' && !this.is('::'))) return undefined;
    const { start } = this.token;
    const name = /^(?:::)?(?:\w+\s*::\s*)*(?:r#)?(\w+)/.exec(this.ahead(start))?.[1] ?? '';
    if (scalarNamed(name) !== undefined || !this.structures.has(name)) return undefined;
    this.path(start);
    return this.structureAt(name, start);
  }

  /** True if a type that only C's functions have begins here. */
  private isCType(): boolean {
    return this.token.kind !== 'end' && this.isCAt(this.token.start, 0);
  }

  private isCAt(start: number, depth: number): boolean {
    const text = this.ahead(start);
    if (/^(?:\*|extern\b|unsafe\s+extern\b)/.test(text) || this.isStructureAt(start)) return true;
    const inside = depth < MOST_ALIASES ? /^(?:::)?(?:\w+\s*::\s*)*Option\s*<\s*/.exec(text)?.[0] : undefined;
    if (inside !== undefined) return this.isCAt(start + inside.length, depth + 1);
    const alias = depth < MOST_ALIASES ? this.aliasAt(start) : undefined;
    return alias !== undefined && this.isCAt(alias.start, depth + 1);
  }

  /** True if a reference to a structure of the text begins at `start`. */
  private isStructureAt(start: number): boolean {
    const reference = /^&\s*(?:'\w+\s*)?(?:mut\s+)?(?:::)?(?:\w+\s*::\s*)*(\w+)/.exec(this.ahead(start));
    return reference !== null && this.isStructure(reference[1] as string);
  }

  /** True for the name of a structure, or one that stands for it. */
  private isStructure(name: string): boolean {
    let meaning = name;
    for (let expanded = 0; expanded < MOST_ALIASES; expanded++) {
      const alias = this.aliases.get(meaning);
      if (alias === undefined) break;
      meaning = this.lexer.source.slice(alias.start, alias.end).trim();
    }
    return this.structures.has(meaning);
  }

  /** The source behind an offset, as far as a decision needs it. */
  protected ahead(start: number): string {
    return this.lexer.source.slice(start, start + 200);
  }

  private isFunction(): boolean {
    return this.is('extern') || (this.is('unsafe') && /^unsafe\s+extern\b/.test(this.ahead(this.token.start)));
  }

  /** Parses a pointer, a reference to a structure, or a function, which may be in an `Option`. */
  protected cType(): PointerType | FunctionType {
    this.expandAliases();
    const { start } = this.token;
    if (this.is('*') || this.is('&')) return this.pointer(start);
    if (this.isFunction()) return this.functionType();
    this.path(start);
    this.expect('<', 'after `Option`');
    const type = this.cType();
    this.accept(',');
    this.expect('>', 'to close `Option<`');
    return { ...type, nullable: true };
  }

  private pointer(start: number): PointerType {
    const reference = this.accept('&');
    if (!reference) this.expect('*', 'of a pointer');
    if (reference && this.isLifetime()) this.advance();
    let mutable = this.accept('mut');
    if (!reference && !mutable) {
      if (!this.accept('const')) this.unexpected('`const` or `mut` after `*`');
      mutable = false;
    }
    return { kind: 'pointer', mutable, reference, nullable: false, to: this.pointee(start) };
  }

  private pointee(from: number): Pointee {
    this.expandAliases();
    const start = this.aliases.size > 0 ? this.token.start : from;
    if (this.is('*')) {
      if (++this.#depth > 4) this.unexpected('at most four `*` in a pointer');
      const inner = this.pointer(this.token.start);
      this.#depth--;
      return inner;
    }
    const name = withoutRaw(this.path(this.token.start));
    const scalar = scalarNamed(name);
    if (scalar !== undefined) return { kind: 'scalar', name: scalar };
    if (name === 'c_char') return { kind: 'char' };
    if (name === 'c_void') return { kind: 'void' };
    if (name === '' || RUST_TYPES.has(name) || KEYWORDS.has(name) || this.is('<')) {
      this.unsupported(start, 'a pointer to a scalar, `c_char`, `c_void`, a structure of the text or an opaque type');
    }
    return this.structureAt(name, start) ?? { kind: 'opaque', name };
  }

  private structureAt(name: string, start: number): StructType | undefined {
    const structure = this.structures.get(name);
    if (structure !== undefined) this.uses.push({ structure, start });
    return structure;
  }

  /** Parses `extern "C" fn(...) -> T`, perhaps `unsafe`. */
  private functionType(): FunctionType {
    if (++this.#depth > 4) this.unexpected('functions at most four deep');
    this.accept('unsafe');
    this.abi();
    this.expect('fn', 'of a function');
    this.expect('(', 'to open the parameters');
    const parameters: CParameter[] = [];
    while (!this.accept(')')) {
      parameters.push(this.callbackParameter());
      if (!this.accept(',') && !this.is(')')) this.unexpected('`,` or `)` after a parameter');
    }
    const result = this.accept('->') ? this.callbackResult() : null;
    this.#depth--;
    return { kind: 'function', nullable: false, parameters, result };
  }

  /** Accepts `extern` and the name of a calling convention. */
  protected abi(): void {
    if (!this.accept('extern') || this.token.kind !== 'string') return;
    if (!this.is('"C"')) this.unexpected('`"C"`', 'only functions of the C calling convention can be called');
    this.advance();
  }

  private callbackParameter(): CParameter {
    if (this.is('.')) this.unexpected('a parameter', 'a callback cannot be variadic');
    const attributes = this.parameterAttributes();
    const { start } = this.token;
    let name = '';
    if (this.token.kind === 'name' && /^\s*:(?!:)/.test(this.ahead(this.token.end))) {
      name = withoutRaw(this.advance().text);
      this.advance();
    }
    return { name: name === '_' ? '' : name, type: this.callbackType(start), ...attributes };
  }

  private callbackType(from: number): CType | StructType {
    this.expandAliases();
    const start = this.aliases.size > 0 ? this.token.start : from;
    if (this.isFunction()) this.unsupported(start, 'a scalar or a pointer as the parameter of a callback', '');
    if (this.is('&')) return this.pointer(start);
    if (this.isCType()) return this.cType();
    const structure = this.structureByValue();
    if (structure !== undefined) return structure;
    const name = withoutRaw(this.path(this.token.start));
    const scalar = scalarNamed(name);
    if (scalar !== undefined) return { kind: 'scalar', name: scalar };
    return this.unsupported(start, 'a scalar, a pointer or a structure as the parameter of a callback');
  }

  private callbackResult(): CResult | null {
    this.expandAliases();
    const { start } = this.token;
    if (this.accept('(')) {
      this.expect(')', 'of `()`');
      return null;
    }
    if (this.isCType()) {
      const type = this.cType();
      if (type.kind === 'pointer') return type;
    } else {
      const structure = this.structureByValue();
      if (structure !== undefined) return structure;
      const scalar = scalarNamed(this.path(start));
      if (scalar !== undefined) return { kind: 'scalar', name: scalar };
    }
    return this.unsupported(start, 'a scalar, a pointer, a structure or `()` as the result of a callback', '');
  }

  /** Parses the attributes before a parameter: `#[out]`, `#[inout]`, `#[len = "data"]`, `#[release]`, `#[free = "name"]`. */
  protected parameterAttributes(): Attributes {
    let attributes: Attributes = {};
    while (this.accept('#')) {
      this.expect('[', 'to open the attribute');
      const { text } = this.token;
      if (text === 'out' || text === 'inout') {
        this.advance();
        attributes = { ...attributes, passing: text };
      } else if (this.accept('release')) {
        attributes = { ...attributes, releases: true };
      } else if (this.accept('len')) {
        attributes = {
          ...attributes,
          lengthOf: this.quoted('len', 'data')
            .split(',')
            .map((name) => name.trim()),
        };
      } else if (this.accept('free')) {
        attributes = { ...attributes, free: this.quoted('free', 'name') };
      } else {
        this.unexpected('`out`, `inout`, `len`, `release` or `free` in the attribute of a parameter');
      }
      this.expect(']', 'to end the attribute');
    }
    return attributes;
  }

  /** Parses the rest of `free = "name"`. */
  protected quoted(attribute: string, example: string): string {
    this.expect('=', `after \`${attribute}\`, as in \`${attribute} = "${example}"\``);
    if (this.token.kind !== 'string' || !this.token.text.startsWith('"')) {
      this.unexpected(`a name in quotes, as in \`${attribute} = "${example}"\``);
    }
    return this.advance().text.slice(1, -1);
  }

  /** Parses the type of a field of a structure. */
  protected fieldType(depth = 0): FieldType {
    this.expandAliases();
    const { start } = this.token;
    if (depth > 4) this.unexpected('arrays at most four deep');
    if (this.accept('[')) return this.arrayType(depth);
    if (this.isCType()) return this.cType();
    const name = withoutRaw(this.path(start));
    const scalar = scalarNamed(name);
    if (scalar !== undefined) return { kind: 'scalar', name: scalar };
    const structure = this.structureAt(name, start);
    if (structure !== undefined) return structure;
    return this.unsupported(start, 'the type of a field (a scalar, a pointer, an array or a structure of the text)');
  }

  private arrayType(depth: number): ArrayType {
    const element = this.fieldType(depth + 1);
    this.expect(';', 'and a length in an array');
    const length =
      this.token.kind === 'number' ? Number(this.token.text.replaceAll('_', '').replace(/usize$/, '')) : NaN;
    if (!Number.isInteger(length) || length > MOST_BYTES) this.unexpected('the length of the array, as a number');
    this.advance();
    this.expect(']', 'to close the array');
    return { kind: 'array', element, length };
  }

  /** Parses the type of a parameter, of an element of a `PyVec`, or inside an `Option`. */
  private type(position: Position, depth: number): RustType {
    this.expandAliases();
    const { start } = this.token;
    if (this.accept('&')) return this.referenced(start, depth);
    const name = this.path(start);
    const scalar = scalarNamed(name);
    if (scalar !== undefined) {
      if (position === 'option')
        this.unsupported(start, 'a reference inside `Option`', 'only a reference can be `None`');
      return { kind: 'scalar', name: scalar };
    }
    if (name === 'Option') return this.option(start, position, depth);
    if (name !== 'PyVec' && name !== 'PyStr') {
      const supported = position === 'element' ? SUPPORTED_ELEMENTS : SUPPORTED_PARAMETERS;
      return this.unsupported(start, supported, this.structures.has(name) ? BY_VALUE : undefined);
    }
    if (position !== 'element') {
      const owned = this.lexer.source.slice(start, this.typeEnd(start));
      this.unsupported(start, 'a reference', `pass it by reference: ${quoteSource(`&${owned}`)}`);
    }
    return this.pyType(name, 'value', depth);
  }

  private referenced(start: number, depth: number): RustType {
    if (this.isLifetime()) this.advance();
    const held = this.accept('mut') ? 'mut' : 'ref';
    this.expandAliases();
    const name = this.path(start);
    if (name === 'PyVec' || name === 'PyStr') return this.pyType(name, held, depth);
    return this.unsupported(start, '`PyVec` or `PyStr` behind a reference');
  }

  private option(start: number, position: Position, depth: number): RustType {
    if (position === 'option') this.unsupported(start, 'a reference inside `Option`');
    this.expect('<', 'after `Option`');
    const type = this.type('option', depth);
    this.accept(',');
    this.expect('>', 'to close `Option<`');
    return type.kind === 'scalar' ? type : { ...type, nullable: true };
  }

  /** Parses the rest of a type after the name `PyVec` or `PyStr`. */
  private pyType(name: 'PyVec' | 'PyStr', held: Held, depth: number): RustType {
    if (name === 'PyStr') return { kind: 'str', held, nullable: false };
    if (depth === MAX_TYPE_DEPTH) this.unexpected(`at most ${MAX_TYPE_DEPTH} \`PyVec\` inside one another`);
    this.expect('<', 'and an element type after `PyVec`');
    const element = this.type('element', depth + 1);
    this.accept(',');
    this.expect('>', 'to close `PyVec<`');
    return { kind: 'vec', held, nullable: false, element };
  }

  /** Parses the type of a result: `()`, a scalar, a structure or a pointer. */
  protected result(): ScalarName | PointerType | StructType | null {
    this.expandAliases();
    const { start } = this.token;
    const structure = this.structureByValue();
    if (structure !== undefined) return structure;
    if (this.accept('(')) {
      if (this.accept(')')) return null;
    } else if (this.isCType() && !this.isFunction()) {
      const type = this.cType();
      if (type.kind === 'pointer') return type;
      return this.unsupported(
        start,
        'a scalar, a pointer or `()`',
        `a function cannot be a result: ${formatCType(type)}`,
      );
    } else {
      const name = this.path(start);
      const scalar = scalarNamed(name);
      if (scalar !== undefined) return scalar;
    }
    const ofC = typeOfC(this.lexer.source.slice(start, this.typeEnd(start)));
    return this.unsupported(
      start,
      'a scalar result or `()`',
      ofC === null
        ? 'a declared function returns a scalar, a pointer or nothing; what else it has to give, it can write to a `&mut PyVec<T>` parameter'
        : `write \`${ofC}\``,
    );
  }
}
