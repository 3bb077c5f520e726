//! Calls an exported function: decodes the arguments, catches panics, and returns a status.

mod failure;
mod outcome;
mod panics;

use self::panics::Panic;
use crate::frame::{on_large_stack, Arguments, Fault, Floors, Frame, Output};
use crate::types::Encode;

pub use outcome::Returns;
pub use outcome::{Definite, FindFallible, FindFallibleByMessage, FindFallibleByPointer, FindPlain, FindWithData};
pub(crate) use panics::install_hook;
#[cfg(not(windows))]
pub(crate) use panics::tell_all;

/// The outcome of a call, as the host is told it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Status(u32);

impl Status {
    /// The function returned, and its result is in the frame.
    pub const DONE: Status = Status(0);
    /// The function returned an error.
    pub const ERR: Status = Status(1);
    /// The function panicked.
    pub const PANIC: Status = Status(2);
    /// A string among the arguments begins or ends between the two halves of a surrogate pair.
    pub const SPLIT_SURROGATE: Status = Status(3);
    /// The arguments do not match the function's signature.
    pub const WRONG_ARGUMENTS: Status = Status(4);
    /// The result cannot be represented in JavaScript.
    pub const INEXPRESSIBLE: Status = Status(5);
    /// The function returned an error where a cause has a code.
    pub const ERR_WITH_CODES: Status = Status(6);
    /// The function panicked, and the functions that led to that were asked for.
    pub const PANIC_WITH_FRAMES: Status = Status(8);
}

/// Performs the operation of a frame: makes the call, which is `call`, or returns the hash of the function's signature.
pub fn enter(
    frame: &mut Frame,
    hash: fn() -> u64,
    call: for<'a> fn(&mut Arguments<'a>, &mut Output<'_>) -> Result<Status, Fault>,
) -> u32 {
    let Frame {
        input,
        room,
        answer,
        args,
        operation,
        context,
        ..
    } = frame;
    let floors = Floors::below();
    let call = |output: &mut Output<'_>| {
        if *operation != 0 {
            output.scalar(hash());
            return Status::DONE;
        }
        let attempt =
            |output: &mut Output<'_>, floors| call(&mut Arguments::new(input, args, *context, floors), output);
        let outcome = match attempt(output, floors) {
            // The function has not been called yet.
            Err(Fault::DeepArguments) => deeper(output, attempt),
            outcome => outcome,
        };
        match outcome {
            Ok(status) => status,
            Err(fault) => faulty(output, fault),
        }
    };
    panics::catch(&mut Output::new(*room, answer, floors), call, panicked).0
}

/// Makes the call on a large stack.
#[cold]
#[inline(never)]
fn deeper(
    output: &mut Output<'_>,
    attempt: impl Fn(&mut Output<'_>, Floors) -> Result<Status, Fault>,
) -> Result<Status, Fault> {
    on_large_stack(|floors| {
        output.move_to(floors);
        attempt(output, floors)
    })
    .unwrap_or(Err(Fault::DeepArguments))
}

#[cold]
#[inline(never)]
fn faulty(output: &mut Output<'_>, fault: Fault) -> Status {
    output.clear();
    let (status, message) = match fault {
        Fault::SplitSurrogate => (
            Status::SPLIT_SURROGATE,
            "a string begins or ends inside a surrogate pair",
        ),
        Fault::Arguments(message) => (Status::WRONG_ARGUMENTS, message),
        Fault::Result(message) => (Status::INEXPRESSIBLE, message),
        Fault::DeepArguments => (
            Status::INEXPRESSIBLE,
            "an argument has more values inside one another than the stack has room for",
        ),
        Fault::DeepResult => (
            Status::INEXPRESSIBLE,
            "the result has more values inside one another than the stack has room for",
        ),
    };
    output.message(message);
    status
}

#[cold]
#[inline(never)]
fn panicked(output: &mut Output<'_>, panic: Panic) -> Status {
    output.clear();
    let given = output.stream(&|writer| {
        panic.message.encode(writer);
        panic.location.encode(writer);
        if let Some(frames) = &panic.frames {
            frames.encode(writer);
        }
    });
    match given {
        Ok(()) if panic.frames.is_some() => Status::PANIC_WITH_FRAMES,
        Ok(()) => Status::PANIC,
        Err(fault) => faulty(output, fault),
    }
}
