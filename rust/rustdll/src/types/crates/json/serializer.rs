//! Makes JSON of values, as `serde_json` does, but refuses what JSON cannot say, and puts integers that a JavaScript number
//! does not hold apart.

use std::fmt::{self, Display};

use serde::ser::{self, Serialize};
use serde_json::ser::{CompactFormatter, Formatter};
use serde_json::Value;

use super::key::KeyWriter;
use super::path::{Step, Walk};
use crate::frame::Fault;
use crate::types::standard::number_text;

/// The deepest that values may be nested, which is what `serde_json` reads.
const MAX_DEPTH: usize = 127;

/// The greatest integer up to which a number of JavaScript holds all.
const MAX_SAFE: u128 = (1 << 53) - 1;

/// The names by which `serde_json` passes numbers and raw text through serde, if a crate has switched these features on.
const NUMBER: &str = "$serde_json::private::Number";
const RAW: &str = "$serde_json::private::RawValue";

/// A value as JSON.
pub(super) struct JsonText {
    pub text: String,
    /// The integers beyond 2^53 - 1: the way to each, and its digits. In the text they are 0.
    pub integers: Vec<(Vec<Step>, String)>,
}

/// The message of an error; the place is that at which writing ended. It is returned in registers, as every step of writing
/// returns whether there is one.
#[derive(Debug)]
pub(super) struct Refused(Box<str>);

impl Refused {
    #[cold]
    fn new(message: String) -> Self {
        Self(message.into())
    }
}

impl Display for Refused {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl std::error::Error for Refused {}

impl ser::Error for Refused {
    fn custom<T: Display>(message: T) -> Self {
        Refused::new(message.to_string())
    }
}

fn refuse<T>(message: &str) -> Result<T, Refused> {
    Err(Refused::new(message.to_owned()))
}

impl JsonText {
    /// Writes a value. The fault says what of it has no JSON, and where that is.
    pub fn of(value: &(impl Serialize + ?Sized)) -> Result<Self, Fault> {
        let mut writer = JsonWriter {
            out: Vec::with_capacity(128),
            depth: 0,
            integers: Vec::new(),
        };
        if let Err(Refused(message)) = value.serialize(&mut writer) {
            return Err(writer.fault(&message));
        }
        let integers = match &writer.integers[..] {
            [] => Vec::new(),
            integers => writer.paths(integers),
        };
        let JsonWriter { out, .. } = writer;
        debug_assert!(std::str::from_utf8(&out).is_ok());
        Ok(JsonText {
            // SAFETY: only whole strings, and ASCII, have been written.
            text: unsafe { String::from_utf8_unchecked(out) },
            integers,
        })
    }
}

/// The JSON that is being written.
pub(super) struct JsonWriter {
    /// UTF-8.
    pub(super) out: Vec<u8>,
    /// The number of arrays and objects around the value that is being written.
    depth: usize,
    /// The integers that a number of JavaScript does not hold: the place of each in the text, and its digits.
    integers: Vec<(usize, String)>,
}

impl JsonWriter {
    /// Makes the fault of the value that is being written.
    #[cold]
    fn fault(&self, message: &str) -> Fault {
        let steps = Walk::new(&self.out).to(self.out.len()).into_iter().rev();
        steps.fold(Fault::refused(message), |fault, step| match step {
            Step::Index(index) => fault.at(index),
            Step::Key(key) => fault.within(&key),
        })
    }

    /// Returns the way to each integer, and its digits.
    #[cold]
    fn paths(&self, integers: &[(usize, String)]) -> Vec<(Vec<Step>, String)> {
        let mut walk = Walk::new(&self.out);
        let path = |(place, digits): &(usize, String)| (walk.to(*place), digits.clone());
        integers.iter().map(path).collect()
    }

    /// Enters the value inside of the current one.
    #[inline]
    fn enter(&mut self) -> Result<(), Refused> {
        self.depth += 1;
        if self.depth > MAX_DEPTH {
            return refuse("values are nested more than 127 deep");
        }
        Ok(())
    }

    /// Writes a string.
    #[inline]
    pub(super) fn text(&mut self, text: &str) -> Result<(), Refused> {
        serde_json::to_writer(&mut self.out, text).map_err(ser::Error::custom)
    }

    /// Writes a number, or the digits of a key, with `serde_json`'s own code. Writing to a vector does not fail.
    #[inline]
    fn number(&mut self, write: impl FnOnce(&mut CompactFormatter, &mut Vec<u8>) -> std::io::Result<()>) {
        let written = write(&mut CompactFormatter, &mut self.out);
        debug_assert!(written.is_ok());
    }

    /// Puts an integer apart that a number of JavaScript does not hold.
    #[cold]
    fn large(&mut self, digits: String) {
        self.integers.push((self.out.len(), digits));
        self.out.push(b'0');
    }

    /// Writes a float. JSON has neither NaN nor infinities.
    #[inline]
    fn float(
        &mut self,
        value: f64,
        write: impl FnOnce(&mut CompactFormatter, &mut Vec<u8>) -> std::io::Result<()>,
    ) -> Result<(), Refused> {
        if !value.is_finite() {
            return Err(Refused::new(format!("JSON has no {}", number_text(value))));
        }
        self.number(write);
        Ok(())
    }
}

macro_rules! integers {
    ($($serialize:ident $integer:ident $write:ident;)*) => { $(
        #[inline]
        fn $serialize(self, value: $integer) -> Result<(), Refused> {
            #[allow(clippy::unnecessary_cast, clippy::cast_lossless, unused_comparisons, reason = "the same for all of them")]
            let magnitude = if value < 0 { (value as i128).unsigned_abs() } else { value as u128 };
            if magnitude > MAX_SAFE {
                self.large(value.to_string());
            } else {
                self.number(|formatter, out| formatter.$write(out, value));
            }
            Ok(())
        }
    )* };
}

impl<'w> ser::Serializer for &'w mut JsonWriter {
    type Ok = ();
    type Error = Refused;
    type SerializeSeq = Compound<'w>;
    type SerializeTuple = Compound<'w>;
    type SerializeTupleStruct = Compound<'w>;
    type SerializeTupleVariant = Compound<'w>;
    type SerializeMap = Compound<'w>;
    type SerializeStruct = Compound<'w>;
    type SerializeStructVariant = Compound<'w>;

    integers! {
        serialize_i8 i8 write_i8;
        serialize_i16 i16 write_i16;
        serialize_i32 i32 write_i32;
        serialize_i64 i64 write_i64;
        serialize_i128 i128 write_i128;
        serialize_u8 u8 write_u8;
        serialize_u16 u16 write_u16;
        serialize_u32 u32 write_u32;
        serialize_u64 u64 write_u64;
        serialize_u128 u128 write_u128;
    }

    #[inline]
    fn serialize_bool(self, value: bool) -> Result<(), Refused> {
        self.out.extend_from_slice(if value { b"true" } else { b"false" });
        Ok(())
    }

    #[inline]
    fn serialize_f32(self, value: f32) -> Result<(), Refused> {
        self.float(value.into(), |formatter, out| formatter.write_f32(out, value))
    }

    #[inline]
    fn serialize_f64(self, value: f64) -> Result<(), Refused> {
        self.float(value, |formatter, out| formatter.write_f64(out, value))
    }

    fn serialize_char(self, value: char) -> Result<(), Refused> {
        self.text(value.encode_utf8(&mut [0; 4]))
    }

    #[inline]
    fn serialize_str(self, value: &str) -> Result<(), Refused> {
        self.text(value)
    }

    fn serialize_bytes(self, value: &[u8]) -> Result<(), Refused> {
        value.serialize(self)
    }

    #[inline]
    fn serialize_none(self) -> Result<(), Refused> {
        self.serialize_unit()
    }

    #[inline]
    fn serialize_some<T: Serialize + ?Sized>(self, value: &T) -> Result<(), Refused> {
        value.serialize(self)
    }

    #[inline]
    fn serialize_unit(self) -> Result<(), Refused> {
        self.out.extend_from_slice(b"null");
        Ok(())
    }

    fn serialize_unit_struct(self, _: &'static str) -> Result<(), Refused> {
        self.serialize_unit()
    }

    #[inline]
    fn serialize_unit_variant(self, _: &'static str, _: u32, variant: &'static str) -> Result<(), Refused> {
        self.text(variant)
    }

    fn serialize_newtype_struct<T: Serialize + ?Sized>(self, _: &'static str, value: &T) -> Result<(), Refused> {
        value.serialize(self)
    }

    fn serialize_newtype_variant<T: Serialize + ?Sized>(
        self,
        _: &'static str,
        _: u32,
        variant: &'static str,
        value: &T,
    ) -> Result<(), Refused> {
        self.variant(variant)?;
        value.serialize(&mut *self)?;
        self.leave(b"}");
        Ok(())
    }

    #[inline]
    fn serialize_seq(self, _: Option<usize>) -> Result<Compound<'w>, Refused> {
        self.compound(b"[", b"]")
    }

    #[inline]
    fn serialize_tuple(self, _: usize) -> Result<Compound<'w>, Refused> {
        self.serialize_seq(None)
    }

    fn serialize_tuple_struct(self, _: &'static str, _: usize) -> Result<Compound<'w>, Refused> {
        self.serialize_seq(None)
    }

    fn serialize_tuple_variant(
        self,
        _: &'static str,
        _: u32,
        variant: &'static str,
        _: usize,
    ) -> Result<Compound<'w>, Refused> {
        self.variant(variant)?;
        self.compound(b"[", b"]}")
    }

    #[inline]
    fn serialize_map(self, _: Option<usize>) -> Result<Compound<'w>, Refused> {
        self.compound(b"{", b"}")
    }

    #[inline]
    fn serialize_struct(self, name: &'static str, _: usize) -> Result<Compound<'w>, Refused> {
        match name {
            NUMBER | RAW => Ok(Compound {
                writer: self,
                is_first: true,
                end: b"",
            }),
            _ => self.serialize_map(None),
        }
    }

    fn serialize_struct_variant(
        self,
        _: &'static str,
        _: u32,
        variant: &'static str,
        _: usize,
    ) -> Result<Compound<'w>, Refused> {
        self.variant(variant)?;
        self.compound(b"{", b"}}")
    }
}

impl JsonWriter {
    /// Begins an array or object.
    #[inline]
    fn compound(&mut self, begin: &[u8], end: &'static [u8]) -> Result<Compound<'_>, Refused> {
        self.out.extend_from_slice(begin);
        self.enter()?;
        Ok(Compound {
            writer: self,
            is_first: true,
            end,
        })
    }

    /// Begins the object around what a variant holds.
    fn variant(&mut self, variant: &'static str) -> Result<(), Refused> {
        self.out.push(b'{');
        self.text(variant)?;
        self.out.push(b':');
        self.enter()
    }

    /// Ends as many arrays and objects as `end` has brackets.
    #[inline]
    fn leave(&mut self, end: &[u8]) {
        self.out.extend_from_slice(end);
        self.depth -= end.len();
    }

    /// Writes what `serde_json` holds as text: a number of any size, or JSON.
    fn held(&mut self, name: &str, value: &(impl Serialize + ?Sized)) -> Result<(), Refused> {
        let start = self.out.len();
        value.serialize(KeyWriter(self))?;
        let text: String = serde_json::from_slice(&self.out[start..]).map_err(ser::Error::custom)?;
        self.out.truncate(start);
        if name == RAW {
            let value: Value = serde_json::from_str(&text).map_err(ser::Error::custom)?;
            return value.serialize(self);
        }
        let digits = text.strip_prefix('-').unwrap_or(&text);
        if !digits.bytes().all(|byte| byte.is_ascii_digit()) || digits.parse().is_ok_and(|size: u128| size <= MAX_SAFE)
        {
            self.out.extend_from_slice(text.as_bytes());
        } else {
            self.large(text);
        }
        Ok(())
    }
}

/// An array or object that is being written; or, without an end, what `serde_json` holds as text.
pub(super) struct Compound<'w> {
    writer: &'w mut JsonWriter,
    is_first: bool,
    end: &'static [u8],
}

impl Compound<'_> {
    #[inline]
    fn comma(&mut self) {
        if !self.is_first {
            self.writer.out.push(b',');
        }
        self.is_first = false;
    }

    #[inline]
    fn element(&mut self, value: &(impl Serialize + ?Sized)) -> Result<(), Refused> {
        self.comma();
        value.serialize(&mut *self.writer)
    }

    #[inline]
    fn field(&mut self, name: &'static str, value: &(impl Serialize + ?Sized)) -> Result<(), Refused> {
        if self.end.is_empty() {
            return self.writer.held(name, value);
        }
        self.comma();
        self.writer.text(name)?;
        self.writer.out.push(b':');
        value.serialize(&mut *self.writer)
    }

    #[inline]
    fn finish(self) {
        self.writer.leave(self.end);
    }
}

macro_rules! elements {
    ($($Trait:ident $method:ident;)*) => { $(
        impl ser::$Trait for Compound<'_> {
            type Ok = ();
            type Error = Refused;

            #[inline]
            fn $method<T: Serialize + ?Sized>(&mut self, value: &T) -> Result<(), Refused> {
                self.element(value)
            }

            fn end(self) -> Result<(), Refused> {
                self.finish();
                Ok(())
            }
        }
    )* };
}

elements! {
    SerializeSeq serialize_element;
    SerializeTuple serialize_element;
    SerializeTupleStruct serialize_field;
    SerializeTupleVariant serialize_field;
}

macro_rules! fields {
    ($($Trait:ident)*) => { $(
        impl ser::$Trait for Compound<'_> {
            type Ok = ();
            type Error = Refused;

            #[inline]
            fn serialize_field<T: Serialize + ?Sized>(&mut self, name: &'static str, value: &T) -> Result<(), Refused> {
                self.field(name, value)
            }

            fn end(self) -> Result<(), Refused> {
                self.finish();
                Ok(())
            }
        }
    )* };
}

fields!(SerializeStruct SerializeStructVariant);

impl ser::SerializeMap for Compound<'_> {
    type Ok = ();
    type Error = Refused;

    fn serialize_key<T: Serialize + ?Sized>(&mut self, key: &T) -> Result<(), Refused> {
        self.comma();
        let start = self.writer.out.len();
        if let Err(reason) = key.serialize(KeyWriter(self.writer)) {
            // The path of the error is that of the map.
            self.writer.out.truncate(start);
            return Err(reason);
        }
        self.writer.out.push(b':');
        Ok(())
    }

    fn serialize_value<T: Serialize + ?Sized>(&mut self, value: &T) -> Result<(), Refused> {
        value.serialize(&mut *self.writer)
    }

    fn end(self) -> Result<(), Refused> {
        self.finish();
        Ok(())
    }
}
