//! Functions of JavaScript that Rust calls.

mod answer;
mod asked;
mod error;
mod held;
mod invocation;
mod lent;
#[cfg(test)]
mod tests;

use std::fmt;
use std::future::Future;
use std::marker::PhantomData;
use std::ptr;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::Arc;
use std::time::Duration;

use crate::frame::{Content, Fault, Reader, Writer};
use crate::types::shape::{Catalogue, Describe, Part, Shape};
use crate::types::{Decode, Encode, Of, Standard};

pub use answer::{Answer, Answers, FindAnswer, FindFallibleAnswer};
pub(crate) use asked::{ask, Asked, Read};
pub use error::{CallError, JsError};
pub(crate) use held::{Held, Value};
pub(crate) use invocation::{call, post, Escaped, Invocation, FOREVER};
pub use lent::{ClosureArguments, LentFunction};

/// A function of JavaScript that Rust may keep, and call on any thread. `A` is the tuple of its parameters, and `R` what it
/// returns.
///
/// ```
/// use rustdll::{export, Callback};
///
/// /// Calls `on` with each line, from another thread.
/// #[export]
/// fn watch(lines: Vec<String>, on: Callback<(String,)>) {
///     std::thread::spawn(move || {
///         for line in lines {
///             if on.post((line,)).is_err() {
///                 break;
///             }
///         }
///     });
/// }
/// ```
///
/// A function that is called only until the call ends is a `&dyn Fn(A) -> R`, a `&mut dyn FnMut(A) -> R` or an
/// `impl Fn(A) -> R`.
///
/// JavaScript can collect the function once the last clone is dropped. It does not keep the process alive, unless
/// [`keep_alive`](Self::keep_alive) says so. After the end of the environment that it belongs to, calls return
/// [`CallError::Closed`].
pub struct Callback<A, R = ()> {
    owner: Arc<Owner>,
    signature: PhantomData<fn(A) -> R>,
}

/// The function, and whether it keeps the process alive.
struct Owner {
    held: Held,
    keeps: AtomicBool,
}

impl<A, R> Callback<A, R> {
    /// Calls the function and waits for what it returns.
    ///
    /// On JavaScript's own thread it is called at once. On any other one it is called when that thread is free: it must
    /// not wait for this one meanwhile, or both wait for ever. There the function may return a promise, for whose value
    /// this waits.
    ///
    /// # Errors
    ///
    /// What the function has thrown, or why it could not be called. An exported function that returns the error throws
    /// the same object.
    pub fn call<ByA, ByR>(&self, arguments: A) -> Result<R, CallError>
    where
        A: CallbackArguments<ByA>,
        R: Answer<ByR>,
    {
        self.call_within(arguments, FOREVER)
    }

    /// Does the same, and waits for JavaScript's thread only so long.
    ///
    /// # Errors
    ///
    /// As [`call`](Self::call), and [`CallError::TimedOut`]. The function may still be called afterwards.
    pub fn call_timeout<ByA, ByR>(&self, arguments: A, timeout: Duration) -> Result<R, CallError>
    where
        A: CallbackArguments<ByA>,
        R: Answer<ByR>,
    {
        self.call_within(arguments, milliseconds(timeout))
    }

    fn call_within<ByA, ByR>(&self, arguments: A, patience: u64) -> Result<R, CallError>
    where
        A: CallbackArguments<ByA>,
        R: Answer<ByR>,
    {
        call(
            &self.owner.held,
            ptr::null(),
            patience,
            &Arguments::new(&arguments),
            R::read,
        )
    }

    /// Calls the function when JavaScript's thread is free, and returns a future of what it returns, or of the value of the
    /// promise that it returns. The call is made even if the future is dropped.
    ///
    /// JavaScript's own thread must not block on the future: the call is made only after that.
    ///
    /// # Errors
    ///
    /// As [`call`](Self::call).
    ///
    /// ```
    /// use rustdll::{export, Callback, Error};
    ///
    /// /// Asks a function of JavaScript for each address.
    /// #[export]
    /// async fn load_all(urls: Vec<String>, load: Callback<(String,), String>) -> Result<Vec<String>, Error> {
    ///     let mut pages = Vec::new();
    ///     for url in urls {
    ///         pages.push(load.call_async((url,)).await?);
    ///     }
    ///     Ok(pages)
    /// }
    /// ```
    pub fn call_async<ByA, ByR>(&self, arguments: A) -> impl Future<Output = Result<R, CallError>> + Send + 'static
    where
        A: CallbackArguments<ByA>,
        R: Answer<ByR> + 'static,
        ByR: 'static,
    {
        ask(&self.owner.held, R::read, &Arguments::new(&arguments))
    }

    /// Sets whether the function keeps the process alive, which it does not at first.
    pub fn keep_alive(&self, keeps: bool) {
        if self.owner.keeps.swap(keeps, Ordering::Relaxed) != keeps {
            self.owner.held.keep(keeps);
        }
    }
}

impl<A> Callback<A, ()> {
    /// Has the function called later, without waiting for that. Calls of one thread are made in their order, before the
    /// promise of the background call that posts them is settled. What the function throws is an uncaught exception.
    ///
    /// Only if 4,096 calls of all functions are waiting does this wait until there are fewer.
    ///
    /// # Errors
    ///
    /// [`CallError::Closed`]; [`CallError::Full`] on JavaScript's own thread, which cannot wait for itself.
    pub fn post<ByA>(&self, arguments: A) -> Result<(), CallError>
    where
        A: CallbackArguments<ByA>,
    {
        post(&self.owner.held, FOREVER, &Arguments::new(&arguments))
    }

    /// Does the same and never waits.
    ///
    /// # Errors
    ///
    /// [`CallError::Closed`]; [`CallError::Full`] if too many calls are waiting.
    pub fn try_post<ByA>(&self, arguments: A) -> Result<(), CallError>
    where
        A: CallbackArguments<ByA>,
    {
        post(&self.owner.held, 0, &Arguments::new(&arguments))
    }
}

/// Returns a duration in milliseconds, at least one of them.
fn milliseconds(duration: Duration) -> u64 {
    u64::try_from(duration.as_millis()).map_or(FOREVER - 1, |whole| whole.clamp(1, FOREVER - 1))
}

impl Drop for Owner {
    fn drop(&mut self) {
        if *self.keeps.get_mut() {
            self.held.keep(false);
        }
    }
}

impl<A, R> Clone for Callback<A, R> {
    fn clone(&self) -> Self {
        Self {
            owner: Arc::clone(&self.owner),
            signature: PhantomData,
        }
    }
}

impl<A, R> fmt::Debug for Callback<A, R> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Callback")
    }
}

impl<A: CallbackArguments<ByA>, R: Answer<ByR>, ByA, ByR> Describe<Of<(ByA, ByR)>> for Callback<A, R> {
    fn describe(catalogue: &mut Catalogue) -> Shape {
        let parameters = A::describe(catalogue);
        describe_function("callback", parameters, R::describe(catalogue))
    }
}

impl<'a, A: CallbackArguments<ByA>, R: Answer<ByR>, ByA, ByR> Decode<'a, Of<(ByA, ByR)>> for Callback<A, R> {
    fn decode(reader: &mut Reader<'a>) -> Result<Self, Fault> {
        // SAFETY: the word is that of a function, which the host has until the call ends.
        let held = unsafe { Held::retained(reader.word()?) }?;
        Ok(Self {
            owner: Arc::new(Owner {
                held,
                keeps: AtomicBool::new(false),
            }),
            signature: PhantomData,
        })
    }
}

/// In JavaScript it is the same function again.
impl<A: CallbackArguments<ByA>, R: Answer<ByR>, ByA, ByR> Encode<Of<(ByA, ByR)>> for Callback<A, R> {
    fn encode(&self, writer: &mut Writer) {
        writer.word(self.owner.held.clone().into_word());
    }
}

/// Describes a function of JavaScript.
pub fn describe_function(word: &'static str, parameters: Vec<Shape>, result: Shape) -> Shape {
    Shape::Applied(word, vec![Part::Shapes(parameters), Part::Shape(result)])
}

/// Describes an option of it.
pub fn describe_option(function: Shape) -> Shape {
    Shape::Applied("option", vec![Part::Shape(function)])
}

/// A tuple of up to eight values that JavaScript can be passed: the arguments of a [`Callback`].
#[diagnostic::on_unimplemented(
    message = "a callback cannot be called with `{Self}`",
    label = "not a tuple of types that JavaScript can be passed",
    note = "the parameters of a callback are a tuple: `Callback<(f64,), bool>` for one, `Callback<(f64, String)>` for two"
)]
pub trait CallbackArguments<By = Standard> {
    /// Describes the types of the arguments.
    #[doc(hidden)]
    fn describe(catalogue: &mut Catalogue) -> Vec<Shape>;

    /// Writes the arguments.
    #[doc(hidden)]
    fn encode(&self, writer: &mut Writer);

    /// Finds in them what cannot be written, as `Encode::locate` does.
    #[doc(hidden)]
    fn locate(&self, writer: &mut Writer) -> bool;
}

/// The arguments of a call, as a stream.
struct Arguments<'a, A, By>(&'a A, PhantomData<By>);

impl<'a, A, By> Arguments<'a, A, By> {
    fn new(arguments: &'a A) -> Self {
        Self(arguments, PhantomData)
    }
}

impl<A: CallbackArguments<By>, By> Content for Arguments<'_, A, By> {
    #[inline]
    fn write(&self, writer: &mut Writer) {
        self.0.encode(writer);
    }

    fn locate(&self, writer: &mut Writer) -> bool {
        self.0.locate(writer)
    }
}

macro_rules! tuples {
    ($(($($T:ident $By:ident $index:tt)*))*) => { $(
        impl<$($T: Encode<$By>, $By),*> CallbackArguments<($($By,)*)> for ($($T,)*) {
            #[allow(unused_variables, reason = "there may be no arguments")]
            fn describe(catalogue: &mut Catalogue) -> Vec<Shape> {
                vec![$($T::describe(catalogue)),*]
            }

            #[allow(unused_variables, non_snake_case, reason = "there may be no arguments")]
            fn encode(&self, writer: &mut Writer) {
                let ($($T,)*) = self;
                $($T.encode(writer);)*
            }

            #[cold]
            #[allow(unused_variables, non_snake_case, reason = "there may be no arguments")]
            fn locate(&self, writer: &mut Writer) -> bool {
                let ($($T,)*) = self;
                false $(|| ($T.locate(writer) && writer.at($index)))*
            }
        }
    )* };
}

tuples! {
    ()
    (A ByA 0)
    (A ByA 0 B ByB 1)
    (A ByA 0 B ByB 1 C ByC 2)
    (A ByA 0 B ByB 1 C ByC 2 D ByD 3)
    (A ByA 0 B ByB 1 C ByC 2 D ByD 3 E ByE 4)
    (A ByA 0 B ByB 1 C ByC 2 D ByD 3 E ByE 4 F ByF 5)
    (A ByA 0 B ByB 1 C ByC 2 D ByD 3 E ByE 4 F ByF 5 G ByG 6)
    (A ByA 0 B ByB 1 C ByC 2 D ByD 3 E ByE 4 F ByF 5 G ByG 6 H ByH 7)
}
