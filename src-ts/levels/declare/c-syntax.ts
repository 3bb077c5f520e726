/** Translates what is written in C, for messages that say how it is declared. */

const SCALARS: Readonly<Record<string, string>> = {
  bool: 'bool',
  _Bool: 'bool',
  char: 'c_char',
  'signed char': 'i8',
  'unsigned char': 'u8',
  short: 'c_short',
  'unsigned short': 'c_ushort',
  int: 'c_int',
  unsigned: 'c_uint',
  'unsigned int': 'c_uint',
  long: 'c_long',
  'unsigned long': 'c_ulong',
  'long long': 'c_longlong',
  'unsigned long long': 'c_ulonglong',
  float: 'f32',
  double: 'f64',
  size_t: 'usize',
  ssize_t: 'isize',
  ptrdiff_t: 'isize',
  intptr_t: 'isize',
  uintptr_t: 'usize',
  void: 'c_void',
};

/** A type in C: qualifiers, one or more words, and its pointers. */
const TYPE =
  /^((?:const\s+|struct\s+|enum\s+)*)((?:(?:unsigned|signed|long|short)\b\s*)*[A-Za-z_]?\w*)\s*(const\b\s*)?((?:\*\s*(?:const\b\s*)?)*)$/;

/** Returns the type in Rust's syntax; null if this is no type in C, or is the same in Rust. */
export function typeOfC(text: string): string | null {
  const parts = TYPE.exec(text.trim());
  if (parts === null) return null;
  const [, before = '', words = '', behind = '', stars = ''] = parts;
  const base = words.trim().replace(/\s+/g, ' ');
  const sized = /^(u?)int(8|16|32|64)_t$/.exec(base);
  const scalar = sized === null ? SCALARS[base] : `${sized[1] === 'u' ? 'u' : 'i'}${sized[2] ?? ''}`;
  const depth = stars.replace(/[^*]/g, '').length;
  if (scalar === undefined && depth === 0) return null;
  if (base === '' || (base === 'void' && depth === 0)) return null;
  // The innermost pointer is to what the qualifiers say, and the others may be written to.
  const isConst = /\bconst\b/.test(before) || /\bconst\b/.test(behind);
  const pointers = Array.from({ length: depth }, (_, k) => (k === depth - 1 && isConst ? '*const ' : '*mut ')).join('');
  return pointers + (scalar ?? base);
}

/** The head of a function in C, whose parameters are no functions themselves. */
const PROTOTYPE = /^(?:extern\s+|static\s+|inline\s+)*([A-Za-z_][\w\s*]*?[\s*])([A-Za-z_]\w*)\s*\(([^()]*)\)/;

/** Returns the function of C at the beginning of a text as a declaration; null if there is none. */
export function functionOfC(text: string): string | null {
  const parts = PROTOTYPE.exec(text);
  if (parts === null) return null;
  const [, result = '', name = '', list = ''] = parts;
  const parameters = /^\s*(?:void)?\s*$/.test(list) ? [] : list.replace(/\s+/g, ' ').split(',').map(parameterOfC);
  const returned = result.trim() === 'void' ? '' : ` -> ${typeOfC(result) ?? result.trim()}`;
  const declaration = `fn ${name}(${parameters.join(', ')})${returned}`;
  return /^[\w *,:()>-]+$/.test(declaration) ? declaration : null;
}

/** Returns a parameter in Rust's syntax. An array is a pointer, and one without a name gets that of its place. */
function parameterOfC(text: string, index: number): string {
  const given = text.trim().replace(/\s*\[\w*\]$/, '');
  const isArray = given !== text.trim();
  const parts = /^(.*[\s*])([A-Za-z_]\w*)$/s.exec(given);
  const isNamed = parts !== null && typeOfC(given) === null;
  const [type, name] = isNamed ? [parts[1] as string, parts[2] as string] : [given, `a${index + 1}`];
  const pointed = isArray ? `${type} *` : type;
  return `${name}: ${typeOfC(pointed) ?? pointed.trim()}`;
}
