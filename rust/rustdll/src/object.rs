//! Objects: values that stay in Rust, and that JavaScript refers to.

mod borrow;
mod flow;
mod handle;
mod reference;
mod sequence;

use crate::frame::{Frame, HASH};
use crate::types::shape::Describe;

pub use borrow::{Borrowed, BorrowedMut, Unavailable};
pub(crate) use borrow::{Borrows, Guard};
pub(crate) use flow::Flow;
pub use handle::Handle;
pub(crate) use reference::{Given, Passed, Reference, References};
pub(crate) use sequence::Sequence;

/// Performs the operation of a frame, of the function that takes the next items of an iterator or of a stream.
pub(crate) fn enter_take(frame: &mut Frame, name: &'static &'static str, hash: fn() -> u64) -> u32 {
    // SAFETY: the host passes the address of a reference that it holds. For the other operations it has none to pass, or passes
    // that with which the call began.
    if frame.operation != HASH && unsafe { Given::<Flow>::is_at(frame.args[0]) } {
        flow::enter_take(frame, name, hash)
    } else {
        sequence::enter_take(frame, name, hash)
    }
}

/// A type whose values stay in Rust, while JavaScript has an object that refers to them.
///
/// `#[derive(Object)]` implements it, and `#[export]` on an `impl` makes its functions the constructor and the methods of
/// a class:
///
/// ```
/// use rustdll::{export, Object};
///
/// /// Counts.
/// #[derive(Object)]
/// pub struct Counter {
///     count: f64,
/// }
///
/// #[export]
/// impl Counter {
///     /// `new lib.Counter(1)`.
///     pub fn new(count: f64) -> Self {
///         Self { count }
///     }
///
///     /// `counter.add(2)`.
///     pub fn add(&mut self, by: f64) -> f64 {
///         self.count += by;
///         self.count
///     }
///
///     /// `counter.count`.
///     #[export(getter)]
///     pub fn count(&self) -> f64 {
///         self.count
///     }
/// }
/// ```
///
/// A function takes an object as `&T`, `&mut T`, `Option<&T>` or, to keep it, as a [`Handle<T>`](Handle); `T` itself takes
/// the value away from JavaScript. It returns one as `T`, and inside of other values as a `Handle<T>`.
///
/// JavaScript's collector knows nothing of memory in Rust, and may let many large objects pile up that nobody refers to. An
/// object that has much tells how much, by the function that `#[rustdll(memory = ...)]` names. It is called when JavaScript
/// gets the object:
///
/// ```
/// use rustdll::{export, Object};
///
/// #[derive(Object)]
/// #[rustdll(memory = Self::bytes)]
/// pub struct Index {
///     entries: Vec<u64>,
/// }
///
/// impl Index {
///     fn bytes(&self) -> usize {
///         self.entries.capacity() * size_of::<u64>()
///     }
/// }
/// # use std::mem::size_of;
/// ```
///
/// An object is dropped when JavaScript has closed it or no longer refers to it, or its thread in JavaScript ends, and no
/// `Handle` of it is left. Like every call, that is on JavaScript's thread, unless the type is `Send`.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not an object",
    label = "not a type that JavaScript can refer to",
    note = "add `#[derive(rustdll::Object)]` to it"
)]
pub trait Object: Describe + Sized + 'static {
    /// The name of the type in Rust, for messages.
    #[doc(hidden)]
    const NAME: &'static str;

    /// Returns how many bytes of memory a value has besides its own size.
    #[doc(hidden)]
    const MEMORY: Option<fn(&Self) -> usize> = None;
}
