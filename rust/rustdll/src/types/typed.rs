//! The list that is a typed array in JavaScript.

use std::ops::{Deref, DerefMut};

use super::shape::{Catalogue, Describe, Part, Shape};
use super::{Decode, Encode, Primitive};
use crate::frame::{Arguments, Fault, Output, Reader, Writer};

/// A `Vec<T>` that is a typed array in JavaScript: it is made only from a typed array of this type and becomes one,
/// while a `Vec<f64>` is made from any array of numbers and becomes an array.
///
/// `T` is an integer of up to 64 bits or a float. A `TypedArray<i64>` is a `BigInt64Array` in JavaScript.
///
/// ```
/// use rustdll::{export, TypedArray};
///
/// #[export]
/// fn squares(count: u32) -> TypedArray<f64> {
///     (0..count).map(|x| f64::from(x).powi(2)).collect()
/// }
///
/// assert_eq!(*squares(3), [0.0, 1.0, 4.0]);
/// ```
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct TypedArray<T>(Vec<T>);

/// A number for which JavaScript has a typed array.
#[diagnostic::on_unimplemented(
    message = "JavaScript has no typed array of `{Self}`",
    label = "not a number of up to 64 bits",
    note = "supported are `i8` to `i64`, `u8` to `u64`, `isize`, `usize`, `f32` and `f64`"
)]
pub trait Number: Primitive {}

macro_rules! numbers {
    ($($number:ty)*) => { $(
        impl Number for $number {}
    )* };
}

numbers!(i8 i16 i32 i64 isize u8 u16 u32 u64 usize f32 f64);

impl<T> TypedArray<T> {
    /// Returns the elements as a vector.
    #[inline]
    pub fn into_vec(self) -> Vec<T> {
        self.0
    }
}

impl<T> From<Vec<T>> for TypedArray<T> {
    #[inline]
    fn from(list: Vec<T>) -> Self {
        Self(list)
    }
}

impl<T> From<TypedArray<T>> for Vec<T> {
    #[inline]
    fn from(list: TypedArray<T>) -> Self {
        list.0
    }
}

impl<T> FromIterator<T> for TypedArray<T> {
    fn from_iter<I: IntoIterator<Item = T>>(elements: I) -> Self {
        Self(elements.into_iter().collect())
    }
}

impl<T> IntoIterator for TypedArray<T> {
    type Item = T;
    type IntoIter = std::vec::IntoIter<T>;

    fn into_iter(self) -> Self::IntoIter {
        self.0.into_iter()
    }
}

impl<T> Deref for TypedArray<T> {
    type Target = Vec<T>;

    #[inline]
    fn deref(&self) -> &Vec<T> {
        &self.0
    }
}

impl<T> DerefMut for TypedArray<T> {
    #[inline]
    fn deref_mut(&mut self) -> &mut Vec<T> {
        &mut self.0
    }
}

impl<T: Number> Describe for TypedArray<T> {
    fn describe(_: &mut Catalogue) -> Shape {
        Shape::Applied("typed", vec![Part::Shape(Shape::Plain(T::NAME))])
    }
}

impl<'a, T: Number + Decode<'a>> Decode<'a> for TypedArray<T> {
    #[inline]
    fn decode(reader: &mut Reader<'a>) -> Result<Self, Fault> {
        Vec::decode(reader).map(Self)
    }

    #[inline]
    fn argument(arguments: &mut Arguments<'a>, index: usize) -> Result<Self, Fault> {
        Vec::argument(arguments, index).map(Self)
    }
}

impl<T: Number + Encode> Encode for TypedArray<T> {
    #[inline]
    fn encode(&self, writer: &mut Writer) {
        self.0.encode(writer);
    }

    #[inline]
    fn give(self, output: &mut Output<'_>) -> Result<(), Fault> {
        self.0.give(output)
    }

    #[inline]
    fn give_ref(&self, output: &mut Output<'_>) -> Result<(), Fault> {
        self.0.give_ref(output)
    }
}
