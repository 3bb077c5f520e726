//! The error that a function returns when it has more to say than a message.

use std::error::Error as StdError;
use std::fmt;

/// An error with a message, and if wanted a code and a cause.
///
/// A function that fails may return any error: one that implements [`std::error::Error`], a `Box<dyn Error>`, an
/// `anyhow::Error`, a string, or whatever can be displayed. In JavaScript each becomes a `RustError` with the message, the
/// chain of its sources as `cause`, and a `code` that is `ERR_RUSTDLL_RUST`. This type is for those that want a code of
/// their own. The code is also found if the error is in a `Box<dyn Error>`, or is a source of another.
///
/// ```
/// use rustdll::{export, Error};
///
/// #[export]
/// fn area(width: f64, height: f64) -> Result<f64, Error> {
///     if width < 0.0 || height < 0.0 {
///         return Err(Error::new("a side is negative").with_code("E_SHAPE"));
///     }
///     Ok(width * height)
/// }
/// ```
#[derive(Debug)]
pub struct Error {
    message: String,
    code: Option<String>,
    source: Option<Box<dyn StdError + Send + Sync>>,
}

impl Error {
    /// An error with that message.
    pub fn new(message: impl fmt::Display) -> Self {
        Self {
            message: message.to_string(),
            code: None,
            source: None,
        }
    }

    /// The same error with a code, which becomes the `code` of the JavaScript error.
    #[must_use]
    pub fn with_code(mut self, code: impl Into<String>) -> Self {
        self.code = Some(code.into());
        self
    }

    /// The same error with a cause.
    #[must_use]
    pub fn with_source(mut self, source: impl Into<Box<dyn StdError + Send + Sync>>) -> Self {
        self.source = Some(source.into());
        self
    }

    /// The code, if it has one.
    pub fn code(&self) -> Option<&str> {
        self.code.as_deref()
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message)
    }
}

impl StdError for Error {
    fn source(&self) -> Option<&(dyn StdError + 'static)> {
        self.source.as_deref().map(|source| source as _)
    }
}

impl From<String> for Error {
    fn from(message: String) -> Self {
        Self {
            message,
            code: None,
            source: None,
        }
    }
}

impl From<&str> for Error {
    fn from(message: &str) -> Self {
        Self::new(message)
    }
}
