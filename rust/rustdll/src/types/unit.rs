//! The unit type: undefined in JavaScript.

use super::shape::{Catalogue, Describe, Shape};
use super::Encode;
use crate::frame::{Fault, Output, Writer};

/// The result of a function that returns nothing. It cannot be part of another value.
impl Describe for () {
    fn describe(_: &mut Catalogue) -> Shape {
        Shape::Plain("unit")
    }
}

impl Encode for () {
    #[inline]
    fn encode(&self, _: &mut Writer) {}

    #[inline]
    fn give_ref(&self, _: &mut Output<'_>) -> Result<(), Fault> {
        Ok(())
    }
}
