//! Strings.

use std::rc::Rc;
use std::sync::Arc;

use super::convert::Standard;
use super::scalar::checked;
use super::shape::{Catalogue, Describe, Shape};
use super::{Accepts, Decode, Encode, Lend, Of};
use crate::frame::{Arguments, Fault, Output, Reader, Writer};

impl Describe for str {
    const ACCEPTS: Accepts = Accepts::STRINGS;

    fn describe(_: &mut Catalogue) -> Shape {
        Shape::Plain("string")
    }
}

impl Encode for str {
    #[inline]
    fn encode(&self, writer: &mut Writer) {
        writer.text(self);
    }

    #[inline]
    fn give_ref(&self, output: &mut Output<'_>) -> Result<(), Fault> {
        output.text(self.as_bytes().to_vec())
    }
}

impl<'a: 'b, 'b> Decode<'a, Of<Standard>> for &'b str {
    #[inline]
    fn decode(reader: &mut Reader<'a>) -> Result<Self, Fault> {
        reader.text()
    }

    #[inline]
    fn argument(arguments: &mut Arguments<'a>, index: usize) -> Result<Self, Fault> {
        // SAFETY: the parameter is a string, thus a list of bytes, and only read.
        let (first, count) = unsafe { arguments.list::<u8>(index) }?;
        // SAFETY: the bytes are the host's, lent for the length of the call.
        let bytes = unsafe { checked::<u8>(first, count) }?;
        debug_assert!(std::str::from_utf8(bytes).is_ok());
        // SAFETY: the host guarantees UTF-8.
        Ok(unsafe { std::str::from_utf8_unchecked(bytes) })
    }
}

impl<'a> Lend<'a> for str {
    type Held = &'a str;

    fn describe(_: &mut Catalogue) -> Shape {
        Shape::Plain("string")
    }

    #[inline]
    fn hold(arguments: &mut Arguments<'a>, index: usize) -> Result<&'a str, Fault> {
        <&str>::argument(arguments, index)
    }

    #[inline]
    fn lend<'h>(held: &'h &'a str) -> &'h str
    where
        'a: 'h,
    {
        held
    }
}

impl Describe for String {
    const ACCEPTS: Accepts = Accepts::STRINGS;

    fn describe(_: &mut Catalogue) -> Shape {
        Shape::Plain("string")
    }
}

impl Encode for String {
    #[inline]
    fn encode(&self, writer: &mut Writer) {
        writer.text(self);
    }

    #[inline]
    fn give(self, output: &mut Output<'_>) -> Result<(), Fault> {
        output.text(self.into_bytes())
    }

    #[inline]
    fn give_ref(&self, output: &mut Output<'_>) -> Result<(), Fault> {
        self.as_str().give_ref(output)
    }
}

macro_rules! from_str {
    ($($string:ty, $by:ty;)*) => { $(
        impl<'a> Decode<'a, $by> for $string {
            #[inline]
            fn decode(reader: &mut Reader<'a>) -> Result<Self, Fault> {
                <&str>::decode(reader).map(Self::from)
            }

            #[inline]
            fn argument(arguments: &mut Arguments<'a>, index: usize) -> Result<Self, Fault> {
                <&str>::argument(arguments, index).map(Self::from)
            }
        }
    )* };
}

from_str! {
    String, Standard;
    Box<str>, Of<Standard>;
    Rc<str>, Of<Standard>;
    Arc<str>, Of<Standard>;
}
