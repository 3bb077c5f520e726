//! Wakers: of a call, by its host, and of a thread that waits for a future itself.

use std::mem::ManuallyDrop;
use std::sync::Arc;
use std::task::{RawWaker, RawWakerVTable, Wake, Waker};
use std::thread::{self, Thread};

use crate::frame::{CallContext, Context, Host};

/// Returns the waker of a call, which does not hold the context unless it is cloned; none if the host cannot wake.
pub(super) fn of_host(call: CallContext) -> Option<ManuallyDrop<Waker>> {
    call.can_wake().then(|| {
        // SAFETY: the functions of the table keep the rules of a waker, as the host's may be called on any thread. The context
        // is there during the call, and longer for those who have cloned this.
        ManuallyDrop::new(unsafe { Waker::from_raw(RawWaker::new(call.as_ptr().cast(), &TABLE)) })
    })
}

static TABLE: RawWakerVTable = RawWakerVTable::new(clone, wake, wake_by_ref, release);

/// # Safety
///
/// `context` is that of a waker, whose host can wake.
unsafe fn host(context: *const ()) -> *const Host {
    // SAFETY: the caller guarantees the context.
    unsafe { (*context.cast::<Context>()).host }
}

/// # Safety
///
/// `context` is that of a waker, as for all of these.
unsafe fn clone(context: *const ()) -> RawWaker {
    // SAFETY: by the waker that is cloned, the context is there.
    unsafe { ((*host(context)).retain_context)(context.cast()) };
    RawWaker::new(context, &TABLE)
}

unsafe fn wake(context: *const ()) {
    // SAFETY: the waker holds the context until the second of these.
    unsafe {
        wake_by_ref(context);
        release(context);
    }
}

unsafe fn wake_by_ref(context: *const ()) {
    // SAFETY: the waker holds the context.
    unsafe { ((*host(context)).wake)(context.cast()) };
}

unsafe fn release(context: *const ()) {
    // SAFETY: the waker holds the context, and does not any more.
    unsafe { ((*host(context)).release_context)(context.cast()) };
}

/// Returns the waker of the current thread, which ends its waiting in `park`.
pub(super) fn of_this_thread() -> Waker {
    struct Parked(Thread);
    impl Wake for Parked {
        fn wake(self: Arc<Self>) {
            self.0.unpark();
        }
    }
    Waker::from(Arc::new(Parked(thread::current())))
}
