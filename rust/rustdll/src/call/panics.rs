//! Catches panics of exported functions with their message and location, without printing them to standard error.
//!
//! Only the hook knows the location of a panic, and it runs before it is known whether the panic is caught. So it keeps
//! a record, in which the call that ends with the panic finds it, even if it comes from another thread.

mod backtrace;
mod record;
mod threads;

use std::any::Any;
use std::backtrace::Backtrace;
use std::mem;
use std::panic::{self, AssertUnwindSafe};
use std::sync::Once;

use self::record::{Record, Told};

use crate::callback::{CallError, Escaped};

pub(crate) use self::backtrace::StackFrame;
pub(crate) use self::record::tell_all;
pub(super) use self::threads::{enter, enter_from_outside, Inside};

/// The messages with which the standard library panics when it cannot unwind and is about to abort.
const LAST_WORDS: [&str; 2] = [
    "panic in a destructor during cleanup",
    "panic in a function that cannot unwind",
];

/// A panic that has been caught.
pub(crate) struct Panic {
    /// Its message.
    pub message: String,
    /// Its location: `file:line:column`. Unknown if the hook did not run for it.
    pub location: Option<String>,
    /// The functions that led to it, if `RUST_BACKTRACE` is set.
    pub frames: Option<Vec<StackFrame>>,
    /// If it is no panic but the unwinding from a callback that has no result: the reason for that.
    pub escaped: Option<CallError>,
}

/// Installs a hook that records panics inside calls and prints nothing. The printing of panics in other threads is
/// delayed while there is a call that may end with them. All others are passed to the hook that was there before.
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
                // The process aborts, so the panic that led to this is printed too.
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
    catch_inside(threads::enter(), on, call, panicked)
}

/// The same for a call that has begun.
#[inline]
pub(super) fn catch_inside<S, T>(
    inside: Inside<'_>,
    on: &mut S,
    call: impl FnOnce(&mut S) -> T,
    panicked: impl FnOnce(&mut S, Panic) -> T,
) -> T {
    // Unwind safe: after a panic the output is written anew, and nothing else outlives the call but the function's own
    // state.
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
    let payload = match payload.downcast::<Escaped>() {
        Ok(escaped) => {
            return Panic {
                message: String::new(),
                location: None,
                frames: None,
                escaped: Some(escaped.0),
            }
        }
        Err(payload) => payload,
    };
    let message = message_of(&*payload);
    let record = record::take(&*payload);
    // Dropping a payload of arbitrary type may panic in turn. The payload of that panic is leaked, as it might panic
    // too.
    if let Err(payload) = panic::catch_unwind(AssertUnwindSafe(|| drop(payload))) {
        mem::forget(payload);
    }
    Panic {
        message,
        location: record.as_deref().and_then(Record::location),
        frames: record.as_deref().and_then(Record::backtrace).map(backtrace::frames),
        escaped: None,
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
