/** Random declarations, and Rust source for them in random spellings. */
import * as fc from 'fast-check';
import { formatType, type RustType } from '../../src-ts/types/lent';
import { type ScalarName } from '../../src-ts/types/scalar';
import { type Signature } from '../../src-ts/types/signature';

export const scalarName = fc.constantFrom<ScalarName>(
  ...(['i8', 'i16', 'i32', 'i64', 'u8', 'u16', 'u32', 'u64', 'isize', 'usize', 'f32', 'f64', 'bool', 'char'] as const),
);

const scalar = scalarName.map((name): RustType => ({ kind: 'scalar', name }));

/** A reference to a `PyVec` or `PyStr`, perhaps in an `Option`; as an element (`depth` > 0) it may also be a value. */
function pyType(depth: number): fc.Arbitrary<RustType> {
  const held = fc.constantFrom('ref', 'mut', ...(depth > 0 ? (['value'] as const) : [])) as fc.Arbitrary<
    'ref' | 'mut' | 'value'
  >;
  const holder = fc
    .record({ held, option: fc.boolean() })
    .map((holder) => ({ held: holder.held, nullable: holder.option && holder.held !== 'value' }));
  const str = holder.map((holder): RustType => ({ kind: 'str', ...holder }));
  const element =
    depth >= 4
      ? scalar
      : fc.oneof(
          scalar,
          fc.constant(null).chain(() => pyType(depth + 1)),
        );
  const vec = fc.tuple(holder, element).map(([holder, element]): RustType => ({ kind: 'vec', ...holder, element }));
  return fc.oneof(str, vec);
}

/** A signature without anything of C's. */
export interface PlainSignature extends Signature {
  readonly parameters: readonly { readonly name: string; readonly type: RustType }[];
  readonly result: ScalarName | null;
}

const RAW = ['type', 'fn', 'mut', 'in'];
const KEYWORDS = new Set(
  (
    'as if in do fn for let mod mut pub ref use dyn gen try else enum impl loop move self true type async await break ' +
    'const crate false final macro match super trait where while yield become extern return static struct typeof ' +
    'unsafe unsized virtual abstract continue override _'
  ).split(' '),
);
const functionName = fc.oneof(
  fc.stringMatching(/^[a-z_][a-z0-9_]{0,8}$/).filter((name) => !KEYWORDS.has(name)),
  fc.constantFrom('then', 'constructor', '__proto__', 'toString', ...RAW),
);
const parameterName = fc.oneof(functionName, fc.constantFrom('_', 'v', 'x', 'values'));

function spelled(name: string): string {
  return RAW.includes(name) ? `r#${name}` : name;
}

export function formatSignature({ name, parameters, result }: Omit<PlainSignature, 'text'>): string {
  const list = parameters.map((parameter) => `${spelled(parameter.name)}: ${formatType(parameter.type)}`);
  return `fn ${spelled(name)}(${list.join(', ')})${result === null ? '' : ` -> ${result}`}`;
}

const signature: fc.Arbitrary<PlainSignature> = fc
  .record({
    name: functionName,
    parameters: fc.uniqueArray(fc.record({ name: parameterName, type: fc.oneof(scalar, pyType(0)) }), {
      maxLength: 6,
      selector: (parameter) => parameter.name,
    }),
    result: fc.option(scalarName),
  })
  .map((fields) => ({ ...fields, text: formatSignature(fields) }));

/** Up to eight declarations with distinct names. */
export const signatures = fc.uniqueArray(signature, { minLength: 1, maxLength: 8, selector: ({ name }) => name });

/** The text between two tokens. If it is empty and would join two words, a blank is added. */
const gap = fc.constantFrom(
  ...['', '', '', ' ', ' ', '  ', '\n', '\t', '\r\n    '],
  ...['/**/', '/* ( { " \' [ fn f( */', '/* /* */ /*/ */ */', '// fn f() -> { ; " \' */\n', '/// # [\n'],
);
const attribute = fc.constantFrom(
  ...['#[no_mangle]', '#[unsafe(no_mangle)]', '#[doc = "] \\" fn f() //"]', '#[a([b], "]", \']\')]', '#[r = r#"]"]"#]'],
);
const visibility = fc.constantFrom('', 'pub', 'pub(crate)', 'pub(in a::b)');
const abi = fc.constantFrom('', 'extern', 'extern "C"');
const body = fc.constantFrom(
  ...['{}', '{ todo!() }', "{ let x = ['}', '\\'', '\"', '/', '\\\\']; }", '{ "}\\"}" }', '{ r"\\" }', '{ r#"}"}"# }'],
  ...[
    "{ 'a: loop { break 'a } /* } */ }",
    '{ if a { b / c } else { d } // }\n }',
    '{ "// /*"; b"\\\\"; br##"}"# "## }',
  ],
);

/** The random choices for the spelling of one item. */
export const spelling = fc.record({
  gaps: fc.array(gap, { minLength: 1, maxLength: 20 }),
  attributes: fc.array(attribute, { maxLength: 2 }),
  visibility,
  unsafe: fc.boolean(),
  abi,
  lifetimes: fc.boolean(),
  path: fc.boolean(),
  mut: fc.boolean(),
  trailing: fc.boolean(),
  unit: fc.boolean(),
  end: fc.oneof(fc.constant(';'), fc.constant(';'), fc.constant(''), body),
});
type Spelling = typeof spelling extends fc.Arbitrary<infer T> ? T : never;

function typeTokens(type: RustType, how: Spelling): string[] {
  if (type.kind === 'scalar') return [type.name];
  const reference =
    type.held === 'value' ? [] : ['&', ...(how.lifetimes ? ["'a"] : []), ...(type.held === 'mut' ? ['mut'] : [])];
  const comma = how.trailing ? [','] : [];
  const name = [...(how.path ? ['rustdll', '::'] : []), type.kind === 'vec' ? 'PyVec' : 'PyStr'];
  const inside = type.kind === 'vec' ? ['<', ...typeTokens(type.element, how), ...comma, '>'] : [];
  const tokens = [...reference, ...name, ...inside];
  return type.nullable ? ['Option', '<', ...tokens, ...comma, '>'] : tokens;
}

function itemTokens({ name, parameters, result }: PlainSignature, how: Spelling): string[] {
  const tokens = [...how.attributes, how.visibility, how.unsafe ? 'unsafe' : '', how.abi, 'fn', spelled(name)];
  if (how.lifetimes) tokens.push('<', "'a", ',', "'b", ':', "'a", '>');
  tokens.push('(');
  parameters.forEach((parameter, index) => {
    if (how.mut && parameter.name !== '_') tokens.push('mut');
    tokens.push(spelled(parameter.name), ':', ...typeTokens(parameter.type, how));
    if (index < parameters.length - 1 || how.trailing) tokens.push(',');
  });
  tokens.push(')');
  if (result !== null) tokens.push('->', result);
  else if (how.unit) tokens.push('->', '(', ')');
  return tokens.filter((token) => token !== '');
}

/** Returns Rust source for the signatures. Each item uses the next one of the spellings. */
export function spell(signatures: readonly PlainSignature[], spellings: readonly Spelling[]): string {
  let source = '';
  signatures.forEach((signature, index) => {
    const how = spellings[index % spellings.length]!;
    // Separates the first item from what precedes it.
    let before = '\n';
    [...itemTokens(signature, how), how.end].forEach((token, at) => {
      const gap = how.gaps[at % how.gaps.length]!;
      const meet = /[\w"#]$/.test(before) && /^['"\w]/.test(token) && !/^\s/.test(gap);
      source += (meet ? ' ' : '') + gap + token;
      before = token;
    });
    source += '\n';
  });
  return source;
}
