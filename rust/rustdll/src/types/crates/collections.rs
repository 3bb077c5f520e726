//! Lists, bytes and maps.

use crate::frame::{Fault, Output, Reader, Writer};
use crate::types::shape::{Catalogue, Describe, Shape};
use crate::types::{locate_elements, Decode, Encode, Of};

/// Implements the traits for types that are made of vectors and give slices.
#[cfg(any(feature = "arrayvec", feature = "bytes", feature = "smallvec"))]
macro_rules! lists {
    ($($list:ty, $element:ty, $by:ty, [$($parameters:tt)*], $from:expr;)*) => { $(
        impl<$($parameters)*> Describe<Of<$by>> for $list
        where
            $element: Describe<$by>,
        {
            fn describe(catalogue: &mut Catalogue) -> Shape {
                <Vec<$element>>::describe(catalogue)
            }
        }

        impl<'a, $($parameters)*> Decode<'a, Of<$by>> for $list
        where
            $element: Decode<'a, $by>,
        {
            #[inline]
            fn decode(reader: &mut Reader<'a>) -> Result<Self, Fault> {
                $from(<Vec<$element>>::decode(reader)?)
            }

            #[inline]
            fn argument(arguments: &mut crate::frame::Arguments<'a>, index: usize) -> Result<Self, Fault> {
                $from(<Vec<$element>>::argument(arguments, index)?)
            }
        }

        impl<$($parameters)*> Encode<Of<$by>> for $list
        where
            $element: Encode<$by>,
        {
            #[inline]
            fn encode(&self, writer: &mut Writer) {
                <$element>::encode_slice(self, writer);
            }

            fn locate(&self, writer: &mut Writer) -> bool {
                locate_elements(self.iter(), writer)
            }

            #[inline]
            fn give_ref(&self, output: &mut Output<'_>) -> Result<(), Fault> {
                <$element>::give_slice(self, output)
            }
        }
    )* };
}

#[cfg(feature = "bytes")]
lists! {
    bytes::Bytes, u8, crate::Standard, [], |list| Ok(Self::from(list));
    bytes::BytesMut, u8, crate::Standard, [], |list: Vec<u8>| Ok(Self::from(&*list));
}

#[cfg(feature = "smallvec")]
lists! {
    smallvec::SmallVec<[T; N]>, T, By, [T, By, const N: usize], |list| Ok(Self::from_vec(list));
}

#[cfg(feature = "arrayvec")]
mod of_arrayvec {
    use arrayvec::{ArrayString, ArrayVec};

    use super::*;
    use crate::frame::Arguments;
    use crate::types::map::Key;

    lists! {
        ArrayVec<T, N>, T, By, [T, By, const N: usize], |list: Vec<T>| {
            let count = list.len();
            if count <= N {
                Ok(list.into_iter().collect())
            } else {
                Err(Fault::refused(format!("a list of {count} elements, and {N} are the most")))
            }
        };
    }

    impl<const N: usize> Describe for ArrayString<N> {
        fn describe(catalogue: &mut Catalogue) -> Shape {
            str::describe(catalogue)
        }
    }

    fn string<const N: usize>(text: &str) -> Result<ArrayString<N>, Fault> {
        let too_long = |_| Fault::refused(format!("a string of {} bytes, and {N} are the most", text.len()));
        ArrayString::from(text).map_err(too_long)
    }

    impl<'a, const N: usize> Decode<'a> for ArrayString<N> {
        #[inline]
        fn decode(reader: &mut Reader<'a>) -> Result<Self, Fault> {
            string(<&str>::decode(reader)?)
        }

        #[inline]
        fn argument(arguments: &mut Arguments<'a>, index: usize) -> Result<Self, Fault> {
            string(<&str>::argument(arguments, index)?)
        }
    }

    impl<const N: usize> Key for ArrayString<N> {
        const IS_TEXT: bool = true;

        fn text(&self) -> String {
            self.to_string()
        }
    }

    impl<const N: usize> Encode for ArrayString<N> {
        #[inline]
        fn encode(&self, writer: &mut Writer) {
            self.as_str().encode(writer);
        }

        #[inline]
        fn give_ref(&self, output: &mut Output<'_>) -> Result<(), Fault> {
            self.as_str().give_ref(output)
        }
    }
}

#[cfg(feature = "indexmap")]
mod of_indexmap {
    use std::hash::{BuildHasher, Hash};

    use indexmap::{IndexMap, IndexSet};

    use super::*;
    use crate::frame::Arguments;
    use crate::types::map::{self, Key};

    impl<K, V, S, ByKey, ByName, ByValue> Describe<(ByKey, ByName, ByValue)> for IndexMap<K, V, S>
    where
        K: Key<ByName> + Describe<ByKey>,
        V: Describe<ByValue>,
    {
        fn describe(catalogue: &mut Catalogue) -> Shape {
            map::describe::<K, V, ByKey, ByName, ByValue>(catalogue)
        }
    }

    impl<'a, K, V, S, ByKey, ByName, ByValue> Decode<'a, (ByKey, ByName, ByValue)> for IndexMap<K, V, S>
    where
        K: Key<ByName> + Decode<'a, ByKey> + Eq + Hash,
        V: Decode<'a, ByValue>,
        S: BuildHasher + Default,
    {
        fn decode(reader: &mut Reader<'a>) -> Result<Self, Fault> {
            let count = reader.count()?;
            (0..count).map(|_| map::entry(reader)).collect()
        }
    }

    impl<K, V, S, ByKey, ByName, ByValue> Encode<(ByKey, ByName, ByValue)> for IndexMap<K, V, S>
    where
        K: Key<ByName> + Encode<ByKey>,
        V: Encode<ByValue>,
    {
        fn encode(&self, writer: &mut Writer) {
            map::encode(self.iter(), writer);
        }

        fn locate(&self, writer: &mut Writer) -> bool {
            map::locate(self.iter(), writer)
        }
    }

    impl<T: Describe<By>, S, By> Describe<Of<By>> for IndexSet<T, S> {
        fn describe(catalogue: &mut Catalogue) -> Shape {
            <Vec<T>>::describe(catalogue)
        }
    }

    impl<'a, T, S, By> Decode<'a, Of<By>> for IndexSet<T, S>
    where
        T: Decode<'a, By> + Eq + Hash,
        S: BuildHasher + Default,
    {
        fn decode(reader: &mut Reader<'a>) -> Result<Self, Fault> {
            Ok(Vec::decode(reader)?.into_iter().collect())
        }

        fn argument(arguments: &mut Arguments<'a>, index: usize) -> Result<Self, Fault> {
            Ok(Vec::argument(arguments, index)?.into_iter().collect())
        }
    }

    impl<T: Encode<By>, S, By> Encode<Of<By>> for IndexSet<T, S> {
        fn encode(&self, writer: &mut Writer) {
            T::encode_list(self.iter(), writer);
        }

        fn locate(&self, writer: &mut Writer) -> bool {
            locate_elements(self.iter(), writer)
        }

        fn give_ref(&self, output: &mut Output<'_>) -> Result<(), Fault> {
            T::give_list(self.iter(), output)
        }
    }
}
