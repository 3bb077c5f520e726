//! What a function of JavaScript returns to Rust: a value, or a value or the reason why there is none.
//!
//! As for the results of exported functions (`call/outcome.rs`), method resolution takes the first implementation that
//! fits.

use std::fmt;
use std::marker::PhantomData;
use std::panic::resume_unwind;

use super::invocation::{Escaped, Returned};
use super::CallError;
use crate::frame::{Fault, Reader};
use crate::types::shape::{Catalogue, Describe, Shape};
use crate::types::{Decode, Standard};

/// A type that a function of JavaScript can return to Rust: nothing, or what JavaScript can pass without lending it.
#[diagnostic::on_unimplemented(
    message = "a callback cannot return a `{Self}`",
    label = "not a type that JavaScript can give away",
    note = "what a callback returns is owned: a `String` instead of a `&str`, a `Vec<T>` instead of a `&[T]`"
)]
pub trait Answer<By = Standard>: Sized {
    /// Describes the type.
    #[doc(hidden)]
    fn describe(catalogue: &mut Catalogue) -> Shape;

    /// Reads a value.
    #[doc(hidden)]
    fn read(reader: &mut Reader<'_>) -> Result<Self, Fault>;
}

impl Answer for () {
    fn describe(catalogue: &mut Catalogue) -> Shape {
        <() as Describe>::describe(catalogue)
    }

    fn read(_: &mut Reader<'_>) -> Result<Self, Fault> {
        Ok(())
    }
}

impl<T: for<'a> Decode<'a, By>, By> Answer<By> for T {
    fn describe(catalogue: &mut Catalogue) -> Shape {
        <T as Describe<By>>::describe(catalogue)
    }

    fn read(reader: &mut Reader<'_>) -> Result<Self, Fault> {
        T::decode(reader)
    }
}

/// What a lent function has returned.
pub struct Outcome(pub(super) Result<Returned, CallError>);

impl fmt::Debug for Outcome {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Outcome")
    }
}

/// A marker for a function of JavaScript that returns an `R`.
#[derive(Debug)]
pub struct Answers<R>(PhantomData<fn() -> R>);

impl<R> Answers<R> {
    /// Makes the marker.
    #[allow(clippy::new_without_default, reason = "only the macro makes one")]
    pub const fn new() -> Self {
        Self(PhantomData)
    }
}

/// The kind of function that returns no `Result`.
#[derive(Clone, Copy, Debug)]
pub struct PlainAnswer;

impl PlainAnswer {
    /// Describes the type that it returns.
    pub fn describe<R: Answer<By>, By>(self, _: Answers<R>, catalogue: &mut Catalogue) -> Shape {
        R::describe(catalogue)
    }

    /// Returns its value. Without one, the call that it was lent to ends, as JavaScript functions end when one that they
    /// call has thrown.
    pub fn settle<R: Answer<By>, By>(self, _: Answers<R>, outcome: Outcome) -> R {
        match outcome.0.and_then(|returned| returned.read(R::read)) {
            Ok(value) => value,
            Err(error) => resume_unwind(Box::new(Escaped(error))),
        }
    }
}

/// The kind of function that returns a `Result`.
#[derive(Clone, Copy, Debug)]
pub struct FallibleAnswer;

impl FallibleAnswer {
    /// Describes the type of its value.
    pub fn describe<R: Answer<By>, E, By>(self, _: Answers<Result<R, E>>, catalogue: &mut Catalogue) -> Shape {
        R::describe(catalogue)
    }

    /// Returns its value, or what it has thrown.
    pub fn settle<R: Answer<By>, E: From<CallError>, By>(
        self,
        _: Answers<Result<R, E>>,
        outcome: Outcome,
    ) -> Result<R, E> {
        Ok(outcome.0?.read(R::read)?)
    }
}

/// Selects `PlainAnswer`.
pub trait FindAnswer {
    /// Returns the kind of the function.
    fn rustdll_answer(&self) -> PlainAnswer {
        PlainAnswer
    }
}

impl<R> FindAnswer for Answers<R> {}

/// Selects `FallibleAnswer`.
pub trait FindFallibleAnswer {
    /// Returns the kind of the function.
    fn rustdll_answer(&self) -> FallibleAnswer {
        FallibleAnswer
    }
}

impl<R, E> FindFallibleAnswer for &Answers<Result<R, E>> {}
