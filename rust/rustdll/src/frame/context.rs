//! The context of a call: the flags and functions of its host.

use std::mem::{offset_of, size_of};
use std::ptr;
use std::sync::atomic::{AtomicU32, Ordering};

use crate::callback::{Invocation, Value};

/// The flag that the host sets when the call is cancelled.
pub(crate) const CANCELLED: u32 = 1;
/// The flag that the host sets if there is a listener for the progress of the call.
pub(crate) const LISTENS: u32 = 4;

/// The total of work if it is unknown.
pub(crate) const UNKNOWN_TOTAL: u64 = u64::MAX;

/// The host's data about a call while it runs, and the host's functions. It exists while the function runs, and may be
/// used on any thread during that time.
#[repr(C)]
#[derive(Debug)]
pub(crate) struct Context {
    pub host: *const Host,
    pub flags: AtomicU32,
}

/// The functions of a host. A host of a later contract has more of them at the end, and an older one has fewer: so there are no
/// references to one, and its functions are read through the pointer. All may be called on any thread.
#[repr(C)]
#[derive(Debug)]
pub(crate) struct Host {
    /// In bytes.
    size: u32,
    reserved: u32,
    progress: unsafe extern "C" fn(*const Context, done: u64, total: u64, text: *const u8, bytes: u64),
    pub retain: unsafe extern "C" fn(*const Value),
    pub release: unsafe extern "C" fn(*const Value),
    pub call: unsafe extern "C" fn(*const Value, *mut Invocation, *const Context, patience: u64) -> u32,
    pub post: unsafe extern "C" fn(*const Value, *const Invocation, patience: u64) -> u32,
    pub keep: unsafe extern "C" fn(*const Value, on: u32),
    pub retain_context: unsafe extern "C" fn(*const Context),
    pub release_context: unsafe extern "C" fn(*const Context),
    pub wake: unsafe extern "C" fn(*const Context),
    pub ask: unsafe extern "C" fn(*const Value, *mut Invocation, extern "C" fn(*mut Invocation, status: u32)) -> u32,
}

// These offsets are part of the contract with hosts.
const _: () = {
    assert!(size_of::<Context>() == 16 && offset_of!(Context, host) == 0 && offset_of!(Context, flags) == 8);
    assert!(size_of::<Host>() == 88 && offset_of!(Host, size) == 0 && offset_of!(Host, progress) == 8);
    assert!(offset_of!(Host, call) == 32 && offset_of!(Host, wake) == 72 && offset_of!(Host, ask) == 80);
};

impl Host {
    /// True if a host has all of the functions, and not only those of an older version.
    ///
    /// # Safety
    ///
    /// It is a host.
    pub(crate) unsafe fn has_all(host: *const Self) -> bool {
        // SAFETY: every host has a size.
        unsafe { (*host).size as usize >= size_of::<Self>() }
    }
}

/// The context of a call, which a host need not provide.
///
/// Only generated code can make one. It lends it to the function for the duration of the call, so it is never used
/// afterwards.
#[derive(Clone, Copy, Debug)]
pub(crate) struct CallContext(*const Context);

// SAFETY: a context may be used on any thread: its flags are atomic, and so may be the host's functions.
unsafe impl Send for CallContext {}
// SAFETY: as above.
unsafe impl Sync for CallContext {}

impl CallContext {
    /// Makes the context of a frame.
    #[inline]
    pub(crate) fn new(context: *const Context) -> Self {
        Self(context)
    }

    /// Returns its address; null without a host.
    pub(crate) fn as_ptr(self) -> *const Context {
        self.0
    }

    fn get(&self) -> Option<&Context> {
        // SAFETY: it is null or, by the contract, valid for the duration of the call, and so for longer than this
        // value.
        unsafe { self.0.as_ref() }
    }

    /// True if the host has set a flag.
    #[inline]
    pub(crate) fn has(&self, flag: u32) -> bool {
        self.get()
            .is_some_and(|context| context.flags.load(Ordering::Relaxed) & flag != 0)
    }

    /// True if the host has the functions that wake a future.
    pub(crate) fn can_wake(&self) -> bool {
        // SAFETY: the host of a context is there for as long as the process.
        self.get().is_some_and(|context| unsafe { Host::has_all(context.host) })
    }

    /// Reports the progress of the call to the host. Without a text the last one is kept.
    pub(crate) fn progress(&self, done: u64, total: u64, text: Option<&str>) {
        let Some(context) = self.get() else { return };
        let (text, bytes) = text.map_or((ptr::null(), 0), |text| (text.as_ptr(), text.len()));
        // SAFETY: every host has this function, which may be called on any thread during the call, and copies the text.
        unsafe { ((*context.host).progress)(context, done, total, text, bytes as u64) }
    }
}
