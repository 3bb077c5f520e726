//! Functions whose result is a future. A host polls it on any thread that it likes, each time that it is woken.

#[cfg(feature = "tokio")]
pub(crate) mod runtime;
mod waker;

use std::cell::Cell;
use std::future::Future;
use std::mem;
use std::pin::Pin;
use std::ptr;
use std::task::{Context as TaskContext, Poll};
use std::thread;

use crate::call::{catch, faulty, output_of, panicked, tell_hash, Panic, Status};
use crate::frame::{on_large_stack, Arguments, CallContext, Fault, Floors, Frame, Output};
use crate::object::Borrows;

/// The operations of a frame for a future that it has given to the host.
const POLL: u32 = 2;
const DROP: u32 = 3;

/// The future of a call: it runs the function, and writes its result where [`settle`] finds the output.
pub type Work<'a> = Pin<Box<dyn Future<Output = Result<Status, Fault>> + Send + 'a>>;

/// What generated code does for a call: it takes the arguments and makes the future.
type Begin = for<'a> fn(&mut Arguments<'a>) -> Result<Work<'a>, Fault>;

thread_local! {
    /// The output of the call whose future is being polled.
    static OUTPUT: Cell<*mut Output<'static>> = const { Cell::new(ptr::null_mut()) };
}

/// Makes the future of a call.
pub fn work<'a>(future: impl Future<Output = Result<Status, Fault>> + Send + 'a) -> Work<'a> {
    Box::pin(future)
}

/// Writes a result. It is the last thing that the future of a call does, since only in there a result may borrow from the
/// arguments.
///
/// # Panics
///
/// Outside of such a future.
pub fn settle<R>(result: R, give: fn(R, &mut Output<'_>) -> Result<Status, Fault>) -> Result<Status, Fault> {
    let output = OUTPUT.get();
    assert!(!output.is_null(), "only a future that a host polls has a result");
    // SAFETY: `poll` has stored the address of an output that nobody uses until the future returns, and removes it then.
    give(result, unsafe { &mut *output })
}

/// A future that waits.
struct Waiting {
    /// It uses the memory of its arguments, which the host keeps until it is dropped.
    work: Work<'static>,
    /// The borrows of objects among its arguments, which outlive it.
    _borrows: Borrows,
}

/// Performs the operation of a frame for a function whose future `begin` makes.
pub fn enter_future(frame: &mut Frame, name: &'static &'static str, hash: fn() -> u64, begin: Begin) -> u32 {
    let operation = frame.operation;
    let mut waiting = match operation {
        0 => None,
        // SAFETY: a host passes these operations once for each time that the function has returned `PENDING` for this frame,
        // whose result is the address that is stored below.
        POLL | DROP => Some(unsafe { Box::from_raw(mem::take(&mut frame.answer.result) as *mut Waiting) }),
        _ => return tell_hash(frame, hash),
    };
    if operation == DROP {
        discard(&mut waiting);
        return Status::DONE.0;
    }
    let run = |(frame, waiting): &mut (&mut Frame, &mut Option<Box<Waiting>>)| {
        if waiting.is_none() {
            match start(frame, name, begin) {
                Ok(begun) => **waiting = Some(begun),
                Err(fault) => return faulty(&mut output_of(frame), fault),
            }
        }
        let call = CallContext::new(frame.context);
        let output = &mut output_of(frame);
        let polled = waiting.as_mut().map(|waiting| poll(&mut waiting.work, call, output));
        let Some(Poll::Ready(outcome)) = polled else {
            return Status::PENDING;
        };
        // A panic of a destructor is one of the call.
        **waiting = None;
        outcome.unwrap_or_else(|fault| faulty(output, fault))
    };
    let status = catch(&mut (&mut *frame, &mut waiting), run, |(frame, waiting), panic| {
        discard(waiting);
        panicked(&mut output_of(frame), advised(panic))
    });
    if let Some(waiting) = waiting {
        frame.answer.result = Box::into_raw(waiting) as u64;
    }
    status.0
}

/// Makes the future of a call, on a large stack if its arguments need one.
fn start(frame: &Frame, name: &'static &'static str, begin: Begin) -> Result<Box<Waiting>, Fault> {
    let begin_below = |floors| {
        let borrows = Borrows::default();
        let work = begin(&mut Arguments::new(
            &frame.input,
            &frame.args,
            frame.context,
            false,
            name,
            floors,
            &borrows,
        ))?;
        // SAFETY: only the lifetime differs. The host keeps the arguments, and what they refer to, until the function returns
        // anything but `PENDING` or it has dropped the future.
        let work = unsafe { mem::transmute::<Work<'_>, Work<'static>>(work) };
        Ok(Box::new(Waiting {
            work,
            _borrows: borrows,
        }))
    };
    match begin_below(Floors::below()) {
        Err(Fault::DeepArguments) => on_large_stack(begin_below).unwrap_or(Err(Fault::DeepArguments)),
        begun => begun,
    }
}

/// Drops a future. Nobody learns of a panic.
fn discard(waiting: &mut Option<Box<Waiting>>) {
    catch(waiting, |waiting| *waiting = None, |_, _| ());
}

/// Polls a future, and goes on until it is ready if the host does not wake.
fn poll(work: &mut Work<'static>, call: CallContext, output: &mut Output<'_>) -> Poll<Result<Status, Fault>> {
    struct Restore(*mut Output<'static>);
    impl Drop for Restore {
        fn drop(&mut self) {
            OUTPUT.set(self.0);
        }
    }
    // The cast changes only a lifetime, and `settle` has the output only while it is borrowed here.
    let _restore = Restore(OUTPUT.replace(ptr::from_mut(output).cast()));
    match waker::of_host(call) {
        Some(waker) => work.as_mut().poll(&mut TaskContext::from_waker(&waker)),
        None => {
            let waker = waker::of_this_thread();
            loop {
                let polled = work.as_mut().poll(&mut TaskContext::from_waker(&waker));
                if polled.is_ready() {
                    return polled;
                }
                thread::park();
            }
        }
    }
}

/// Adds to the message of a panic what to do about it.
fn advised(mut panic: Panic) -> Panic {
    if panic.message.contains("there is no reactor running") {
        panic.message.push_str("; `#[export(tokio)]` runs a function in one");
    }
    panic
}
