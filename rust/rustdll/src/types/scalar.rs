//! Scalars: numbers, `bool` and `char`.

use std::mem::size_of;
use std::slice;

use super::convert::Standard;
use super::shape::{Catalogue, Describe, Part, Shape};
use super::{Accepts, Decode, Encode, Lent, Of};
use crate::allocator::vec_of_copies;
use crate::frame::{Arguments, Fault, Output, Reader, Writer};
use crate::PyVec;

/// A scalar whose layout in a list is that of Rust: an integer of up to 64 bits, a float, `bool` or `char`.
///
/// # Safety
///
/// The type has no padding and an alignment of 8 at most, and `list_fits` is true of no bytes that are not values of
/// the type.
#[diagnostic::on_unimplemented(
    message = "a list of `{Self}` cannot be lent to Rust where it is",
    label = "not a number of up to 64 bits, `bool` or `char`",
    note = "`&mut [T]`, and slices inside of other types, are for lists of numbers, `bool` and `char`; take a `Vec<T>` or `&[T]` of anything else, and return what has changed"
)]
pub unsafe trait Primitive: Copy + 'static {
    /// The name of the type.
    const NAME: &'static str;

    /// The values of JavaScript that it is made of.
    #[doc(hidden)]
    const ACCEPTS: Accepts;

    /// Converts the value to the 64 bits of a slot.
    fn to_bits(self) -> u64;

    /// Converts the bits of a slot to a value, unless they are no value of this type.
    fn from_bits(bits: u64) -> Option<Self>;

    /// True if these bytes are valid elements of this type.
    #[inline]
    fn list_fits(bytes: &[u8]) -> bool {
        let _ = bytes;
        true
    }
}

macro_rules! integers {
    ($($scalar:ident)*) => { $(
        // SAFETY: an integer has no padding, and any bytes are one.
        unsafe impl Primitive for $scalar {
            const NAME: &'static str = stringify!($scalar);
            const ACCEPTS: Accepts =
                Accepts::integers(<$scalar>::MIN as i128, <$scalar>::MAX as u128, size_of::<$scalar>());

            #[inline]
            #[allow(clippy::cast_lossless, reason = "the same for all of them: widened by its sign")]
            fn to_bits(self) -> u64 {
                self as u64
            }

            #[inline]
            #[allow(clippy::cast_lossless, reason = "the same for all of them")]
            fn from_bits(bits: u64) -> Option<Self> {
                let value = bits as $scalar;
                (value as u64 == bits).then_some(value)
            }
        }
    )* };
}

integers!(i8 i16 i32 i64 isize u8 u16 u32 u64 usize);

// SAFETY: a float has no padding, and any bytes are one.
unsafe impl Primitive for f64 {
    const NAME: &'static str = "f64";
    const ACCEPTS: Accepts = Accepts::floats(8);

    #[inline]
    fn to_bits(self) -> u64 {
        self.to_bits()
    }

    #[inline]
    fn from_bits(bits: u64) -> Option<Self> {
        Some(f64::from_bits(bits))
    }
}

// SAFETY: a float has no padding, and any bytes are one.
unsafe impl Primitive for f32 {
    const NAME: &'static str = "f32";
    const ACCEPTS: Accepts = Accepts::floats(4);

    #[inline]
    fn to_bits(self) -> u64 {
        u64::from(self.to_bits())
    }

    #[inline]
    fn from_bits(bits: u64) -> Option<Self> {
        Some(f32::from_bits(bits as u32))
    }
}

// SAFETY: a `bool` is one byte, 0 or 1.
unsafe impl Primitive for bool {
    const NAME: &'static str = "bool";
    const ACCEPTS: Accepts = Accepts::BOOLEANS;

    #[inline]
    fn to_bits(self) -> u64 {
        u64::from(self)
    }

    #[inline]
    fn from_bits(bits: u64) -> Option<Self> {
        (bits <= 1).then_some(bits == 1)
    }

    #[inline]
    fn list_fits(bytes: &[u8]) -> bool {
        bytes.iter().fold(0, |all, byte| all | byte) <= 1
    }
}

// SAFETY: a `char` is a `u32` that is a Unicode scalar value, and each is checked.
unsafe impl Primitive for char {
    const NAME: &'static str = "char";
    const ACCEPTS: Accepts = Accepts::SOME_STRINGS;

    #[inline]
    fn to_bits(self) -> u64 {
        u64::from(self)
    }

    #[inline]
    fn from_bits(bits: u64) -> Option<Self> {
        u32::try_from(bits).ok().and_then(char::from_u32)
    }

    fn list_fits(bytes: &[u8]) -> bool {
        let valid = |unit: &[u8]| {
            unit.try_into()
                .is_ok_and(|unit| char::from_u32(u32::from_ne_bytes(unit)).is_some())
        };
        bytes.chunks_exact(4).all(valid)
    }
}

const NO_VALUE: Fault = Fault::Arguments("a number is not a value of its type");

/// Makes a list of scalars from memory of the right size and alignment, after checking that its bytes are valid.
///
/// # Safety
///
/// `bytes` is aligned for `T` and good for reading `count` of them for `'a`, during which nobody writes to it.
#[inline]
pub(crate) unsafe fn checked<'a, T: Primitive>(bytes: *const u8, count: usize) -> Result<&'a [T], Fault> {
    if count == 0 {
        return Ok(&[]);
    }
    // SAFETY: the caller guarantees that the bytes can be read.
    if !T::list_fits(unsafe { slice::from_raw_parts(bytes, count * size_of::<T>()) }) {
        return Err(NO_VALUE);
    }
    // SAFETY: the caller guarantees the memory, and its bytes are values of the type.
    Ok(unsafe { slice::from_raw_parts(bytes.cast(), count) })
}

impl<'a> Reader<'a> {
    /// Returns the next elements of a list of scalars, without a copy.
    #[inline]
    pub(crate) fn elements<T: Primitive>(&mut self, count: usize) -> Result<&'a [T], Fault> {
        // No overflow: `count` fits 32 bits.
        let bytes = self.packed(count * size_of::<T>())?;
        // SAFETY: nobody writes to the host's words during the call, and their alignment of 8 suffices for any scalar.
        unsafe { checked(bytes, count) }
    }
}

macro_rules! scalars {
    ($($scalar:ty)*) => { $(
        impl Describe for $scalar {
            const ACCEPTS: Accepts = <$scalar as Primitive>::ACCEPTS;

            fn describe(_: &mut Catalogue) -> Shape {
                Shape::Plain(<$scalar as Primitive>::NAME)
            }

            fn describe_slice(catalogue: &mut Catalogue) -> Shape {
                Shape::Applied("slice", vec![Part::Shape(Self::describe(catalogue))])
            }
        }

        impl<'a> Decode<'a> for $scalar {
            #[inline]
            fn decode(reader: &mut Reader<'a>) -> Result<Self, Fault> {
                <$scalar as Primitive>::from_bits(reader.word()?).ok_or(NO_VALUE)
            }

            #[inline]
            fn argument(arguments: &mut Arguments<'a>, index: usize) -> Result<Self, Fault> {
                <$scalar as Primitive>::from_bits(arguments.slot(index)).ok_or(NO_VALUE)
            }

            #[inline]
            fn decode_list(reader: &mut Reader<'a>, count: usize) -> Result<Vec<Self>, Fault> {
                reader.elements(count).map(vec_of_copies)
            }

            #[inline]
            fn decode_slice<'b>(reader: &mut Reader<'a>) -> Result<Lent<'b, Self>, Fault>
    where
        'a: 'b,
        Self: 'b,
    {
                <&'a [Self]>::decode(reader).map(Lent::Borrowed)
            }

            #[inline]
            fn list_argument(arguments: &mut Arguments<'a>, index: usize) -> Result<Vec<Self>, Fault> {
                <&'a [Self]>::argument(arguments, index).map(vec_of_copies)
            }

            #[inline]
            fn slice_argument<'b>(arguments: &mut Arguments<'a>, index: usize) -> Result<Lent<'b, Self>, Fault>
    where
        'a: 'b,
        Self: 'b,
    {
                <&'a [Self]>::argument(arguments, index).map(Lent::Borrowed)
            }
        }

        impl Encode for $scalar {
            #[inline]
            fn encode(&self, writer: &mut Writer) {
                writer.word(Primitive::to_bits(*self));
            }

            #[inline]
            fn give_ref(&self, output: &mut Output<'_>) -> Result<(), Fault> {
                output.scalar(Primitive::to_bits(*self));
                Ok(())
            }

            #[inline]
            fn encode_list<'x>(list: impl ExactSizeIterator<Item = &'x Self>, writer: &mut Writer) {
                Self::encode_slice(&list.copied().collect::<Vec<_>>(), writer);
            }

            #[inline]
            fn encode_slice(list: &[Self], writer: &mut Writer) {
                writer.word(list.len() as u64);
                writer.packed(list);
            }

            #[inline]
            fn give_list<'x>(
                list: impl ExactSizeIterator<Item = &'x Self> + Clone,
                output: &mut Output<'_>,
            ) -> Result<(), Fault> {
                Self::give_vec(list.copied().collect(), output)
            }

            #[inline]
            fn give_slice(list: &[Self], output: &mut Output<'_>) -> Result<(), Fault> {
                output.slice(list);
                Ok(())
            }

            #[inline]
            fn give_vec(list: Vec<Self>, output: &mut Output<'_>) -> Result<(), Fault> {
                output.list(list);
                Ok(())
            }
        }
    )* };
}

scalars!(i8 i16 i32 i64 isize u8 u16 u32 u64 usize f32 f64 bool char);

/// A list of scalars that is not copied, not even inside other values: the words of the stream are aligned for it.
impl<'a: 'b, 'b, T: Primitive + Describe> Decode<'a, Of<Of<Standard>>> for &'b [T] {
    #[inline]
    fn decode(reader: &mut Reader<'a>) -> Result<Self, Fault> {
        let list = reader.word()?;
        if list == 0 {
            let count = reader.count()?;
            return reader.elements(count);
        }
        // SAFETY: instead of a list in the stream the host has lent one for the length of the call, which is only read.
        unsafe {
            let (first, count) = Arguments::list_at::<T>(list as *mut PyVec<T>)?;
            checked(first.cast(), count)
        }
    }

    #[inline]
    fn argument(arguments: &mut Arguments<'a>, index: usize) -> Result<Self, Fault> {
        // SAFETY: the parameter is a list of `T`, and only read.
        let (first, count) = unsafe { arguments.list::<T>(index) }?;
        // SAFETY: the elements are the host's, aligned, and lent for the length of the call.
        unsafe { checked(first.cast(), count) }
    }
}
