//! The fields of records and enums, as generated code reads and writes them.
//!
//! A field whose type cannot be represented in JavaScript should cause a single compile error, that about its
//! description. So the code that reads and writes a field goes through a method that exists for every type: method
//! resolution selects [`Described`] if the type implements `Describe`, and else [`Undescribed`] (autoref
//! specialization).

use std::marker::PhantomData;

use super::shape::Describe;
use super::{Decode, Encode};
use crate::frame::{Fault, Reader, Writer};

/// A marker for the type of a field.
#[derive(Debug)]
pub struct Inside<T>(PhantomData<fn() -> T>);

impl<T> Inside<T> {
    /// Makes the marker.
    #[allow(clippy::new_without_default, reason = "only the macros make one")]
    pub const fn new() -> Self {
        Self(PhantomData)
    }
}

/// A field whose type implements `Describe`.
#[derive(Clone, Copy, Debug)]
pub struct Described;

impl Described {
    /// Reads the field.
    #[inline]
    pub fn decode<'a, T: Decode<'a, By>, By>(self, reader: &mut Reader<'a>) -> Result<T, Fault> {
        T::decode(reader)
    }

    /// Writes the field.
    #[inline]
    pub fn encode<T: Encode<By>, By>(self, value: &T, writer: &mut Writer) {
        value.encode(writer);
    }
}

/// A field whose type does not implement `Describe`. Its methods never run, as such code does not compile.
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

/// Selects `Described`.
pub trait FindDescribed<By> {
    /// Returns the kind of the field.
    #[inline]
    fn rustdll_inside(&self) -> Described {
        Described
    }
}

/// Selects `Undescribed`.
pub trait FindUndescribed {
    /// Returns the kind of the field.
    #[inline]
    fn rustdll_inside(&self) -> Undescribed {
        Undescribed
    }
}

/// A field whose type implements `Encode`.
#[derive(Clone, Copy, Debug)]
pub struct Written;

impl Written {
    /// Finds in the field what cannot be written, as [`Encode::locate`] does.
    #[cold]
    pub fn locate<T: Encode<By>, By>(self, value: &T, writer: &mut Writer) -> bool {
        value.locate(writer)
    }
}

/// A field whose type does not, which is reported where it is written.
#[derive(Clone, Copy, Debug)]
pub struct Unwritten;

impl Unwritten {
    /// Finds nothing.
    pub fn locate<T>(self, _: &T, _: &mut Writer) -> bool {
        false
    }
}

/// Selects `Written`.
pub trait FindWritten<By> {
    /// Returns the kind of the field.
    fn rustdll_written(&self) -> Written {
        Written
    }
}

/// Selects `Unwritten`.
pub trait FindUnwritten {
    /// Returns the kind of the field.
    fn rustdll_written(&self) -> Unwritten {
        Unwritten
    }
}

impl<T: Encode<By>, By> FindWritten<By> for &Inside<T> {}
impl<T> FindUnwritten for Inside<T> {}
impl<T: Describe<By>, By> FindDescribed<By> for &Inside<T> {}
impl<T> FindUndescribed for Inside<T> {}
