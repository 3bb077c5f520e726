//! The outcome of an exported function: a value, or a value or an error.
//!
//! No single trait is implemented by all error types. So the macro calls a method on a [`Returns`] behind several
//! references, and method resolution takes the first implementation that fits, beginning with that for the most
//! references (autoref specialization).

use std::error::Error as StdError;
use std::fmt::Display;
use std::marker::PhantomData;
use std::ops::Deref;
use std::rc::Rc;
use std::sync::Arc;

use super::failure::Failure;
use super::Status;
use crate::frame::{Fault, Output};
use crate::types::shape::{Catalogue, Shape};
use crate::types::{Encode, Give, Whole};

/// A marker for a function that returns an `R`.
#[derive(Debug)]
pub struct Returns<R>(PhantomData<fn() -> R>);

impl<R> Clone for Returns<R> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<R> Copy for Returns<R> {}

impl<R> Returns<R> {
    /// Makes the marker.
    #[allow(clippy::new_without_default, reason = "only the macro makes one")]
    pub const fn new() -> Self {
        Self(PhantomData)
    }

    /// Makes the marker for what a function makes of a result.
    pub fn by<T>(_: impl FnOnce(T) -> R) -> Self {
        Self::new()
    }

    /// Makes the marker for the type of a value.
    #[inline]
    pub const fn of(_: &R) -> Self {
        Self::new()
    }
}

/// A type with `#[derive(Record)]` or `#[derive(Enum)]`. As an error it arrives with its data.
pub trait Definite {
    /// Its name in TypeScript.
    const NAME: &'static str;

    /// The name of the variant in JavaScript, if the type is an enum.
    fn variant(&self) -> Option<&'static str>;
}

macro_rules! pointers {
    ($($pointer:ident)*) => { $(
        impl<T: Definite + ?Sized> Definite for $pointer<T> {
            const NAME: &'static str = T::NAME;

            fn variant(&self) -> Option<&'static str> {
                T::variant(self)
            }
        }
    )* };
}

pointers!(Box Rc Arc);

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
    /// Describes the type of the error, if JavaScript receives its data.
    pub error: Option<fn(&mut Catalogue) -> Shape>,
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
            error: None,
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
        $Kind:ident, $Find:ident, $E:ident $(by $By:ident)? { $($bounds:tt)* }, $describe:expr, $how:expr;
    )*) => { $(
        $(#[$doc])*
        #[derive(Clone, Copy, Debug)]
        pub struct $Kind;

        impl $Kind {
            /// Returns the functions that write its outcome.
            #[inline]
            pub fn outcome<T: Give<By>, $E, By, $($By)?>(self, _: Returns<Result<T, $E>>) -> Outcome<Result<T, $E>>
            where
                $($bounds)*
            {
                Outcome {
                    describe: T::describe,
                    throws: true,
                    error: $describe,
                    give: |outcome, output| match outcome {
                        Ok(result) => result.give(output).map(|()| Status::DONE),
                        Err(error) => $how(error, output),
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
    /// A function whose error is a record or an enum that may have sources.
    WithData, FindWithData, E by ByError { E: Definite + Encode<ByError> + StdError + 'static }, Some(E::describe),
        |error, output| failed_with(Failure::of_error(&error), error, output);
    /// A function whose error is a record or an enum with a message of its own.
    WithDataAndMessage, FindWithDataAndMessage, E by ByError { E: Definite + Encode<ByError> + Display }, Some(E::describe),
        |error, output| failed_with(Failure::of_message(&error), error, output);
    /// A function whose error is a record or an enum, and nothing else.
    OnlyData, FindOnlyData, E by ByError { E: Definite + Encode<ByError> }, Some(E::describe),
        |error: E, output| failed_with(Failure::of_message(error.variant().unwrap_or(E::NAME)), error, output);
    /// A function whose error may have sources.
    Fallible, FindFallible, E { E: StdError + 'static }, None,
        |error: E, output| failed(&Failure::of_error(&error), output);
    /// A function whose error is a pointer to one that may have sources, such as a `Box<dyn Error>`.
    FallibleByPointer, FindFallibleByPointer, E { E: Deref, E::Target: AsError }, None,
        |error: E, output| failed(&Failure::of_error(error.as_error()), output);
    /// A function whose error has only a message.
    FallibleByMessage, FindFallibleByMessage, E { E: Display }, None,
        |error: E, output| failed(&Failure::of_message(&error), output);
}

impl<T, E: Definite + StdError + 'static> FindWithData for &&&&&&Returns<Result<T, E>> {}
impl<T, E: Definite + Display> FindWithDataAndMessage for &&&&&Returns<Result<T, E>> {}
impl<T, E: Definite> FindOnlyData for &&&&Returns<Result<T, E>> {}
impl<T, E: StdError + 'static> FindFallible for &&&Returns<Result<T, E>> {}
impl<T, E: Deref> FindFallibleByPointer for &&Returns<Result<T, E>> where E::Target: AsError {}
impl<T, E> FindFallibleByMessage for &Returns<Result<T, E>> {}

#[cold]
fn failed(failure: &Failure, output: &mut Output<'_>) -> Result<Status, Fault> {
    failure.give(output)
}

#[cold]
fn failed_with<E: Definite + Encode<By>, By>(
    failure: Failure,
    error: E,
    output: &mut Output<'_>,
) -> Result<Status, Fault> {
    let status = failure
        .with_code(error.variant())
        .give_with(&Whole::new(&error), output);
    output.dispose(error);
    status
}
