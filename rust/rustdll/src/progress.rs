//! How far a call is.

use std::sync::atomic::{AtomicU64, Ordering};

use crate::frame::{Arguments, CallContext, LISTENS, UNKNOWN_TOTAL};

/// Tells JavaScript how far a function is.
///
/// A parameter of the type `&Progress` is none in JavaScript. There the `onProgress` among the options of a call in the
/// background is told, at most once in 16 milliseconds, with what is newest then; the last event always arrives. Where
/// nobody listens, nothing happens: it need not be asked for.
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
/// It may be told from several threads, for as long as the function runs, and never waits for JavaScript.
#[derive(Debug)]
pub struct Progress {
    call: CallContext,
    done: AtomicU64,
    total: AtomicU64,
}

impl Progress {
    /// The one of a call.
    #[doc(hidden)]
    #[inline]
    pub fn of(arguments: &Arguments<'_>) -> Self {
        Self {
            call: arguments.context(),
            done: AtomicU64::new(0),
            total: AtomicU64::new(UNKNOWN_TOTAL),
        }
    }

    /// Tells how much is done, and of how much, in whatever the function counts. A number that is negative counts as 0.
    #[inline]
    pub fn set(&self, done: impl TryInto<u64>, total: impl TryInto<u64>) {
        if self.call.has(LISTENS) {
            self.total.store(total.try_into().unwrap_or(0), Ordering::Relaxed);
            self.tell(done.try_into().unwrap_or(0));
        }
    }

    /// Tells how much is done where nobody knows of how much, or where that has been told before.
    #[inline]
    pub fn set_done(&self, done: impl TryInto<u64>) {
        if self.call.has(LISTENS) {
            self.tell(done.try_into().unwrap_or(0));
        }
    }

    /// Says what the function is at. It is said until something else is.
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
