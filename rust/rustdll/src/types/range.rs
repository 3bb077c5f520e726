//! Ranges: in JavaScript lists of two elements, the start and the end.

use std::ops::{Range, RangeInclusive};

use super::shape::{Catalogue, Describe, Part, Shape};
use super::{Decode, Encode, Of};
use crate::frame::{Fault, Reader, Writer};

macro_rules! ranges {
    ($($range:ident, $new:expr, |$of:ident| $bounds:expr;)*) => { $(
        impl<T: Describe<By>, By> Describe<Of<By>> for $range<T> {
            fn describe(catalogue: &mut Catalogue) -> Shape {
                let bound = T::describe(catalogue);
                Shape::Applied("tuple", vec![Part::Shape(bound.clone()), Part::Shape(bound)])
            }
        }

        impl<'a, T: Decode<'a, By>, By> Decode<'a, Of<By>> for $range<T> {
            fn decode(reader: &mut Reader<'a>) -> Result<Self, Fault> {
                let (start, end) = <(T, T)>::decode(reader)?;
                Ok($new(start, end))
            }
        }

        impl<T: Encode<By>, By> Encode<Of<By>> for $range<T> {
            fn encode(&self, writer: &mut Writer) {
                let $of = self;
                $bounds.encode(writer);
            }

            fn locate(&self, writer: &mut Writer) -> bool {
                let $of = self;
                $bounds.locate(writer)
            }
        }
    )* };
}

ranges! {
    Range, |start, end| start..end, |range| (&range.start, &range.end);
    RangeInclusive, |start, end| start..=end, |range| (range.start(), range.end());
}
