//! Collections other than vectors, which are arrays in JavaScript as well.

use std::collections::{BTreeSet, HashSet, VecDeque};
use std::hash::{BuildHasher, Hash};

use super::{Decode, Encode};
use crate::arguments::Arguments;
use crate::describe::{Catalogue, Describe, Type};
use crate::fault::Fault;
use crate::output::Output;
use crate::reader::Reader;
use crate::writer::Writer;

macro_rules! collections {
    ($($collection:ty, [$($of:tt)*], [$($into:tt)*];)*) => { $(
        impl<T: Describe, $($of)*> Describe for $collection {
            fn describe(catalogue: &mut Catalogue) -> Type {
                Type::list::<T>(catalogue)
            }
        }

        impl<'a, T: Decode<'a> + $($into)*> Decode<'a> for $collection {
            #[inline]
            fn decode(reader: &mut Reader<'a>) -> Result<Self, Fault> {
                Ok(Vec::decode(reader)?.into_iter().collect())
            }

            #[inline]
            fn argument(arguments: &mut Arguments<'a>, index: usize) -> Result<Self, Fault> {
                Ok(Vec::argument(arguments, index)?.into_iter().collect())
            }
        }

        impl<T: Encode, $($of)*> Encode for $collection {
            #[inline]
            fn encode(&self, writer: &mut Writer) {
                T::encode_list(self.iter(), writer);
            }

            #[inline]
            fn give_ref(&self, output: &mut Output<'_>) -> Result<(), Fault> {
                T::give_list(self.iter(), output)
            }
        }
    )* };
}

collections! {
    VecDeque<T>, [], [];
    BTreeSet<T>, [], [Ord];
    HashSet<T, S>, [S], [Eq + Hash, S: BuildHasher + Default];
}
