//! Values that JavaScript may leave out, for which Rust has a default.

use std::marker::PhantomData;

use super::shape::{Part, Shape};
use crate::frame::{Fault, Reader};

/// Describes a field or a parameter that may be left out, by the type of its value.
pub fn with_default(shape: Shape) -> Shape {
    Shape::Applied("default", vec![Part::Shape(shape)])
}

/// The value of a field that JavaScript does not see. A function of the type itself comes before that of a trait, so which
/// one is called depends on the field's type having a default.
#[derive(Debug)]
pub struct Unseen<T>(PhantomData<T>);

impl<T: Default> Unseen<T> {
    /// Makes the value.
    #[inline]
    #[must_use]
    pub fn value() -> T {
        T::default()
    }
}

/// What is called for a field whose type has no default.
pub trait WithoutDefault<T> {
    /// Does not compile where it is called: where arguments are made. A type of results needs no default.
    #[inline]
    #[must_use]
    fn value() -> T {
        const {
            panic!("an argument has a field with `#[rustdll(skip)]`, whose type has no `Default` by which its value could be made: implement that, or give a value by `#[rustdll(skip, default = ...)]`")
        }
    }
}

impl<T> WithoutDefault<T> for Unseen<T> {}

/// Reads whether the value is there. If it is, it comes next.
#[inline]
pub fn is_given(reader: &mut Reader<'_>) -> Result<bool, Fault> {
    match reader.word()? {
        0 => Ok(false),
        1 => Ok(true),
        _ => Err(Fault::Arguments("a value with a default is neither 0 nor 1")),
    }
}
