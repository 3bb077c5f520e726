//! Records of panics: what the hook knows of them, until a call ends with one of them or nobody asks any more.

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

/// The most records there are. Of more, the oldest are told and forgotten. A pool of threads may panic hundreds of times
/// before it passes one of the panics on.
const MOST: usize = 4096;

/// How long a panic of another thread waits for a call to end with it. Whoever waits for a thread that is gone, for ever,
/// is to be told why.
const PATIENCE: Duration = Duration::from_secs(10);

/// When a panic is printed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Told {
    /// Never: it was inside of a call, which ends with it or has caught it.
    Never,
    /// If no call ends with it.
    Later,
    /// It has been.
    Already,
}

/// What the hook knows of a panic.
pub(super) struct Record {
    key: Key,
    message: String,
    location: Option<String>,
    backtrace: Option<Backtrace>,
    thread: threads::Id,
    /// The name of the thread. Only what waits is told here.
    name: Option<String>,
    when: Instant,
}

/// What does not change of a payload on its way from the hook to whoever catches it, in the same thread or in another: its
/// type, and of text the address.
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

    /// Where the panic was.
    pub(super) fn location(&self) -> Option<String> {
        self.location.clone()
    }

    /// What led to it.
    pub(super) fn backtrace(&self) -> Option<&Backtrace> {
        self.backtrace.as_ref()
    }

    /// Prints what the standard library would have.
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

/// The records, oldest first, with when each is printed.
struct Records {
    list: VecDeque<(Told, Arc<Record>)>,
    /// Whether a thread looks after those that wait.
    watched: bool,
}

static RECORDS: Mutex<Records> = Mutex::new(Records {
    list: VecDeque::new(),
    watched: false,
});

/// Whether there are records that the end of a call has to do something about.
static OPEN: AtomicBool = AtomicBool::new(false);

fn lock() -> MutexGuard<'static, Records> {
    RECORDS.lock().unwrap_or_else(PoisonError::into_inner)
}

impl Records {
    /// Notes as told what waits and `is_due`, and gives it, to be told when the lock is free: another thread may panic
    /// while it prints.
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

/// Tells what has waited long enough, until nothing waits.
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

/// The record of the panic that a call ends with, if there is one. If it is of this thread, it is the last one that fits;
/// what happened at the same place in other threads is the same to the user, who is told it once.
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

/// Whether the end of a call has to [`close`] records.
#[inline]
pub(super) fn are_open() -> bool {
    OPEN.load(Ordering::Relaxed)
}

/// After a call: what it has caught itself is forgotten, and what no call can end with any more is told.
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
        // Nothing is kept for panics that may never come.
        records.list = VecDeque::new();
    }
    let open = records.list.iter().any(|(told, _)| *told != Told::Already);
    OPEN.store(open, Ordering::Relaxed);
    drop(records);
    tell(due);
}

/// Tells what waits: the process is about to end.
pub(crate) fn tell_all() {
    let due = lock().due(|_| true);
    tell(due);
}

/// Tells what waits, and what led to this thread's end of the process.
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
