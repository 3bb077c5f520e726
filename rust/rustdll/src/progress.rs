//! The progress of a call.

use std::sync::atomic::{AtomicU64, Ordering};

use crate::frame::{Arguments, CallContext, LISTENS, UNKNOWN_TOTAL};

/// Reports the progress of a function to JavaScript.
///
/// A parameter of the type `&Progress` is not a parameter in JavaScript. There the option `onProgress` of a call in the
/// background is called with the newest state, at most once in 16 milliseconds; the last event always arrives. Without
/// a listener, reporting has no effect, so functions can report unconditionally.
///
/// ```
/// use rustdll::{export, Progress};
///
/// #[export]
/// fn total(files: Vec<String>, progress: &Progress) -> Result<u64, std::io::Error> {
///     let mut bytes = 0;
///     for (done, file) in files.iter().enumerate() {
///         progress.message(file);
///         progress.set(done, files.len());
///         bytes += std::fs::metadata(file)?.len();
///     }
///     progress.set(files.len(), files.len());
///     Ok(bytes)
/// }
/// ```
///
/// It may be used from several threads while the function runs, and never waits for JavaScript.
#[derive(Debug)]
pub struct Progress {
    call: CallContext,
    done: AtomicU64,
    total: AtomicU64,
}

impl Progress {
    /// Makes the value for a call.
    #[doc(hidden)]
    #[inline]
    pub fn of(arguments: &Arguments<'_>) -> Self {
        Self {
            call: arguments.context(),
            done: AtomicU64::new(0),
            total: AtomicU64::new(UNKNOWN_TOTAL),
        }
    }

    /// Reports how much is done and the total, in any unit. A negative number counts as 0.
    #[inline]
    pub fn set(&self, done: impl TryInto<u64>, total: impl TryInto<u64>) {
        if self.call.has(LISTENS) {
            self.total.store(total.try_into().unwrap_or(0), Ordering::Relaxed);
            self.tell(done.try_into().unwrap_or(0));
        }
    }

    /// Reports how much is done, if the total is unknown or has been reported before.
    #[inline]
    pub fn set_done(&self, done: impl TryInto<u64>) {
        if self.call.has(LISTENS) {
            self.tell(done.try_into().unwrap_or(0));
        }
    }

    /// Reports a message about the current work, which is kept until the next one.
    pub fn message(&self, text: &str) {
        if self.call.has(LISTENS) {
            self.report(Some(text));
        }
    }

    fn tell(&self, done: u64) {
        self.done.store(done, Ordering::Relaxed);
        self.report(None);
    }

    fn report(&self, text: Option<&str>) {
        self.call.progress(
            self.done.load(Ordering::Relaxed),
            self.total.load(Ordering::Relaxed),
            text,
        );
    }
}
