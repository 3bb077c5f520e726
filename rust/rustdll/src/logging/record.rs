//! A record, as JavaScript gets it.

use std::time::{SystemTime, UNIX_EPOCH};

use crate::callback::CallbackArguments;
use crate::frame::Writer;
use crate::types::shape::{Catalogue, Shape};

/// A record. Its texts are made before any listener gets it.
#[derive(Clone, Copy, Debug)]
pub(super) struct Record<'a> {
    /// From 1, an error, to 5, a trace.
    pub level: u8,
    /// What it is about: usually the path of a module.
    pub target: &'a str,
    /// What it says.
    pub message: &'a str,
    /// The source file of the place that has made it.
    pub file: Option<&'a str>,
    /// The line there.
    pub line: Option<u32>,
    /// When it was made, in milliseconds since 1970.
    pub timestamp: f64,
    /// Its fields, an object in JSON, or nothing.
    pub fields: &'a str,
    /// The spans that it is in, a list in JSON, or nothing.
    pub spans: &'a str,
}

/// The arguments of the function in JavaScript, in their order: those of a record, and how many records before it were
/// dropped.
type Arguments<'a> = (
    u8,
    &'a str,
    &'a str,
    Option<&'a str>,
    Option<u32>,
    f64,
    (&'a str, &'a str),
    u32,
);

impl Record<'_> {
    /// Describes the arguments.
    pub fn describe(catalogue: &mut Catalogue) -> Vec<Shape> {
        <Arguments<'_> as CallbackArguments<_>>::describe(catalogue)
    }

    /// Writes the arguments. `dropped` records before this one were not passed on.
    pub fn encode(&self, dropped: u32, writer: &mut Writer) {
        let arguments: Arguments<'_> = (
            self.level,
            self.target,
            self.message,
            self.file,
            self.line,
            self.timestamp,
            (self.fields, self.spans),
            dropped,
        );
        arguments.encode(writer);
    }
}

/// Returns the milliseconds since 1970, with their fraction.
pub(super) fn now() -> f64 {
    let elapsed = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
    elapsed.as_secs_f64() * 1000.0
}
