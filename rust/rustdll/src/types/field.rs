//! The fields of records and enums, as generated code reads and writes them.
//!
//! A field whose type has no form in JavaScript is to be one error, that of its description. So what reads and writes it
//! asks first whether there is one, by a method of which the compiler takes the implementation that fits: the one behind
//! the most references first.

use std::marker::PhantomData;

use super::shape::Describe;
use super::{Decode, Encode};
use crate::frame::{Fault, Reader, Writer};

/// Stands for the type of a field.
#[derive(Debug)]
pub struct Inside<T>(PhantomData<fn() -> T>);

impl<T> Inside<T> {
    /// It holds nothing.
    #[allow(clippy::new_without_default, reason = "only the macros make one")]
    pub const fn new() -> Self {
        Self(PhantomData)
    }
}

/// A field whose type has a form in JavaScript.
#[derive(Clone, Copy, Debug)]
pub struct Described;

impl Described {
    /// Reads the field.
    #[inline]
    pub fn decode<'a, T: Decode<'a>>(self, reader: &mut Reader<'a>) -> Result<T, Fault> {
        T::decode(reader)
    }

    /// Writes the field.
    #[inline]
    pub fn encode<T: Encode>(self, value: &T, writer: &mut Writer) {
        value.encode(writer);
    }
}

/// A field whose type has none. What it does is never done, as it does not compile.
#[derive(Clone, Copy, Debug)]
pub struct Undescribed;

impl Undescribed {
    /// Reads nothing.
    pub fn decode<T>(self, _: &mut Reader<'_>) -> Result<T, Fault> {
        Err(Fault::NO_VARIANT)
    }

    /// Writes nothing.
    pub fn encode<T>(self, _: &T, _: &mut Writer) {}
}

/// Leads to `Described`.
pub trait FindDescribed {
    /// What kind of type it is.
    #[inline]
    fn rustdll_inside(&self) -> Described {
        Described
    }
}

/// Leads to `Undescribed`.
pub trait FindUndescribed {
    /// What kind of type it is.
    #[inline]
    fn rustdll_inside(&self) -> Undescribed {
        Undescribed
    }
}

impl<T: Describe> FindDescribed for &Inside<T> {}
impl<T> FindUndescribed for Inside<T> {}
