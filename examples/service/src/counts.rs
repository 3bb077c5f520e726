//! Counts the kernels' calls, so that a caller can see that a call it gave up has really ended.

use std::sync::atomic::{AtomicU32, Ordering};

use rustdll::{export, Cancel, Error, Record};

static RUNNING: AtomicU32 = AtomicU32::new(0);
static COMPLETED: AtomicU32 = AtomicU32::new(0);
static FAILED: AtomicU32 = AtomicU32::new(0);
static CANCELLED: AtomicU32 = AtomicU32::new(0);

/// The calls of all kernels since the library was loaded.
#[derive(Record)]
pub struct Counts {
    /// The calls that are on a thread now, those that were cancelled and have not ended included.
    pub running: u32,
    /// The calls that returned a result.
    pub completed: u32,
    /// The calls that returned an error or panicked.
    pub failed: u32,
    /// The calls that ended after they had been cancelled.
    pub cancelled: u32,
}

/// Returns the counts.
#[export(sync)]
pub fn counts() -> Counts {
    let count = |counter: &AtomicU32| counter.load(Ordering::Relaxed);
    Counts {
        running: count(&RUNNING),
        completed: count(&COMPLETED),
        failed: count(&FAILED),
        cancelled: count(&CANCELLED),
    }
}

/// Runs the work of a kernel, unless its call has been cancelled, and counts it.
pub fn counted<T>(cancel: &Cancel, work: impl FnOnce() -> Result<T, Error>) -> Result<T, Error> {
    let mut call = Call {
        cancel,
        has_result: false,
    };
    RUNNING.fetch_add(1, Ordering::Relaxed);
    cancel.check()?;
    let result = work();
    call.has_result = result.is_ok();
    result
}

/// A call that is running; it is counted as ended when it is dropped, so a panic is counted too.
struct Call<'a> {
    cancel: &'a Cancel,
    has_result: bool,
}

impl Drop for Call<'_> {
    fn drop(&mut self) {
        let outcome = match (self.cancel.is_cancelled(), self.has_result) {
            (true, _) => &CANCELLED,
            (false, true) => &COMPLETED,
            (false, false) => &FAILED,
        };
        outcome.fetch_add(1, Ordering::Relaxed);
        RUNNING.fetch_sub(1, Ordering::Relaxed);
    }
}
