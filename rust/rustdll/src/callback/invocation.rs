//! A call of a function of JavaScript: its arguments and its result.

use std::mem::{self, offset_of, size_of, MaybeUninit};
use std::ptr;

use super::{CallError, Held, JsError, Value};
use crate::frame::{located, Answer, Content, Context, Fault, Floors, Input, Owned, Reader, Room, Writer, Written};
use crate::object::{Borrows, Reference, References};
use crate::types::Decode;

/// To wait as long as it takes.
pub(crate) const FOREVER: u64 = u64::MAX;

/// The words of arguments, or of a result, that need no memory of their own.
const ROOM: usize = 32;

/// The arguments and the result, as a frame has them: here the library fills the input, and the host the answer. The
/// layout is part of the contract.
#[repr(C)]
#[derive(Debug)]
pub(crate) struct Invocation {
    input: Input,
    objects: *mut Reference,
    room: Room,
    answer: Answer,
    thrown: *const Value,
}

const _: () = {
    assert!(size_of::<Invocation>() == 160 && offset_of!(Invocation, objects) == 40);
    assert!(offset_of!(Invocation, room) == 48 && offset_of!(Invocation, answer) == 64);
    assert!(offset_of!(Invocation, thrown) == 152);
};

impl Invocation {
    /// One without arguments and without room for a result.
    const EMPTY: Self = Self {
        input: Input {
            in_words: ptr::null(),
            in_count: 0,
            in_text: ptr::null(),
            in_bytes: 0,
            in_units: 0,
        },
        objects: ptr::null_mut(),
        room: Room {
            out_words: ptr::null_mut(),
            out_room: 0,
        },
        answer: Answer {
            result: 0,
            words: Owned::none(),
            text: Owned::none(),
            text_units: 0,
            release: None,
        },
        thrown: ptr::null(),
    };
}

/// The words for arguments, or for a result.
type Words = [MaybeUninit<u64>; ROOM];

/// A call that has returned. It frees the result.
///
/// It takes some 400 bytes, so a call is made and read where it is, and not moved.
#[repr(C)]
pub(crate) struct Returned {
    invocation: Invocation,
    room: Words,
}

impl Drop for Returned {
    fn drop(&mut self) {
        let answer = &mut self.invocation.answer;
        if let Some(release) = answer.release {
            release(&mut answer.words);
            release(&mut answer.text);
        }
        // SAFETY: it is null, or the host has given it away and nobody has taken it.
        drop(unsafe { Held::given(self.invocation.thrown) });
    }
}

impl Returned {
    /// Makes that of a call without arguments, which has no result.
    #[inline]
    pub(super) fn empty() -> Self {
        Self {
            invocation: Invocation::EMPTY,
            room: [MaybeUninit::uninit(); ROOM],
        }
    }

    /// Prepares this for the call with these arguments, whose result comes here.
    pub(super) fn begin(&mut self, arguments: Invocation) {
        self.invocation = arguments;
        self.invocation.room = Room {
            out_words: self.room.as_mut_ptr().cast(),
            out_room: ROOM as u64,
        };
    }

    /// Returns what has become of the call by the host's status.
    #[inline]
    pub(super) fn settled(&mut self, status: u32) -> Result<(), CallError> {
        if status == 0 {
            Ok(())
        } else {
            Err(self.failed(status))
        }
    }

    /// Returns the error for a status of the host that is not 0.
    #[cold]
    pub(super) fn failed(&mut self, status: u32) -> CallError {
        match status {
            1 => {
                let thrown = mem::replace(&mut self.invocation.thrown, ptr::null());
                // SAFETY: with this status the host has given the value away.
                let held = unsafe { Held::given(thrown) };
                CallError::Thrown(describe(self, held))
            }
            2 => CallError::Closed,
            3 => CallError::Cancelled,
            4 => CallError::WouldDeadlock,
            5 => CallError::TimedOut,
            _ => CallError::Full,
        }
    }

    /// Reads the result.
    #[inline]
    pub(crate) fn read<R>(&self, read: impl FnOnce(&mut Reader<'_>) -> Result<R, Fault>) -> Result<R, CallError> {
        let answer = &self.invocation.answer;
        let words = if answer.words.is_null() {
            self.room.as_ptr().cast()
        } else {
            answer.words.as_ptr().cast()
        };
        let input = Input {
            in_words: words,
            in_count: answer.result,
            in_text: answer.text.as_ptr(),
            in_bytes: answer.text.len(),
            in_units: answer.text_units,
        };
        let borrows = Borrows::default();
        let reader = &mut Reader::new(&input, &"a callback", Floors::below().reading, &borrows);
        match read(reader).and_then(|value| reader.finish().map(|()| value)) {
            Ok(value) => Ok(value),
            Err(fault) => Err(refused(fault)),
        }
    }
}

/// Makes the error for arguments that cannot be passed, which were written with that limit of the stack.
#[cold]
#[inline(never)]
fn refused_in(fault: Fault, arguments: &dyn Content, floor: usize) -> CallError {
    refused(located(fault, arguments, floor).of_argument())
}

/// Makes the error for arguments or a result that cannot be passed.
#[cold]
fn refused(fault: Fault) -> CallError {
    let problem = match fault {
        Fault::SplitSurrogate => "a string begins or ends inside a surrogate pair".to_owned(),
        Fault::DeepArguments => "the result has more values inside one another than the stack has room for".to_owned(),
        Fault::DeepResult => "the arguments have more values inside one another than the stack has room for".to_owned(),
        Fault::Arguments(problem) | Fault::Result(problem) => problem.to_owned(),
        Fault::Unavailable(reason) => reason.to_string(),
        Fault::Refused(refusal) => refusal.placed(),
    };
    CallError::Thrown(JsError::new(
        "TypeError".to_owned(),
        format!("a callback: {problem}"),
        None,
        None,
    ))
}

/// Writes arguments, the first of them into `room`.
fn written(room: &mut Words, arguments: &dyn Content) -> Result<Written, CallError> {
    let floor = Floors::below().writing;
    // SAFETY: the writer ends here, and nobody else uses the room meanwhile.
    let mut writer = unsafe { Writer::new(room.as_mut_ptr().cast(), ROOM, floor) };
    arguments.write(&mut writer);
    writer.finish().map_err(|fault| refused_in(fault, arguments, floor))
}

/// Makes the invocation of these arguments, which `room` or `written` has. The host is to take over the objects.
fn invocation(written: &Written, objects: *mut Reference, room: *mut u64) -> Invocation {
    Invocation {
        input: Input {
            in_words: written.own.as_ref().map_or(room.cast_const(), |own| own.as_ptr()),
            in_count: written.words as u64,
            in_text: written.text.as_ptr(),
            in_bytes: written.text.len() as u64,
            in_units: if written.ascii {
                written.text.len() as u64
            } else {
                written.units
            },
        },
        objects,
        room: Room {
            out_words: room,
            out_room: ROOM as u64,
        },
        ..Invocation::EMPTY
    }
}

/// Calls a function, waits for its result, and reads it.
///
/// `context` is that of the call that it was lent to, or null; `patience` the milliseconds to wait for JavaScript's thread,
/// 0 if that waits for this call.
pub(crate) fn call<R>(
    function: &Held,
    context: *const Context,
    patience: u64,
    arguments: &dyn Content,
    read: impl FnOnce(&mut Reader<'_>) -> Result<R, Fault>,
) -> Result<R, CallError> {
    // SAFETY: this owns the function.
    unsafe { call_value(function.as_ptr(), context, patience, arguments, read) }
}

/// Does the same for a function that the caller need not own.
///
/// # Safety
///
/// The host has the function until this returns.
#[inline]
pub(crate) unsafe fn call_value<R>(
    function: *const Value,
    context: *const Context,
    patience: u64,
    arguments: &dyn Content,
    read: impl FnOnce(&mut Reader<'_>) -> Result<R, Fault>,
) -> Result<R, CallError> {
    let mut returned = Returned::empty();
    // SAFETY: the caller guarantees it.
    unsafe { perform(&mut returned, function, context, patience, arguments) }?;
    returned.read(read)
}

/// Makes the call, once for all types.
///
/// # Safety
///
/// As for `call_value`.
pub(super) unsafe fn perform(
    returned: &mut Returned,
    function: *const Value,
    context: *const Context,
    patience: u64,
    arguments: &dyn Content,
) -> Result<(), CallError> {
    // The host reads the arguments before it writes the result into the same room.
    let room: *mut u64 = returned.room.as_mut_ptr().cast();
    returned.invocation.room = Room {
        out_words: room,
        out_room: ROOM as u64,
    };
    let floor = Floors::below().writing;
    // SAFETY: the writer is finished below, and nobody else uses the room until then.
    let mut writer = unsafe { Writer::new(room, ROOM, floor) };
    arguments.write(&mut writer);
    let invocation = &mut returned.invocation;
    let status = if let Some(words) = writer.words_in_room() {
        invocation.input.in_words = room;
        invocation.input.in_count = words as u64;
        // SAFETY: the caller guarantees it, and the words live as long as the invocation.
        unsafe { pass(invocation, function, context, patience) }
    } else {
        let locate = |fault| refused_in(fault, arguments, floor);
        // SAFETY: the caller guarantees it.
        unsafe {
            pass_written(
                invocation,
                writer.finish().map_err(locate)?,
                function,
                context,
                patience,
            )
        }
    };
    returned.settled(status)
}

/// Passes the invocation on with arguments that have text, objects or more words than the room.
///
/// # Safety
///
/// As for `call_value`.
#[inline(never)]
unsafe fn pass_written(
    passed: &mut Invocation,
    mut arguments: Written,
    function: *const Value,
    context: *const Context,
    patience: u64,
) -> u32 {
    let objects = mem::replace(&mut arguments.objects, References::new()).hand_over();
    *passed = invocation(&arguments, objects, passed.room.out_words);
    // SAFETY: the caller guarantees it, and the arguments live until this returns.
    unsafe { pass(passed, function, context, patience) }
}

/// Passes the invocation to the host, and returns its status. It is not all of a `Returned`, whose room the host writes to.
///
/// # Safety
///
/// As for `call_value`; what the invocation points to lives until this returns.
#[inline]
unsafe fn pass(invocation: &mut Invocation, function: *const Value, context: *const Context, patience: u64) -> u32 {
    // SAFETY: the caller guarantees the function.
    let host = unsafe { (*function).host() };
    // SAFETY: the caller guarantees the invocation, what it points to, and the context.
    unsafe { ((*host).call)(function, invocation, context, patience) }
}

/// Makes the error for what a function has thrown.
fn describe(returned: &Returned, held: Option<Held>) -> JsError {
    let words = returned.read(|reader| {
        let name = reader.text()?.to_owned();
        let message = reader.text()?.to_owned();
        Ok((name, message, Option::<String>::decode(reader)?))
    });
    // The host says nothing of an error that no function of JavaScript could catch, such as that of a full stack.
    let (name, message, code) =
        words.unwrap_or_else(|_| ("Error".to_owned(), "the callback could not be called".to_owned(), None));
    JsError::new(name, message, code, held)
}

/// Passes an invocation with these arguments, which live until `pass` returns.
pub(super) fn with_written<T>(content: &dyn Content, pass: impl FnOnce(Invocation) -> T) -> Result<T, CallError> {
    let mut room = [MaybeUninit::uninit(); ROOM];
    let mut arguments = written(&mut room, content)?;
    let objects = mem::replace(&mut arguments.objects, References::new()).hand_over();
    Ok(pass(invocation(&arguments, objects, room.as_mut_ptr().cast())))
}

/// Has a function called later.
pub(crate) fn post(function: &Held, patience: u64, arguments: &dyn Content) -> Result<(), CallError> {
    let mut room: Words = [MaybeUninit::uninit(); ROOM];
    let start: *mut u64 = room.as_mut_ptr().cast();
    let floor = Floors::below().writing;
    // SAFETY: the writer is finished or dropped below, and nobody else uses the room until then.
    let mut writer = unsafe { Writer::new(start, ROOM, floor) };
    arguments.write(&mut writer);
    let status = if let Some(words) = writer.words_in_room() {
        let mut small = Invocation::EMPTY;
        small.input.in_words = start;
        small.input.in_count = words as u64;
        // SAFETY: the words live until this returns.
        unsafe { pass_post(function, &small, patience) }
    } else {
        let mut written = writer.finish().map_err(|fault| refused_in(fault, arguments, floor))?;
        let objects = mem::replace(&mut written.objects, References::new()).hand_over();
        // SAFETY: what is written lives until this returns.
        unsafe { pass_post(function, &invocation(&written, objects, start), patience) }
    };
    match status {
        0 => Ok(()),
        2 => Err(CallError::Closed),
        5 => Err(CallError::TimedOut),
        _ => Err(CallError::Full),
    }
}

/// Passes a post to the host, and returns its status.
///
/// # Safety
///
/// What the invocation points to lives until this returns.
unsafe fn pass_post(function: &Held, invocation: &Invocation, patience: u64) -> u32 {
    // SAFETY: this owns the function, and the caller guarantees the rest.
    unsafe { ((*function.host()).post)(function.as_ptr(), invocation, patience) }
}

/// The payload of the unwinding that begins where a function that returns no `Result` has thrown. It ends the call that
/// the function was lent to.
pub(crate) struct Escaped(pub CallError);
