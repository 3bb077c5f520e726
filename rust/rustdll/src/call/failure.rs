//! The failure that a function returns: its message, its causes and its code.

use std::error::Error as StdError;
use std::fmt::Display;

use super::Status;
use crate::callback::{CallError, JsError};
use crate::error::{Class, Report};
use crate::frame::{Content, Fault, Output, Writer};
use crate::table::quote;
use crate::types::Encode;

/// The most causes that are passed on. A chain may be longer, or even endless.
const MAX_CAUSES: usize = 64;

/// The data of an `Err` that JavaScript receives.
#[derive(Debug)]
pub struct Failure {
    /// The code and the message of each error, the outermost first, followed by its causes.
    errors: Vec<(Option<String>, String)>,
    /// The class of the first of them in JavaScript.
    class: Class,
    /// The error itself, if it is that of a callback.
    call: Option<CallError>,
    /// The last of the errors, if it is a source and JavaScript has it.
    thrown: Option<JsError>,
}

/// A failure with the data of its first error.
struct WithData<'a> {
    failure: &'a Failure,
    data: &'a dyn Content,
}

impl Content for WithData<'_> {
    fn write(&self, writer: &mut Writer) {
        self.failure.errors.encode(writer);
        self.data.write(writer);
    }

    fn locate(&self, writer: &mut Writer) -> bool {
        self.data.locate(writer) && writer.within("data")
    }
}

/// Returns the error of a callback that `error` is, also as a [`crate::Error`] without a code of its own.
fn call_error(error: &(dyn StdError + 'static)) -> Option<CallError> {
    let error = error.downcast_ref::<Report>().map_or(error, Report::itself);
    if let Some(call) = error.downcast_ref::<CallError>() {
        return Some(call.clone());
    }
    error.downcast_ref::<JsError>().cloned().map(CallError::Thrown)
}

/// Returns the error of a callback that `error` is, if JavaScript has what was thrown.
fn held_of(error: &(dyn StdError + 'static)) -> Option<JsError> {
    match call_error(error) {
        Some(CallError::Thrown(thrown)) if thrown.held().is_some() => Some(thrown),
        _ => None,
    }
}

impl Failure {
    /// Makes the failure for an error with its causes.
    pub(crate) fn of_error(error: &(dyn StdError + 'static)) -> Self {
        let call = call_error(error);
        let mut errors = Vec::new();
        let class = error.downcast_ref::<Report>().map_or(Class::Rust, Report::class);
        let mut thrown = None;
        let mut next = Some(error);
        while let Some(error) = next.filter(|_| errors.len() <= MAX_CAUSES) {
            thrown = held_of(error).filter(|_| !errors.is_empty());
            let code = error.downcast_ref::<Report>().and_then(Report::code);
            errors.push((code.map(str::to_owned), error.to_string()));
            next = error.source();
        }
        Self {
            errors,
            class,
            call,
            thrown,
        }
    }

    /// Makes the failure for anything that can be displayed.
    pub(crate) fn of_message(message: impl Display) -> Self {
        Self {
            errors: vec![(None, message.to_string())],
            class: Class::Rust,
            call: None,
            thrown: None,
        }
    }

    /// True if it is a `RangeError` in JavaScript.
    pub(crate) fn is_range(&self) -> bool {
        self.class == Class::Range
    }

    /// Writes the code and the message of each error.
    pub(crate) fn encode(&self, writer: &mut Writer) {
        self.errors.encode(writer);
    }

    /// Returns the number of the class, and the code and the message of each error, as a list in JSON. They include what
    /// was thrown, of which another environment of the host's has no more than that.
    fn as_json(&self) -> String {
        let mut text = format!("[{}", self.class as u8);
        for (code, message) in &self.errors {
            text.push_str(",[");
            match code {
                Some(code) => quote(&mut text, code),
                None => text.push_str("null"),
            }
            text.push(',');
            quote(&mut text, message);
            text.push(']');
        }
        text.push(']');
        text
    }

    /// The same failure with a code for its first error, if there is one.
    pub(crate) fn with_code(mut self, code: Option<&str>) -> Self {
        if let (Some(code), Some((first, _))) = (code, self.errors.first_mut()) {
            *first = Some(code.to_owned());
        }
        self
    }

    /// Writes the failure as the result, with the data of its first error.
    pub(crate) fn give_with(&self, data: &dyn Content, output: &mut Output<'_>) -> Result<Status, Fault> {
        output.stream(&WithData { failure: self, data })?;
        Ok(Status::ERR_WITH_DATA)
    }

    /// Writes the failure as the result. The status depends on its class, and on whether causes have codes.
    pub(crate) fn give(&self, output: &mut Output<'_>) -> Result<Status, Fault> {
        match &self.call {
            Some(CallError::Thrown(error)) => {
                if let Some(held) = error.held() {
                    output.message(&error.to_string());
                    output.scalar(held.clone().into_word());
                    return Ok(Status::THREW);
                }
            }
            Some(error @ CallError::WouldDeadlock) => {
                output.message(&error.to_string());
                return Ok(Status::WOULD_DEADLOCK);
            }
            _ => {}
        }
        if let Some(held) = self.thrown.as_ref().and_then(JsError::held) {
            output.message(&self.as_json());
            output.scalar(held.clone().into_word());
            return Ok(Status::ERR_OF_THROWN);
        }
        let other_class = match self.class {
            Class::Rust => None,
            Class::Type => Some(Status::TYPE_ERR),
            Class::Range => Some(Status::RANGE_ERR),
        };
        if let Some(status) = other_class {
            output.stream(&|writer: &mut Writer| self.errors.encode(writer))?;
            return Ok(status);
        }
        if self.errors.iter().skip(1).any(|(code, _)| code.is_some()) {
            output.stream(&|writer: &mut Writer| self.encode(writer))?;
            return Ok(Status::ERR_WITH_CODES);
        }
        output.stream(&|writer: &mut Writer| {
            let (code, messages): (Vec<_>, Vec<_>) = self.errors.iter().map(|(code, message)| (code, message)).unzip();
            code.first().copied().unwrap_or(&None).encode(writer);
            messages.encode(writer);
        })?;
        Ok(Status::ERR)
    }
}
