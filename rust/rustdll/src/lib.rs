#![doc = include_str!("../README.md")]

#[cfg(not(target_pointer_width = "64"))]
compile_error!("rustdll needs a 64-bit target: its layouts have 8-byte pointers");

mod text;
mod vec;

pub use text::PyStr;
pub use vec::PyVec;
