//! A call of a function of JavaScript whose result a future waits for.

use std::cell::UnsafeCell;
use std::future::Future;
use std::pin::Pin;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::task::{Context, Poll, Waker};
use std::{fmt, mem, ptr};

use super::invocation::{perform, with_written, Invocation, Returned, FOREVER};
use super::{CallError, Held};
use crate::frame::{Content, Fault, Host, Reader};

/// A call that the host makes at some time. Its address is that of its invocation.
#[repr(C)]
struct Question {
    /// The host's, until it has called `done`; then of the one who finds `Answered`.
    returned: UnsafeCell<Returned>,
    state: Mutex<State>,
}

enum State {
    Asked(Option<Waker>),
    Answered(u32),
    Taken,
}

// SAFETY: who may use the cell is determined by the state, which is behind a mutex. All of what is in it may be used on any
// thread: memory and values of the host.
unsafe impl Send for Question {}
// SAFETY: as above.
unsafe impl Sync for Question {}

impl Question {
    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// The host calls it once for each question that it has accepted.
    extern "C" fn done(invocation: *mut Invocation, status: u32) {
        // SAFETY: `ask` has given the host this owner of a question, by the address of the invocation at its beginning.
        let question = unsafe { Arc::from_raw(invocation.cast_const().cast::<Self>()) };
        let before = mem::replace(&mut *question.state(), State::Answered(status));
        if let State::Asked(Some(waker)) = before {
            waker.wake();
        }
    }
}

/// The future of what a function of JavaScript returns.
pub(crate) struct Asked<R> {
    outcome: Outcome,
    read: Read<R>,
}

/// Reads what a function has returned.
pub(crate) type Read<R> = fn(&mut Reader<'_>) -> Result<R, Fault>;

enum Outcome {
    Awaited(Arc<Question>),
    Here(Option<Result<Box<Returned>, CallError>>),
}

// SAFETY: as for `Question`.
unsafe impl Send for Outcome {}

/// Has a function called.
pub(crate) fn ask<R>(function: &Held, read: Read<R>, arguments: &dyn Content) -> Asked<R> {
    // SAFETY: the host of a function is there for as long as the process.
    let outcome = if unsafe { Host::has_all(function.host()) } {
        with_written(arguments, |invocation| put(function, invocation))
            .unwrap_or_else(|error| Outcome::Here(Some(Err(error))))
    } else {
        let mut returned = Box::new(Returned::empty());
        // SAFETY: this owns the function.
        let called = unsafe { perform(&mut returned, function.as_ptr(), ptr::null(), FOREVER, arguments) };
        Outcome::Here(Some(called.map(|()| returned)))
    };
    Asked { outcome, read }
}

/// Puts the question that has these arguments.
fn put(function: &Held, arguments: Invocation) -> Outcome {
    let question = Arc::new(Question {
        returned: UnsafeCell::new(Returned::empty()),
        state: Mutex::new(State::Asked(None)),
    });
    let owner = Arc::into_raw(Arc::clone(&question));
    let returned = question.returned.get();
    // SAFETY: nobody else has the question yet.
    unsafe { (*returned).begin(arguments) };
    // SAFETY: this owns the function; the arguments live until the host's function returns, and the invocation until the host
    // has called `done`, as the owner that it gets there is one of the question.
    let status = unsafe { ((*function.host()).ask)(function.as_ptr(), owner.cast_mut().cast(), Question::done) };
    if status == 0 {
        return Outcome::Awaited(question);
    }
    // SAFETY: the host has refused the question, so that this owner is still here.
    drop(unsafe { Arc::from_raw(owner) });
    Outcome::Here(Some(Err(Returned::empty().failed(status))))
}

impl<R> Future for Asked<R> {
    type Output = Result<R, CallError>;

    fn poll(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Self::Output> {
        let outcome = match &mut self.outcome {
            Outcome::Here(outcome) => outcome.take(),
            Outcome::Awaited(question) => {
                let mut state = question.state();
                match mem::replace(&mut *state, State::Taken) {
                    State::Asked(_) => {
                        *state = State::Asked(Some(context.waker().clone()));
                        return Poll::Pending;
                    }
                    State::Answered(status) => {
                        // SAFETY: in this state the host has no more to do with it, and only here it is taken.
                        let returned = unsafe { mem::replace(&mut *question.returned.get(), Returned::empty()) };
                        let mut returned = Box::new(returned);
                        Some(returned.settled(status).map(|()| returned))
                    }
                    State::Taken => None,
                }
            }
        };
        // A future that is polled after its end has nothing to say.
        outcome.map_or(Poll::Pending, |outcome| {
            Poll::Ready(outcome.and_then(|returned| returned.read(self.read)))
        })
    }
}

impl<R> fmt::Debug for Asked<R> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Asked")
    }
}
