/**
 * The signatures of plain functions as the debug information of their library states them. Nothing here is certain to
 * be callable: a function may take types that no level can pass.
 */

/** A type as debug information states it. */
export type KnownType =
  /** A scalar by its name in Rust, which may be one that no call carries, such as `i128`. */
  | { readonly kind: 'scalar'; readonly name: string }
  | { readonly kind: 'reference'; readonly mutable: boolean; readonly to: KnownType }
  /**
   * A raw pointer. `text` is its name; `to` is null if nothing is known of what it points to. It may be a reference as
   * well if `isVague` is true.
   */
  | {
      readonly kind: 'pointer';
      readonly mutable: boolean;
      readonly to: KnownType | null;
      readonly text: string;
      readonly isVague?: true;
    }
  /** An `Option` of a reference or pointer, whose `None` is the null pointer. */
  | { readonly kind: 'option'; readonly of: KnownType }
  /** An enum without data, which is passed as the scalar. */
  | { readonly kind: 'enum'; readonly scalar: string; readonly text: string }
  /** A pointer to code. */
  | { readonly kind: 'function'; readonly text: string }
  /** A structure with the layout of a `PyVec`, whatever its name. */
  | { readonly kind: 'vec'; readonly element: KnownType }
  | { readonly kind: 'unit' }
  | { readonly kind: 'never' }
  /** A reference of two words, such as `&str`. */
  | { readonly kind: 'fat'; readonly text: string }
  /** A value that does not take the place of exactly one argument, or is not laid out as a `PyVec`. */
  | { readonly kind: 'value'; readonly text: string; readonly size: number }
  /** A type about which nothing can be said. */
  | { readonly kind: 'unknown'; readonly text: string };

/** A parameter; its name is empty if the function has a pattern there. */
export interface KnownParameter {
  readonly name: string;
  readonly type: KnownType;
}

/** The signature of a function. */
export interface KnownSignature {
  readonly name: string;
  readonly parameters: readonly KnownParameter[];
  readonly result: KnownType;
  /** The absolute path of the source and the line, counted from 1, if they are stated. */
  readonly source: { readonly file: string; readonly line: number } | null;
}

/** What debug information states of a function: its signature, or the reason why that is not known. */
export type Finding =
  | { readonly signature: KnownSignature; readonly reason?: undefined }
  | { readonly signature: null; readonly reason: string };

/** Prints a type in Rust's syntax. */
export function formatKnown(type: KnownType): string {
  switch (type.kind) {
    case 'scalar':
      return type.name;
    case 'unit':
      return '()';
    case 'never':
      return '!';
    case 'reference':
      return `${type.mutable ? '&mut ' : '&'}${formatKnown(type.to)}`;
    case 'pointer':
      if (type.to === null) return type.text;
      // A declaration with `&mut` is right for both kinds of references.
      if (isList(type)) return `&mut ${formatKnown(type.to)}`;
      return `${type.mutable ? '*mut ' : '*const '}${formatKnown(type.to)}`;
    case 'option':
      return `Option<${formatKnown(type.of)}>`;
    case 'vec':
      return `PyVec<${formatKnown(type.element)}>`;
    default:
      return type.text;
  }
}

/** True if a pointer that may be a reference is most likely one, to a list. */
function isList({ to, isVague }: Extract<KnownType, { kind: 'pointer' }>): boolean {
  return isVague === true && to?.kind === 'vec';
}

/** Returns the `PyVec` to which a parameter or an element refers; null if it is no reference to one. */
export function vecBehind(type: KnownType): Extract<KnownType, { kind: 'vec' }> | null {
  const inner = type.kind === 'option' ? type.of : type;
  if (inner.kind !== 'reference' && inner.kind !== 'pointer') return null;
  return inner.to?.kind === 'vec' ? inner.to : null;
}

/**
 * Prints a signature as an item of Rust's.
 *
 * @param isText - Returns true for a parameter whose bytes are to be printed as a `PyStr`, of which `PyVec<u8>` is the
 *   layout.
 */
export function formatSignature(
  { name, parameters, result }: KnownSignature,
  isText: (index: number) => boolean = () => false,
): string {
  const list = parameters.map((parameter, index) => {
    const type = isText(index)
      ? formatKnown(parameter.type).replace('PyVec<u8>', 'PyStr')
      : formatKnown(parameter.type);
    return `${parameter.name === '' ? '_' : parameter.name}: ${type}`;
  });
  const arrow = result.kind === 'unit' || result.kind === 'never' ? '' : ` -> ${formatKnown(result)}`;
  return `fn ${name}(${list.join(', ')})${arrow}`;
}

/** Returns the reason why a signature cannot be declared; null if it can. */
export function obstacleOf({ parameters, result }: KnownSignature): string | null {
  for (const [index, { name, type }] of parameters.entries()) {
    const obstacle = obstacleIn(type);
    if (obstacle !== null) return `parameter ${index + 1}${name === '' ? '' : ` (${name})`} is ${obstacle}`;
  }
  if (result.kind === 'unit' || result.kind === 'never') return null;
  return result.kind === 'scalar' && isDeclarable(result.name) ? null : `it returns ${formatKnown(result)}`;
}

function obstacleIn(type: KnownType): string | null {
  if (type.kind === 'scalar') return isDeclarable(type.name) ? null : `${type.name}, which no call carries`;
  const inner = type.kind === 'option' ? type.of : type;
  if (inner.kind === 'reference' && inner.to.kind === 'vec') return obstacleInElement(inner.to.element);
  if (inner.kind === 'pointer' && inner.to?.kind === 'vec' && isList(inner)) return obstacleInElement(inner.to.element);
  if (inner.kind === 'pointer') return `the ${inner.isVague ? '' : 'raw '}pointer ${formatKnown(inner)}`;
  return formatKnown(type);
}

function obstacleInElement(type: KnownType): string | null {
  return type.kind === 'vec' ? obstacleInElement(type.element) : obstacleIn(type);
}

function isDeclarable(scalar: string): boolean {
  return /^(?:[iu](?:8|16|32|64|size)|f32|f64|bool|char)$/.test(scalar);
}
