//! The error type of this crate, which has a message, an optional code and an optional cause.

use std::error::Error as StdError;
use std::fmt;
use std::ops::Deref;

/// An error with a message, an optional code and an optional cause.
///
/// A function that fails may return any error: one that implements [`std::error::Error`], a `Box<dyn Error>`, an
/// `anyhow::Error`, a string, or anything that can be displayed. In JavaScript each becomes a `RustError` with the
/// message, the chain of its sources as `cause`, and the `code` `ERR_RUSTDLL_RUST`. This type is for errors with a code
/// of their own, and for functions that fail in more than one way: `?` converts any error to it. The code is also found
/// if the error is in a `Box<dyn Error>`; if the error is a source of another one, the `cause` in JavaScript has the
/// code.
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
/// It does not implement [`std::error::Error`] itself, as the conversion by `?` would then be impossible; it derefs to
/// a type that does, and can be converted to a `Box<dyn Error>`.
pub struct Error(Box<Report>);

/// The contents of an [`Error`]. It implements [`std::error::Error`], so it is the value in a box or as a source.
pub(crate) struct Report {
    what: What,
    code: Option<String>,
    class: Class,
}

/// The class of an error in JavaScript.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(u8)]
pub(crate) enum Class {
    /// A `RustError`.
    Rust = 0,
    /// A `TypeError`.
    Type = 1,
    /// A `RangeError`.
    Range = 2,
}

enum What {
    /// A new error with a message.
    Said {
        message: String,
        source: Option<Box<dyn StdError + Send + Sync>>,
    },
    /// Another error.
    Is(Box<dyn StdError + Send + Sync>),
}

impl Error {
    /// Makes an error with a message.
    pub fn new(message: impl fmt::Display) -> Self {
        Self::of(What::Said {
            message: message.to_string(),
            source: None,
        })
    }

    /// Makes an error that is a `TypeError` in JavaScript, as for an argument of a wrong type. If it is a source of another
    /// error, the cause there is an `Error`.
    ///
    /// ```
    /// use rustdll::{export, Error};
    ///
    /// #[export]
    /// fn repeated(text: &str, times: f64) -> Result<String, Error> {
    ///     if times.fract() != 0.0 {
    ///         return Err(Error::type_error("`times` is not a whole number"));
    ///     }
    ///     if !(0.0..=1e6).contains(&times) {
    ///         return Err(Error::range_error("`times` is not from 0 to a million").with_code("E_TIMES"));
    ///     }
    ///     Ok(text.repeat(times as usize))
    /// }
    /// ```
    pub fn type_error(message: impl fmt::Display) -> Self {
        Self::new(message).of_class(Class::Type)
    }

    /// Makes an error that is a `RangeError` in JavaScript, as for an argument that is out of range; otherwise as
    /// [`Error::type_error`].
    pub fn range_error(message: impl fmt::Display) -> Self {
        Self::new(message).of_class(Class::Range)
    }

    fn of_class(mut self, class: Class) -> Self {
        self.0.class = class;
        self
    }

    /// The same error with a message that begins with these words.
    pub(crate) fn prefixed(mut self, words: &str) -> Self {
        let message = format!("{words}{self}");
        self.0.what = match self.0.what {
            What::Said { source, .. } => What::Said { message, source },
            What::Is(_) => What::Said { message, source: None },
        };
        self
    }

    /// Makes an error of one in a box, such as that of an `anyhow::Error`. Other errors are converted by `From`.
    pub fn from_boxed(error: Box<dyn StdError + Send + Sync>) -> Self {
        match error.downcast::<Report>() {
            Ok(report) => Self(report),
            Err(error) => Self::of(What::Is(error)),
        }
    }

    fn of(what: What) -> Self {
        Self(Box::new(Report {
            what,
            code: None,
            class: Class::Rust,
        }))
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

    /// Converts to a type that implements [`std::error::Error`], as functions such as `anyhow::Error::new` require.
    pub fn into_std(self) -> impl StdError + Send + Sync + 'static {
        *self.0
    }
}

impl Report {
    /// The code, if it has one.
    pub(crate) fn code(&self) -> Option<&str> {
        self.code.as_deref()
    }

    /// The class of the error in JavaScript.
    pub(crate) fn class(&self) -> Class {
        self.class
    }

    /// The error that it was made of, if nothing was added to it.
    pub(crate) fn itself(&self) -> &(dyn StdError + 'static) {
        match &self.what {
            What::Is(error) if self.code.is_none() => &**error,
            _ => self,
        }
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

/// The conversion that `?` applies to any error.
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
