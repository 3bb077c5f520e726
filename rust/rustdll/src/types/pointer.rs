//! Pointers: in JavaScript they are the value to which they point.

use std::borrow::Cow;
use std::rc::Rc;
use std::sync::Arc;

use super::convert::Standard;
use super::shape::{Catalogue, Describe, Shape};
use super::{Accepts, Decode, Encode, Lent, Of};
use crate::frame::{Arguments, Fault, Output, Reader, Writer};

macro_rules! pointers {
    ($($pointer:ty, $describe:ident $(where T: $bound:ident)?;)*) => { $(
        impl<T: Describe<By> + $($bound +)? ?Sized, By> Describe<Of<By>> for $pointer {
            const IS_OPTION: bool = T::IS_OPTION;
            const ACCEPTS: Accepts = T::ACCEPTS;

            fn describe(catalogue: &mut Catalogue) -> Shape {
                T::$describe(catalogue)
            }
        }

        impl<T: Encode<By> + $($bound +)? ?Sized, By> Encode<Of<By>> for $pointer {
            #[inline]
            fn encode(&self, writer: &mut Writer) {
                T::encode(self, writer);
            }

            fn locate(&self, writer: &mut Writer) -> bool {
                T::locate(self, writer)
            }

            #[inline]
            fn give_ref(&self, output: &mut Output<'_>) -> Result<(), Fault> {
                T::give_ref(self, output)
            }

            #[inline]
            fn encode_list<'x>(list: impl ExactSizeIterator<Item = &'x Self>, writer: &mut Writer)
            where
                Self: 'x,
            {
                T::encode_list(list.map(|element| &**element), writer);
            }

            #[inline]
            fn give_list<'x>(
                list: impl ExactSizeIterator<Item = &'x Self> + Clone,
                output: &mut Output<'_>,
            ) -> Result<(), Fault>
            where
                Self: 'x,
            {
                T::give_list(list.map(|element| &**element), output)
            }
        }
    )* };
}

pointers! {
    &T, describe_ref;
    Box<T>, describe;
    Rc<T>, describe;
    Arc<T>, describe;
    Cow<'_, T>, describe_ref where T: ToOwned;
}

macro_rules! owners {
    ($($owner:ident)*) => { $(
        impl<'a, T: Decode<'a, By>, By> Decode<'a, Of<By>> for $owner<T> {
            #[inline]
            fn decode(reader: &mut Reader<'a>) -> Result<Self, Fault> {
                T::decode(reader).map($owner::new)
            }

            #[inline]
            fn argument(arguments: &mut Arguments<'a>, index: usize) -> Result<Self, Fault> {
                T::argument(arguments, index).map($owner::new)
            }

            #[inline]
            fn decode_list(reader: &mut Reader<'a>, count: usize) -> Result<Vec<Self>, Fault> {
                Ok(T::decode_list(reader, count)?.into_iter().map($owner::new).collect())
            }

            #[inline]
            fn list_argument(arguments: &mut Arguments<'a>, index: usize) -> Result<Vec<Self>, Fault> {
                Ok(T::list_argument(arguments, index)?.into_iter().map($owner::new).collect())
            }
        }

        impl<'a, T: Decode<'a, By>, By> Decode<'a, Of<Of<By>>> for $owner<[T]> {
            #[inline]
            fn decode(reader: &mut Reader<'a>) -> Result<Self, Fault> {
                Vec::decode(reader).map($owner::from)
            }

            #[inline]
            fn argument(arguments: &mut Arguments<'a>, index: usize) -> Result<Self, Fault> {
                Vec::argument(arguments, index).map($owner::from)
            }
        }
    )* };
}

owners!(Box Rc Arc);

impl<'a: 'b, 'b> Decode<'a, Of<Standard>> for Cow<'b, str> {
    #[inline]
    fn decode(reader: &mut Reader<'a>) -> Result<Self, Fault> {
        <&str>::decode(reader).map(Cow::Borrowed)
    }

    #[inline]
    fn argument(arguments: &mut Arguments<'a>, index: usize) -> Result<Self, Fault> {
        <&str>::argument(arguments, index).map(Cow::Borrowed)
    }
}

impl<'a: 'b, 'b, T: Decode<'a, By> + Clone, By> Decode<'a, Of<Of<By>>> for Cow<'b, [T]> {
    #[inline]
    fn decode(reader: &mut Reader<'a>) -> Result<Self, Fault> {
        T::decode_slice(reader).map(Lent::into_cow)
    }

    #[inline]
    fn argument(arguments: &mut Arguments<'a>, index: usize) -> Result<Self, Fault> {
        T::slice_argument(arguments, index).map(Lent::into_cow)
    }
}
