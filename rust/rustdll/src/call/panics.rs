//! Panics of exported functions: what they say and where they were, without a message on the standard error output.
//!
//! Only the hook learns where a panic is, and it runs before anybody knows what becomes of the panic. So it leaves a record,
//! by which the call that ends with the panic knows it again, also if it comes out of another thread.

mod backtrace;
mod record;
mod threads;

use std::any::Any;
use std::backtrace::Backtrace;
use std::mem;
use std::panic::{self, AssertUnwindSafe};
use std::sync::Once;

use self::record::{Record, Told};

pub(crate) use self::backtrace::StackFrame;
#[cfg(not(windows))]
pub(crate) use self::record::tell_all;

/// The messages with which the standard library panics when it cannot unwind and is about to abort.
const LAST_WORDS: [&str; 2] = [
    "panic in a destructor during cleanup",
    "panic in a function that cannot unwind",
];

/// A panic that has been caught.
pub(crate) struct Panic {
    /// Its message.
    pub message: String,
    /// Where it was: `file:line:column`. Unknown if it never went through the hook.
    pub location: Option<String>,
    /// The functions that led to it, if `RUST_BACKTRACE` asks for them.
    pub frames: Option<Vec<StackFrame>>,
}

/// Sees to it that panics inside of calls leave a record and print nothing. Those of other threads wait while there is a
/// call that may end with them. All others are handled as before.
///
/// In a library that is built with `panic = "abort"` messages are still printed, since no exception can follow.
pub(crate) fn install_hook() {
    static INSTALLED: Once = Once::new();
    if cfg!(panic = "abort") {
        return;
    }
    INSTALLED.call_once(|| {
        let with_backtrace = std::env::var_os("RUST_BACKTRACE").is_some_and(|value| value != "0");
        let previous = panic::take_hook();
        panic::set_hook(Box::new(move |info| {
            let message = message_of(info.payload());
            if LAST_WORDS.contains(&message.as_str()) {
                // Nobody will make an exception of what led to this.
                record::tell_before_abort();
                return previous(info);
            }
            let told = if threads::is_inside() {
                Told::Never
            } else if threads::are_inside() {
                Told::Later
            } else {
                Told::Already
            };
            let location = info.location().map(ToString::to_string);
            let backtrace = with_backtrace.then(Backtrace::force_capture);
            record::keep(Record::new(info.payload(), message, location, backtrace, told), told);
            if told == Told::Already {
                previous(info);
            }
        }));
    });
}

/// Runs `call` with `on` as a call from JavaScript. If it panics, runs `panicked`.
#[inline]
pub(crate) fn catch<S, T>(on: &mut S, call: impl FnOnce(&mut S) -> T, panicked: impl FnOnce(&mut S, Panic) -> T) -> T {
    let inside = threads::enter();
    // After a panic the answer is written anew, and nothing else outlives the call but what the function itself keeps.
    let value = match panic::catch_unwind(AssertUnwindSafe(|| call(on))) {
        Ok(value) => value,
        Err(payload) => panicked(on, describe(payload)),
    };
    inside.leave();
    if record::are_open() {
        record::close();
    }
    value
}

#[cold]
#[inline(never)]
fn describe(payload: Box<dyn Any + Send>) -> Panic {
    let message = message_of(&*payload);
    let record = record::take(&*payload);
    // To drop a value of any type may panic in turn. Then that payload is left alone, for it might do so again.
    if let Err(payload) = panic::catch_unwind(AssertUnwindSafe(|| drop(payload))) {
        mem::forget(payload);
    }
    Panic {
        message,
        location: record.as_deref().and_then(Record::location),
        frames: record.as_deref().and_then(Record::backtrace).map(backtrace::frames),
    }
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
