/** Suggests what to write instead of a Rust type that cannot be declared. */

import { typeOfC } from './c-syntax';

/** The supported types of parameters, for messages. */
export const SUPPORTED_PARAMETERS =
  'a parameter type (a scalar, `&PyStr`, `&PyVec<T>`, `&mut PyVec<T>` or an `Option` of such a reference)';

/** The supported types of elements of a `PyVec`, for messages. */
export const SUPPORTED_ELEMENTS = 'an element type (a scalar, `PyStr`, `PyVec<T>`, or a reference to one of those two)';

const SCALAR = '[iu](?:8|16|32|64|size)|f32|f64|bool|char';

/** Matches the reference or pointer in front of a type: `&`, `&'a mut`, `*const`... */
const INDIRECT = /^(?:&\s*(?:'\w+\s*)?(mut\b)?|\*\s*(?:const|(mut))\b)\s*/;

const LIST = new RegExp(`^(?:Vec\\s*<|Box\\s*<\\s*\\[|\\[)\\s*(?:(${SCALAR})\\b)?`);

/**
 * Returns a hint about a type as it is written in the source, such as "write `&PyVec<f64>`" for `Vec<f64>`; an empty
 * text if there is none.
 */
export function hintFor(type: string): string {
  const ofC = typeOfC(type);
  if (ofC !== null && ofC !== type) return `write \`${ofC}\``;
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
  if (/^fn\b/.test(target)) return 'a function is `extern "C" fn(...)`';
  if (indirect?.[0].startsWith('*') === true) {
    return `write \`${reference}PyVec<${new RegExp(`^(?:${SCALAR})$`).test(target) ? target : 'T'}>\``;
  }
  if (target === 'c_char' && indirect === null) return 'write `i8` or `u8`, whichever it is on the target';
  const scalar = new RegExp(`^(?:${SCALAR})$`).test(target) ? `\`${target}\`` : undefined;
  if (scalar !== undefined && indirect !== null) {
    const element = scalar.slice(1, scalar.indexOf('`', 1));
    return `pass it by value: ${scalar}; for Rust to change it, take a \`&mut PyVec<${element}>\` of one element`;
  }
  if (/^[iu]128\b/.test(target)) return 'the widest integers are `i64` and `u64`';
  if (/^(?:f16|f128)\b/.test(target)) return 'the floating-point types are `f32` and `f64`';
  if (target.startsWith('(')) return 'pass the parts of a tuple as parameters of their own';
  return '';
}
