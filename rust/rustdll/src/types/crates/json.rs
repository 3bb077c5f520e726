//! Values of any type that serde can serialize: JSON values in JavaScript.

mod key;
mod path;
mod serializer;

use std::ops::{Deref, DerefMut};

use serde::{Deserialize, Serialize};
use serde_json::Value;
use serde_path_to_error::{Path, Segment};

use self::path::Step;
use self::serializer::JsonText;
use crate::frame::{Arguments, Fault, Output, Reader, Writer};
use crate::types::shape::{Catalogue, Describe, Shape};
use crate::types::{Decode, Encode};

/// A value of any type with serde's `Serialize` or `Deserialize`: in JavaScript it is what serde makes JSON of.
///
/// The type needs no derive of this crate, and serde's attributes are honoured, as serde itself does the work.
///
/// ```
/// use rustdll::{export, Json};
/// use serde::{Deserialize, Serialize};
///
/// #[derive(Deserialize)]
/// #[serde(rename_all = "camelCase", deny_unknown_fields)]
/// struct Query {
///     page_size: u32,
///     #[serde(default)]
///     words: Vec<String>,
/// }
///
/// #[derive(Serialize)]
/// struct Answer {
///     pages: u32,
///     query: String,
/// }
///
/// #[export]
/// fn search(Json(query): Json<Query>) -> Json<Answer> {
///     Json(Answer { pages: 100 / query.page_size, query: query.words.join(" ") })
/// }
/// ```
///
/// Nothing is lost silently. What JSON cannot say is an error with the path to it: `NaN` and infinities in both directions,
/// and `undefined`, a `Map`, a function and the like in JavaScript. Integers are exact: one of up to 64 bits may be a
/// bigint as an argument; one beyond 2^53 - 1 in a result is a `RangeError`, or a bigint if the function is exported with
/// `#[export(bigint)]`. Values are nested at most 127 deep.
///
/// A [`serde_json::Value`] needs no `Json` around it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Json<T>(pub T);

impl<T> From<T> for Json<T> {
    fn from(value: T) -> Self {
        Self(value)
    }
}

impl<T> Deref for Json<T> {
    type Target = T;

    fn deref(&self) -> &T {
        &self.0
    }
}

impl<T> DerefMut for Json<T> {
    fn deref_mut(&mut self) -> &mut T {
        &mut self.0
    }
}

/// Reads a value from its JSON in the stream.
fn decode<'a, T: Deserialize<'a>>(reader: &mut Reader<'a>) -> Result<T, Fault> {
    let text = reader.text()?;
    if reader.word()? != 0 {
        return Err(Fault::Arguments("the integers of a JSON argument are in its text"));
    }
    parse(text)
}

/// Reads a value from its JSON, which is the argument of the parameter at `index`.
fn argument<'a, T: Deserialize<'a>>(arguments: &mut Arguments<'a>, index: usize) -> Result<T, Fault> {
    parse(<&str>::argument(arguments, index)?)
}

fn parse<'a, T: Deserialize<'a>>(text: &'a str) -> Result<T, Fault> {
    serde_json::from_str(text).map_err(|error| refusal::<T>(text, error))
}

/// Makes the refusal of a value. Only now is its path determined, by reading it again.
#[cold]
fn refusal<'a, T: Deserialize<'a>>(text: &'a str, error: serde_json::Error) -> Fault {
    let mut deserializer = serde_json::Deserializer::from_str(text);
    let (path, error) = match serde_path_to_error::deserialize::<_, T>(&mut deserializer) {
        Err(error) => (Some(error.path().clone()), error.into_inner()),
        Ok(_) => (None, error),
    };
    let fault = Fault::refused(message(&error));
    path.iter()
        .flat_map(Path::iter)
        .rev()
        .fold(fault, |fault, segment| match segment {
            Segment::Seq { index } => fault.at(*index),
            Segment::Map { key } => fault.within(key),
            Segment::Enum { variant } => fault.within(variant),
            Segment::Unknown => fault,
        })
}

/// The message of an error without the line and the column, as JavaScript has no text to which they belong.
fn message(error: &serde_json::Error) -> String {
    let message = error.to_string();
    let place = format!(" at line {} column {}", error.line(), error.column());
    message.strip_suffix(&place).map(str::to_owned).unwrap_or(message)
}

/// Writes a value as its JSON to the stream, and then its integers beyond 2^53 - 1.
fn encode(value: &(impl Serialize + ?Sized), writer: &mut Writer) {
    match JsonText::of(value) {
        Ok(json) => json.encode(writer),
        Err(fault) => writer.fail(fault),
    }
}

/// Writes a value as its JSON as the result.
fn give(value: &(impl Serialize + ?Sized), output: &mut Output<'_>) -> Result<(), Fault> {
    let json = JsonText::of(value)?;
    if json.integers.is_empty() {
        output.scalar(0);
        return output.text(json.text.into_bytes());
    }
    output.stream(&|writer: &mut Writer| json.encode(writer))
}

impl JsonText {
    fn encode(&self, writer: &mut Writer) {
        writer.text(&self.text);
        writer.word(self.integers.len() as u64);
        for (path, digits) in &self.integers {
            writer.word(path.len() as u64);
            for step in path {
                match step {
                    Step::Index(index) => {
                        writer.word(0);
                        writer.word(*index as u64);
                    }
                    Step::Key(key) => {
                        writer.word(1);
                        writer.text(key);
                    }
                }
            }
            writer.text(digits);
        }
    }
}

impl<T> Describe for Json<T> {
    fn describe(_: &mut Catalogue) -> Shape {
        Shape::Plain("json")
    }
}

impl<'a, T: Deserialize<'a>> Decode<'a> for Json<T> {
    fn decode(reader: &mut Reader<'a>) -> Result<Self, Fault> {
        decode(reader).map(Self)
    }

    fn argument(arguments: &mut Arguments<'a>, index: usize) -> Result<Self, Fault> {
        argument(arguments, index).map(Self)
    }
}

impl<T: Serialize> Encode for Json<T> {
    fn encode(&self, writer: &mut Writer) {
        encode(&self.0, writer);
    }

    fn give_ref(&self, output: &mut Output<'_>) -> Result<(), Fault> {
        give(&self.0, output)
    }
}

/// Any JSON value.
impl Describe for Value {
    fn describe(_: &mut Catalogue) -> Shape {
        Shape::Plain("json")
    }
}

impl<'a> Decode<'a> for Value {
    fn decode(reader: &mut Reader<'a>) -> Result<Self, Fault> {
        decode(reader)
    }

    fn argument(arguments: &mut Arguments<'a>, index: usize) -> Result<Self, Fault> {
        argument(arguments, index)
    }
}

impl Encode for Value {
    fn encode(&self, writer: &mut Writer) {
        encode(self, writer);
    }

    fn give_ref(&self, output: &mut Output<'_>) -> Result<(), Fault> {
        give(self, output)
    }
}
