//! The threads that make calls, and which of them are inside of one.

use std::ptr;
use std::sync::atomic::{AtomicU32, Ordering};
use std::sync::{Mutex, PoisonError};

/// The thread is not in the list yet.
const NEW: u32 = 0;
const OUTSIDE: u32 = 1;
const INSIDE: u32 = 2;

thread_local! {
    /// Whether the thread is inside a call.
    static STATE: AtomicU32 = const { AtomicU32::new(NEW) };
    /// Takes the thread off the list when it ends.
    static LISTED: Listed = const { Listed };
}

/// The addresses of the states of the threads that have made a call and are still there.
static STATES: Mutex<Vec<usize>> = Mutex::new(Vec::new());

struct Listed;

impl Drop for Listed {
    fn drop(&mut self) {
        let own = STATE.with(address);
        STATES
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .retain(|state| *state != own);
    }
}

fn address(state: &AtomicU32) -> usize {
    ptr::from_ref(state) as usize
}

/// A thread, as long as it is there.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) struct Id(usize);

/// This thread.
pub(super) fn this() -> Id {
    Id(STATE.with(address))
}

/// The inside of a call, on the thread that makes it.
pub(super) struct Inside<'a> {
    state: &'a AtomicU32,
    before: u32,
}

/// From here on the thread is inside of a call.
#[inline]
pub(super) fn enter<'a>() -> Inside<'a> {
    // SAFETY: the atomic needs no initialisation and has no destructor, so it is there as long as its thread. The
    // reference stays in one function, thus on this thread. It is kept because to look it up takes a call.
    let state = STATE.with(|state| unsafe { &*ptr::from_ref(state) });
    let mut before = state.load(Ordering::Relaxed);
    if before == NEW {
        before = list(state);
    }
    state.store(INSIDE, Ordering::Relaxed);
    Inside { state, before }
}

impl Inside<'_> {
    /// The call is over.
    #[inline]
    pub(super) fn leave(self) {
        self.state.store(self.before, Ordering::Relaxed);
    }
}

/// Puts the thread on the list, unless it is about to end.
#[cold]
#[inline(never)]
fn list(state: &AtomicU32) -> u32 {
    if LISTED.try_with(|_| ()).is_err() {
        return NEW;
    }
    STATES
        .lock()
        .unwrap_or_else(PoisonError::into_inner)
        .push(address(state));
    OUTSIDE
}

/// Whether this thread is inside of a call.
pub(super) fn is_inside() -> bool {
    STATE.with(|state| state.load(Ordering::Relaxed)) == INSIDE
}

/// Whether any thread is.
pub(super) fn are_inside() -> bool {
    let states = STATES.lock().unwrap_or_else(PoisonError::into_inner);
    states.iter().any(|state| {
        // SAFETY: a thread takes itself off the list before its state goes, and waits for the lock to do so.
        let state = unsafe { &*(*state as *const AtomicU32) };
        // Whoever runs for a call has got its work from there, and with it the knowledge that the call has begun.
        state.load(Ordering::Relaxed) == INSIDE
    })
}
