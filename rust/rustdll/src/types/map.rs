//! Maps with strings as keys: objects in JavaScript, which puts keys that are integers before all others.

use std::borrow::Cow;
use std::collections::{BTreeMap, HashMap};
use std::hash::{BuildHasher, Hash};
use std::rc::Rc;
use std::sync::Arc;

use super::shape::{Catalogue, Describe, Part, Shape};
use super::{Decode, Encode};
use crate::frame::{Fault, Reader, Writer};

/// A string that is the key of a map.
#[diagnostic::on_unimplemented(
    message = "`{Self}` cannot be the key of a map that JavaScript is given or gives",
    label = "the keys of an object are strings",
    note = "supported are `String`, `&str`, `Cow<str>`, `Box<str>`, `Rc<str>` and `Arc<str>`"
)]
pub trait Key {
    /// Returns the key as JavaScript sees it.
    fn text(&self) -> &str;
}

macro_rules! keys {
    ($($key:ty)*) => { $(
        impl Key for $key {
            fn text(&self) -> &str {
                self
            }
        }
    )* };
}

keys!(String &str Cow<'_, str> Box<str> Rc<str> Arc<str>);

pub(super) fn describe<V: Describe<By>, By>(catalogue: &mut Catalogue) -> Shape {
    Shape::Applied("map", vec![Part::Shape(V::describe(catalogue))])
}

pub(super) fn encode<'x, K: Encode<ByKey> + 'x, V: Encode<ByValue> + 'x, ByKey, ByValue>(
    entries: impl ExactSizeIterator<Item = (&'x K, &'x V)>,
    writer: &mut Writer,
) {
    writer.word(entries.len() as u64);
    for (key, value) in entries {
        key.encode(writer);
        value.encode(writer);
    }
}

/// Reads a key and its value.
#[inline]
pub(super) fn entry<'a, K: Key + Decode<'a, ByKey>, V: Decode<'a, ByValue>, ByKey, ByValue>(
    reader: &mut Reader<'a>,
) -> Result<(K, V), Fault> {
    let key = K::decode(reader)?;
    match V::decode(reader) {
        Ok(value) => Ok((key, value)),
        Err(fault) => Err(fault.within(key.text())),
    }
}

impl<K: Key + Describe<ByKey>, V: Describe<ByValue>, S, ByKey, ByValue> Describe<(ByKey, ByValue)>
    for HashMap<K, V, S>
{
    fn describe(catalogue: &mut Catalogue) -> Shape {
        describe::<V, ByValue>(catalogue)
    }
}

impl<'a, K, V, S, ByKey, ByValue> Decode<'a, (ByKey, ByValue)> for HashMap<K, V, S>
where
    K: Key + Decode<'a, ByKey> + Eq + Hash,
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

impl<K: Key + Encode<ByKey>, V: Encode<ByValue>, S, ByKey, ByValue> Encode<(ByKey, ByValue)> for HashMap<K, V, S> {
    fn encode(&self, writer: &mut Writer) {
        encode(self.iter(), writer);
    }
}

impl<K: Key + Describe<ByKey>, V: Describe<ByValue>, ByKey, ByValue> Describe<(ByKey, ByValue)> for BTreeMap<K, V> {
    fn describe(catalogue: &mut Catalogue) -> Shape {
        describe::<V, ByValue>(catalogue)
    }
}

impl<'a, K, V, ByKey, ByValue> Decode<'a, (ByKey, ByValue)> for BTreeMap<K, V>
where
    K: Key + Decode<'a, ByKey> + Ord,
    V: Decode<'a, ByValue>,
{
    fn decode(reader: &mut Reader<'a>) -> Result<Self, Fault> {
        let count = reader.count()?;
        (0..count).map(|_| entry(reader)).collect()
    }
}

impl<K: Key + Encode<ByKey>, V: Encode<ByValue>, ByKey, ByValue> Encode<(ByKey, ByValue)> for BTreeMap<K, V> {
    fn encode(&self, writer: &mut Writer) {
        encode(self.iter(), writer);
    }
}
