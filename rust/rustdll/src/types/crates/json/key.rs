//! Makes the keys of JSON objects of the keys of maps.

use std::fmt::Display;
use std::io::Write;

use serde::ser::{self, Serialize, Serializer};

use super::serializer::{JsonWriter, Refused};

/// Writes the key of a map, which is a string in JSON.
pub(super) struct KeyWriter<'w>(pub &'w mut JsonWriter);

impl KeyWriter<'_> {
    /// Writes a key that needs no escapes.
    fn displayed(self, key: impl Display) -> Result<(), Refused> {
        write!(self.0.out, "\"{key}\"").map_err(ser::Error::custom)
    }
}

macro_rules! displayed {
    ($($serialize:ident $key:ident)*) => { $(
        fn $serialize(self, key: $key) -> Result<(), Refused> {
            self.displayed(key)
        }
    )* };
}

/// The message for any other key.
fn no_key() -> Refused {
    ser::Error::custom(
        "a key of a map is neither a string nor a number, a boolean, a character or a variant without data",
    )
}

type Never = ser::Impossible<(), Refused>;

impl Serializer for KeyWriter<'_> {
    type Ok = ();
    type Error = Refused;
    type SerializeSeq = Never;
    type SerializeTuple = Never;
    type SerializeTupleStruct = Never;
    type SerializeTupleVariant = Never;
    type SerializeMap = Never;
    type SerializeStruct = Never;
    type SerializeStructVariant = Never;

    displayed! {
        serialize_bool bool
        serialize_i8 i8 serialize_i16 i16 serialize_i32 i32 serialize_i64 i64 serialize_i128 i128
        serialize_u8 u8 serialize_u16 u16 serialize_u32 u32 serialize_u64 u64 serialize_u128 u128
    }

    fn serialize_f32(self, key: f32) -> Result<(), Refused> {
        self.serialize_f64(key.into())
    }

    fn serialize_f64(self, key: f64) -> Result<(), Refused> {
        self.0.out.push(b'"');
        self.0.serialize_f64(key)?;
        self.0.out.push(b'"');
        Ok(())
    }

    fn serialize_char(self, key: char) -> Result<(), Refused> {
        self.0.serialize_char(key)
    }

    fn serialize_str(self, key: &str) -> Result<(), Refused> {
        self.0.text(key)
    }

    fn serialize_bytes(self, _: &[u8]) -> Result<(), Refused> {
        Err(no_key())
    }

    fn serialize_none(self) -> Result<(), Refused> {
        Err(no_key())
    }

    fn serialize_some<T: Serialize + ?Sized>(self, key: &T) -> Result<(), Refused> {
        key.serialize(self)
    }

    fn serialize_unit(self) -> Result<(), Refused> {
        Err(no_key())
    }

    fn serialize_unit_struct(self, _: &'static str) -> Result<(), Refused> {
        Err(no_key())
    }

    fn serialize_unit_variant(self, _: &'static str, _: u32, variant: &'static str) -> Result<(), Refused> {
        self.0.text(variant)
    }

    fn serialize_newtype_struct<T: Serialize + ?Sized>(self, _: &'static str, key: &T) -> Result<(), Refused> {
        key.serialize(self)
    }

    fn serialize_newtype_variant<T: Serialize + ?Sized>(
        self,
        _: &'static str,
        _: u32,
        _: &'static str,
        _: &T,
    ) -> Result<(), Refused> {
        Err(no_key())
    }

    fn serialize_seq(self, _: Option<usize>) -> Result<Never, Refused> {
        Err(no_key())
    }

    fn serialize_tuple(self, _: usize) -> Result<Never, Refused> {
        Err(no_key())
    }

    fn serialize_tuple_struct(self, _: &'static str, _: usize) -> Result<Never, Refused> {
        Err(no_key())
    }

    fn serialize_tuple_variant(self, _: &'static str, _: u32, _: &'static str, _: usize) -> Result<Never, Refused> {
        Err(no_key())
    }

    fn serialize_map(self, _: Option<usize>) -> Result<Never, Refused> {
        Err(no_key())
    }

    fn serialize_struct(self, _: &'static str, _: usize) -> Result<Never, Refused> {
        Err(no_key())
    }

    fn serialize_struct_variant(self, _: &'static str, _: u32, _: &'static str, _: usize) -> Result<Never, Refused> {
        Err(no_key())
    }
}
