//! Options: in JavaScript the value, or null.

use super::shape::{Catalogue, Describe, Part, Shape};
use super::{Accepts, Decode, Encode, Of};
use crate::frame::{Fault, Reader, Writer};

impl<T: Describe<By>, By> Describe<Of<By>> for Option<T> {
    const IS_OPTION: bool = true;
    const ACCEPTS: Accepts = T::ACCEPTS.or_nothing();

    fn describe(catalogue: &mut Catalogue) -> Shape {
        // The macros refuse such a type where it is written, but do not see through an alias or a type parameter.
        const {
            assert!(
                !T::IS_OPTION,
                "JavaScript has one null, and both `None`s of an `Option<Option<T>>` would be it: take or return one `Option`, or an enum of your own with a variant for each case"
            );
        }
        Shape::Applied("option", vec![Part::Shape(T::describe(catalogue))])
    }
}

impl<'a, T: Decode<'a, By>, By> Decode<'a, Of<By>> for Option<T> {
    #[inline]
    fn decode(reader: &mut Reader<'a>) -> Result<Self, Fault> {
        match reader.word()? {
            0 => Ok(None),
            1 => T::decode(reader).map(Some),
            _ => Err(Fault::Arguments("an option is neither 0 nor 1")),
        }
    }
}

impl<T: Encode<By>, By> Encode<Of<By>> for Option<T> {
    #[inline]
    fn encode(&self, writer: &mut Writer) {
        writer.word(u64::from(self.is_some()));
        if let Some(value) = self {
            value.encode(writer);
        }
    }

    fn locate(&self, writer: &mut Writer) -> bool {
        self.as_ref().is_some_and(|value| value.locate(writer))
    }
}
