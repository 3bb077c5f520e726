//! Integers of 128 bits: bigints in JavaScript.

use super::shape::{Catalogue, Describe, Shape};
use super::{Accepts, Decode, Encode};
use crate::frame::{Fault, Reader, Writer};

macro_rules! huge {
    ($($integer:ident)*) => { $(
        impl Describe for $integer {
            const ACCEPTS: Accepts = Accepts::integers($integer::MIN as i128, $integer::MAX as u128, 16);

            fn describe(_: &mut Catalogue) -> Shape {
                Shape::Plain(stringify!($integer))
            }
        }

        impl<'a> Decode<'a> for $integer {
            #[inline]
            fn decode(reader: &mut Reader<'a>) -> Result<Self, Fault> {
                let (low, high) = (reader.word()?, reader.word()?);
                Ok((u128::from(high) << 64 | u128::from(low)) as $integer)
            }
        }

        impl Encode for $integer {
            #[inline]
            fn encode(&self, writer: &mut Writer) {
                writer.word(*self as u64);
                writer.word((*self >> 64) as u64);
            }
        }
    )* };
}

huge!(i128 u128);
