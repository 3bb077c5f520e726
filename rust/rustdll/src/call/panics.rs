//! Catches panics of exported functions with their message and location, without printing them to standard error.

use std::any::Any;
use std::cell::{Cell, RefCell};
use std::panic::{self, AssertUnwindSafe};
use std::sync::Once;
use std::{mem, ptr};

thread_local! {
    /// The state of the thread: outside of any call, inside one, or inside one that has panicked.
    static STATE: Cell<u32> = const { Cell::new(OUTSIDE) };
    /// The message and the location of the thread's last panic inside a call.
    static LAST: RefCell<Option<(String, Option<String>)>> = const { RefCell::new(None) };
}

/// The messages with which the standard library panics when it cannot unwind and is about to abort.
const LAST_WORDS: [&str; 2] = [
    "panic in a destructor during cleanup",
    "panic in a function that cannot unwind",
];

const OUTSIDE: u32 = 0;
const INSIDE: u32 = 1;
const LOCATED: u32 = 2;

/// A panic that has been caught.
pub(crate) struct Panic {
    /// Its message.
    pub message: String,
    /// Its location: `file:line:column`. Unknown if another thread panicked, and this one resumed with `resume_unwind`.
    pub location: Option<String>,
}

/// Installs a panic hook that stores the message and location of panics inside calls, and prints nothing. Other panics
/// are passed to the hook that was there before.
///
/// In a library that is built with `panic = "abort"` messages are still printed, since no exception can follow.
pub(crate) fn install_hook() {
    static INSTALLED: Once = Once::new();
    if cfg!(panic = "abort") {
        return;
    }
    INSTALLED.call_once(|| {
        let previous = panic::take_hook();
        panic::set_hook(Box::new(move |info| {
            // The thread-locals of a thread that is about to end may have been destroyed.
            if STATE.try_with(Cell::get).unwrap_or(OUTSIDE) == OUTSIDE {
                return previous(info);
            }
            let message = message_of(info.payload());
            if LAST_WORDS.contains(&message.as_str()) {
                // The process aborts, so the panic that led to this is printed too.
                if let Ok(Some((message, location))) = LAST.try_with(RefCell::take) {
                    eprintln!("panicked at {}:\n{message}", location.unwrap_or_default());
                }
                return previous(info);
            }
            let location = info.location().map(ToString::to_string);
            if LAST.try_with(|last| last.replace(Some((message, location)))).is_ok() {
                STATE.set(LOCATED);
            }
        }));
    });
}

/// Runs `call` with `on` as a call from JavaScript. If it panics, runs `panicked`.
#[inline]
pub(crate) fn catch<S, T>(on: &mut S, call: impl FnOnce(&mut S) -> T, panicked: impl FnOnce(&mut S, Panic) -> T) -> T {
    // SAFETY: the cell needs no initialisation and has no destructor, so it lives as long as its thread. The reference
    // stays in this function, thus on this thread. It is kept because looking up a thread-local takes a call.
    let state = STATE.with(|state| unsafe { &*ptr::from_ref(state) });
    let before = state.replace(INSIDE);
    // Unwind safe: after a panic the output is written anew, and nothing else outlives the call but the function's own
    // state.
    let value = match panic::catch_unwind(AssertUnwindSafe(|| call(on))) {
        Ok(value) => value,
        Err(payload) => panicked(on, describe(payload, state)),
    };
    state.set(before);
    value
}

#[cold]
#[inline(never)]
fn describe(payload: Box<dyn Any + Send>, state: &Cell<u32>) -> Panic {
    let location = (state.get() == LOCATED)
        .then(|| LAST.try_with(RefCell::take).ok().flatten())
        .flatten()
        .and_then(|(_, location)| location);
    let message = message_of(&*payload);
    // Dropping a payload of arbitrary type may panic in turn. The payload of that panic is leaked, as it might panic
    // too.
    if let Err(payload) = panic::catch_unwind(AssertUnwindSafe(|| drop(payload))) {
        mem::forget(payload);
    }
    Panic { message, location }
}

fn message_of(payload: &(dyn Any + Send)) -> String {
    if let Some(message) = payload.downcast_ref::<&str>() {
        (*message).to_owned()
    } else if let Some(message) = payload.downcast_ref::<String>() {
        message.clone()
    } else {
        "Box<dyn Any>".to_owned()
    }
}
