//! Records of Rust's logging, which arrive at functions of JavaScript.
//!
//! A library has one logger, which is set when somebody listens for the first time. Each listener gets each record of its
//! levels, by a post that never waits.

#[cfg(feature = "log")]
mod facade;
mod fields;
mod listener;
mod record;
#[cfg(feature = "tracing")]
mod span;
#[cfg(feature = "tracing")]
mod subscriber;

use std::sync::OnceLock;

use crate::call::{enter, Failure, Status};
use crate::callback::{describe_function, Held};
use crate::frame::{Arguments, Fault, Frame, Output};
use crate::object::Handle;
use crate::table::{hash, Entry, Parameter, Signature};
use crate::types::shape::Shape;
use listener::Listening;
use record::Record;

/// The function with which a host listens. It returns an object, which ends it when it is dropped.
pub(crate) static LISTEN: Entry = Entry {
    name: "@log",
    doc: "",
    module: "rustdll",
    bigint: false,
    is_async: false,
    background: false,
    is_constant: false,
    member: None,
    signature: |catalogue| Signature {
        parameters: vec![
            Parameter::new("level", Shape::Plain("u8")),
            Parameter::new(
                "write",
                describe_function("callback", Record::describe(catalogue), Shape::Plain("unit")),
            ),
        ],
        result: Shape::Plain("u64"),
        throws: true,
        error: None,
    },
    function: listen,
};

extern "C" fn listen(frame: &mut Frame) -> u32 {
    enter(frame, &"RustDLL", || hash(&LISTEN), begin)
}

fn begin(arguments: &mut Arguments<'_>, output: &mut Output<'_>) -> Result<Status, Fault> {
    // SAFETY: the word is that of a function, which the host has until the call ends.
    let write = unsafe { Held::retained(arguments.reader.word()?) }?;
    arguments.finish()?;
    let level = u8::try_from(arguments.slot(0)).map_err(|_| Fault::Arguments("there is no such level"))?;
    if let Err(problem) = set_logger() {
        return Failure::of_message(problem).give(output);
    }
    output.object(Handle::new(Listening::begin(level, write)));
    Ok(Status::DONE)
}

/// Makes this crate the logger of the library, once.
fn set_logger() -> Result<(), &'static str> {
    static SET: OnceLock<Result<(), &'static str>> = OnceLock::new();
    *SET.get_or_init(|| {
        #[cfg(feature = "log")]
        facade::set()?;
        #[cfg(feature = "tracing")]
        subscriber::set()?;
        Ok(())
    })
}

/// Has records made up to the level for which anybody listens.
fn limit() {
    #[cfg(feature = "log")]
    facade::limit();
    #[cfg(feature = "tracing")]
    subscriber::limit();
}
