//! Lists: vectors, slices, arrays and the other collections that are an array in JavaScript.

use std::borrow::Cow;
use std::collections::{BTreeSet, BinaryHeap, HashSet, LinkedList, VecDeque};
use std::hash::{BuildHasher, Hash};

use super::shape::{Catalogue, Describe, Part, Shape};
use super::{locate_elements, Decode, Encode, Lend, Of};
use crate::frame::{Arguments, Fault, Output, Reader, Writer};

/// Describes a list of elements of the type `T`.
fn of<T: Describe<By>, By>(catalogue: &mut Catalogue) -> Shape {
    let element = T::describe(catalogue);
    of_shape(element, catalogue)
}

/// Describes a list of elements of a type that has been described.
fn of_shape(element: Shape, catalogue: &mut Catalogue) -> Shape {
    if catalogue.buffers && element == <u8 as Describe>::describe(catalogue) {
        return Shape::Plain("buffer");
    }
    Shape::Applied("vec", vec![Part::Shape(element)])
}

/// Describes a set of elements of the type `T`.
fn of_set<T: Describe<By>, By>(catalogue: &mut Catalogue) -> Shape {
    if catalogue.collections {
        Shape::Applied("set", vec![Part::Shape(T::describe(catalogue))])
    } else {
        of::<T, By>(catalogue)
    }
}

/// The elements of a parameter `&[T]` during the call.
#[doc(hidden)]
#[derive(Debug)]
pub enum Lent<'a, T> {
    /// The host's memory, without a copy.
    Borrowed(&'a [T]),
    /// Decoded for the call.
    Own(Vec<T>),
}

impl<'a, T: Clone> Lent<'a, T> {
    /// Returns the elements.
    #[inline]
    pub(crate) fn into_cow(self) -> Cow<'a, [T]> {
        match self {
            Lent::Borrowed(list) => Cow::Borrowed(list),
            Lent::Own(list) => Cow::Owned(list),
        }
    }
}

impl<'a, T: Decode<'a, By> + 'a, By> Lend<'a, Of<By>> for [T] {
    type Held = Lent<'a, T>;

    fn describe(catalogue: &mut Catalogue) -> Shape {
        of::<T, By>(catalogue)
    }

    #[inline]
    fn hold(arguments: &mut Arguments<'a>, index: usize) -> Result<Lent<'a, T>, Fault> {
        T::slice_argument(arguments, index)
    }

    #[inline]
    fn lend<'h>(held: &'h Lent<'a, T>) -> &'h [T]
    where
        'a: 'h,
    {
        match held {
            Lent::Borrowed(list) => list,
            Lent::Own(list) => list,
        }
    }
}

impl<T: Describe<By>, By> Describe<Of<By>> for [T] {
    fn describe(catalogue: &mut Catalogue) -> Shape {
        of::<T, By>(catalogue)
    }

    fn describe_ref(catalogue: &mut Catalogue) -> Shape {
        T::describe_slice(catalogue)
    }
}

impl<T: Encode<By>, By> Encode<Of<By>> for [T] {
    #[inline]
    fn encode(&self, writer: &mut Writer) {
        T::encode_slice(self, writer);
    }

    fn locate(&self, writer: &mut Writer) -> bool {
        locate_elements(self.iter(), writer)
    }

    #[inline]
    fn give_ref(&self, output: &mut Output<'_>) -> Result<(), Fault> {
        T::give_slice(self, output)
    }
}

impl<T: Describe<By>, By> Describe<Of<By>> for Vec<T> {
    fn describe(catalogue: &mut Catalogue) -> Shape {
        of::<T, By>(catalogue)
    }
}

impl<'a, T: Decode<'a, By>, By> Decode<'a, Of<By>> for Vec<T> {
    #[inline]
    fn decode(reader: &mut Reader<'a>) -> Result<Self, Fault> {
        let count = reader.count()?;
        T::decode_list(reader, count)
    }

    #[inline]
    fn argument(arguments: &mut Arguments<'a>, index: usize) -> Result<Self, Fault> {
        T::list_argument(arguments, index)
    }
}

impl<T: Encode<By>, By> Encode<Of<By>> for Vec<T> {
    #[inline]
    fn encode(&self, writer: &mut Writer) {
        T::encode_slice(self, writer);
    }

    fn locate(&self, writer: &mut Writer) -> bool {
        locate_elements(self.iter(), writer)
    }

    #[inline]
    fn give(self, output: &mut Output<'_>) -> Result<(), Fault> {
        T::give_vec(self, output)
    }

    #[inline]
    fn give_ref(&self, output: &mut Output<'_>) -> Result<(), Fault> {
        T::give_slice(self, output)
    }
}

impl<T: Describe<By>, By, const N: usize> Describe<Of<By>> for [T; N] {
    fn describe(catalogue: &mut Catalogue) -> Shape {
        Shape::Applied("array", vec![Part::Shape(T::describe(catalogue)), Part::Length(N)])
    }
}

impl<'a, T: Decode<'a, By>, By, const N: usize> Decode<'a, Of<By>> for [T; N] {
    #[inline]
    fn decode(reader: &mut Reader<'a>) -> Result<Self, Fault> {
        if reader.count()? != N {
            return Err(Fault::OTHER_LENGTH);
        }
        T::decode_list(reader, N)?.try_into().map_err(|_| Fault::OTHER_LENGTH)
    }
}

impl<T: Encode<By>, By, const N: usize> Encode<Of<By>> for [T; N] {
    #[inline]
    fn encode(&self, writer: &mut Writer) {
        T::encode_slice(self, writer);
    }

    fn locate(&self, writer: &mut Writer) -> bool {
        locate_elements(self.iter(), writer)
    }

    #[inline]
    fn give_ref(&self, output: &mut Output<'_>) -> Result<(), Fault> {
        T::give_slice(self, output)
    }
}

macro_rules! collections {
    ($($collection:ty, $describe:ident, [$($of:tt)*], [$($into:tt)*];)*) => { $(
        impl<T: Describe<By>, By, $($of)*> Describe<Of<By>> for $collection {
            fn describe(catalogue: &mut Catalogue) -> Shape {
                $describe::<T, By>(catalogue)
            }
        }

        impl<'a, By, T: Decode<'a, By> + $($into)*> Decode<'a, Of<By>> for $collection {
            #[inline]
            fn decode(reader: &mut Reader<'a>) -> Result<Self, Fault> {
                Ok(Vec::decode(reader)?.into_iter().collect())
            }

            #[inline]
            fn argument(arguments: &mut Arguments<'a>, index: usize) -> Result<Self, Fault> {
                Ok(Vec::argument(arguments, index)?.into_iter().collect())
            }
        }

        impl<T: Encode<By>, By, $($of)*> Encode<Of<By>> for $collection {
            #[inline]
            fn encode(&self, writer: &mut Writer) {
                T::encode_list(self.iter(), writer);
            }

            fn locate(&self, writer: &mut Writer) -> bool {
                locate_elements(self.iter(), writer)
            }

            #[inline]
            fn give_ref(&self, output: &mut Output<'_>) -> Result<(), Fault> {
                T::give_list(self.iter(), output)
            }
        }
    )* };
}

collections! {
    VecDeque<T>, of, [], [];
    LinkedList<T>, of, [], [];
    BTreeSet<T>, of_set, [], [Ord];
    HashSet<T, S>, of_set, [S], [Eq + Hash, S: BuildHasher + Default];
}

/// A heap, whose elements are listed as they are popped, the greatest first.
impl<T: Describe<By>, By> Describe<Of<By>> for BinaryHeap<T> {
    fn describe(catalogue: &mut Catalogue) -> Shape {
        of::<T, By>(catalogue)
    }
}

impl<'a, T: Decode<'a, By> + Ord, By> Decode<'a, Of<By>> for BinaryHeap<T> {
    #[inline]
    fn decode(reader: &mut Reader<'a>) -> Result<Self, Fault> {
        Vec::decode(reader).map(BinaryHeap::from)
    }

    #[inline]
    fn argument(arguments: &mut Arguments<'a>, index: usize) -> Result<Self, Fault> {
        Vec::argument(arguments, index).map(BinaryHeap::from)
    }
}

impl<T: Encode<By> + Ord, By> Encode<Of<By>> for BinaryHeap<T> {
    fn encode(&self, writer: &mut Writer) {
        T::encode_list(popped(self).into_iter(), writer);
    }

    fn locate(&self, writer: &mut Writer) -> bool {
        locate_elements(popped(self).into_iter(), writer)
    }

    fn give_ref(&self, output: &mut Output<'_>) -> Result<(), Fault> {
        T::give_list(popped(self).into_iter(), output)
    }
}

/// Returns the elements in the order in which they are popped.
fn popped<T: Ord>(heap: &BinaryHeap<T>) -> Vec<&T> {
    let mut list: Vec<_> = heap.iter().collect();
    list.sort_by(|left, right| right.cmp(left));
    list
}
