//! References of a host to objects. Their layout is part of the contract.

use std::any::TypeId;
use std::mem::{offset_of, size_of};
use std::ptr;
use std::sync::atomic::{fence, AtomicUsize, Ordering};

use super::borrow::Undisturbed;
use super::{Borrowed, BorrowedMut, Handle, Object};
use crate::call::release_object;
use crate::frame::{Arguments, Fault, Frame};

/// The part of a reference that the host uses. It has its address until it has released it as often as it has retained
/// it, and once more.
#[repr(C)]
#[derive(Debug)]
pub(crate) struct Reference {
    retain: unsafe extern "C" fn(*const Reference),
    release: unsafe extern "C" fn(*mut Reference, *mut Frame) -> u32,
    /// The next of the references that a call returns, until it has returned; then both are the host's.
    next: *mut Reference,
    reserved: usize,
    /// How many bytes of memory it keeps, as far as the type tells.
    memory: u64,
}

#[cfg(test)]
impl Reference {
    /// Gives it back, as a host does that holds it.
    ///
    /// # Safety
    ///
    /// It is held.
    pub(crate) unsafe fn release(reference: *mut Self) -> u32 {
        // SAFETY: the caller guarantees it.
        unsafe { ((*reference).release)(reference, ptr::null_mut()) }
    }
}

const _: () = {
    assert!(size_of::<Reference>() == 40);
    assert!(offset_of!(Reference, next) == 16 && offset_of!(Reference, memory) == 32);
};

/// A reference of a host to an object.
#[repr(C)]
pub(crate) struct Given<T: Object> {
    reference: Reference,
    /// The type of the object. It is at the same place for all types.
    class: TypeId,
    count: AtomicUsize,
    handle: Handle<T>,
}

/// What a host has passed by a reference.
pub(crate) struct Passed<'a, T: Object> {
    pub handle: &'a Handle<T>,
    count: &'a AtomicUsize,
}

impl<'a, T: Object> Passed<'a, T> {
    /// Borrows the object for a call, to read it.
    #[inline]
    pub(crate) fn borrow(self, arguments: &Arguments<'_>) -> Result<Borrowed<'a, T>, Fault> {
        let holder = arguments.reader.function;
        let borrowed = match self.undisturbed(arguments) {
            Some(object) => Borrowed::undisturbed(object, holder),
            None => self.handle.borrow_by(holder),
        };
        borrowed.map_err(Fault::Unavailable)
    }

    /// Borrows it to change it.
    #[inline]
    pub(crate) fn borrow_mut(self, arguments: &Arguments<'_>) -> Result<BorrowedMut<'a, T>, Fault> {
        let holder = arguments.reader.function;
        let borrowed = match self.undisturbed(arguments) {
            Some(object) => BorrowedMut::undisturbed(object, holder),
            None => self.handle.borrow_mut_by(holder),
        };
        borrowed.map_err(Fault::Unavailable)
    }

    #[inline]
    fn undisturbed(&self, arguments: &Arguments<'_>) -> Option<Undisturbed<'a, T>> {
        arguments.is_undisturbed.then(|| {
            // SAFETY: the frame says so, and the reference was passed in it. Only a future moves what its call has borrowed to other
            // threads, and its arguments are not undisturbed.
            unsafe { Undisturbed::new(self.count, self.handle.shared()) }
        })
    }
}

impl<T: Object> Given<T> {
    /// Makes a reference to an object, which the host holds once.
    fn to(handle: Handle<T>) -> *mut Reference {
        let memory = handle.shared().measure() as u64;
        Box::into_raw(Box::new(Self {
            reference: Reference {
                retain: Self::retain,
                release: Self::release,
                next: ptr::null_mut(),
                reserved: 0,
                memory,
            },
            class: TypeId::of::<T>(),
            count: AtomicUsize::new(1),
            handle,
        }))
        .cast()
    }

    /// True if a word is the address of a reference to a `T`.
    ///
    /// # Safety
    ///
    /// It is the address of a reference that the host holds, or no address of anything that is aligned.
    pub(crate) unsafe fn is_at(word: u64) -> bool {
        let given = word as *const Self;
        // SAFETY: the host guarantees a reference at this address, and all have the type of the object at this place.
        !given.is_null() && given.is_aligned() && unsafe { (*given).class } == TypeId::of::<T>()
    }

    /// Returns the handle that a host passes by this word. 0 is none.
    ///
    /// # Safety
    ///
    /// The parameter is an object, so that the host has stored there the address of a reference that it holds for the
    /// length of the call, `'a`, or 0.
    #[inline]
    pub(crate) unsafe fn handle_of<'a>(word: u64) -> Result<&'a Handle<T>, Fault> {
        // SAFETY: the caller guarantees the word.
        unsafe { Self::passed_by(word) }.map(|passed| passed.handle)
    }

    /// Does the same, and tells how often the host holds the reference.
    ///
    /// # Safety
    ///
    /// As for `handle_of`.
    #[inline]
    pub(crate) unsafe fn passed_by<'a>(word: u64) -> Result<Passed<'a, T>, Fault> {
        let given = word as *const Self;
        if given.is_null() || !given.is_aligned() {
            return Err(Fault::Arguments("the address of an object is null or not aligned"));
        }
        // SAFETY: the host guarantees a reference at this address, and all that this library has given it have the type
        // of the object at this place, whatever it is.
        if unsafe { (*given).class } != TypeId::of::<T>() {
            return Err(Fault::Arguments("an object is of another type"));
        }
        // SAFETY: as above, and the type is this one. There are no references to the rest, which is the host's.
        Ok(unsafe {
            Passed {
                handle: &(*given).handle,
                count: &(*given).count,
            }
        })
    }

    /// # Safety
    ///
    /// The host holds the reference.
    unsafe extern "C" fn retain(reference: *const Reference) {
        // SAFETY: only `to` makes a reference with this function, as the first field of a `Given<T>`.
        unsafe { &(*reference.cast::<Self>()).count }.fetch_add(1, Ordering::Relaxed);
    }

    /// # Safety
    ///
    /// The host holds the reference, and afterwards once less. The frame is null or one of the host's own.
    unsafe extern "C" fn release(reference: *mut Reference, frame: *mut Frame) -> u32 {
        let given = reference.cast::<Self>();
        // SAFETY: only `to` makes a reference with this function, as the first field of a `Given<T>`.
        if unsafe { &(*given).count }.fetch_sub(1, Ordering::Release) != 1 {
            return 0;
        }
        fence(Ordering::Acquire);
        // SAFETY: `to` made it of a box, and nobody has its address any more.
        let given = unsafe { Box::from_raw(given) };
        if given.reference.memory != 0 {
            given.handle.shared().forget_measure();
        }
        // SAFETY: the caller guarantees it.
        release_object(unsafe { frame.as_mut() }, || drop(given))
    }
}

/// The references that a call returns.
#[derive(Debug)]
pub(crate) struct References {
    first: *mut Reference,
}

impl References {
    pub(crate) const fn new() -> Self {
        Self { first: ptr::null_mut() }
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.first.is_null()
    }

    /// Adds a reference to an object, and returns its address.
    pub(crate) fn add<T: Object>(&mut self, handle: Handle<T>) -> u64 {
        let reference = Given::to(handle);
        // SAFETY: it is new, and nobody else has its address.
        unsafe { (*reference).next = self.first };
        self.first = reference;
        reference as u64
    }

    /// Passes them to the host, as a list that begins with this one.
    pub(crate) fn hand_over(&mut self) -> *mut Reference {
        std::mem::replace(&mut self.first, ptr::null_mut())
    }

    /// Takes back what `hand_over` has returned.
    pub(crate) fn taken_back(first: *mut Reference) -> Self {
        Self { first }
    }
}

impl Drop for References {
    fn drop(&mut self) {
        while !self.first.is_null() {
            let reference = self.first;
            // SAFETY: only `add` makes the list, and no host has it.
            unsafe {
                self.first = (*reference).next;
                ((*reference).release)(reference, ptr::null_mut());
            }
        }
    }
}
