/** The package for `import`: the very same classes that `require` gives. */

export {
  bool,
  f32,
  f64,
  i16,
  i32,
  i64,
  i8,
  isize,
  RustDLL,
  RustDLLError,
  RustError,
  RustPanic,
  u16,
  u32,
  u64,
  u8,
  usize,
} from './index.js';
export type * from './index.js';
