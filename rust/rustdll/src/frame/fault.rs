//! Why a call has no result, although the function itself has neither failed nor panicked.

/// Why a call has no result, although the function itself has neither failed nor panicked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fault {
    /// A string of the stream begins or ends between the two halves of a surrogate pair.
    SplitSurrogate,
    /// The arguments do not fit the function. The host is to blame, as it has the function's signature.
    Arguments(&'static str),
    /// The result has no form in JavaScript.
    Result(&'static str),
    /// The arguments have values deeper inside one another than the stack at hand allows.
    DeepArguments,
    /// The same of the result.
    DeepResult,
}

impl Fault {
    /// The stream ends before the arguments do.
    pub(crate) const SHORT: Fault = Fault::Arguments("the stream of arguments ends too early");
    /// An enum has fewer variants than that.
    #[doc(hidden)]
    pub const NO_VARIANT: Fault = Fault::Arguments("an enum has no such variant");
    /// Somebody has made a `String` of other bytes, which only unsafe code can.
    pub(crate) const NOT_UTF8: Fault = Fault::Result("the result has text that is not UTF-8");
}
