//! Whether a call has been given up.

use std::error::Error as StdError;
use std::fmt;

use crate::frame::{Arguments, CallContext, CANCELLED};

/// Tells a function whether somebody still waits for its result.
///
/// A parameter of the type `&Cancel` is none in JavaScript. There a call in the background is given up by the `signal`
/// among its options; its promise is rejected at once, and the function runs on until it asks. A call that JavaScript
/// waits for cannot be given up.
///
/// ```
/// use rustdll::{export, Cancel, Error};
///
/// /// The sum of the squares of all numbers below `end`.
/// #[export]
/// fn squares(end: u64, cancel: &Cancel) -> Result<u64, Error> {
///     let mut sum = 0_u64;
///     for n in 0..end {
///         if n % 1024 == 0 {
///             cancel.check()?;
///         }
///         sum = sum.wrapping_add(n * n);
///     }
///     Ok(sum)
/// }
/// ```
///
/// It may be asked from several threads, for as long as the function runs. To ask takes about as long as to read a
/// variable.
#[derive(Debug)]
pub struct Cancel(CallContext);

impl Cancel {
    /// The one of a call.
    #[doc(hidden)]
    #[inline]
    pub fn of(arguments: &Arguments<'_>) -> Self {
        Self(arguments.context())
    }

    /// Whether nobody waits for the result any more.
    #[inline]
    #[must_use]
    pub fn is_cancelled(&self) -> bool {
        self.0.has(CANCELLED)
    }

    /// An error if nobody waits for the result any more, to be returned with `?`. JavaScript does not see it.
    ///
    /// # Errors
    ///
    /// [`Cancelled`], if the call has been given up.
    #[inline]
    pub fn check(&self) -> Result<(), Cancelled> {
        if self.is_cancelled() {
            Err(Cancelled)
        } else {
            Ok(())
        }
    }
}

/// The error of a function that stops since its call has been given up.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Cancelled;

impl fmt::Display for Cancelled {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("the call has been given up")
    }
}

impl StdError for Cancelled {}
