//! The error that a function returns when it has more to say than a message.

use std::error::Error as StdError;
use std::fmt;
use std::ops::Deref;

/// An error with a message, and if wanted a code and a cause.
///
/// A function that fails may return any error: one that implements [`std::error::Error`], a `Box<dyn Error>`, an
/// `anyhow::Error`, a string, or whatever can be displayed. In JavaScript each becomes a `RustError` with the message, the
/// chain of its sources as `cause`, and a `code` that is `ERR_RUSTDLL_RUST`. This type is for those that want a code of
/// their own, and for functions that fail in more than one way: `?` makes one of any error. The code is also found if the
/// error is in a `Box<dyn Error>`, and where it is a source of another, the `cause` in JavaScript has it.
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
///
/// ```
/// use rustdll::{export, Error};
///
/// #[export]
/// fn port(text: &str) -> Result<u16, Error> {
///     let number: u32 = text.parse()?;
///     Ok(number.try_into()?)
/// }
/// ```
///
/// It does not implement [`std::error::Error`] itself, as that would leave no room for `?`; it derefs to one that does, and
/// can be made a `Box<dyn Error>`.
pub struct Error(Box<Report>);

/// What an error consists of. This is the error that others see: in a box, or as a source.
pub(crate) struct Report {
    what: What,
    code: Option<String>,
}

enum What {
    /// An error of one's own words.
    Said {
        message: String,
        source: Option<Box<dyn StdError + Send + Sync>>,
    },
    /// Another error.
    Is(Box<dyn StdError + Send + Sync>),
}

impl Error {
    /// An error with that message.
    pub fn new(message: impl fmt::Display) -> Self {
        Self::of(What::Said {
            message: message.to_string(),
            source: None,
        })
    }

    /// The error in a box, such as one that an `anyhow::Error` has become. For other errors there is `From`.
    pub fn from_boxed(error: Box<dyn StdError + Send + Sync>) -> Self {
        match error.downcast::<Report>() {
            Ok(report) => Self(report),
            Err(error) => Self::of(What::Is(error)),
        }
    }

    fn of(what: What) -> Self {
        Self(Box::new(Report { what, code: None }))
    }

    /// The same error with a code, which becomes the `code` of the JavaScript error.
    #[must_use]
    pub fn with_code(mut self, code: impl Into<String>) -> Self {
        self.0.code = Some(code.into());
        self
    }

    /// The same error with a cause, instead of the one that it has.
    #[must_use]
    pub fn with_source(mut self, source: impl Into<Box<dyn StdError + Send + Sync>>) -> Self {
        self.0.what = What::Said {
            message: self.to_string(),
            source: Some(source.into()),
        };
        self
    }

    /// The code, if it has one.
    pub fn code(&self) -> Option<&str> {
        self.0.code()
    }

    /// The error as one that implements [`std::error::Error`], for those who ask for its type: `anyhow::Error::new` does.
    pub fn into_std(self) -> impl StdError + Send + Sync + 'static {
        *self.0
    }
}

impl Report {
    /// The code, if it has one.
    pub(crate) fn code(&self) -> Option<&str> {
        self.code.as_deref()
    }
}

impl fmt::Display for Report {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.what {
            What::Said { message, .. } => f.write_str(message),
            What::Is(error) => fmt::Display::fmt(error, f),
        }
    }
}

impl fmt::Debug for Report {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut debug = f.debug_struct("Error");
        match &self.what {
            What::Said { message, source } => debug.field("message", message).field("source", source),
            What::Is(error) => debug.field("error", error),
        };
        debug.field("code", &self.code).finish()
    }
}

impl StdError for Report {
    fn source(&self) -> Option<&(dyn StdError + 'static)> {
        match &self.what {
            What::Said { source, .. } => source.as_deref().map(|source| source as _),
            What::Is(error) => error.source(),
        }
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(&self.0, f)
    }
}

impl fmt::Debug for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(&self.0, f)
    }
}

/// What `?` makes of any error.
impl<E: StdError + Send + Sync + 'static> From<E> for Error {
    fn from(error: E) -> Self {
        Self::from_boxed(Box::new(error))
    }
}

impl Deref for Error {
    type Target = dyn StdError + Send + Sync + 'static;

    fn deref(&self) -> &Self::Target {
        &*self.0
    }
}

macro_rules! boxes {
    ($($boxed:ty)*) => { $(
        impl From<Error> for Box<$boxed> {
            fn from(error: Error) -> Self {
                error.0
            }
        }
    )* };
}

boxes! {
    dyn StdError
    dyn StdError + Send
    dyn StdError + Send + Sync
}
