//! Functions of JavaScript that are lent to a call.

use std::marker::PhantomData;

use super::invocation::{call_value, FOREVER};
use super::{CallError, Value};
use crate::frame::{Arguments, CallContext, Fault, Reader, Writer};

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

    /// Calls the function with what `write` writes, and reads what it returns.
    #[inline]
    pub(super) fn call<R>(
        &self,
        write: &dyn Fn(&mut Writer),
        read: impl FnOnce(&mut Reader<'_>) -> Result<R, Fault>,
    ) -> Result<R, CallError> {
        let context = self.context.as_ptr();
        // JavaScript's thread waits for a call that has no context, so that it cannot serve another thread.
        let patience = if context.is_null() { 0 } else { FOREVER };
        // SAFETY: the parameter is a function, which the host has until the call ends.
        unsafe { call_value(self.value, context, patience, write, read) }
    }
}
