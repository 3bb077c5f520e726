//! The outcome of an exported function: a value, or a value or an error.
//!
//! What can be told about an error depends on what it is, and there is no one trait that all errors have. So the macro
//! calls a method on a [`Returns`] behind references, and the compiler takes the first implementation that fits, the
//! one behind the most references first.

use std::error::Error as StdError;
use std::fmt::Display;
use std::marker::PhantomData;
use std::ops::Deref;

use super::failure::Failure;
use super::Status;
use crate::frame::{Fault, Output};
use crate::types::shape::{Catalogue, Shape};
use crate::types::Encode;

/// Stands for a function that returns an `R`.
#[derive(Debug)]
pub struct Returns<R>(PhantomData<fn() -> R>);

impl<R> Returns<R> {
    /// It holds nothing.
    #[allow(clippy::new_without_default, reason = "only the macro makes one")]
    pub const fn new() -> Self {
        Self(PhantomData)
    }

    /// The one for a value's type.
    #[inline]
    pub const fn of(_: &R) -> Self {
        Self::new()
    }
}

/// A type with `#[derive(Record)]` or `#[derive(Enum)]`.
pub trait Definite {}

/// An error that is nothing but a message, sources and a code. Nothing with `#[derive(Record)]` or `#[derive(Enum)]`
/// is.
#[diagnostic::on_unimplemented(
    message = "an error that is a record or an enum has no form in JavaScript: `{Self}`",
    label = "JavaScript would get the message of this error alone, and nothing of what it holds",
    note = "return a `Result<T, rustdll::Error>`, of which `?` makes any error; `with_code` tells JavaScript one from another",
    note = "or return an enum of your own, with one variant for the error, instead of the `Result`"
)]
pub trait WithoutData {}

/// `dyn Error`, with or without `Send` and `Sync`.
pub trait AsError {
    /// Without.
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

/// How the outcome of a function that returns an `R` is described and given. This is all that generated code has to
/// name a bound for, so that a type which does not fit is reported once.
#[derive(Debug)]
pub struct Outcome<R> {
    /// Describes the type of the result, of a `Result` that of the value.
    pub describe: fn(&mut Catalogue) -> Shape,
    /// True if it may be an error.
    pub throws: bool,
    /// Gives it to the host.
    pub give: fn(R, &mut Output<'_>) -> Result<Status, Fault>,
}

/// A function that returns no `Result`.
#[derive(Clone, Copy, Debug)]
pub struct Plain;

impl Plain {
    /// How its outcome is given.
    #[inline]
    pub fn outcome<R: Encode>(self, _: Returns<R>) -> Outcome<R> {
        Outcome {
            describe: R::describe,
            throws: false,
            give: |result, output| result.give(output).map(|()| Status::DONE),
        }
    }
}

/// Leads to `Plain`.
pub trait FindPlain {
    /// What kind of function it is.
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
            /// How its outcome is given.
            #[inline]
            pub fn outcome<T: Encode, $E>(self, _: Returns<Result<T, $E>>) -> Outcome<Result<T, $E>>
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
            /// What kind of function it is.
            #[inline]
            fn rustdll_kind(&self) -> $Kind {
                $Kind
            }
        }
    )* };
}

fallible! {
    /// A function whose error is a record or an enum, of which JavaScript would get the message alone.
    WithData, FindWithData, E { E: WithoutData + Display }, |error: &E| Failure::of_message(error);
    /// A function whose error may have sources.
    Fallible, FindFallible, E { E: StdError + 'static }, |error: &E| Failure::of_error(error);
    /// A function whose error is a pointer to one that may have sources, such as a `Box<dyn Error>`.
    FallibleByPointer, FindFallibleByPointer, E { E: Deref, E::Target: AsError },
        |error: &E| Failure::of_error(error.as_error());
    /// A function whose error has a message and nothing else.
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
