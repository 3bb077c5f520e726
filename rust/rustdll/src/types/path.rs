//! Paths and strings of the operating system: strings in JavaScript. One that is not Unicode is an error, since a string
//! that stands for it would be the name of another file.

use std::borrow::Cow;
use std::ffi::{OsStr, OsString};
use std::path::{Path, PathBuf};
use std::rc::Rc;
use std::sync::Arc;

use super::convert::Standard;
use super::shape::{Catalogue, Describe, Shape};
use super::{Accepts, Decode, Encode, Lend, Of};
use crate::frame::{Arguments, Fault, Output, Reader, Writer};
use crate::Error;

/// Returns the error for a string that is not Unicode.
#[cold]
fn not_unicode(what: &str, value: &dyn std::fmt::Debug) -> Error {
    Error::new(format_args!("the {what} {value:?} is not Unicode"))
}

macro_rules! system_strings {
    ($($owned:ident $view:ident, $what:literal;)*) => { $(
        impl Describe for $view {
            const ACCEPTS: Accepts = Accepts::STRINGS;

            fn describe(_: &mut Catalogue) -> Shape {
                Shape::Plain("string")
            }
        }

        impl Encode for $view {
            #[inline]
            fn encode(&self, writer: &mut Writer) {
                match self.to_str() {
                    Some(text) => writer.text(text),
                    None => writer.refuse(not_unicode($what, &self)),
                }
            }

            #[inline]
            fn give_ref(&self, output: &mut Output<'_>) -> Result<(), Fault> {
                match self.to_str() {
                    Some(text) => text.give_ref(output),
                    None => Err(Fault::refused(not_unicode($what, &self))),
                }
            }
        }

        impl<'a: 'b, 'b> Decode<'a, Of<Standard>> for &'b $view {
            #[inline]
            fn decode(reader: &mut Reader<'a>) -> Result<Self, Fault> {
                reader.text().map($view::new)
            }

            #[inline]
            fn argument(arguments: &mut Arguments<'a>, index: usize) -> Result<Self, Fault> {
                <&str>::argument(arguments, index).map($view::new)
            }
        }

        impl<'a> Lend<'a> for $view {
            type Held = &'a $view;

            fn describe(catalogue: &mut Catalogue) -> Shape {
                <$view as Describe>::describe(catalogue)
            }

            #[inline]
            fn hold(arguments: &mut Arguments<'a>, index: usize) -> Result<&'a $view, Fault> {
                <&$view>::argument(arguments, index)
            }

            #[inline]
            fn lend<'h>(held: &'h &'a $view) -> &'h $view
            where
                'a: 'h,
            {
                held
            }
        }

        impl Describe for $owned {
            const ACCEPTS: Accepts = Accepts::STRINGS;

            fn describe(catalogue: &mut Catalogue) -> Shape {
                <$view as Describe>::describe(catalogue)
            }
        }

        impl Encode for $owned {
            #[inline]
            fn encode(&self, writer: &mut Writer) {
                <$view as Encode>::encode(self, writer);
            }

            #[inline]
            fn give(self, output: &mut Output<'_>) -> Result<(), Fault> {
                match OsString::from(self).into_string() {
                    Ok(text) => text.give(output),
                    Err(other) => Err(Fault::refused(not_unicode($what, &other))),
                }
            }

            #[inline]
            fn give_ref(&self, output: &mut Output<'_>) -> Result<(), Fault> {
                <$view as Encode>::give_ref(self, output)
            }
        }

        system_strings! {
            $view;
            $owned, Standard;
            Box<$view>, Of<Standard>;
            Rc<$view>, Of<Standard>;
            Arc<$view>, Of<Standard>;
        }

        impl<'a: 'b, 'b> Decode<'a, Of<Standard>> for Cow<'b, $view> {
            #[inline]
            fn decode(reader: &mut Reader<'a>) -> Result<Self, Fault> {
                <&$view>::decode(reader).map(Cow::Borrowed)
            }

            #[inline]
            fn argument(arguments: &mut Arguments<'a>, index: usize) -> Result<Self, Fault> {
                <&$view>::argument(arguments, index).map(Cow::Borrowed)
            }
        }
    )* };
    ($view:ident; $($owner:ty, $by:ty;)*) => { $(
        impl<'a> Decode<'a, $by> for $owner {
            #[inline]
            fn decode(reader: &mut Reader<'a>) -> Result<Self, Fault> {
                <&$view>::decode(reader).map(Self::from)
            }

            #[inline]
            fn argument(arguments: &mut Arguments<'a>, index: usize) -> Result<Self, Fault> {
                <&$view>::argument(arguments, index).map(Self::from)
            }
        }
    )* };
}

system_strings! {
    PathBuf Path, "path";
    OsString OsStr, "string";
}
