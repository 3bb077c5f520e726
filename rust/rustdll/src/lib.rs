#![doc = include_str!("../README.md")]

#[cfg(not(target_pointer_width = "64"))]
compile_error!("rustdll needs a 64-bit target: its layouts have 8-byte pointers");

// The macros write paths that begin with `::rustdll`, in this crate as well.
extern crate self as rustdll;

mod arguments;
mod call;
mod contract;
mod describe;
mod error;
mod failure;
mod fault;
mod frame;
mod json;
mod outcome;
mod output;
mod panics;
mod reader;
mod table;
#[cfg(test)]
mod tests;
mod text;
mod types;
mod vec;
mod writer;

pub use error::Error;
pub use rustdll_macros::{export, Enum, Record};
pub use text::PyStr;
pub use types::TypedArray;
pub use vec::PyVec;

/// What the macros refer to. None of it is for anybody else, and all of it may change.
#[doc(hidden)]
pub mod __private {
    pub use crate::arguments::Arguments;
    pub use crate::call::{enter, Status};
    pub use crate::describe::{Catalogue, Describe, Field, Holds, Shape, Type, Variant};
    pub use crate::fault::Fault;
    pub use crate::frame::Frame;
    pub use crate::outcome::{FindFallible, FindFallibleByMessage, FindFallibleByPointer, FindPlain, Returns};
    pub use crate::output::Output;
    pub use crate::reader::Reader;
    pub use crate::table::{Entry, Signature, RUSTDLL_FUNCTIONS};
    pub use crate::types::{Argument, Decode, Encode, Lend, StringMark};
    pub use crate::writer::Writer;
    pub use linkme;

    /// A vector of these items.
    pub fn list<T, const N: usize>(items: [T; N]) -> Vec<T> {
        Vec::from(items)
    }
}
