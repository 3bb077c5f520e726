//! Borrowing the value of an object for the length of a call: any number of times to read it, or once to change it.

use std::cell::{RefCell, UnsafeCell};
use std::error::Error as StdError;
use std::fmt;
use std::mem::{self, ManuallyDrop};
use std::ops::{Deref, DerefMut};
use std::ptr;
use std::sync::atomic::{fence, AtomicBool, AtomicIsize, AtomicPtr, AtomicUsize, Ordering};
use std::sync::Arc;

use super::Object;

/// The states of a value besides being borrowed for reading, which is the positive number of borrows.
const FREE: isize = 0;
const CHANGED: isize = -1;
const TAKEN: isize = isize::MIN;

/// The value of an object. What borrows it has a name, of which a message tells if another borrow fails.
pub(crate) struct Shared<T> {
    borrows: AtomicIsize,
    /// The one that borrowed the value last.
    holder: AtomicPtr<&'static str>,
    /// True while a reference of the host's counts the memory of the value.
    measured: AtomicBool,
    value: UnsafeCell<ManuallyDrop<T>>,
}

// SAFETY: the state is atomic, and allows references to the value from several threads as an `RwLock` does.
unsafe impl<T: Send + Sync> Sync for Shared<T> {}

/// The reason why the value of an object cannot be borrowed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Unavailable {
    class: &'static str,
    /// The function that has it; none if the value has been taken away.
    pub(crate) holder: Option<&'static str>,
}

impl fmt::Display for Unavailable {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.holder {
            Some(holder) => write!(f, "the {} is in use by {holder}", self.class),
            None => write!(f, "the {} has been given away", self.class),
        }
    }
}

impl StdError for Unavailable {}

impl<T: Object> Shared<T> {
    pub(crate) fn new(value: T) -> Self {
        Self {
            borrows: AtomicIsize::new(FREE),
            holder: AtomicPtr::new(ptr::null_mut()),
            measured: AtomicBool::new(false),
            value: UnsafeCell::new(ManuallyDrop::new(value)),
        }
    }

    /// Returns how many bytes a new reference of the host's counts: those of the value, unless another one does, and 0 if
    /// the value cannot be read.
    pub(crate) fn measure(&self) -> usize {
        let Some(memory) = T::MEMORY else { return 0 };
        if self.measured.swap(true, Ordering::Relaxed) {
            return 0;
        }
        let bytes = Borrowed::new(self, &"Rust").map_or(0, |value| memory(&value));
        if bytes == 0 {
            self.forget_measure();
        }
        bytes
    }

    /// Notes that the reference which has counted the memory is gone.
    pub(crate) fn forget_measure(&self) {
        self.measured.store(false, Ordering::Relaxed);
    }

    /// Changes the state by `next`, which gives the new one, if there is one.
    #[inline]
    fn acquire(
        &self,
        holder: &'static &'static str,
        next: impl FnMut(isize) -> Option<isize>,
    ) -> Result<(), Unavailable> {
        match self.borrows.fetch_update(Ordering::Acquire, Ordering::Relaxed, next) {
            Ok(_) => {
                self.holder.store(ptr::from_ref(holder).cast_mut(), Ordering::Relaxed);
                Ok(())
            }
            Err(state) => Err(self.unavailable(state)),
        }
    }

    /// Does the same while no other thread uses the object, without an instruction that locks the processor's bus.
    #[inline]
    fn acquire_alone(
        &self,
        holder: &'static &'static str,
        next: impl FnOnce(isize) -> Option<isize>,
    ) -> Result<(), Unavailable> {
        let state = self.borrows.load(Ordering::Relaxed);
        let Some(next) = next(state) else {
            return Err(self.unavailable(state));
        };
        self.borrows.store(next, Ordering::Relaxed);
        self.holder.store(ptr::from_ref(holder).cast_mut(), Ordering::Relaxed);
        Ok(())
    }

    #[cold]
    fn unavailable(&self, state: isize) -> Unavailable {
        let holder = self.holder.load(Ordering::Relaxed);
        // SAFETY: it is null or comes from a `&'static &'static str`.
        let holder = unsafe { holder.as_ref() }.copied().unwrap_or("another call");
        Unavailable {
            class: T::NAME,
            holder: (state != TAKEN).then_some(holder),
        }
    }

    #[inline]
    fn begin_reading(&self, holder: &'static &'static str, is_alone: bool) -> Result<(), Unavailable> {
        let next = |state| (state >= FREE).then(|| state + 1);
        if is_alone {
            self.acquire_alone(holder, next)
        } else {
            self.acquire(holder, next)
        }
    }

    #[inline]
    fn begin_changing(&self, holder: &'static &'static str, is_alone: bool) -> Result<(), Unavailable> {
        let next = |state| (state == FREE).then_some(CHANGED);
        if is_alone {
            self.acquire_alone(holder, next)
        } else {
            self.acquire(holder, next)
        }
    }

    /// Moves the value out. All further borrows fail.
    pub(crate) fn take(&self, holder: &'static &'static str) -> Result<T, Unavailable> {
        self.acquire(holder, |state| (state == FREE).then_some(TAKEN))?;
        // SAFETY: the value was there and nobody borrows it; from this state no other follows, so that nobody will.
        Ok(unsafe { ptr::read(self.value.get().cast::<T>()) })
    }
}

impl<T> Shared<T> {
    #[inline]
    fn end_reading(&self, is_alone: bool) {
        if is_alone {
            let state = self.borrows.load(Ordering::Relaxed);
            self.borrows.store(state - 1, Ordering::Release);
        } else {
            self.borrows.fetch_sub(1, Ordering::Release);
        }
    }

    #[inline]
    fn end_changing(&self) {
        self.borrows.store(FREE, Ordering::Release);
    }
}

impl<T> Drop for Shared<T> {
    fn drop(&mut self) {
        if *self.borrows.get_mut() != TAKEN {
            // SAFETY: the value is there, and is dropped only here.
            unsafe { ManuallyDrop::drop(self.value.get_mut()) };
        }
    }
}

/// The object that an undisturbed call was passed, which is this thread's alone unless something else owns it.
pub(crate) struct Undisturbed<'h, T> {
    /// How often the host holds the reference that it has passed.
    count: &'h AtomicUsize,
    value: &'h Arc<Shared<T>>,
}

impl<'h, T> Undisturbed<'h, T> {
    /// # Safety
    ///
    /// The call is [`UNDISTURBED`](crate::frame::UNDISTURBED), `count` and `value` are those of a reference among its arguments,
    /// and this stays on its thread.
    #[inline]
    pub(super) unsafe fn new(count: &'h AtomicUsize, value: &'h Arc<Shared<T>>) -> Self {
        Self { count, value }
    }

    /// True if no other thread uses the object, and none can begin to before this one lets it: nobody but this thread has a way
    /// to it then, as only the reference owns it, which only this thread uses.
    ///
    /// The order matters. A call on another thread that used the reference may have made another owner before the host
    /// held the reference once less.
    #[inline]
    fn is_alone(&self) -> bool {
        if self.count.load(Ordering::Acquire) != 1 || Arc::strong_count(self.value) != 1 {
            return false;
        }
        // What owners on other threads did is done: each has counted itself out after that.
        fence(Ordering::Acquire);
        true
    }
}

/// The value of an object, borrowed to read it.
pub struct Borrowed<'h, T> {
    shared: &'h Shared<T>,
    undisturbed: Option<Undisturbed<'h, T>>,
}

impl<'h, T: Object> Borrowed<'h, T> {
    #[inline]
    pub(crate) fn new(shared: &'h Shared<T>, holder: &'static &'static str) -> Result<Self, Unavailable> {
        shared.begin_reading(holder, false)?;
        Ok(Self {
            shared,
            undisturbed: None,
        })
    }

    #[inline]
    pub(crate) fn undisturbed(object: Undisturbed<'h, T>, holder: &'static &'static str) -> Result<Self, Unavailable> {
        object.value.begin_reading(holder, object.is_alone())?;
        Ok(Self {
            shared: object.value,
            undisturbed: Some(object),
        })
    }
}

impl<T> Deref for Borrowed<'_, T> {
    type Target = T;

    #[inline]
    fn deref(&self) -> &T {
        // SAFETY: as long as the number of borrows is positive, there are only shared references to the value.
        unsafe { &*self.shared.value.get() }
    }
}

impl<T> Drop for Borrowed<'_, T> {
    #[inline]
    fn drop(&mut self) {
        // An undisturbed call may have given others the object meanwhile.
        let is_alone = self.undisturbed.as_ref().is_some_and(Undisturbed::is_alone);
        self.shared.end_reading(is_alone);
    }
}

/// The value of an object, borrowed to change it.
pub struct BorrowedMut<'h, T>(&'h Shared<T>);

impl<'h, T: Object> BorrowedMut<'h, T> {
    #[inline]
    pub(crate) fn new(shared: &'h Shared<T>, holder: &'static &'static str) -> Result<Self, Unavailable> {
        shared.begin_changing(holder, false)?;
        Ok(Self(shared))
    }

    #[inline]
    pub(crate) fn undisturbed(object: Undisturbed<'h, T>, holder: &'static &'static str) -> Result<Self, Unavailable> {
        object.value.begin_changing(holder, object.is_alone())?;
        Ok(Self(object.value))
    }
}

impl<T> Deref for BorrowedMut<'_, T> {
    type Target = T;

    #[inline]
    fn deref(&self) -> &T {
        // SAFETY: in this state there is no other reference to the value than those through this borrow.
        unsafe { &*self.0.value.get() }
    }
}

impl<T> DerefMut for BorrowedMut<'_, T> {
    #[inline]
    fn deref_mut(&mut self) -> &mut T {
        // SAFETY: as above.
        unsafe { &mut *self.0.value.get() }
    }
}

impl<T> Drop for BorrowedMut<'_, T> {
    #[inline]
    fn drop(&mut self) {
        self.0.end_changing();
    }
}

impl<T: fmt::Debug> fmt::Debug for Borrowed<'_, T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        (**self).fmt(f)
    }
}

impl<T: fmt::Debug> fmt::Debug for BorrowedMut<'_, T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        (**self).fmt(f)
    }
}

/// A borrow that a call holds until it ends, of an object of any type.
pub(crate) trait Guard {}

impl<T> Guard for Borrowed<'_, T> {}
impl<T> Guard for BorrowedMut<'_, T> {}

/// The borrows that last until a call ends. Few calls have some: without them there is nothing to do at the end.
#[derive(Default)]
pub(crate) struct Borrows(RefCell<Option<Box<Kept>>>);

#[derive(Default)]
struct Kept(Vec<Box<dyn Guard>>);

impl Borrows {
    /// Keeps a borrow.
    ///
    /// # Safety
    ///
    /// What is borrowed lives for longer than this.
    #[cold]
    pub(crate) unsafe fn keep<'a>(&self, borrow: impl Guard + 'a) {
        let borrow: Box<dyn Guard + 'a> = Box::new(borrow);
        // SAFETY: only the lifetime differs, and the caller guarantees that it is long enough.
        let borrow = unsafe { mem::transmute::<Box<dyn Guard + 'a>, Box<dyn Guard>>(borrow) };
        self.0.borrow_mut().get_or_insert_with(Box::default).0.push(borrow);
    }
}

impl fmt::Debug for Borrows {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Borrows")
    }
}
