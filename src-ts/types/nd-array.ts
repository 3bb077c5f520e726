/**
 * An array of `n` dimensions that Rust gives, as `Array2<f64>` and the other types of the crate `ndarray` are: the elements in
 * row-major order, so that the last index varies fastest, and the length of each dimension. The element at `[i, j]` of two
 * dimensions is `data[i * shape[1] + j]`. The typed array has a buffer of its own.
 */
export interface NdArray<Data = Float64Array, Shape extends readonly number[] = number[]> {
  data: Data;
  shape: Shape;
}

/**
 * An array of `n` dimensions that Rust takes. Other properties are ignored, so that the arrays of many libraries can be passed
 * as they are.
 */
export interface NdArrayLike<Data = Float64Array> {
  readonly data: Data;
  /** The length of each dimension. */
  readonly shape: readonly number[];
  /**
   * The distance in `data` from an element to the next one along each dimension, counted in elements; negative if they stand
   * in reverse order. By default the elements are in row-major order.
   */
  readonly strides?: readonly number[] | undefined;
  /** The index in `data` of the first element, by default 0. */
  readonly offset?: number | undefined;
}
