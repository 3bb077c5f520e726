//! Finds out whether the values of a type may be used on other threads, for a type that the macro knows.

use std::marker::PhantomData;

/// A marker for a type. Its own methods, for types that may, are found before those of the traits.
#[derive(Debug)]
pub struct Threads<T>(PhantomData<fn() -> T>);

impl<T> Threads<T> {
    /// Makes the marker.
    #[allow(clippy::new_without_default, reason = "only the macro makes one")]
    pub const fn new() -> Self {
        Self(PhantomData)
    }
}

impl<T: Send> Threads<T> {
    /// True if values may be sent to other threads.
    pub fn is_send(&self) -> bool {
        true
    }
}

impl<T: Sync> Threads<T> {
    /// True if values may be read on several threads at once.
    pub fn is_sync(&self) -> bool {
        true
    }
}

/// Compiles if an `async` method, which runs on another thread, may read a `T`. Its name is part of the compiler's message.
pub const fn an_async_method_reads<T: Send + Sync>() {}

/// Compiles if an `async` method may change, take or return a `T`.
pub const fn an_async_method_changes<T: Send>() {}

/// Types that are not `Send`, or not known to be.
pub trait NotSend {
    /// False.
    fn is_send(&self) -> bool {
        false
    }
}

/// Types that are not `Sync`, or not known to be.
pub trait NotSync {
    /// False.
    fn is_sync(&self) -> bool {
        false
    }
}

impl<T> NotSend for Threads<T> {}
impl<T> NotSync for Threads<T> {}
