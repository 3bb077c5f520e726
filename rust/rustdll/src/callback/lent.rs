//! Functions of JavaScript that are lent to a call.

use std::marker::PhantomData;

use super::invocation::{call_value, FOREVER};
use super::{CallError, Value};
use crate::frame::{Arguments, CallContext, Content, Fault, Reader, Writer};

/// A function that may be called until the call ends, on any thread. Generated code makes a closure of it.
#[derive(Debug)]
pub struct LentFunction<'a> {
    value: *const Value,
    context: CallContext,
    call: PhantomData<&'a ()>,
}

// SAFETY: the host's functions may be called on any thread.
unsafe impl Send for LentFunction<'_> {}
// SAFETY: as above.
unsafe impl Sync for LentFunction<'_> {}

/// The arguments of a closure that generated code has made.
#[derive(Debug)]
pub struct ClosureArguments<W, L> {
    write: W,
    locate: L,
}

impl<W: Fn(&mut Writer), L: Fn(&mut Writer) -> bool> ClosureArguments<W, L> {
    /// Makes them of what writes them, and of what finds the one that cannot be written.
    #[inline]
    pub fn new(write: W, locate: L) -> Self {
        Self { write, locate }
    }
}

impl<W: Fn(&mut Writer), L: Fn(&mut Writer) -> bool> Content for ClosureArguments<W, L> {
    #[inline]
    fn write(&self, writer: &mut Writer) {
        (self.write)(writer);
    }

    fn locate(&self, writer: &mut Writer) -> bool {
        (self.locate)(writer)
    }
}

impl<'a> LentFunction<'a> {
    /// Takes the next argument in the stream.
    pub fn take(arguments: &mut Arguments<'a>) -> Result<Self, Fault> {
        let value = arguments.reader.word()? as *const Value;
        if value.is_null() || !value.is_aligned() {
            return Err(Fault::Arguments("the address of a function is null or not aligned"));
        }
        Ok(Self {
            value,
            context: arguments.context(),
            call: PhantomData,
        })
    }

    /// Does the same for an option.
    pub fn take_option(arguments: &mut Arguments<'a>) -> Result<Option<Self>, Fault> {
        match arguments.reader.word()? {
            0 => Ok(None),
            _ => Self::take(arguments).map(Some),
        }
    }

    /// Calls the function with these arguments, and reads what it returns.
    #[inline]
    pub(super) fn call<R>(
        &self,
        arguments: &dyn Content,
        read: impl FnOnce(&mut Reader<'_>) -> Result<R, Fault>,
    ) -> Result<R, CallError> {
        let context = self.context.as_ptr();
        // JavaScript's thread waits for a call that has no context, so that it cannot serve another thread.
        let patience = if context.is_null() { 0 } else { FOREVER };
        // SAFETY: the parameter is a function, which the host has until the call ends.
        unsafe { call_value(self.value, context, patience, arguments, read) }
    }
}
