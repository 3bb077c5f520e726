/** Suggests what to write instead of a Rust type that cannot be declared. */

/** The supported types of parameters, for messages. */
export const SUPPORTED_PARAMETERS =
  'a parameter type (a scalar, `&PyStr`, `&PyVec<T>`, `&mut PyVec<T>` or an `Option` of such a reference)';

/** The supported types of elements of a `PyVec`, for messages. */
export const SUPPORTED_ELEMENTS = 'an element type (a scalar, `PyStr`, `PyVec<T>`, or a reference to one of those two)';

const SCALAR = '[iu](?:8|16|32|64|size)|f32|f64|bool|char';

/** Rust's aliases of C types, with the scalars to write instead where the size is the same on all supported targets. */
const C_TYPES: ReadonlyMap<string, string> = new Map([
  ['c_schar', '`i8`'],
  ['c_uchar', '`u8`'],
  ['c_short', '`i16`'],
  ['c_ushort', '`u16`'],
  ['c_int', '`i32`'],
  ['c_uint', '`u32`'],
  ['c_longlong', '`i64`'],
  ['c_ulonglong', '`u64`'],
  ['c_float', '`f32`'],
  ['c_double', '`f64`'],
  ['c_char', '`i8` or `u8`, whichever it is on the target'],
  ['c_long', '`i64`, on Windows `i32`'],
  ['c_ulong', '`u64`, on Windows `u32`'],
]);

/** Matches the reference or pointer in front of a type: `&`, `&'a mut`, `*const`... */
const INDIRECT = /^(?:&\s*(?:'\w+\s*)?(mut\b)?|\*\s*(?:const|(mut))\b)\s*/;

const LIST = new RegExp(`^(?:Vec\\s*<|Box\\s*<\\s*\\[|\\[)\\s*(?:(${SCALAR})\\b)?`);

/**
 * Returns a hint about a type as it is written in the source, such as "write `&PyVec<f64>`" for `Vec<f64>`; an empty
 * text if there is none.
 */
export function hintFor(type: string): string {
  const indirect = INDIRECT.exec(type);
  const mutable = indirect?.[1] ?? indirect?.[2];
  const reference = mutable === undefined ? '&' : '&mut ';
  // Only the last segment of a path counts, as in the parser.
  const target = type.slice(indirect?.[0].length ?? 0).replace(/^(?:::)?(?:\w+\s*::\s*)+/, '');

  if (/^(?:str|String|CStr|CString|OsStr|OsString|Box\s*<\s*str\s*>|Cow\b)/.test(target)) {
    return `write \`${reference}PyStr\``;
  }
  const list = LIST.exec(target);
  if (list !== null) return `write \`${reference}PyVec<${list[1] ?? 'T'}>\``;
  if (/^(?:unsafe\s|extern\b|fn\b)/.test(target)) return 'a function cannot be passed';
  if (indirect?.[0].startsWith('*') === true) {
    if (target === 'c_char') return 'write `&PyStr`';
    return `write \`${reference}PyVec<${new RegExp(`^(?:${SCALAR})$`).test(target) ? target : 'T'}>\``;
  }
  const scalar = C_TYPES.get(target) ?? (new RegExp(`^(?:${SCALAR})$`).test(target) ? `\`${target}\`` : undefined);
  if (scalar !== undefined && indirect !== null) {
    const element = scalar.slice(1, scalar.indexOf('`', 1));
    return `pass it by value: ${scalar}; for Rust to change it, take a \`&mut PyVec<${element}>\` of one element`;
  }
  if (scalar !== undefined) return `write ${scalar}`;
  if (/^[iu]128\b/.test(target)) return 'the widest integers are `i64` and `u64`';
  if (/^(?:f16|f128)\b/.test(target)) return 'the floating-point types are `f32` and `f64`';
  if (target.startsWith('(')) return 'pass the parts of a tuple as parameters of their own';
  return '';
}
