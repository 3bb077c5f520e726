//! The failure that a function returns: its message, its causes and its code.

use std::error::Error as StdError;
use std::fmt::Display;

use crate::error::Error;
use crate::frame::{Fault, Output};
use crate::types::Encode;

/// How many causes are passed on. A chain may be longer, or even endless.
const MAX_CAUSES: usize = 64;

/// What JavaScript is told about an `Err`.
#[derive(Debug)]
pub struct Failure {
    code: Option<String>,
    /// Outermost first, then what caused it.
    messages: Vec<String>,
}

impl Failure {
    /// Of an error with causes.
    pub(crate) fn of_error(error: &(dyn StdError + 'static)) -> Self {
        let mut failure = Self {
            code: None,
            messages: Vec::new(),
        };
        let mut next = Some(error);
        while let Some(error) = next.filter(|_| failure.messages.len() <= MAX_CAUSES) {
            failure.messages.push(error.to_string());
            if failure.code.is_none() {
                failure.code = error.downcast_ref::<Error>().and_then(Error::code).map(str::to_owned);
            }
            next = error.source();
        }
        failure
    }

    /// Of anything that can be displayed.
    pub(crate) fn of_message(message: impl Display) -> Self {
        Self {
            code: None,
            messages: vec![message.to_string()],
        }
    }

    /// Gives the failure as the result.
    pub(crate) fn give(&self, output: &mut Output<'_>) -> Result<(), Fault> {
        output.stream(|writer| {
            self.code.encode(writer);
            self.messages.encode(writer);
        })
    }
}
