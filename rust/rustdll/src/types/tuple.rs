//! Tuples: arrays in JavaScript, with a type for each element.

use super::shape::{Catalogue, Describe, Part, Shape};
use super::{Decode, Encode};
use crate::frame::{Fault, Reader, Writer};

macro_rules! tuples {
    ($(($($T:ident $index:tt),+))*) => { $(
        impl<$($T: Describe),+> Describe for ($($T,)+) {
            fn describe(catalogue: &mut Catalogue) -> Shape {
                Shape::Applied("tuple", vec![$(Part::Shape($T::describe(catalogue))),+])
            }
        }

        impl<'a, $($T: Decode<'a>),+> Decode<'a> for ($($T,)+) {
            #[inline]
            fn decode(reader: &mut Reader<'a>) -> Result<Self, Fault> {
                Ok(($($T::decode(reader)?,)+))
            }
        }

        impl<$($T: Encode),+> Encode for ($($T,)+) {
            #[inline]
            fn encode(&self, writer: &mut Writer) {
                $(self.$index.encode(writer);)+
            }
        }
    )* };
}

tuples! {
    (A 0)
    (A 0, B 1)
    (A 0, B 1, C 2)
    (A 0, B 1, C 2, D 3)
    (A 0, B 1, C 2, D 3, E 4)
    (A 0, B 1, C 2, D 3, E 4, F 5)
    (A 0, B 1, C 2, D 3, E 4, F 5, G 6)
    (A 0, B 1, C 2, D 3, E 4, F 5, G 6, H 7)
    (A 0, B 1, C 2, D 3, E 4, F 5, G 6, H 7, I 8)
    (A 0, B 1, C 2, D 3, E 4, F 5, G 6, H 7, I 8, J 9)
    (A 0, B 1, C 2, D 3, E 4, F 5, G 6, H 7, I 8, J 9, K 10)
    (A 0, B 1, C 2, D 3, E 4, F 5, G 6, H 7, I 8, J 9, K 10, L 11)
}
