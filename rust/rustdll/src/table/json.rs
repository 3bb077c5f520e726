//! The signature table as JSON text.

use std::env::consts::{ARCH, OS};
use std::fmt::Write;

use super::entry::{Entry, Role, Signature, LISTEN, TAKE};
use crate::types::shape::{Catalogue, Definition, DefinitionKind, Field, Part, Payload, Shape, Tagging};

/// Writes the whole table.
pub(crate) fn table(contract: u32, functions: &[Entry]) -> String {
    let mut catalogue = Catalogue::default();
    let signatures: Vec<_> = functions.iter().map(|entry| described(entry, &mut catalogue)).collect();
    let mut json = Json::new(true);
    json.object(|json| {
        json.key("contract").raw(contract);
        json.key("rustdll").string(env!("CARGO_PKG_VERSION"));
        json.key("target").string(&format!("{ARCH}-{OS}"));
        json.key("panic")
            .string(if cfg!(panic = "abort") { "abort" } else { "unwind" });
        let has_iterators = catalogue.has_iterators;
        json.key("types").array(&catalogue.finish(), Json::definition);
        let both: Vec<_> = functions.iter().zip(&signatures).collect();
        json.key("functions")
            .array(&both, |json, (entry, (member, signature))| {
                json.function(entry, member.as_ref(), signature);
            });
        // Left out where no function returns an iterator, unless one follows it.
        if has_iterators || LISTEN.is_some() {
            json.key("take").string(&format!("{:016x}", hash(&TAKE)));
        }
        if let Some(listen) = LISTEN {
            json.key("log").string(&format!("{:016x}", hash(listen)));
        }
    });
    json.text
}

/// A class, and a role there.
type Place = (Shape, Role);

/// Describes the class of a function and its types.
fn described(entry: &Entry, catalogue: &mut Catalogue) -> (Option<Place>, Signature) {
    let member = entry.member.map(|member| ((member.describe)(catalogue), member.role));
    (member, (entry.signature)(catalogue))
}

/// Returns the hash of a function's signature: of its name and its types, including the contents of records and enums.
/// It is the 64-bit FNV-1a of the canonical text.
pub fn hash(entry: &Entry) -> u64 {
    let mut hash = 0xcbf2_9ce4_8422_2325_u64;
    for byte in canonical(entry).bytes() {
        hash = (hash ^ u64::from(byte)).wrapping_mul(0x0000_0100_0000_01b3);
    }
    hash
}

/// Returns the text from which a signature's hash is computed, without documentation and with only the types that the
/// function uses.
fn canonical(entry: &Entry) -> String {
    let mut catalogue = Catalogue::default();
    let (member, signature) = described(entry, &mut catalogue);
    let mut json = Json::new(false);
    json.object(|json| {
        json.key("name").string(entry.name);
        json.place(member.as_ref());
        let parameters: Vec<_> = signature.parameters.iter().map(|parameter| &parameter.shape).collect();
        json.key("parameters").array(&parameters, |json, of| json.shape(of));
        json.key("result").shape(&signature.result);
        json.key("throws").raw(signature.throws);
        json.key("bigint").raw(entry.bigint);
        json.error(&signature);
        json.key("types").array(&catalogue.finish(), Json::definition);
    });
    json.text
}

/// Appends a string to a JSON text.
pub(crate) fn quote(text: &mut String, string: &str) {
    text.push('"');
    let mut rest = string;
    // What needs no escape, which is nearly all of a table, is copied at once.
    while let Some(at) = rest.bytes().position(|byte| matches!(byte, b'"' | b'\\' | ..b' ')) {
        let (plain, escaped) = rest.split_at(at);
        text.push_str(plain);
        match escaped.as_bytes()[0] {
            b'"' => text.push_str("\\\""),
            b'\\' => text.push_str("\\\\"),
            b'\n' => text.push_str("\\n"),
            control => {
                // Writing to a string cannot fail.
                let _ = write!(text, "\\u{control:04x}");
            }
        }
        rest = &escaped[1..];
    }
    text.push_str(rest);
    text.push('"');
}

/// A writer of JSON text.
struct Json {
    text: String,
    /// True if the text includes documentation.
    docs: bool,
}

impl Json {
    fn new(docs: bool) -> Self {
        Self {
            text: String::new(),
            docs,
        }
    }

    /// Writes a comma, unless it would be the first token in an object or array.
    fn comma(&mut self) {
        if !self.text.is_empty() && !self.text.ends_with(['{', '[']) {
            self.text.push(',');
        }
    }

    /// Writes the key of the value that follows, a word that needs no escape.
    fn key(&mut self, key: &str) -> &mut Self {
        self.comma();
        self.text.push('"');
        self.text.push_str(key);
        self.text.push_str("\":");
        self
    }

    /// Writes a number or a boolean.
    fn raw(&mut self, value: impl std::fmt::Display) {
        // Writing to a string cannot fail.
        let _ = write!(self.text, "{value}");
    }

    fn string(&mut self, string: &str) {
        quote(&mut self.text, string);
    }

    fn object(&mut self, write: impl FnOnce(&mut Self)) {
        self.text.push('{');
        write(self);
        self.text.push('}');
    }

    fn array<T>(&mut self, items: &[T], write: impl Fn(&mut Self, &T)) {
        self.text.push('[');
        for item in items {
            self.comma();
            write(self, item);
        }
        self.text.push(']');
    }

    fn doc(&mut self, doc: &str) {
        if self.docs {
            self.key("doc").string(doc);
        }
    }

    /// Writes the class of a function and its role there, if it has one.
    fn place(&mut self, member: Option<&Place>) {
        if let Some((class, role)) = member {
            if let Shape::Definition(number) = class {
                self.key("class").raw(number);
            }
            self.key("role").string(role.word());
        }
    }

    /// Writes the type of a function's error, if its data is passed on.
    fn error(&mut self, signature: &Signature) {
        if let Some(error) = &signature.error {
            self.key("error").shape(error);
        }
    }

    fn function(&mut self, entry: &Entry, member: Option<&Place>, signature: &Signature) {
        self.object(|json| {
            json.key("name").string(entry.name);
            json.doc(entry.doc);
            json.key("module").string(entry.module);
            json.place(member);
            json.key("parameters").array(&signature.parameters, |json, parameter| {
                json.object(|json| {
                    json.key("name").string(parameter.name);
                    json.key("type").shape(&parameter.shape);
                    if let Some(default) = parameter.default {
                        json.key("default").string(default);
                    }
                });
            });
            json.key("result").shape(&signature.result);
            json.key("throws").raw(signature.throws);
            json.key("bigint").raw(entry.bigint);
            // Left out where they are what they usually are.
            if entry.is_async {
                json.key("async").raw(true);
            }
            if entry.is_constant {
                json.key("constant").raw(true);
            }
            if !entry.background {
                json.key("background").raw(false);
            }
            json.error(signature);
            json.key("hash").string(&format!("{:016x}", hash(entry)));
        });
    }

    /// Writes a record, an enum or an object.
    fn definition(&mut self, definition: &Definition) {
        self.object(|json| {
            json.key("kind").string(match definition.kind {
                DefinitionKind::Record { .. } => "record",
                DefinitionKind::Tuple(_) => "tuple",
                DefinitionKind::Enum { .. } => "enum",
                DefinitionKind::Class { .. } => "class",
            });
            json.key("name").string(&definition.name);
            json.doc(definition.doc);
            match &definition.kind {
                DefinitionKind::Record { fields, open } => {
                    json.fields(fields);
                    json.open(*open);
                }
                DefinitionKind::Tuple(types) => json.key("types").array(types, Json::shape),
                DefinitionKind::Class { send, sync } => {
                    json.key("send").raw(send);
                    json.key("sync").raw(sync);
                }
                DefinitionKind::Enum {
                    tagging,
                    variants,
                    open,
                } => {
                    json.open(*open);
                    json.tagging(*tagging);
                    json.key("variants").array(variants, |json, variant| {
                        json.object(|json| {
                            json.key("name").string(variant.name);
                            json.doc(variant.doc);
                            json.payload(&variant.payload);
                            if let Some(number) = variant.number {
                                json.key("number").raw(number);
                            }
                        });
                    });
                }
            }
        });
    }

    /// Writes that objects may have other fields, which is left out if they may not.
    fn open(&mut self, open: bool) {
        if open {
            self.key("open").raw(true);
        }
    }

    /// Writes how a value of an enum tells its variant.
    fn tagging(&mut self, tagging: Tagging) {
        match tagging {
            Tagging::Untagged => self.key("tag").raw("null"),
            Tagging::Tag { name, content } => {
                self.key("tag").string(name);
                if content != "value" {
                    self.key("content").string(content);
                }
            }
        }
    }

    fn fields(&mut self, fields: &[Field]) {
        self.key("fields").array(fields, |json, field| {
            json.object(|json| {
                json.key("name").string(field.name);
                json.doc(field.doc);
                json.key("type").shape(&field.shape);
            });
        });
    }

    fn payload(&mut self, payload: &Payload) {
        self.key("kind").string(match payload {
            Payload::Unit => "unit",
            Payload::Record(_) => "record",
            Payload::Value(_) => "value",
            Payload::Tuple(_) => "tuple",
        });
        match payload {
            Payload::Unit => {}
            Payload::Record(fields) => self.fields(fields),
            Payload::Value(of) => self.key("type").shape(of),
            Payload::Tuple(types) => self.key("types").array(types, Json::shape),
        }
    }

    /// Writes a type.
    fn shape(&mut self, shape: &Shape) {
        match shape {
            Shape::Plain(word) => self.string(word),
            Shape::Applied(word, parts) => self.applied(word, |json| {
                for part in parts {
                    json.comma();
                    match part {
                        Part::Shape(shape) => json.shape(shape),
                        Part::Shapes(shapes) => json.array(shapes, Json::shape),
                        Part::Length(length) => json.raw(length),
                        Part::Text(text) => json.string(text),
                    }
                }
            }),
            Shape::Definition(number) => self.applied("ref", |json| {
                json.comma();
                json.raw(number);
            }),
        }
    }

    /// Writes the array of a word and the parts to which it is applied.
    fn applied(&mut self, word: &str, write: impl FnOnce(&mut Self)) {
        self.text.push('[');
        self.string(word);
        write(self);
        self.text.push(']');
    }
}
