//! Values of JavaScript that this library has.

use std::fmt;
use std::ptr::NonNull;

use crate::frame::{Fault, Host};

/// A value of JavaScript, of which a library knows only the host. The layout is part of the contract.
#[repr(C)]
#[derive(Debug)]
pub(crate) struct Value {
    host: *const Host,
}

impl Value {
    /// Returns its host, which is there for as long as the process. It has the functions for values of JavaScript, and perhaps
    /// no more.
    pub(crate) fn host(&self) -> *const Host {
        self.host
    }
}

/// An owner of a value of JavaScript, which is there for as long as it has one.
pub(crate) struct Held(NonNull<Value>);

// SAFETY: the host's functions may be called on any thread.
unsafe impl Send for Held {}
// SAFETY: as above.
unsafe impl Sync for Held {}

impl Held {
    /// Takes the value that a host passes by this word, which stays its own too.
    ///
    /// # Safety
    ///
    /// The host has stored there the address of a value that it has now.
    pub(crate) unsafe fn retained(word: u64) -> Result<Self, Fault> {
        let value = NonNull::new(word as *mut Value).filter(|value| value.is_aligned());
        let value = value.ok_or(Fault::Arguments("the address of a function is null or not aligned"))?;
        let held = Self(value);
        // SAFETY: the caller guarantees the value.
        unsafe { ((*held.host()).retain)(value.as_ptr()) };
        Ok(held)
    }

    /// Takes a value that the host gives away.
    ///
    /// # Safety
    ///
    /// It is null or the address of a value whose owner the caller is.
    pub(crate) unsafe fn given(value: *const Value) -> Option<Self> {
        NonNull::new(value.cast_mut()).map(Self)
    }

    /// Gives the value to the host.
    pub(crate) fn into_word(self) -> u64 {
        let address = self.0.as_ptr() as u64;
        std::mem::forget(self);
        address
    }

    pub(crate) fn as_ptr(&self) -> *const Value {
        self.0.as_ptr()
    }

    pub(crate) fn host(&self) -> *const Host {
        // SAFETY: this owns the value.
        unsafe { self.0.as_ref() }.host()
    }

    /// Sets whether the function keeps the process alive. 1 and 0 alternate.
    pub(crate) fn keep(&self, keeps: bool) {
        // SAFETY: this owns the value.
        unsafe { ((*self.host()).keep)(self.as_ptr(), u32::from(keeps)) };
    }
}

impl Clone for Held {
    fn clone(&self) -> Self {
        // SAFETY: this owns the value.
        unsafe { ((*self.host()).retain)(self.as_ptr()) };
        Self(self.0)
    }
}

impl Drop for Held {
    fn drop(&mut self) {
        // SAFETY: this owns the value, and does not any more.
        unsafe { ((*self.host()).release)(self.as_ptr()) };
    }
}

impl fmt::Debug for Held {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Held")
    }
}
