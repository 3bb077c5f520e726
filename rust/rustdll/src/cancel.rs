//! The cancellation of a call.

use std::error::Error as StdError;
use std::fmt;

use crate::frame::{Arguments, CallContext, CANCELLED};

/// Lets a function check whether its call has been cancelled.
///
/// A parameter of the type `&Cancel` is not a parameter in JavaScript. There a call in the background is cancelled by
/// the option `signal`; its promise is rejected at once, and the function continues until it checks for cancellation. A
/// synchronous call cannot be cancelled.
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
/// It may be used from several threads while the function runs. A check takes about as long as reading a variable.
#[derive(Debug)]
pub struct Cancel(CallContext);

impl Cancel {
    /// Makes the value for a call.
    #[doc(hidden)]
    #[inline]
    pub fn of(arguments: &Arguments<'_>) -> Self {
        Self(arguments.context())
    }

    /// Returns true if the call has been cancelled.
    #[inline]
    #[must_use]
    pub fn is_cancelled(&self) -> bool {
        self.0.has(CANCELLED)
    }

    /// Returns an error if the call has been cancelled, to be propagated with `?`. JavaScript does not receive it.
    ///
    /// # Errors
    ///
    /// [`Cancelled`], if the call has been cancelled.
    #[inline]
    pub fn check(&self) -> Result<(), Cancelled> {
        if self.is_cancelled() {
            Err(Cancelled)
        } else {
            Ok(())
        }
    }
}

/// The error of a function that stops because its call has been cancelled.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Cancelled;

impl fmt::Display for Cancelled {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("the call has been given up")
    }
}

impl StdError for Cancelled {}
