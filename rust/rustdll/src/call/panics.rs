//! Panics of exported functions: what they say and where they were, without a message on the standard error output.

use std::any::Any;
use std::cell::{Cell, RefCell};
use std::panic::{self, AssertUnwindSafe};
use std::sync::Once;
use std::{mem, ptr};

thread_local! {
    /// The state of the thread: whether it is inside a call, and whether a panic has left its location since it began.
    static STATE: Cell<u32> = const { Cell::new(OUTSIDE) };
    /// The thread's last panic inside a call: what it said and where it was.
    static LAST: RefCell<Option<(String, Option<String>)>> = const { RefCell::new(None) };
}

/// What the standard library says when it cannot unwind any further and is about to abort.
const LAST_WORDS: [&str; 2] = [
    "panic in a destructor during cleanup",
    "panic in a function that cannot unwind",
];

const OUTSIDE: u32 = 0;
const INSIDE: u32 = 1;
const LOCATED: u32 = 2;

/// A panic that has been caught.
pub(crate) struct Panic {
    /// What it says.
    pub message: String,
    /// Where it was: `file:line:column`. Unknown if it was not this thread's own, but passed on with `resume_unwind`.
    pub location: Option<String>,
}

/// Sees to it that panics inside of calls leave their location and print nothing. Others are handled as before.
///
/// In a library that is built to abort, the message has to be printed: nobody lives to make an exception of it.
pub(crate) fn install_hook() {
    static INSTALLED: Once = Once::new();
    if cfg!(panic = "abort") {
        return;
    }
    INSTALLED.call_once(|| {
        let previous = panic::take_hook();
        panic::set_hook(Box::new(move |info| {
            // A thread that is about to end may have no thread-locals any more.
            if STATE.try_with(Cell::get).unwrap_or(OUTSIDE) == OUTSIDE {
                return previous(info);
            }
            let message = message_of(info.payload());
            if LAST_WORDS.contains(&message.as_str()) {
                // Nobody will make an exception of what led to this.
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

/// Calls `call` with `on` as the inside of a call from JavaScript. If it panics, calls `panicked` instead.
#[inline]
pub(crate) fn catch<S, T>(on: &mut S, call: impl FnOnce(&mut S) -> T, panicked: impl FnOnce(&mut S, Panic) -> T) -> T {
    // SAFETY: the cell needs no initialisation and has no destructor, so it is there as long as its thread. The
    // reference stays in this function, thus on this thread. It is kept because to look it up takes a call.
    let state = STATE.with(|state| unsafe { &*ptr::from_ref(state) });
    let before = state.replace(INSIDE);
    // After a panic the answer is written anew, and nothing else outlives the call but what the function itself keeps.
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
    // To drop a value of any type may panic in turn. Then that payload is left alone, for it might do so again.
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
