//! Listeners: the functions of JavaScript that get the records.

use std::sync::atomic::{AtomicBool, AtomicU32, AtomicU8, Ordering};
use std::sync::{Arc, Mutex, PoisonError, RwLock};
use std::thread;
use std::time::Duration;

use super::record::{now, Record};
use crate::callback::{post, CallError, Held};
use crate::frame::Writer;
use crate::object::Object;
use crate::types::shape::{Catalogue, Describe, Shape};

/// The level of the record that tells of dropped ones.
const WARNING: u8 = 2;

/// How long a thread waits until it looks again whether there is room.
const PAUSE: Duration = Duration::from_millis(10);

/// All listeners. No code of anybody else's runs while this is locked.
static LISTENERS: RwLock<Vec<Arc<Listener>>> = RwLock::new(Vec::new());

/// The most detailed level for which anybody listens.
static MOST: AtomicU8 = AtomicU8::new(0);

/// Returns true if anybody gets records of this level.
#[inline]
pub(super) fn is_heard(level: u8) -> bool {
    level <= most()
}

/// Returns the most detailed level for which anybody listens; 0 if nobody does.
#[inline]
pub(super) fn most() -> u8 {
    MOST.load(Ordering::Relaxed)
}

/// Passes a record on to all who listen for its level.
pub(super) fn publish(record: &Record<'_>) {
    let listeners = LISTENERS.read().unwrap_or_else(PoisonError::into_inner);
    for listener in listeners.iter().filter(|listener| record.level <= listener.level) {
        listener.tell(record);
    }
}

/// Changes the listeners.
fn change(change: impl FnOnce(&mut Vec<Arc<Listener>>)) {
    static CHANGING: Mutex<()> = Mutex::new(());
    let _changing = CHANGING.lock().unwrap_or_else(PoisonError::into_inner);
    {
        let mut listeners = LISTENERS.write().unwrap_or_else(PoisonError::into_inner);
        change(&mut listeners);
        let most = listeners.iter().map(|listener| listener.level).max().unwrap_or(0);
        MOST.store(most, Ordering::Relaxed);
    }
    super::limit();
}

/// A function that gets the records of some levels.
struct Listener {
    level: u8,
    write: Held,
    /// How many records it was not told of, since too many calls were waiting.
    dropped: AtomicU32,
    /// True while a thread waits to tell that.
    is_telling: AtomicBool,
}

impl Listener {
    /// Has the function called with a record, and never waits.
    fn tell(self: &Arc<Self>, record: &Record<'_>) {
        if !self.post(record) && !self.is_telling.swap(true, Ordering::SeqCst) {
            let listener = Arc::clone(self);
            let teller = thread::Builder::new().name("rustdll-log".to_owned());
            if teller.spawn(move || listener.tell_of_dropped()).is_err() {
                // The next record tells it.
                self.is_telling.store(false, Ordering::SeqCst);
            }
        }
    }

    /// Returns false if the record was dropped.
    fn post(&self, record: &Record<'_>) -> bool {
        let dropped = self.dropped.swap(0, Ordering::SeqCst);
        match post(&self.write, 0, &|writer: &mut Writer| record.encode(dropped, writer)) {
            // Nobody is there any more.
            Ok(()) | Err(CallError::Closed) => true,
            Err(_) => {
                self.dropped.fetch_add(dropped.saturating_add(1), Ordering::SeqCst);
                false
            }
        }
    }

    /// Tells of the records that were dropped last, as soon as there is room: no other record may ever follow them.
    fn tell_of_dropped(&self) {
        loop {
            thread::sleep(PAUSE);
            let dropped = self.dropped.swap(0, Ordering::SeqCst);
            if dropped > 0 {
                let message = format!("{dropped} records were dropped, as too many calls were waiting");
                let record = Record {
                    level: WARNING,
                    target: "rustdll",
                    message: &message,
                    file: None,
                    line: None,
                    timestamp: now(),
                    fields: "",
                    spans: "",
                };
                if let Err(error) = post(&self.write, 0, &|writer: &mut Writer| record.encode(dropped, writer)) {
                    if matches!(error, CallError::Closed) {
                        return;
                    }
                    self.dropped.fetch_add(dropped, Ordering::SeqCst);
                }
                continue;
            }
            self.is_telling.store(false, Ordering::SeqCst);
            // One may have been dropped before that.
            if self.dropped.load(Ordering::SeqCst) == 0 || self.is_telling.swap(true, Ordering::SeqCst) {
                return;
            }
        }
    }
}

/// What a host has while it listens. Dropping it ends that.
pub(super) struct Listening(Arc<Listener>);

impl Listening {
    pub(super) fn begin(level: u8, write: Held) -> Self {
        let listener = Arc::new(Listener {
            level,
            write,
            dropped: AtomicU32::new(0),
            is_telling: AtomicBool::new(false),
        });
        change(|listeners| listeners.push(Arc::clone(&listener)));
        Self(listener)
    }
}

impl Drop for Listening {
    fn drop(&mut self) {
        change(|listeners| listeners.retain(|listener| !Arc::ptr_eq(listener, &self.0)));
    }
}

impl Object for Listening {
    const NAME: &'static str = "log";
}

/// A host knows it as the result of the function with which it listens.
impl Describe for Listening {
    fn describe(_: &mut Catalogue) -> Shape {
        Shape::Plain("unit")
    }
}
