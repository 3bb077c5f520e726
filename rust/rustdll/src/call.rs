//! Calls an exported function: decodes the arguments, catches panics, and returns a status.

mod failure;
mod outcome;
mod panics;

use crate::frame::{on_large_stack, Arguments, Fault, Floors, Frame, Output, Refusal, Step, Writer, UNDISTURBED};
use crate::object::Borrows;
use crate::types::Encode;

pub(crate) use failure::Failure;
pub use outcome::Returns;
pub use outcome::{
    Definite, FindFallible, FindFallibleByMessage, FindFallibleByPointer, FindOnlyData, FindPlain, FindWithData,
    FindWithDataAndMessage,
};
pub(crate) use panics::tell_all;
pub(crate) use panics::{catch, install_hook, Panic};

/// The outcome of a call, as the host is told it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Status(pub(crate) u32);

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
    /// An object among the arguments is in use by another call.
    pub const BUSY: Status = Status(9);
    /// The value of an object among the arguments has been taken away.
    pub const TAKEN: Status = Status(10);
    /// A value among the arguments, or of the result, was refused when it was converted.
    pub const REFUSED: Status = Status(11);
    /// The function returned an error that is a record or an enum, whose data is there too.
    pub const ERR_WITH_DATA: Status = Status(12);
    /// The function returned an error that is a `TypeError` in JavaScript.
    pub const TYPE_ERR: Status = Status(13);
    /// The function returned an error that is a `RangeError` in JavaScript.
    pub const RANGE_ERR: Status = Status(14);
    /// A callback has thrown, and the function passes that on.
    pub const THREW: Status = Status(15);
    /// A callback was called on another thread, while JavaScript's own waits for the call.
    pub const WOULD_DEADLOCK: Status = Status(16);
    /// The function has made a future that waits, whose address is in the frame.
    pub const PENDING: Status = Status(17);
    /// It has returned an `Err`, one of whose sources is what a function of JavaScript has thrown.
    pub const ERR_OF_THROWN: Status = Status(18);
}

/// What generated code does for a call: it takes the arguments, calls the function and gives its result.
type Call = for<'a> fn(&mut Arguments<'a>, &mut Output<'_>) -> Result<Status, Fault>;

/// Performs the operation of a frame: makes the call, which is `call`, or returns the hash of the function's signature.
/// `name` is that of the function.
#[inline(never)]
pub fn enter(frame: &mut Frame, name: &'static &'static str, hash: fn() -> u64, call: Call) -> u32 {
    if frame.operation == 0 {
        perform(frame, name, panics::enter(), call, call)
    } else {
        tell_hash(frame, hash)
    }
}

/// The same, with `call` inlined, as a call through a pointer takes 5 ns longer. That is worth the time of compiling it where
/// the call itself takes little more. Everything that is rarely needed is shared by all functions; it gets the same function
/// as `shared`.
#[inline]
pub fn enter_inlined(
    frame: &mut Frame,
    name: &'static &'static str,
    hash: fn() -> u64,
    call: impl for<'a> FnOnce(&mut Arguments<'a>, &mut Output<'_>) -> Result<Status, Fault>,
    shared: Call,
) -> u32 {
    // The first call of a thread and those from within a call are rare, and so is any other operation.
    if frame.operation == 0 {
        if let Some(inside) = panics::enter_from_outside() {
            return perform(frame, name, inside, call, shared);
        }
    }
    enter_seldom(frame, name, hash, shared)
}

#[cold]
fn enter_seldom(frame: &mut Frame, name: &'static &'static str, hash: fn() -> u64, call: Call) -> u32 {
    enter(frame, name, hash, call)
}

/// Makes a call.
#[inline]
fn perform(
    frame: &mut Frame,
    name: &'static &'static str,
    inside: panics::Inside<'_>,
    call: impl for<'a> FnOnce(&mut Arguments<'a>, &mut Output<'_>) -> Result<Status, Fault>,
    shared: Call,
) -> u32 {
    // Nothing but the frame leaves this function, where it goes wrong too. So what the call has no use for is not made.
    let run = |frame: &mut Frame| {
        let floors = Floors::below();
        // It is dropped after a panic too.
        let borrows = &Borrows::default();
        let Frame {
            input,
            room,
            answer,
            args,
            context,
            objects,
            flags,
            ..
        } = frame;
        let is_undisturbed = *flags & UNDISTURBED != 0;
        let arguments = &mut Arguments::new(input, args, *context, is_undisturbed, name, floors, borrows);
        match call(arguments, &mut Output::new(*room, answer, objects, floors)) {
            Ok(status) => status,
            Err(fault) => recover(frame, fault, shared, name),
        }
    };
    panics::catch_inside(inside, frame, run, |frame, panic| {
        panicked(&mut output_of(frame), panic)
    })
    .0
}

/// Returns the output of a frame, for what is written on the current stack.
pub(crate) fn output_of(frame: &mut Frame) -> Output<'_> {
    Output::new(frame.room, &mut frame.answer, &mut frame.objects, Floors::below())
}

/// Runs `drop`, the destructor of an object, as a call whose result is nothing. Without a frame nobody learns of a panic.
pub(crate) fn release_object(frame: Option<&mut Frame>, drop: impl FnOnce()) -> u32 {
    let run = |_: &mut Option<Output<'_>>| {
        drop();
        Status::DONE
    };
    let mut output = frame.map(output_of);
    panics::catch(&mut output, run, |output, panic| match output {
        Some(output) => panicked(output, panic),
        None => Status::PANIC,
    })
    .0
}

#[cold]
#[inline(never)]
pub(crate) fn tell_hash(frame: &mut Frame, hash: fn() -> u64) -> u32 {
    let run = |output: &mut Output<'_>| {
        output.scalar(hash());
        Status::DONE
    };
    panics::catch(&mut output_of(frame), run, panicked).0
}

/// Makes the call on a large stack if that was the fault, and gives the message of any other.
#[cold]
#[inline(never)]
fn recover(frame: &mut Frame, fault: Fault, call: Call, name: &'static &'static str) -> Status {
    let Frame {
        input,
        room,
        answer,
        args,
        context,
        objects,
        ..
    } = frame;
    let output = &mut Output::new(*room, answer, objects, Floors::below());
    // It is dropped after a panic too.
    let borrows = &Borrows::default();
    let outcome = match fault {
        // The function has not been called yet.
        Fault::DeepArguments => on_large_stack(|floors| {
            output.move_to(floors);
            call(
                &mut Arguments::new(input, args, *context, false, name, floors, borrows),
                output,
            )
        })
        .unwrap_or(Err(Fault::DeepArguments)),
        fault => Err(fault),
    };
    outcome.unwrap_or_else(|fault| faulty(output, fault))
}

#[cold]
#[inline(never)]
pub(crate) fn faulty(output: &mut Output<'_>, fault: Fault) -> Status {
    output.clear();
    let text;
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
        Fault::Unavailable(reason) => {
            text = reason.to_string();
            let status = if reason.holder.is_some() {
                Status::BUSY
            } else {
                Status::TAKEN
            };
            (status, &*text)
        }
        Fault::Refused(refusal) => return refused(output, &refusal),
    };
    output.message(message);
    status
}

/// Tells the host where the refused value is, and why it was refused.
fn refused(output: &mut Output<'_>, refusal: &Refusal) -> Status {
    let failure = Failure::of_error(&*refusal.error);
    let given = output.stream(&|writer: &mut Writer| {
        refusal.parameter.encode(writer);
        writer.word(refusal.path.len() as u64);
        for step in refusal.path.iter().rev() {
            match step {
                Step::Index(index) => (0_u64, *index).encode(writer),
                Step::Name(name) => (1_u64, name).encode(writer),
            }
        }
        failure.is_range().encode(writer);
        failure.encode(writer);
    });
    match given {
        Ok(()) => Status::REFUSED,
        Err(fault) => faulty(output, fault),
    }
}

#[cold]
#[inline(never)]
pub(crate) fn panicked(output: &mut Output<'_>, panic: Panic) -> Status {
    output.clear();
    if let Some(error) = &panic.escaped {
        return Failure::of_error(error)
            .give(output)
            .unwrap_or_else(|fault| faulty(output, fault));
    }
    let given = output.stream(&|writer: &mut Writer| {
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
