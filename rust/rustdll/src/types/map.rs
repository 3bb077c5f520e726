//! Maps. Those whose keys are texts in JavaScript are objects there, which puts keys that are integers before all others;
//! those with other keys are instances of `Map`, and so are all where the attribute `collections` asks for it.

use std::borrow::Cow;
use std::collections::{BTreeMap, HashMap};
use std::ffi::{OsStr, OsString};
use std::hash::{BuildHasher, Hash};
use std::marker::PhantomData;
use std::path::{Path, PathBuf};
use std::rc::Rc;
use std::sync::Arc;

use super::convert::{Converted, Standard};
use super::shape::{Catalogue, Describe, Part, Shape};
use super::{Convert, Decode, Encode, Of};
use crate::frame::{Fault, Reader, Writer};

/// A type of the keys of a map.
#[diagnostic::on_unimplemented(
    message = "`{Self}` cannot be the key of a map that JavaScript is given or gives",
    label = "neither a string nor a scalar that is equal to itself",
    note = "supported are strings, integers, `bool`, `char`, enums with `#[derive(rustdll::Enum)]` whose variants hold nothing, and types that are passed as one of these"
)]
pub trait Key<By = Standard> {
    /// True if JavaScript has the key as a string, which the name of a property can be.
    const IS_TEXT: bool;

    /// Returns the key as a string, for the path to its value.
    fn text(&self) -> String;
}

macro_rules! keys {
    ($($key:ty, $by:ty, $is_text:literal;)*) => { $(
        impl Key<$by> for $key {
            const IS_TEXT: bool = $is_text;

            fn text(&self) -> String {
                self.to_string()
            }
        }
    )* };
}

keys! {
    String, Standard, true;
    &str, Of<Standard>, true;
    Cow<'_, str>, Of<Standard>, true;
    Box<str>, Of<Standard>, true;
    Rc<str>, Of<Standard>, true;
    Arc<str>, Of<Standard>, true;
    char, Standard, true;
    bool, Standard, false;
    i8, Standard, false;
    i16, Standard, false;
    i32, Standard, false;
    i64, Standard, false;
    i128, Standard, false;
    isize, Standard, false;
    u8, Standard, false;
    u16, Standard, false;
    u32, Standard, false;
    u64, Standard, false;
    u128, Standard, false;
    usize, Standard, false;
}

macro_rules! system_keys {
    ($($key:ty, $by:ty;)*) => { $(
        impl Key<$by> for $key {
            const IS_TEXT: bool = true;

            fn text(&self) -> String {
                AsRef::<OsStr>::as_ref(self).to_string_lossy().into_owned()
            }
        }
    )* };
}

system_keys! {
    PathBuf, Standard;
    &Path, Of<Standard>;
    OsString, Standard;
    &OsStr, Of<Standard>;
}

impl<T, By, ByAs> Key<Converted<By, ByAs>> for T
where
    T: Convert<By>,
    T::As: Key<ByAs>,
{
    const IS_TEXT: bool = T::As::IS_TEXT;

    fn text(&self) -> String {
        self.to_as().map(|key| key.text()).unwrap_or_default()
    }
}

/// A struct that is passed as its only field, as which it is a key too.
pub trait Transparent {
    /// The type of the field.
    type Field;

    /// Returns the field.
    fn field(&self) -> &Self::Field;
}

/// The key is that of a field, whose own form as a key is `By`.
#[derive(Debug)]
pub struct OfField<By>(PhantomData<By>);

impl<T, By> Key<OfField<By>> for T
where
    T: Transparent,
    T::Field: Key<By>,
{
    const IS_TEXT: bool = T::Field::IS_TEXT;

    fn text(&self) -> String {
        self.field().text()
    }
}

/// Describes a map.
pub(crate) fn describe<K, V, ByKey, ByName, ByValue>(catalogue: &mut Catalogue) -> Shape
where
    K: Key<ByName> + Describe<ByKey>,
    V: Describe<ByValue>,
{
    let (key, value) = (K::describe(catalogue), Part::Shape(V::describe(catalogue)));
    if !K::IS_TEXT || catalogue.collections {
        Shape::Applied("entries", vec![Part::Shape(key), value])
    } else if *key.unbranded() == Shape::Plain("string") {
        Shape::Applied("map", vec![value])
    } else {
        Shape::Applied("map", vec![Part::Shape(key), value])
    }
}

/// Writes a map.
pub(crate) fn encode<'x, K: Encode<ByKey> + 'x, V: Encode<ByValue> + 'x, ByKey, ByValue>(
    entries: impl ExactSizeIterator<Item = (&'x K, &'x V)>,
    writer: &mut Writer,
) {
    writer.word(entries.len() as u64);
    for (key, value) in entries {
        key.encode(writer);
        value.encode(writer);
    }
}

/// Finds the first key or value that cannot be written, as [`Encode::locate`] does.
#[cold]
pub(crate) fn locate<'x, K, V, ByKey, ByName, ByValue>(
    mut entries: impl Iterator<Item = (&'x K, &'x V)>,
    writer: &mut Writer,
) -> bool
where
    K: Key<ByName> + Encode<ByKey> + 'x,
    V: Encode<ByValue> + 'x,
{
    entries.any(|(key, value)| {
        (key.locate(writer) && writer.in_key()) || (value.locate(writer) && writer.within(&key.text()))
    })
}

/// Reads a key and its value.
#[inline]
pub(crate) fn entry<'a, K, V, ByKey, ByName, ByValue>(reader: &mut Reader<'a>) -> Result<(K, V), Fault>
where
    K: Key<ByName> + Decode<'a, ByKey>,
    V: Decode<'a, ByValue>,
{
    let key = K::decode(reader)?;
    match V::decode(reader) {
        Ok(value) => Ok((key, value)),
        Err(fault) => Err(fault.within(&key.text())),
    }
}

impl<K, V, S, ByKey, ByName, ByValue> Describe<(ByKey, ByName, ByValue)> for HashMap<K, V, S>
where
    K: Key<ByName> + Describe<ByKey>,
    V: Describe<ByValue>,
{
    fn describe(catalogue: &mut Catalogue) -> Shape {
        describe::<K, V, ByKey, ByName, ByValue>(catalogue)
    }
}

impl<'a, K, V, S, ByKey, ByName, ByValue> Decode<'a, (ByKey, ByName, ByValue)> for HashMap<K, V, S>
where
    K: Key<ByName> + Decode<'a, ByKey> + Eq + Hash,
    V: Decode<'a, ByValue>,
    S: BuildHasher + Default,
{
    fn decode(reader: &mut Reader<'a>) -> Result<Self, Fault> {
        let count = reader.count()?;
        let mut map = HashMap::with_capacity_and_hasher(reader.room(count), S::default());
        for _ in 0..count {
            let (key, value) = entry(reader)?;
            map.insert(key, value);
        }
        Ok(map)
    }
}

impl<K, V, S, ByKey, ByName, ByValue> Encode<(ByKey, ByName, ByValue)> for HashMap<K, V, S>
where
    K: Key<ByName> + Encode<ByKey>,
    V: Encode<ByValue>,
{
    fn encode(&self, writer: &mut Writer) {
        encode(self.iter(), writer);
    }

    fn locate(&self, writer: &mut Writer) -> bool {
        locate(self.iter(), writer)
    }
}

impl<K, V, ByKey, ByName, ByValue> Describe<(ByKey, ByName, ByValue)> for BTreeMap<K, V>
where
    K: Key<ByName> + Describe<ByKey>,
    V: Describe<ByValue>,
{
    fn describe(catalogue: &mut Catalogue) -> Shape {
        describe::<K, V, ByKey, ByName, ByValue>(catalogue)
    }
}

impl<'a, K, V, ByKey, ByName, ByValue> Decode<'a, (ByKey, ByName, ByValue)> for BTreeMap<K, V>
where
    K: Key<ByName> + Decode<'a, ByKey> + Ord,
    V: Decode<'a, ByValue>,
{
    fn decode(reader: &mut Reader<'a>) -> Result<Self, Fault> {
        let count = reader.count()?;
        (0..count).map(|_| entry(reader)).collect()
    }
}

impl<K, V, ByKey, ByName, ByValue> Encode<(ByKey, ByName, ByValue)> for BTreeMap<K, V>
where
    K: Key<ByName> + Encode<ByKey>,
    V: Encode<ByValue>,
{
    fn encode(&self, writer: &mut Writer) {
        encode(self.iter(), writer);
    }

    fn locate(&self, writer: &mut Writer) -> bool {
        locate(self.iter(), writer)
    }
}
