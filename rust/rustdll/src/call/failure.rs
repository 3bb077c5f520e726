//! The failure that a function returns: its message, its causes and its code.

use std::error::Error as StdError;
use std::fmt::Display;

use super::Status;
use crate::error::Report;
use crate::frame::{Fault, Output};
use crate::types::Encode;

/// How many causes are passed on. A chain may be longer, or even endless.
const MAX_CAUSES: usize = 64;

/// What JavaScript is told about an `Err`.
#[derive(Debug)]
pub struct Failure {
    /// The code and the message of each error: outermost first, then what caused it.
    errors: Vec<(Option<String>, String)>,
}

impl Failure {
    /// Of an error with causes.
    pub(crate) fn of_error(error: &(dyn StdError + 'static)) -> Self {
        let mut errors = Vec::new();
        let mut next = Some(error);
        while let Some(error) = next.filter(|_| errors.len() <= MAX_CAUSES) {
            let code = error.downcast_ref::<Report>().and_then(Report::code);
            errors.push((code.map(str::to_owned), error.to_string()));
            next = error.source();
        }
        Self { errors }
    }

    /// Of anything that can be displayed.
    pub(crate) fn of_message(message: impl Display) -> Self {
        Self {
            errors: vec![(None, message.to_string())],
        }
    }

    /// Gives the failure as the result. A status of its own says that causes have codes too.
    pub(crate) fn give(&self, output: &mut Output<'_>) -> Result<Status, Fault> {
        if self.errors.iter().skip(1).any(|(code, _)| code.is_some()) {
            output.stream(|writer| self.errors.encode(writer))?;
            return Ok(Status::ERR_WITH_CODES);
        }
        output.stream(|writer| {
            let (code, messages): (Vec<_>, Vec<_>) = self.errors.iter().map(|(code, message)| (code, message)).unzip();
            code.first().copied().unwrap_or(&None).encode(writer);
            messages.encode(writer);
        })?;
        Ok(Status::ERR)
    }
}
