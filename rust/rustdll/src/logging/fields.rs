//! The fields of a record, as an object in JSON.

use std::fmt::{Display, Write};

use crate::table::quote;

/// The integers that a number of JavaScript can hold.
const SAFE: i128 = (1 << 53) - 1;

/// The text of a JSON object that fields are added to.
#[derive(Debug, Default)]
pub(super) struct Fields {
    text: String,
}

impl Fields {
    fn key(&mut self, key: &str) {
        self.text.push(if self.text.is_empty() { '{' } else { ',' });
        quote(&mut self.text, key);
        self.text.push(':');
    }

    fn raw(&mut self, key: &str, value: impl Display) {
        self.key(key);
        // Writing to a string does not fail by itself.
        let _ = write!(self.text, "{value}");
    }

    /// Adds a text.
    pub fn text(&mut self, key: &str, value: &str) {
        self.key(key);
        quote(&mut self.text, value);
    }

    /// Adds the text of a value.
    pub fn display(&mut self, key: &str, value: impl Display) {
        self.text(key, &text_of(value));
    }

    /// Adds an integer. Beyond 2^53 - 1 it is a text, so that no digits are lost.
    pub fn integer(&mut self, key: &str, value: i128) {
        if (-SAFE..=SAFE).contains(&value) {
            self.raw(key, value);
        } else {
            self.display(key, value);
        }
    }

    /// Adds a number. JSON has no NaN and no infinity, which are texts.
    pub fn number(&mut self, key: &str, value: f64) {
        if value.is_finite() {
            self.raw(key, format_args!("{value:?}"));
        } else {
            self.text(
                key,
                if value.is_nan() {
                    "NaN"
                } else if value > 0.0 {
                    "Infinity"
                } else {
                    "-Infinity"
                },
            );
        }
    }

    /// Adds a `bool`, or the `null` of no value.
    pub fn flag(&mut self, key: &str, value: Option<bool>) {
        match value {
            Some(value) => self.raw(key, value),
            None => self.raw(key, "null"),
        }
    }

    /// Adds the fields of another object. One of the same name takes the place of the first, as in any JSON.
    #[cfg(feature = "tracing")]
    pub fn append(&mut self, other: Self) {
        if self.text.is_empty() {
            self.text = other.text;
        } else if let Some(more) = other.text.get(1..) {
            self.text.push(',');
            self.text.push_str(more);
        }
    }

    /// Returns the object.
    #[cfg(feature = "tracing")]
    pub fn object(&self) -> String {
        format!("{}}}", if self.text.is_empty() { "{" } else { &self.text })
    }

    /// Returns the object, or nothing if it has no fields.
    pub fn finish(mut self) -> String {
        if !self.text.is_empty() {
            self.text.push('}');
        }
        self.text
    }
}

/// Returns the text of a value. If it cannot be displayed, that is what it has written so far.
pub(super) fn text_of(value: impl Display) -> String {
    let mut text = String::new();
    let _ = write!(text, "{value}");
    text
}
