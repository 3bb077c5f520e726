//! Types that are passed as others.

use std::error::Error as StdError;
use std::fmt::Display;
use std::marker::PhantomData;
use std::str::FromStr;

use super::shape::{Catalogue, Describe, Shape};
use super::{Accepts, Decode, Encode};
use crate::frame::{Arguments, Fault, Output, Reader, Writer};
use crate::Error;

/// The conversion of a type that has one by itself. See [`Convert`].
#[derive(Debug)]
pub struct Standard;

/// The conversion of a type with another one inside, which is converted by `By`.
#[doc(hidden)]
#[derive(Debug)]
pub struct Of<By>(PhantomData<By>);

/// The conversion of a type that implements [`Convert<By>`](Convert), and is passed as one that is converted by `ByAs`.
#[doc(hidden)]
#[derive(Debug)]
pub struct Converted<By, ByAs>(PhantomData<(By, ByAs)>);

/// A type whose values are passed as those of another type.
///
/// JavaScript sees only values of the other type, `As`: in calls, in declarations, and inside of other values. `As` may
/// be any type that can be exchanged, also one that is converted itself. A type has one such conversion, and no derive.
///
/// ```
/// use rustdll::{export, Convert, Error};
///
/// pub struct Version(u32, u32);
///
/// impl Convert for Version {
///     type As = String;
///
///     fn from_as(text: String) -> Result<Self, Error> {
///         let (major, minor) = text.split_once('.').ok_or(Error::new("a version has a point"))?;
///         Ok(Version(major.parse()?, minor.parse()?))
///     }
///
///     fn to_as(&self) -> Result<String, Error> {
///         Ok(format!("{}.{}", self.0, self.1))
///     }
/// }
///
/// #[export]
/// fn newest(versions: Vec<Version>) -> Option<Version> {
///     versions.into_iter().max_by_key(|version| (version.0, version.1))
/// }
/// ```
///
/// A value from JavaScript that is refused is a `TypeError` there, which names the function, the argument, and the path
/// to the value: `newest: argument 1 (versions)[2]: a version has a point`. The function is not called. If a value of a
/// result cannot be converted, the call throws a `TypeError` too: `newest: the result[2]: ...`.
///
/// # Types of other crates
///
/// Rust allows a crate to implement a trait of another crate for a type of a third one if a type of its own is a
/// parameter of the trait. That is the purpose of `By`, which is any such type and has no other meaning. The macro
/// [`custom!`](crate::custom) writes such an implementation.
///
/// ```
/// use rustdll::{Convert, Error};
/// use serde_json::Number;
///
/// pub struct Here;
///
/// impl Convert<Here> for Number {
///     type As = String;
///
///     fn from_as(text: String) -> Result<Number, Error> {
///         Ok(text.parse()?)
///     }
///
///     fn to_as(&self) -> Result<String, Error> {
///         Ok(self.to_string())
///     }
/// }
/// ```
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not converted to a type that JavaScript knows",
    note = "implement `rustdll::Convert` for a type of your own, or use `rustdll::custom!` for one of another crate"
)]
pub trait Convert<By = Standard>: Sized {
    /// The type as which values are passed.
    type As;

    /// Converts a value from JavaScript. The error is the reason why it is refused.
    fn from_as(value: Self::As) -> Result<Self, Error>;

    /// Converts a value for JavaScript.
    fn to_as(&self) -> Result<Self::As, Error>;
}

impl<T, By, ByAs> Describe<Converted<By, ByAs>> for T
where
    T: Convert<By>,
    T::As: Describe<ByAs>,
{
    const IS_OPTION: bool = T::As::IS_OPTION;
    const ACCEPTS: Accepts = T::As::ACCEPTS.converted();

    fn describe(catalogue: &mut Catalogue) -> Shape {
        T::As::describe(catalogue)
    }
}

/// Converts the elements of a list.
fn list_from<T: Convert<By>, By>(list: Vec<T::As>) -> Result<Vec<T>, Fault> {
    let convert = |(index, value)| T::from_as(value).map_err(|reason| Fault::refused(reason).at(index));
    list.into_iter().enumerate().map(convert).collect()
}

/// Converts the elements of a list for JavaScript.
fn list_to<'x, T: Convert<By> + 'x, By>(list: impl Iterator<Item = &'x T>) -> Result<Vec<T::As>, Fault> {
    let convert = |(index, value): (usize, &T)| value.to_as().map_err(|reason| Fault::refused(reason).at(index));
    list.enumerate().map(convert).collect()
}

impl<'a, T, By, ByAs> Decode<'a, Converted<By, ByAs>> for T
where
    T: Convert<By>,
    T::As: Decode<'a, ByAs>,
{
    fn decode(reader: &mut Reader<'a>) -> Result<Self, Fault> {
        T::from_as(T::As::decode(reader)?).map_err(Fault::refused)
    }

    fn argument(arguments: &mut Arguments<'a>, index: usize) -> Result<Self, Fault> {
        T::from_as(T::As::argument(arguments, index)?).map_err(Fault::refused)
    }

    fn decode_list(reader: &mut Reader<'a>, count: usize) -> Result<Vec<Self>, Fault> {
        list_from(T::As::decode_list(reader, count)?)
    }

    fn list_argument(arguments: &mut Arguments<'a>, index: usize) -> Result<Vec<Self>, Fault> {
        list_from(T::As::list_argument(arguments, index)?)
    }
}

impl<T, By, ByAs> Encode<Converted<By, ByAs>> for T
where
    T: Convert<By>,
    T::As: Encode<ByAs>,
{
    fn encode(&self, writer: &mut Writer) {
        match self.to_as() {
            Ok(value) => value.encode(writer),
            Err(reason) => writer.refuse(reason),
        }
    }

    fn locate(&self, writer: &mut Writer) -> bool {
        match self.to_as() {
            Ok(value) => value.locate(writer),
            Err(reason) => {
                writer.refuse(reason);
                true
            }
        }
    }

    fn give_ref(&self, output: &mut Output<'_>) -> Result<(), Fault> {
        self.to_as().map_err(Fault::refused)?.give(output)
    }

    fn encode_list<'x>(list: impl ExactSizeIterator<Item = &'x Self>, writer: &mut Writer)
    where
        Self: 'x,
    {
        match list_to::<T, By>(list) {
            Ok(list) => T::As::encode_slice(&list, writer),
            Err(fault) => writer.fail(fault),
        }
    }

    fn give_list<'x>(
        list: impl ExactSizeIterator<Item = &'x Self> + Clone,
        output: &mut Output<'_>,
    ) -> Result<(), Fault>
    where
        Self: 'x,
    {
        T::As::give_vec(list_to::<T, By>(list)?, output)
    }
}

/// Says how a type of another crate is passed: as a value of a type that JavaScript knows.
///
/// It is written once, anywhere in the crate. The type can then be used as if JavaScript knew it, as a parameter, as a
/// result, and inside of others: `Vec<Url>`, `Option<Url>`, a field `url: Url`.
///
/// - `custom!(Url, String)` is for a type that implements `FromStr` and `Display`. JavaScript has its text.
/// - `custom!(Url, String, from, to)` has the conversions: `from` makes a `Result<Url, E>` of a `String`, `to` makes a
///   `String` of a `&Url`. The error is any error, or a string.
///
/// A value that is refused is a `TypeError` with the path to it, as [`Convert`] describes, which the macro implements.
///
/// ```
/// use rustdll::{custom, export};
/// use serde_json::{Map, Number, Value};
///
/// custom!(Number, String);
///
/// custom!(Map<String, Value>, String, |text| serde_json::from_str(&text), |map| Value::from(map.clone()).to_string());
///
/// #[export]
/// fn counts(maps: Vec<Map<String, Value>>) -> Vec<Option<Number>> {
///     maps.into_iter().map(|map| map.get("count")?.as_number().cloned()).collect()
/// }
/// ```
///
/// Two conversions of one type are an error where the type is used (`type annotations needed`), also if one of them is
/// in another crate.
#[macro_export]
macro_rules! custom {
    ($type:ty, $as:ty $(,)?) => {
        $crate::custom!(
            $type,
            $as,
            |text| <$type as ::core::str::FromStr>::from_str(&text),
            |value| ::std::string::ToString::to_string(value)
        );
    };
    ($type:ty, $as:ty, $from:expr, $to:expr $(,)?) => {
        const _: () = {
            pub struct Here;

            impl $crate::Convert<Here> for $type {
                type As = $as;

                fn from_as(value: $as) -> ::core::result::Result<Self, $crate::Error> {
                    $crate::__private::from_as(value, $from)
                }

                fn to_as(&self) -> ::core::result::Result<$as, $crate::Error> {
                    ::core::result::Result::Ok($crate::__private::to_as(self, $to))
                }
            }
        };
    };
}

/// Makes a value of its text, for `as = "String"`.
pub fn parse<T: FromStr>(text: String) -> Result<T, T::Err> {
    text.parse()
}

/// Returns the text of a value.
pub fn print<T: Display>(value: &T) -> String {
    value.to_string()
}

/// Describes a field or a parameter that two functions convert.
pub fn describe_as<T, A: Describe<By>, E, By>(
    _: impl FnOnce(A) -> Result<T, E>,
    _: impl FnOnce(&T) -> A,
    catalogue: &mut Catalogue,
) -> Shape {
    A::describe(catalogue)
}

/// Describes a parameter that a function converts.
pub fn describe_from<T, A: Describe<By>, E, By>(_: impl FnOnce(A) -> Result<T, E>, catalogue: &mut Catalogue) -> Shape {
    A::describe(catalogue)
}

/// A result that is passed as what a function makes of it.
#[derive(Debug)]
pub struct Passed<T, A, To> {
    value: T,
    to: To,
    passed: PhantomData<fn() -> A>,
}

impl<T, A, To: Fn(&T) -> A> Passed<T, A, To> {
    /// Makes the result of that of the function.
    #[inline]
    pub fn new(value: T, to: To) -> Self {
        Self {
            value,
            to,
            passed: PhantomData,
        }
    }
}

impl<T, A: Describe<By>, To, By> Describe<Of<By>> for Passed<T, A, To> {
    fn describe(catalogue: &mut Catalogue) -> Shape {
        A::describe(catalogue)
    }
}

impl<T, A: Encode<By>, To: Fn(&T) -> A, By> Encode<Of<By>> for Passed<T, A, To> {
    fn encode(&self, writer: &mut Writer) {
        (self.to)(&self.value).encode(writer);
    }

    fn locate(&self, writer: &mut Writer) -> bool {
        (self.to)(&self.value).locate(writer)
    }

    fn give(self, output: &mut Output<'_>) -> Result<(), Fault> {
        (self.to)(&self.value).give(output)
    }
}

/// Reads a field that a function converts.
pub fn decode_as<'a, T, A: Decode<'a, By>, E, By>(
    from: impl FnOnce(A) -> Result<T, E>,
    reader: &mut Reader<'a>,
) -> Result<T, Fault>
where
    E: Into<Box<dyn StdError + Send + Sync>>,
{
    from(A::decode(reader)?).map_err(Fault::refused)
}

/// Takes the argument of a parameter that a function converts.
pub fn argument_as<'a, T, A: Decode<'a, By>, E, By>(
    from: impl FnOnce(A) -> Result<T, E>,
    arguments: &mut Arguments<'a>,
    index: usize,
) -> Result<T, Fault>
where
    E: Into<Box<dyn StdError + Send + Sync>>,
{
    from(A::argument(arguments, index)?).map_err(Fault::refused)
}

/// Writes a field that a function converts.
pub fn encode_as<T, A: Encode<By>, By>(to: impl FnOnce(&T) -> A, value: &T, writer: &mut Writer) {
    to(value).encode(writer);
}

/// Finds in it what cannot be written, as [`Encode::locate`] does.
#[cold]
pub fn locate_as<T, A: Encode<By>, By>(to: impl FnOnce(&T) -> A, value: &T, writer: &mut Writer) -> bool {
    to(value).locate(writer)
}

/// Calls the first function of `custom!`, whose types are known here.
pub fn from_as<T, A, E>(value: A, convert: impl FnOnce(A) -> Result<T, E>) -> Result<T, Error>
where
    E: Into<Box<dyn StdError + Send + Sync>>,
{
    convert(value).map_err(|reason| Error::from_boxed(reason.into()))
}

/// Calls the second one.
pub fn to_as<T, A>(value: &T, convert: impl FnOnce(&T) -> A) -> A {
    convert(value)
}
