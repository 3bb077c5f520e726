//! The types that JavaScript and Rust exchange, and the traits by which they are converted.

mod accepts;
mod convert;
mod crates;
pub(crate) mod date;
mod default;
mod exact;
mod field;
mod flatten;
mod huge;
mod iter;
mod js_iter;
mod js_stream;
mod list;
mod located;
mod map;
mod moved;
mod mutable;
mod object;
mod option;
mod path;
mod pointer;
mod pyvec;
mod range;
mod scalar;
pub(crate) mod shape;
mod standard;
mod stream;
mod string;
mod tuple;
mod typed;
mod unit;
mod untagged;
mod wrapper;

use self::shape::{Catalogue, Describe, Shape};
use crate::allocator::vec_of_room;
use crate::frame::{Arguments, Fault, Output, Reader, Sample, Writer};

pub use accepts::Accepts;
pub use convert::{
    argument_as, decode_as, describe_as, describe_from, encode_as, from_as, locate_as, parse, print, to_as, Passed,
};
pub use convert::{Convert, Of, Standard};
#[cfg(feature = "serde")]
pub use crates::Json;
pub use default::{is_given, with_default, Unseen, WithoutDefault};
pub use exact::exact;
pub use field::{FindDescribed, FindUndescribed, FindUnwritten, FindWritten, Inside};
pub use flatten::{are_distinct, FieldName, Fields};
pub use iter::Iter;
pub use js_iter::JsIter;
pub use js_stream::JsStream;
pub use list::Lent;
pub(crate) use located::{locate_elements, Elements, Whole};
pub use map::{Key, Transparent};
pub use object::Objects;
pub use pyvec::StringMark;
pub use scalar::Primitive;
pub use stream::{SendError, Sender, Stream};
pub use typed::TypedArray;
pub use untagged::{choose, discriminant};

/// A type whose values come from JavaScript: as an argument, and inside other arguments. `'a` is the length of the
/// call.
///
/// It is implemented for the types of the [list](crate#types), and by `#[derive(Record)]` and `#[derive(Enum)]`.
#[diagnostic::on_unimplemented(
    message = "JavaScript cannot pass a `{Self}`",
    label = "not a type that an exported function can take",
    note = "supported are integers, floats, `bool`, `char`, `&str`, `String`, `&[T]`, `Vec<T>`, arrays, `Option<T>`, tuples, `HashMap<K, T>`, `BTreeMap<K, T>`, `Box<T>`, `Rc<T>`, `Arc<T>`, `TypedArray<T>`, and as a parameter `&mut [T]` of numbers and references to what is supported",
    note = "for a struct or an enum of your own add `#[derive(rustdll::Record)]` or `#[derive(rustdll::Enum)]`; if its values stay in Rust, `#[derive(rustdll::Object)]`, and inside of other values take and return a `rustdll::Handle<T>`; a type of another crate is passed as its text by `rustdll::custom!(Type, String)`, or as any other type, see `rustdll::Convert`"
)]
pub trait Decode<'a, By = Standard>: Describe<By> + Sized {
    /// Reads a value from the stream.
    fn decode(reader: &mut Reader<'a>) -> Result<Self, Fault>;

    // The host decides by the description of a type alone how to pass its values. A scalar, a string or a list of
    // scalars has a slot, so a type that is described as one of these has to override these methods.

    /// Takes the argument of the parameter at `index`.
    #[doc(hidden)]
    #[inline]
    fn argument(arguments: &mut Arguments<'a>, index: usize) -> Result<Self, Fault> {
        let _ = index;
        Self::decode(&mut arguments.reader)
    }

    /// Reads the elements of a list of `count` values.
    #[doc(hidden)]
    #[inline]
    fn decode_list(reader: &mut Reader<'a>, count: usize) -> Result<Vec<Self>, Fault> {
        let mut list = vec_of_room(reader.room(count));
        for index in 0..count {
            list.push(Self::decode(reader).map_err(|fault| fault.at(index))?);
        }
        Ok(list)
    }

    /// Takes a list of this type as an argument.
    #[doc(hidden)]
    #[inline]
    fn list_argument(arguments: &mut Arguments<'a>, index: usize) -> Result<Vec<Self>, Fault> {
        let _ = index;
        let count = arguments.reader.count()?;
        Self::decode_list(&mut arguments.reader, count)
    }

    /// Reads a list, without a copy if that is possible.
    #[doc(hidden)]
    #[inline]
    fn decode_slice<'b>(reader: &mut Reader<'a>) -> Result<Lent<'b, Self>, Fault>
    where
        'a: 'b,
        Self: 'b,
    {
        let count = reader.count()?;
        Self::decode_list(reader, count).map(Lent::Own)
    }

    /// Takes a list of this type as an argument, without a copy if that is possible.
    #[doc(hidden)]
    #[inline]
    fn slice_argument<'b>(arguments: &mut Arguments<'a>, index: usize) -> Result<Lent<'b, Self>, Fault>
    where
        'a: 'b,
        Self: 'b,
    {
        Self::list_argument(arguments, index).map(Lent::Own)
    }
}

/// The type of what a function returns, apart from a `Result` around it.
#[doc(hidden)]
#[diagnostic::on_unimplemented(
    message = "an exported function cannot return a `{Self}`",
    label = "not a type that JavaScript can be given",
    note = "supported are integers, floats, `bool`, `char`, strings, `Vec<T>`, slices and arrays, `Option<T>`, tuples, `HashMap<K, T>`, `BTreeMap<K, T>`, `Box<T>`, `Rc<T>`, `Arc<T>`, `TypedArray<T>` and, around all of it, `Result<T, E>`",
    note = "for a struct or an enum of your own add `#[derive(rustdll::Record)]` or `#[derive(rustdll::Enum)]`; if its values stay in Rust, `#[derive(rustdll::Object)]`, and inside of other values take and return a `rustdll::Handle<T>`; a type of another crate is passed as its text by `rustdll::custom!(Type, String)`, or as any other type, see `rustdll::Convert`"
)]
pub trait Give<By = Standard>: Sized {
    /// Describes the type of the result.
    fn describe(catalogue: &mut Catalogue) -> Shape;

    /// Writes the result.
    fn give(self, output: &mut Output<'_>) -> Result<(), Fault>;
}

impl<T: Encode<By>, By> Give<By> for T {
    fn describe(catalogue: &mut Catalogue) -> Shape {
        <T as Describe<By>>::describe(catalogue)
    }

    #[inline]
    fn give(self, output: &mut Output<'_>) -> Result<(), Fault> {
        <T as Encode<By>>::give(self, output)
    }
}

/// A type whose values go to JavaScript: as a result, and inside other results.
///
/// It is implemented for the types of the [list](crate#types), and by `#[derive(Record)]` and `#[derive(Enum)]`.
#[diagnostic::on_unimplemented(
    message = "an exported function cannot return a `{Self}`",
    label = "not a type that JavaScript can be given",
    note = "supported are integers, floats, `bool`, `char`, strings, `Vec<T>`, slices and arrays, `Option<T>`, tuples, `HashMap<K, T>`, `BTreeMap<K, T>`, `Box<T>`, `Rc<T>`, `Arc<T>`, `TypedArray<T>` and, around all of it, `Result<T, E>`",
    note = "for a struct or an enum of your own add `#[derive(rustdll::Record)]` or `#[derive(rustdll::Enum)]`; if its values stay in Rust, `#[derive(rustdll::Object)]`, and inside of other values take and return a `rustdll::Handle<T>`; a type of another crate is passed as its text by `rustdll::custom!(Type, String)`, or as any other type, see `rustdll::Convert`"
)]
pub trait Encode<By = Standard>: Describe<By> {
    /// Writes the value to the stream.
    fn encode(&self, writer: &mut Writer);

    /// Finds the first value inside that cannot be written, after writing has failed. Returns true if there is one, whose
    /// fault and path the writer has then. A type that contains others overrides it, so that writing tracks no paths.
    #[doc(hidden)]
    #[cold]
    fn locate(&self, writer: &mut Writer) -> bool {
        self.encode(writer);
        writer.has_failed()
    }

    // As with `Decode`, a type that is described as a scalar, a string or a list of scalars overrides these methods.

    /// Writes the value as the result.
    #[doc(hidden)]
    #[inline]
    fn give(self, output: &mut Output<'_>) -> Result<(), Fault>
    where
        Self: Sized,
    {
        let given = self.give_ref(output);
        output.dispose(self);
        given
    }

    /// Writes the value as the result, by reference.
    #[doc(hidden)]
    #[inline]
    fn give_ref(&self, output: &mut Output<'_>) -> Result<(), Fault> {
        output.stream(&Whole::new(self))
    }

    /// Writes a list of this type to the stream.
    #[doc(hidden)]
    #[inline]
    fn encode_list<'x>(list: impl ExactSizeIterator<Item = &'x Self>, writer: &mut Writer)
    where
        Self: 'x,
    {
        let mut list = list;
        writer.word(list.len() as u64);
        let mut sample = Sample::of(list.len(), writer);
        loop {
            for element in list.by_ref().take(sample.count()) {
                element.encode(writer);
            }
            if sample.was_all(list.len(), writer) {
                return;
            }
        }
    }

    /// Writes a slice of this type to the stream.
    #[doc(hidden)]
    #[inline]
    fn encode_slice(list: &[Self], writer: &mut Writer)
    where
        Self: Sized,
    {
        Self::encode_list(list.iter(), writer);
    }

    /// Writes a list of this type as the result.
    #[doc(hidden)]
    #[inline]
    fn give_list<'x>(
        list: impl ExactSizeIterator<Item = &'x Self> + Clone,
        output: &mut Output<'_>,
    ) -> Result<(), Fault>
    where
        Self: 'x,
    {
        output.stream(&Elements::<_, By>::new(list))
    }

    /// Writes a slice of this type as the result.
    #[doc(hidden)]
    #[inline]
    fn give_slice(list: &[Self], output: &mut Output<'_>) -> Result<(), Fault>
    where
        Self: Sized,
    {
        Self::give_list(list.iter(), output)
    }

    /// Writes a vector of this type as the result. Its buffer may be passed to the host.
    #[doc(hidden)]
    #[inline]
    fn give_vec(list: Vec<Self>, output: &mut Output<'_>) -> Result<(), Fault>
    where
        Self: Sized,
    {
        let given = Self::give_slice(&list, output);
        output.dispose(list);
        given
    }
}

/// The type of a parameter that is passed by value, or `&mut`.
#[doc(hidden)]
#[diagnostic::on_unimplemented(
    message = "an exported function cannot take a `{Self}`",
    label = "not a type that an exported function can take",
    note = "supported are integers, floats, `bool`, `char`, `&str`, `String`, `&[T]`, `Vec<T>`, arrays, `Option<T>`, tuples, `HashMap<K, T>`, `BTreeMap<K, T>`, `Box<T>`, `Rc<T>`, `Arc<T>`, `TypedArray<T>`, and as a parameter `&mut [T]` of numbers and references to what is supported",
    note = "for a struct or an enum of your own add `#[derive(rustdll::Record)]` or `#[derive(rustdll::Enum)]`; if its values stay in Rust, `#[derive(rustdll::Object)]`, and inside of other values take and return a `rustdll::Handle<T>`; a type of another crate is passed as its text by `rustdll::custom!(Type, String)`, or as any other type, see `rustdll::Convert`"
)]
pub trait Argument<'a, By = Standard>: Sized {
    /// Describes the type of the parameter.
    fn describe(catalogue: &mut Catalogue) -> Shape;

    /// Takes the argument of the parameter at `index`.
    fn take(arguments: &mut Arguments<'a>, index: usize) -> Result<Self, Fault>;
}

impl<'a, T: Decode<'a, By>, By> Argument<'a, By> for T {
    fn describe(catalogue: &mut Catalogue) -> Shape {
        <T as Describe<By>>::describe(catalogue)
    }

    #[inline]
    fn take(arguments: &mut Arguments<'a>, index: usize) -> Result<Self, Fault> {
        T::argument(arguments, index)
    }
}

/// The type of a parameter that is passed by shared reference: `T` of `&T`.
#[doc(hidden)]
#[diagnostic::on_unimplemented(
    message = "an exported function cannot take a `&{Self}`",
    label = "not a type that an exported function can take by reference",
    note = "supported are `&str`, `&[T]`, `&PyStr`, `&PyVec<T>` and references to any type that can be taken by value",
    note = "for a struct or an enum of your own add `#[derive(rustdll::Record)]` or `#[derive(rustdll::Enum)]`; if its values stay in Rust, `#[derive(rustdll::Object)]`, and inside of other values take and return a `rustdll::Handle<T>`; a type of another crate is passed as its text by `rustdll::custom!(Type, String)`, or as any other type, see `rustdll::Convert`"
)]
pub trait Lend<'a, By = Standard> {
    /// The value that the function's wrapper holds during the call and lends to the function.
    type Held;

    /// Describes the type of the parameter.
    fn describe(catalogue: &mut Catalogue) -> Shape;

    /// Takes the argument of the parameter at `index`.
    fn hold(arguments: &mut Arguments<'a>, index: usize) -> Result<Self::Held, Fault>;

    /// Lends the value.
    fn lend<'h>(held: &'h Self::Held) -> &'h Self
    where
        'a: 'h;
}

impl<'a, T: Decode<'a, By>, By> Lend<'a, By> for T {
    type Held = T;

    fn describe(catalogue: &mut Catalogue) -> Shape {
        <T as Describe<By>>::describe(catalogue)
    }

    #[inline]
    fn hold(arguments: &mut Arguments<'a>, index: usize) -> Result<T, Fault> {
        T::argument(arguments, index)
    }

    #[inline]
    fn lend<'h>(held: &'h T) -> &'h T
    where
        'a: 'h,
    {
        held
    }
}

/// The type of a parameter that is passed by mutable reference, if the wrapper has to hold something for it: `T` of
/// `&mut T`.
#[doc(hidden)]
pub trait LendMut<'a> {
    /// What the wrapper of the function holds during the call, to lend it.
    type Held;

    /// Describes the type of the parameter.
    fn describe(catalogue: &mut Catalogue) -> Shape;

    /// Takes the argument of the parameter at `index`.
    fn hold(arguments: &mut Arguments<'a>, index: usize) -> Result<Self::Held, Fault>;

    /// Lends it.
    fn lend(held: &mut Self::Held) -> &mut Self;
}
