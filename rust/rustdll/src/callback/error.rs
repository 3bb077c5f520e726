//! The reasons why a callback has no result.

use std::error::Error as StdError;
use std::fmt;
use std::sync::Arc;

use super::Held;

/// The reason why a function of JavaScript that Rust has called has no result.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub enum CallError {
    /// The function has thrown.
    Thrown(JsError),
    /// The environment that it belongs to has ended.
    Closed,
    /// It was lent to a synchronous call and called on another thread, while JavaScript's thread waits for that call. In
    /// the background, through `lib.async`, such calls are possible.
    WouldDeadlock,
    /// It was lent to a call in the background, which has been cancelled.
    Cancelled,
    /// JavaScript's thread was not free in time.
    TimedOut,
    /// Too many calls are posted, or there is no memory for one more.
    Full,
}

impl fmt::Display for CallError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            CallError::Thrown(error) => return error.fmt(f),
            CallError::Closed => "the environment of the callback has ended",
            CallError::WouldDeadlock => {
                "a callback was called on another thread while JavaScript's own waits for the call: make the call in the background, through lib.async"
            }
            CallError::Cancelled => "the call that the callback was lent to has been cancelled",
            CallError::TimedOut => "JavaScript's thread was not free in time for the callback",
            CallError::Full => "too many callbacks are waiting to be called",
        }
        .fmt(f)
    }
}

/// It has no source: what JavaScript has thrown is the error itself.
impl StdError for CallError {}

/// What a function of JavaScript has thrown. An exported function that returns it as its error throws the same value, and
/// if it is a source of the error, the same value is the `cause`.
#[derive(Clone)]
pub struct JsError(Arc<Thrown>);

struct Thrown {
    name: String,
    message: String,
    code: Option<String>,
    /// The value itself; none if there was none in JavaScript.
    held: Option<Held>,
}

impl JsError {
    pub(super) fn new(name: String, message: String, code: Option<String>, held: Option<Held>) -> Self {
        Self(Arc::new(Thrown {
            name,
            message,
            code,
            held,
        }))
    }

    /// The `name` of the error: `TypeError`. For a value that is no object, its type.
    pub fn name(&self) -> &str {
        &self.0.name
    }

    /// The `message` of the error; for a value that is no object, its text.
    pub fn message(&self) -> &str {
        &self.0.message
    }

    /// The `code` of the error, if it has one that is a string.
    pub fn code(&self) -> Option<&str> {
        self.0.code.as_deref()
    }

    pub(crate) fn held(&self) -> Option<&Held> {
        self.0.held.as_ref()
    }
}

impl fmt::Display for JsError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.name(), self.message())
    }
}

impl fmt::Debug for JsError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("JsError")
            .field("name", &self.name())
            .field("message", &self.message())
            .field("code", &self.code())
            .finish()
    }
}

impl StdError for JsError {}
