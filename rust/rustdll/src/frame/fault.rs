//! The reasons why a call has no result although the function itself has neither failed nor panicked.

use crate::object::Unavailable;

/// The reason why a call has no result although the function itself has neither failed nor panicked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fault {
    /// A string of the stream begins or ends between the two halves of a surrogate pair.
    SplitSurrogate,
    /// The arguments do not match the function's signature, which is a fault of the host.
    Arguments(&'static str),
    /// The result cannot be represented in JavaScript.
    Result(&'static str),
    /// The arguments are nested too deeply for the current stack.
    DeepArguments,
    /// The result is nested too deeply for the current stack.
    DeepResult,
    /// An object among the arguments cannot be borrowed.
    Unavailable(Unavailable),
}

impl Fault {
    /// The stream ends before the arguments do.
    pub(crate) const SHORT: Fault = Fault::Arguments("the stream of arguments ends too early");
    /// An array has another length than its type.
    pub(crate) const OTHER_LENGTH: Fault = Fault::Arguments("an array has not as many elements as its type says");
    /// The number of a variant is greater than that of the enum's last variant.
    #[doc(hidden)]
    pub const NO_VARIANT: Fault = Fault::Arguments("an enum has no such variant");
    /// A `String` is not valid UTF-8, which only unsafe code can cause.
    pub(crate) const NOT_UTF8: Fault = Fault::Result("the result has text that is not UTF-8");
}
