//! Tuples: arrays in JavaScript, with a type for each element.

use super::shape::{Catalogue, Describe, Part, Shape};
use super::{Decode, Encode};
use crate::frame::{Fault, Reader, Writer};

macro_rules! tuples {
    ($(($($T:ident $By:ident $index:tt),+))*) => { $(
        impl<$($T: Describe<$By>, $By),+> Describe<($($By,)+)> for ($($T,)+) {
            fn describe(catalogue: &mut Catalogue) -> Shape {
                Shape::Applied("tuple", vec![$(Part::Shape($T::describe(catalogue))),+])
            }
        }

        impl<'a, $($T: Decode<'a, $By>, $By),+> Decode<'a, ($($By,)+)> for ($($T,)+) {
            #[inline]
            fn decode(reader: &mut Reader<'a>) -> Result<Self, Fault> {
                Ok(($($T::decode(reader).map_err(|fault| fault.at($index))?,)+))
            }
        }

        impl<$($T: Encode<$By>, $By),+> Encode<($($By,)+)> for ($($T,)+) {
            #[inline]
            fn encode(&self, writer: &mut Writer) {
                $(self.$index.encode(writer);)+
            }

            fn locate(&self, writer: &mut Writer) -> bool {
                $((self.$index.locate(writer) && writer.at($index)))||+
            }
        }
    )* };
}

tuples! {
    (A ByA 0)
    (A ByA 0, B ByB 1)
    (A ByA 0, B ByB 1, C ByC 2)
    (A ByA 0, B ByB 1, C ByC 2, D ByD 3)
    (A ByA 0, B ByB 1, C ByC 2, D ByD 3, E ByE 4)
    (A ByA 0, B ByB 1, C ByC 2, D ByD 3, E ByE 4, F ByF 5)
    (A ByA 0, B ByB 1, C ByC 2, D ByD 3, E ByE 4, F ByF 5, G ByG 6)
    (A ByA 0, B ByB 1, C ByC 2, D ByD 3, E ByE 4, F ByF 5, G ByG 6, H ByH 7)
    (A ByA 0, B ByB 1, C ByC 2, D ByD 3, E ByE 4, F ByF 5, G ByG 6, H ByH 7, I ByI 8)
    (A ByA 0, B ByB 1, C ByC 2, D ByD 3, E ByE 4, F ByF 5, G ByG 6, H ByH 7, I ByI 8, J ByJ 9)
    (A ByA 0, B ByB 1, C ByC 2, D ByD 3, E ByE 4, F ByF 5, G ByG 6, H ByH 7, I ByI 8, J ByJ 9, K ByK 10)
    (A ByA 0, B ByB 1, C ByC 2, D ByD 3, E ByE 4, F ByF 5, G ByG 6, H ByH 7, I ByI 8, J ByJ 9, K ByK 10, L ByL 11)
}
