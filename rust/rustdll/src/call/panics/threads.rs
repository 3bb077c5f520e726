//! The threads that make calls, and whether each is inside one.

use std::ptr;
use std::sync::atomic::{AtomicU32, Ordering};
use std::sync::{Mutex, PoisonError};

/// The thread is not in the list yet.
const NEW: u32 = 0;
const OUTSIDE: u32 = 1;
const INSIDE: u32 = 2;

thread_local! {
    /// True if the thread is inside a call.
    static STATE: AtomicU32 = const { AtomicU32::new(NEW) };
    /// Removes the thread from the list when it ends.
    static LISTED: Listed = const { Listed };
}

/// The addresses of the states of the living threads that have made a call.
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

/// The identity of a living thread.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) struct Id(usize);

/// Returns the identity of this thread.
pub(super) fn this() -> Id {
    Id(STATE.with(address))
}

/// A guard during which its thread is inside a call.
pub(in super::super) struct Inside<'a> {
    state: &'a AtomicU32,
    before: u32,
}

/// Returns the state of this thread.
#[inline]
fn state<'a>() -> &'a AtomicU32 {
    // SAFETY: the atomic needs no initialisation and has no destructor, so it lives as long as its thread. The
    // reference stays in one function, thus on this thread. It is kept because looking up a thread-local takes a call.
    STATE.with(|state| unsafe { &*ptr::from_ref(state) })
}

/// Marks this thread as inside a call.
#[inline]
pub(in super::super) fn enter<'a>() -> Inside<'a> {
    let state = state();
    let mut before = state.load(Ordering::Relaxed);
    if before == NEW {
        before = list(state);
    }
    state.store(INSIDE, Ordering::Relaxed);
    Inside { state, before }
}

/// The same for a thread that has made calls before and is outside of any. Returns `None` for another thread.
#[inline]
pub(in super::super) fn enter_from_outside<'a>() -> Option<Inside<'a>> {
    let state = state();
    if state.load(Ordering::Relaxed) != OUTSIDE {
        return None;
    }
    state.store(INSIDE, Ordering::Relaxed);
    Some(Inside { state, before: OUTSIDE })
}

impl Inside<'_> {
    /// Marks the call as ended.
    #[inline]
    pub(super) fn leave(self) {
        self.state.store(self.before, Ordering::Relaxed);
    }
}

/// Adds the thread to the list, unless it is about to end.
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

/// True if this thread is inside of a call.
pub(super) fn is_inside() -> bool {
    STATE.with(|state| state.load(Ordering::Relaxed)) == INSIDE
}

/// True if any thread is.
pub(super) fn are_inside() -> bool {
    let states = STATES.lock().unwrap_or_else(PoisonError::into_inner);
    states.iter().any(|state| {
        // SAFETY: a thread removes itself from the list before its state is destroyed, and waits for the lock to do so.
        let state = unsafe { &*(*state as *const AtomicU32) };
        // A thread that works for a call has received its work from there, which synchronises it with the call's start.
        state.load(Ordering::Relaxed) == INSIDE
    })
}
