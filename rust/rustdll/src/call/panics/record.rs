//! Records of panics, which the hook makes, and which are kept until a call ends with the panic or no call can any
//! more.

use std::any::{Any, TypeId};
use std::backtrace::Backtrace;
use std::collections::VecDeque;
use std::fmt::Write as _;
use std::io::{self, Write as _};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::thread;
use std::time::{Duration, Instant};

use super::{backtrace, threads};

/// The most records. If there are more, the oldest are printed and removed. A pool of threads may panic hundreds of
/// times before it passes one of the panics on.
const MOST: usize = 4096;

/// The time for which a panic of another thread waits for a call to end with it. Then it is printed, so that a call
/// that waits forever for the dead thread can be explained.
const PATIENCE: Duration = Duration::from_secs(10);

/// The time at which a panic is printed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Told {
    /// Never: it was inside a call, which ends with it or has caught it.
    Never,
    /// Later, unless a call ends with it.
    Later,
    /// It has been printed already.
    Already,
}

/// The record of a panic.
pub(super) struct Record {
    key: Key,
    message: String,
    location: Option<String>,
    backtrace: Option<Backtrace>,
    thread: threads::Id,
    /// The name of the thread, which is only needed if the panic is printed later.
    name: Option<String>,
    when: Instant,
}

/// The identity of a payload, which does not change between the hook and the code that catches it, in any thread: its
/// type, and its address if it is text.
#[derive(Clone, Copy, PartialEq, Eq)]
struct Key(TypeId, usize, usize);

impl Key {
    fn of(payload: &(dyn Any + Send)) -> Self {
        let text = match (payload.downcast_ref::<&str>(), payload.downcast_ref::<String>()) {
            (Some(text), _) => *text,
            (_, Some(text)) => text.as_str(),
            _ => return Self(payload.type_id(), 0, 0),
        };
        Self(payload.type_id(), text.as_ptr() as usize, text.len())
    }
}

impl Record {
    pub(super) fn new(
        payload: &(dyn Any + Send),
        message: String,
        location: Option<String>,
        backtrace: Option<Backtrace>,
        told: Told,
    ) -> Self {
        let name = (told == Told::Later).then(|| thread::current().name().map(str::to_owned));
        Self {
            key: Key::of(payload),
            message,
            location,
            backtrace,
            thread: threads::this(),
            name: name.flatten(),
            when: Instant::now(),
        }
    }

    /// Returns the location of the panic.
    pub(super) fn location(&self) -> Option<String> {
        self.location.clone()
    }

    /// Returns the backtrace of the panic.
    pub(super) fn backtrace(&self) -> Option<&Backtrace> {
        self.backtrace.as_ref()
    }

    /// Prints the message that the standard library would have printed.
    fn tell(&self) {
        let name = self.name.as_deref().unwrap_or("<unnamed>");
        let location = self.location.as_deref().unwrap_or("<unknown>");
        let hint = "note: run with `RUST_BACKTRACE=1` environment variable to display a backtrace";
        let mut text = format!("\nthread '{name}' panicked at {location}:\n{}\n", self.message);
        let _ = match &self.backtrace {
            Some(backtrace) => write!(text, "stack backtrace:\n{}", backtrace::text(backtrace)),
            None => writeln!(text, "{hint}"),
        };
        // The standard error output may be closed.
        let _ = io::stderr().write_all(text.as_bytes());
    }
}

/// The records, the oldest first, each with the time at which it is printed.
struct Records {
    list: VecDeque<(Told, Arc<Record>)>,
    /// True if a thread prints the records that have waited long enough.
    watched: bool,
}

static RECORDS: Mutex<Records> = Mutex::new(Records {
    list: VecDeque::new(),
    watched: false,
});

/// True if there are records that have to be handled at the end of a call.
static OPEN: AtomicBool = AtomicBool::new(false);

fn lock() -> MutexGuard<'static, Records> {
    RECORDS.lock().unwrap_or_else(PoisonError::into_inner)
}

impl Records {
    /// Marks waiting records for which `is_due` returns true as printed, and returns them. They are printed after the
    /// lock is released, as another thread may panic meanwhile.
    fn due(&mut self, is_due: impl Fn(&Record) -> bool) -> Vec<Arc<Record>> {
        let mut due = Vec::new();
        for (told, record) in &mut self.list {
            if *told == Told::Later && is_due(record) {
                *told = Told::Already;
                due.push(Arc::clone(record));
            }
        }
        due
    }

    fn wait(&self) -> bool {
        self.list.iter().any(|(told, _)| *told == Told::Later)
    }
}

fn tell(due: Vec<Arc<Record>>) {
    for record in due {
        record.tell();
    }
}

/// Keeps a record of a panic that is printed as `told` says.
pub(super) fn keep(record: Record, told: Told) {
    let mut records = lock();
    records.list.push_back((told, Arc::new(record)));
    if told != Told::Already {
        OPEN.store(true, Ordering::Relaxed);
    }
    let oldest = if records.list.len() > MOST {
        records.list.pop_front()
    } else {
        None
    };
    if told == Told::Later && !records.watched {
        records.watched = thread::Builder::new()
            .name("rustdll-panics".to_owned())
            .spawn(watch)
            .is_ok();
    }
    drop(records);
    if let Some((Told::Later, oldest)) = oldest {
        oldest.tell();
    }
}

/// Prints records that have waited long enough, until none waits.
fn watch() {
    loop {
        thread::sleep(PATIENCE / 10);
        let mut records = lock();
        let due = records.due(|record| record.when.elapsed() >= PATIENCE);
        let again = records.wait();
        records.watched = again;
        drop(records);
        tell(due);
        if !again {
            return;
        }
    }
}

/// Returns the record of the panic with which a call ends, if there is one. In this thread it is the last one that
/// matches. Records of the same location in other threads are taken with it, so that the user sees the panic once.
pub(super) fn take(payload: &(dyn Any + Send)) -> Option<Arc<Record>> {
    let (key, this) = (Key::of(payload), threads::this());
    let mut records = lock();
    let fits =
        |own: bool| move |(_, record): &(Told, Arc<Record>)| record.key == key && (record.thread == this || !own);
    let index = records
        .list
        .iter()
        .rposition(fits(true))
        .or_else(|| records.list.iter().rposition(fits(false)))?;
    let (_, taken) = records.list.remove(index)?;
    for (told, record) in &mut records.list {
        if *told == Told::Later && record.location == taken.location {
            *told = Told::Already;
        }
    }
    Some(taken)
}

/// True if the end of a call has to [`close`] records.
#[inline]
pub(super) fn are_open() -> bool {
    OPEN.load(Ordering::Relaxed)
}

/// Handles records after a call: those of panics that the call caught itself are removed, and those with which no call
/// can end any more are printed.
#[cold]
#[inline(never)]
pub(super) fn close() {
    if threads::is_inside() {
        return;
    }
    let this = threads::this();
    let mut records = lock();
    records
        .list
        .retain(|(told, record)| *told != Told::Never || record.thread != this);
    let due = if threads::are_inside() {
        Vec::new()
    } else {
        records.due(|_| true)
    };
    if records.list.is_empty() {
        // The memory of the list is released, as there may be no further panics.
        records.list = VecDeque::new();
    }
    let open = records.list.iter().any(|(told, _)| *told != Told::Already);
    OPEN.store(open, Ordering::Relaxed);
    drop(records);
    tell(due);
}

/// Prints all waiting records, since the process is about to end.
pub(crate) fn tell_all() {
    let due = lock().due(|_| true);
    tell(due);
}

/// Prints all waiting records and the panic that led to the abort by this thread.
pub(super) fn tell_before_abort() {
    tell_all();
    let this = threads::this();
    let last = lock()
        .list
        .iter()
        .rfind(|(told, record)| *told == Told::Never && record.thread == this)
        .cloned();
    if let Some((_, last)) = last {
        last.tell();
    }
}
