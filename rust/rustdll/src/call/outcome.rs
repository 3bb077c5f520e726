//! The outcome of an exported function: a value, or a value or an error.
//!
//! No single trait is implemented by all error types. So the macro calls a method on a [`Returns`] behind several
//! references, and method resolution takes the first implementation that fits, beginning with that for the most
//! references (autoref specialization).

use std::error::Error as StdError;
use std::fmt::Display;
use std::marker::PhantomData;
use std::ops::Deref;

use super::failure::Failure;
use super::Status;
use crate::frame::{Fault, Output};
use crate::types::shape::{Catalogue, Shape};
use crate::types::Give;

/// A marker for a function that returns an `R`.
#[derive(Debug)]
pub struct Returns<R>(PhantomData<fn() -> R>);

impl<R> Returns<R> {
    /// Makes the marker.
    #[allow(clippy::new_without_default, reason = "only the macro makes one")]
    pub const fn new() -> Self {
        Self(PhantomData)
    }

    /// Makes the marker for the type of a value.
    #[inline]
    pub const fn of(_: &R) -> Self {
        Self::new()
    }
}

/// A type with `#[derive(Record)]` or `#[derive(Enum)]`.
pub trait Definite {}

/// An error that has no data besides a message, sources and a code: any type without `#[derive(Record)]` and
/// `#[derive(Enum)]`.
#[diagnostic::on_unimplemented(
    message = "an error that is a record or an enum has no form in JavaScript: `{Self}`",
    label = "JavaScript would get the message of this error alone, and nothing of what it holds",
    note = "return a `Result<T, rustdll::Error>`, of which `?` makes any error; `with_code` tells JavaScript one from another",
    note = "or return an enum of your own, with one variant for the error, instead of the `Result`"
)]
pub trait WithoutData {}

/// `dyn Error`, with or without `Send` and `Sync`.
pub trait AsError {
    /// Converts to the error without `Send` and `Sync`.
    fn as_error(&self) -> &(dyn StdError + 'static);
}

macro_rules! errors {
    ($($($bound:ident)+;)*) => { $(
        impl AsError for dyn $($bound +)+ 'static {
            fn as_error(&self) -> &(dyn StdError + 'static) {
                self
            }
        }
    )* };
}

errors!(StdError; StdError Send; StdError Send Sync;);

/// The functions that describe and write the outcome of a function that returns an `R`. Generated code names no other
/// bound, so that a type which does not fit is reported once.
#[derive(Debug)]
pub struct Outcome<R> {
    /// Describes the type of the result; for a `Result`, that of its value.
    pub describe: fn(&mut Catalogue) -> Shape,
    /// True if the function may return an error.
    pub throws: bool,
    /// Writes the outcome for the host.
    pub give: fn(R, &mut Output<'_>) -> Result<Status, Fault>,
}

/// The kind of function that returns no `Result`.
#[derive(Clone, Copy, Debug)]
pub struct Plain;

impl Plain {
    /// Returns the functions that write its outcome.
    #[inline]
    pub fn outcome<R: Give<By>, By>(self, _: Returns<R>) -> Outcome<R> {
        Outcome {
            describe: R::describe,
            throws: false,
            give: |result, output| result.give(output).map(|()| Status::DONE),
        }
    }
}

/// Selects `Plain`.
pub trait FindPlain {
    /// Returns the kind of the function.
    #[inline]
    fn rustdll_kind(&self) -> Plain {
        Plain
    }
}

impl<R> FindPlain for Returns<R> {}

macro_rules! fallible {
    ($(
        $(#[$doc:meta])*
        $Kind:ident, $Find:ident, $E:ident { $($bounds:tt)* }, $how:expr;
    )*) => { $(
        $(#[$doc])*
        #[derive(Clone, Copy, Debug)]
        pub struct $Kind;

        impl $Kind {
            /// Returns the functions that write its outcome.
            #[inline]
            pub fn outcome<T: Give<By>, $E, By>(self, _: Returns<Result<T, $E>>) -> Outcome<Result<T, $E>>
            where
                $($bounds)*
            {
                Outcome {
                    describe: T::describe,
                    throws: true,
                    give: |outcome, output| match outcome {
                        Ok(result) => result.give(output).map(|()| Status::DONE),
                        Err(error) => failed(&$how(&error), output),
                    },
                }
            }
        }

        #[doc = concat!("Leads to `", stringify!($Kind), "`.")]
        pub trait $Find {
            /// Returns the kind of the function.
            #[inline]
            fn rustdll_kind(&self) -> $Kind {
                $Kind
            }
        }
    )* };
}

fallible! {
    /// A function whose error is a record or an enum, whose data JavaScript would not receive.
    WithData, FindWithData, E { E: WithoutData + Display }, |error: &E| Failure::of_message(error);
    /// A function whose error may have sources.
    Fallible, FindFallible, E { E: StdError + 'static }, |error: &E| Failure::of_error(error);
    /// A function whose error is a pointer to one that may have sources, such as a `Box<dyn Error>`.
    FallibleByPointer, FindFallibleByPointer, E { E: Deref, E::Target: AsError },
        |error: &E| Failure::of_error(error.as_error());
    /// A function whose error has only a message.
    FallibleByMessage, FindFallibleByMessage, E { E: Display }, |error: &E| Failure::of_message(error);
}

impl<T, E: Definite> FindWithData for &&&&Returns<Result<T, E>> {}
impl<T, E: StdError + 'static> FindFallible for &&&Returns<Result<T, E>> {}
impl<T, E: Deref> FindFallibleByPointer for &&Returns<Result<T, E>> where E::Target: AsError {}
impl<T, E> FindFallibleByMessage for &Returns<Result<T, E>> {}

#[cold]
fn failed(failure: &Failure, output: &mut Output<'_>) -> Result<Status, Fault> {
    failure.give(output)
}
