//! Values that JavaScript may leave out, for which Rust has a default.

use super::shape::{Part, Shape};
use crate::frame::{Fault, Reader};

/// Describes a field or a parameter that may be left out, by the type of its value.
pub fn with_default(shape: Shape) -> Shape {
    Shape::Applied("default", vec![Part::Shape(shape)])
}

/// Reads whether the value is there. If it is, it comes next.
#[inline]
pub fn is_given(reader: &mut Reader<'_>) -> Result<bool, Fault> {
    match reader.word()? {
        0 => Ok(false),
        1 => Ok(true),
        _ => Err(Fault::Arguments("a value with a default is neither 0 nor 1")),
    }
}
