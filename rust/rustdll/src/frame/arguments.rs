//! The arguments of a call: the part of the frame that the host has filled.

use std::mem::align_of;

use super::fault::Fault;
use super::reader::Reader;
use super::{CallContext, Context, Floors, Input, MAX_PARAMETERS};
use crate::object::Borrows;
use crate::PyVec;

/// The arguments of a call. They belong to the host, and are there for `'a`, the length of the call.
#[derive(Debug)]
pub struct Arguments<'a> {
    slots: &'a [u64; MAX_PARAMETERS],
    context: *const Context,
    /// True if the frame has the flag [`UNDISTURBED`](super::UNDISTURBED).
    pub(crate) is_undisturbed: bool,
    /// Reads the arguments that are in the stream, in the order of the parameters.
    pub(crate) reader: Reader<'a>,
}

impl<'a> Arguments<'a> {
    /// Makes the arguments of a frame, from its stream and its slots.
    #[inline]
    pub(crate) fn new(
        input: &'a Input,
        slots: &'a [u64; MAX_PARAMETERS],
        context: *const Context,
        is_undisturbed: bool,
        function: &'static &'static str,
        floors: Floors,
        borrows: &Borrows,
    ) -> Self {
        Self {
            slots,
            context,
            is_undisturbed,
            reader: Reader::new(input, function, floors.reading, borrows),
        }
    }

    /// Returns the slot of the parameter at `index`, counted from 0.
    #[inline]
    pub(crate) fn slot(&self, index: usize) -> u64 {
        self.slots[index]
    }

    /// Returns what the call knows of its host.
    #[inline]
    pub(crate) fn context(&self) -> CallContext {
        CallContext::new(self.context)
    }

    /// Returns the descriptor whose address is in a slot, unless it is null.
    ///
    /// # Safety
    ///
    /// The parameter is a string or a list of `T`, so that the host has stored there the address of a `PyVec<T>` that
    /// lives as long as the call, or 0. The caller makes either one mutable reference to it or any number of shared
    /// ones.
    #[inline]
    pub(crate) unsafe fn descriptor<T>(&self, index: usize) -> Result<Option<*mut PyVec<T>>, Fault> {
        // SAFETY: the caller upholds the same conditions.
        unsafe { Self::descriptor_at(self.slot(index) as *mut PyVec<T>) }
    }

    /// Does the same for a descriptor at `list`.
    ///
    /// # Safety
    ///
    /// As for [`Arguments::descriptor`].
    #[inline]
    unsafe fn descriptor_at<T>(list: *mut PyVec<T>) -> Result<Option<*mut PyVec<T>>, Fault> {
        if list.is_null() {
            return Ok(None);
        }
        if !list.is_aligned() {
            return Err(Fault::Arguments("the address of a list is not aligned to 8 bytes"));
        }
        // SAFETY: the caller guarantees a descriptor at this address.
        let list_ref = unsafe { &*list };
        if !list_ref.is_empty() && (list_ref.as_ptr().is_null() || list_ref.as_ptr() as usize % align_of::<T>() != 0) {
            return Err(Fault::Arguments("the elements of a list are null or not aligned"));
        }
        Ok(Some(list))
    }

    /// Returns a pointer to the elements of the list whose descriptor is in a slot, and their number.
    ///
    /// # Safety
    ///
    /// As for [`Arguments::descriptor`].
    #[inline]
    pub(crate) unsafe fn list<T>(&self, index: usize) -> Result<(*mut T, usize), Fault> {
        // SAFETY: the caller upholds the same conditions.
        unsafe { Self::list_at(self.slot(index) as *mut PyVec<T>) }
    }

    /// Does the same for a list that may be null.
    ///
    /// # Safety
    ///
    /// As for [`Arguments::descriptor`].
    #[inline]
    pub(crate) unsafe fn optional_list<T>(&self, index: usize) -> Result<Option<(*mut T, usize)>, Fault> {
        if self.slot(index) == 0 {
            return Ok(None);
        }
        // SAFETY: the caller upholds the same conditions.
        unsafe { self.list(index) }.map(Some)
    }

    /// Does the same for the list whose descriptor is at `list`.
    ///
    /// # Safety
    ///
    /// As for [`Arguments::descriptor`].
    #[inline]
    pub(crate) unsafe fn list_at<T>(list: *mut PyVec<T>) -> Result<(*mut T, usize), Fault> {
        // SAFETY: the caller upholds the same conditions.
        match unsafe { Self::descriptor_at(list) }? {
            // SAFETY: as above; the function does not have a reference to the descriptor yet.
            Some(list) => Ok(unsafe { ((*list).as_mut_ptr(), (*list).len()) }),
            None => Err(Fault::Arguments("a list is null")),
        }
    }

    /// Returns the reader of the arguments that are in the stream.
    #[inline]
    pub fn reader(&mut self) -> &mut Reader<'a> {
        &mut self.reader
    }

    /// Checks that nothing is left of the stream.
    #[inline]
    pub fn finish(&self) -> Result<(), Fault> {
        self.reader.finish()
    }
}
