//! The string that JavaScript lends to Rust: a list of bytes, and the ways to read it as text.

use std::borrow::Cow;
use std::str::{self, Utf8Error};

use crate::PyVec;

/// A string from JavaScript as UTF-8, or any other bytes: both are lists of `u8`.
///
/// There is no NUL at the end, and there may be some inside.
pub type PyStr = PyVec<u8>;

impl PyStr {
    /// The bytes as a string slice, if they are valid UTF-8.
    ///
    /// A JavaScript string always is. A `Buffer` or `Uint8Array` may hold anything.
    ///
    /// # Errors
    ///
    /// If the bytes are not UTF-8, the error says from which byte on.
    #[inline]
    pub fn as_str(&self) -> Result<&str, Utf8Error> {
        str::from_utf8(self.as_slice())
    }

    /// The bytes as a string slice, without a look at them.
    ///
    /// # Safety
    ///
    /// The bytes are valid UTF-8. That is so where JavaScript passed a string and nothing has written to it since; it is
    /// the caller's word that no `Buffer` was passed instead.
    #[inline]
    pub unsafe fn as_str_unchecked(&self) -> &str {
        // SAFETY: the caller vouches for it.
        unsafe { str::from_utf8_unchecked(self.as_slice()) }
    }

    /// The bytes as text, with U+FFFD in the place of whatever is not UTF-8.
    #[inline]
    pub fn to_string_lossy(&self) -> Cow<'_, str> {
        String::from_utf8_lossy(self.as_slice())
    }
}
