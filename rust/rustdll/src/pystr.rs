//! The string that JavaScript lends to Rust: a list of bytes, with methods to read it as text.

use std::borrow::Cow;
use std::str::{self, Utf8Error};

use crate::PyVec;

/// A string from JavaScript as UTF-8, or any other bytes: both are lists of `u8`.
///
/// It is not NUL-terminated, and may contain NULs.
pub type PyStr = PyVec<u8>;

impl PyStr {
    /// Returns the bytes as a string slice, if they are valid UTF-8.
    ///
    /// A JavaScript string always is. A `Buffer` or `Uint8Array` may contain any bytes.
    ///
    /// # Errors
    ///
    /// If the bytes are not UTF-8, the error has the index of the first invalid byte.
    #[inline]
    pub fn as_str(&self) -> Result<&str, Utf8Error> {
        str::from_utf8(self.as_slice())
    }

    /// Returns the bytes as a string slice, without checking them.
    ///
    /// # Safety
    ///
    /// The bytes are valid UTF-8. They are if JavaScript passed a string and nothing has written to it since; the
    /// caller has to ensure that no `Buffer` was passed instead.
    #[inline]
    pub unsafe fn as_str_unchecked(&self) -> &str {
        // SAFETY: the caller guarantees valid UTF-8.
        unsafe { str::from_utf8_unchecked(self.as_slice()) }
    }

    /// Returns the bytes as text, with U+FFFD in place of invalid sequences.
    #[inline]
    pub fn to_string_lossy(&self) -> Cow<'_, str> {
        String::from_utf8_lossy(self.as_slice())
    }
}
