//! Options and tuples.

use super::{Decode, Encode};
use crate::describe::{Catalogue, Describe, Type};
use crate::fault::Fault;
use crate::output::Output;
use crate::reader::Reader;
use crate::writer::Writer;

impl<T: Describe> Describe for Option<T> {
    fn describe(catalogue: &mut Catalogue) -> Type {
        Type::Option(Box::new(T::describe(catalogue)))
    }
}

impl<'a, T: Decode<'a>> Decode<'a> for Option<T> {
    #[inline]
    fn decode(reader: &mut Reader<'a>) -> Result<Self, Fault> {
        match reader.word()? {
            0 => Ok(None),
            1 => T::decode(reader).map(Some),
            _ => Err(Fault::Arguments("an option is neither 0 nor 1")),
        }
    }
}

impl<T: Encode> Encode for Option<T> {
    #[inline]
    fn encode(&self, writer: &mut Writer) {
        writer.word(u64::from(self.is_some()));
        if let Some(value) = self {
            value.encode(writer);
        }
    }
}

macro_rules! tuples {
    ($(($($T:ident $index:tt),+))*) => { $(
        impl<$($T: Describe),+> Describe for ($($T,)+) {
            fn describe(catalogue: &mut Catalogue) -> Type {
                Type::Tuple(vec![$($T::describe(catalogue)),+])
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

/// Nothing: what a function returns that returns nothing. It is not a value that others could hold.
impl Describe for () {
    fn describe(_: &mut Catalogue) -> Type {
        Type::Plain("unit")
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
