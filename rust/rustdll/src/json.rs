//! The signature table as JSON text.

use std::env::consts::{ARCH, OS};
use std::fmt::Write;

use crate::contract::VERSION;
use crate::describe::{Catalogue, Field, Holds, Named, Shape, Type};
use crate::table::{Entry, Signature};

/// The whole table.
pub(crate) fn table(functions: &[Entry]) -> String {
    let mut catalogue = Catalogue::default();
    let signatures: Vec<Signature> = functions
        .iter()
        .map(|entry| (entry.signature)(&mut catalogue))
        .collect();
    let mut json = Json::new(true);
    json.object(|json| {
        json.key("contract").raw(VERSION);
        json.key("rustdll").string(env!("CARGO_PKG_VERSION"));
        json.key("target").string(&format!("{ARCH}-{OS}"));
        json.key("panic")
            .string(if cfg!(panic = "abort") { "abort" } else { "unwind" });
        json.key("types").array(&catalogue.types, Json::named);
        let both: Vec<_> = functions.iter().zip(&signatures).collect();
        json.key("functions")
            .array(&both, |json, (entry, signature)| json.function(entry, signature));
    });
    json.text
}

/// What a signature's hash is computed from: no documentation, and only the types that the function uses.
pub(crate) fn canonical(entry: &Entry) -> String {
    let mut catalogue = Catalogue::default();
    let signature = (entry.signature)(&mut catalogue);
    let mut json = Json::new(false);
    json.object(|json| {
        json.key("name").string(entry.name);
        let parameters: Vec<_> = signature.parameters.iter().map(|(_, of)| of).collect();
        json.key("parameters").array(&parameters, |json, of| json.of(of));
        json.key("result").of(&signature.result);
        json.key("throws").raw(signature.throws);
        json.key("bigint").raw(entry.bigint);
        json.key("types").array(&catalogue.types, Json::named);
    });
    json.text
}

/// JSON text in the making.
struct Json {
    text: String,
    /// Whether documentation goes in.
    docs: bool,
}

impl Json {
    fn new(docs: bool) -> Self {
        Self {
            text: String::new(),
            docs,
        }
    }

    /// A comma, unless it would be the first thing in an object or array.
    fn comma(&mut self) {
        if !self.text.is_empty() && !self.text.ends_with(['{', '[']) {
            self.text.push(',');
        }
    }

    /// The key of a value that is to follow.
    fn key(&mut self, key: &str) -> &mut Self {
        self.comma();
        self.string(key);
        self.text.push(':');
        self
    }

    /// A number or a boolean.
    fn raw(&mut self, value: impl std::fmt::Display) {
        // To write to a string cannot fail.
        let _ = write!(self.text, "{value}");
    }

    fn string(&mut self, string: &str) {
        self.text.push('"');
        for character in string.chars() {
            match character {
                '"' => self.text.push_str("\\\""),
                '\\' => self.text.push_str("\\\\"),
                '\n' => self.text.push_str("\\n"),
                '\0'..' ' => self.raw(format_args!("\\u{:04x}", u32::from(character))),
                _ => self.text.push(character),
            }
        }
        self.text.push('"');
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

    fn function(&mut self, entry: &Entry, signature: &Signature) {
        self.object(|json| {
            json.key("name").string(entry.name);
            json.doc(entry.doc);
            json.key("module").string(entry.module);
            json.key("parameters").array(&signature.parameters, |json, (name, of)| {
                json.object(|json| {
                    json.key("name").string(name);
                    json.key("type").of(of);
                });
            });
            json.key("result").of(&signature.result);
            json.key("throws").raw(signature.throws);
            json.key("bigint").raw(entry.bigint);
            json.key("hash").string(&format!("{:016x}", entry.hash()));
        });
    }

    /// A record or an enum.
    fn named(&mut self, named: &Named) {
        self.object(|json| {
            json.key("kind").string(match named.shape {
                Shape::Record(_) => "record",
                Shape::Enum { .. } => "enum",
            });
            json.key("name").string(&named.name);
            json.doc(named.doc);
            match &named.shape {
                Shape::Record(fields) => json.fields(fields),
                Shape::Enum { tag, variants } => {
                    json.key("tag").string(tag);
                    json.key("variants").array(variants, |json, variant| {
                        json.object(|json| {
                            json.key("name").string(variant.name);
                            json.doc(variant.doc);
                            json.holds(&variant.holds);
                        });
                    });
                }
            }
        });
    }

    fn fields(&mut self, fields: &[Field]) {
        self.key("fields").array(fields, |json, field| {
            json.object(|json| {
                json.key("name").string(field.name);
                json.doc(field.doc);
                json.key("type").of(&field.of);
            });
        });
    }

    fn holds(&mut self, holds: &Holds) {
        self.key("kind").string(match holds {
            Holds::Unit => "unit",
            Holds::Record(_) => "record",
            Holds::Value(_) => "value",
            Holds::Tuple(_) => "tuple",
        });
        match holds {
            Holds::Unit => {}
            Holds::Record(fields) => self.fields(fields),
            Holds::Value(of) => self.key("type").of(of),
            Holds::Tuple(types) => self.key("types").array(types, Json::of),
        }
    }

    /// A type.
    fn of(&mut self, of: &Type) {
        match of {
            Type::Plain(name) => self.string(name),
            Type::Vec(of) => self.applied("vec", |json| json.next(of)),
            Type::Array(of, length) => self.applied("array", |json| {
                json.next(of);
                json.comma();
                json.raw(length);
            }),
            Type::Typed(scalar) => self.applied("typed", |json| json.next(&Type::Plain(scalar))),
            Type::Option(of) => self.applied("option", |json| json.next(of)),
            Type::Tuple(types) => self.applied("tuple", |json| types.iter().for_each(|of| json.next(of))),
            Type::Map(of) => self.applied("map", |json| json.next(of)),
            Type::Named(number) => self.applied("ref", |json| {
                json.comma();
                json.raw(number);
            }),
            Type::Mutable(scalar) => self.applied("mut", |json| json.next(&Type::Plain(scalar))),
            Type::Descriptor(name) => self.applied("py", |json| {
                json.comma();
                json.string(name);
            }),
        }
    }

    /// The array of a kind of type and what it is applied to.
    fn applied(&mut self, kind: &str, write: impl FnOnce(&mut Self)) {
        self.text.push('[');
        self.string(kind);
        write(self);
        self.text.push(']');
    }

    fn next(&mut self, of: &Type) {
        self.comma();
        self.of(of);
    }
}
