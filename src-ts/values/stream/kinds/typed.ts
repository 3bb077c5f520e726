/** `TypedArray<T>`: a typed array with elements of exactly that type. */

import { wrongType } from '../../../errors/mismatch';
import { SCALARS } from '../../../types/scalar';
import { isTypedArrayOf } from '../../lent/view';
import type { TypedShape } from '../../../types/shape';
import { viewName } from '../../../types/typescript';
import { exactly, fault } from '../json';
import type { Kind } from './kind';
import { readScalarName } from './scalar';
import { encodeView, packedLength } from './scalar-list';

export const typedKind: Kind<TypedShape> = {
  spellings: {
    typed(value) {
      const element = readScalarName(exactly(value, 2)[1], 1);
      if (element === 'bool' || element === 'char') fault(null, `there is no typed array of ${element}`);
      return { kind: 'typed', element };
    },
  },
  parts: () => [],
  encoder({ element }) {
    const scalar = SCALARS[element];
    return (writer, value) => {
      if (!isTypedArrayOf(value, scalar)) throw wrongType(`a typed array of ${scalar.name}`, value);
      encodeView(writer, value, scalar, null);
    };
  },
  decoder({ element }) {
    const scalar = SCALARS[element];
    return (reader) => reader.typedArray(scalar.view, scalar.size, packedLength(reader, scalar));
  },
  input: ({ element }, { global }) => [global(viewName(element))],
  output: ({ element }, { view }) => [view(viewName(element))],
  rust: ({ element }) => `TypedArray<${element}>`,
};
