//! What a function of JavaScript returns to Rust: a value, or a value or the reason why there is none.
//!
//! As for the results of exported functions (`call/outcome.rs`), method resolution takes the first implementation that
//! fits.

use std::marker::PhantomData;
use std::panic::resume_unwind;

use super::invocation::Escaped;
use super::{CallError, LentFunction};
use crate::frame::{Content, Fault, Reader};
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

    /// Calls a function with these arguments, and returns its value. Without one, the call that it was lent to ends, as
    /// JavaScript functions end when one that they call has thrown.
    #[inline]
    pub fn call<R: Answer<By>, By>(self, _: Answers<R>, function: &LentFunction<'_>, arguments: &dyn Content) -> R {
        function.call(arguments, R::read).unwrap_or_else(|error| escape(error))
    }
}

#[cold]
fn escape(error: CallError) -> ! {
    resume_unwind(Box::new(Escaped(error)))
}

/// The kind of function that returns a `Result`.
#[derive(Clone, Copy, Debug)]
pub struct FallibleAnswer;

impl FallibleAnswer {
    /// Describes the type of its value.
    pub fn describe<R: Answer<By>, E, By>(self, _: Answers<Result<R, E>>, catalogue: &mut Catalogue) -> Shape {
        R::describe(catalogue)
    }

    /// Calls a function with these arguments, and returns its value, or what it has thrown.
    #[inline]
    pub fn call<R: Answer<By>, E: From<CallError>, By>(
        self,
        _: Answers<Result<R, E>>,
        function: &LentFunction<'_>,
        arguments: &dyn Content,
    ) -> Result<R, E> {
        Ok(function.call(arguments, R::read)?)
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
