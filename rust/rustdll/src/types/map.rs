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
pub trait Key {}

impl Key for String {}
impl Key for &str {}
impl Key for Cow<'_, str> {}
impl Key for Box<str> {}
impl Key for Rc<str> {}
impl Key for Arc<str> {}

fn describe<V: Describe>(catalogue: &mut Catalogue) -> Shape {
    Shape::Applied("map", vec![Part::Shape(V::describe(catalogue))])
}

fn encode<'x, K: Encode + 'x, V: Encode + 'x>(
    entries: impl ExactSizeIterator<Item = (&'x K, &'x V)>,
    writer: &mut Writer,
) {
    writer.word(entries.len() as u64);
    for (key, value) in entries {
        key.encode(writer);
        value.encode(writer);
    }
}

impl<K: Key, V: Describe, S> Describe for HashMap<K, V, S> {
    fn describe(catalogue: &mut Catalogue) -> Shape {
        describe::<V>(catalogue)
    }
}

impl<'a, K: Key + Decode<'a> + Eq + Hash, V: Decode<'a>, S: BuildHasher + Default> Decode<'a> for HashMap<K, V, S> {
    fn decode(reader: &mut Reader<'a>) -> Result<Self, Fault> {
        let count = reader.count()?;
        let mut map = HashMap::with_capacity_and_hasher(reader.room(count), S::default());
        for _ in 0..count {
            map.insert(K::decode(reader)?, V::decode(reader)?);
        }
        Ok(map)
    }
}

impl<K: Key + Encode, V: Encode, S> Encode for HashMap<K, V, S> {
    fn encode(&self, writer: &mut Writer) {
        encode(self.iter(), writer);
    }
}

impl<K: Key, V: Describe> Describe for BTreeMap<K, V> {
    fn describe(catalogue: &mut Catalogue) -> Shape {
        describe::<V>(catalogue)
    }
}

impl<'a, K: Key + Decode<'a> + Ord, V: Decode<'a>> Decode<'a> for BTreeMap<K, V> {
    fn decode(reader: &mut Reader<'a>) -> Result<Self, Fault> {
        let count = reader.count()?;
        (0..count)
            .map(|_| Ok((K::decode(reader)?, V::decode(reader)?)))
            .collect()
    }
}

impl<K: Key + Encode, V: Encode> Encode for BTreeMap<K, V> {
    fn encode(&self, writer: &mut Writer) {
        encode(self.iter(), writer);
    }
}
