//! The spans of the crate `tracing`, which are around events.

use std::cell::RefCell;
use std::collections::HashMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use tracing_core::span::{Attributes, Current, Id, Record as Values};
use tracing_core::{Event, Metadata};

use super::fields::Fields;
use super::subscriber::Parts;
use crate::table::quote;

/// A span that exists.
struct Span {
    metadata: &'static Metadata<'static>,
    parent: Option<Arc<Span>>,
    fields: Mutex<Fields>,
}

/// The spans by their numbers, and how many owners each has. No code of anybody else's runs while this is locked.
#[derive(Default)]
pub(super) struct Spans {
    all: Mutex<Numbered>,
}

#[derive(Default)]
struct Numbered {
    last: u64,
    spans: HashMap<u64, (Arc<Span>, usize)>,
}

thread_local! {
    /// The spans that the thread has entered, the last one at the end.
    static ENTERED: RefCell<Vec<u64>> = const { RefCell::new(Vec::new()) };
}

fn locked<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

impl Spans {
    /// Makes a span.
    pub fn add(&self, attributes: &Attributes<'_>) -> Id {
        let mut parts = Parts::default();
        // The program's own code runs here.
        attributes.record(&mut parts);
        let parent = self.around(attributes.parent(), attributes.is_contextual());
        let span = Arc::new(Span {
            metadata: attributes.metadata(),
            parent,
            fields: Mutex::new(parts.into_fields()),
        });
        let mut all = locked(&self.all);
        all.last += 1;
        let number = all.last;
        all.spans.insert(number, (span, 1));
        Id::from_u64(number)
    }

    /// Adds fields to a span.
    pub fn record(&self, id: &Id, values: &Values<'_>) {
        let Some(span) = self.find(id.into_u64()) else { return };
        let mut parts = Parts::default();
        values.record(&mut parts);
        locked(&span.fields).append(parts.into_fields());
    }

    /// Counts one owner more.
    pub fn retain(&self, id: &Id) {
        if let Some((_, owners)) = locked(&self.all).spans.get_mut(&id.into_u64()) {
            *owners += 1;
        }
    }

    /// Counts one owner less, and returns true if that was the last one.
    pub fn release(&self, id: &Id) -> bool {
        let ended = {
            let mut all = locked(&self.all);
            let number = id.into_u64();
            match all.spans.get_mut(&number) {
                Some((_, owners)) if *owners > 1 => {
                    *owners -= 1;
                    None
                }
                _ => all.spans.remove(&number),
            }
        };
        ended.is_some()
    }

    pub fn enter(id: &Id) {
        // A thread that ends has no list of them any more.
        let _ = ENTERED.try_with(|entered| entered.borrow_mut().push(id.into_u64()));
    }

    pub fn exit(id: &Id) {
        let _ = ENTERED.try_with(|entered| {
            let mut entered = entered.borrow_mut();
            // Spans may be left in another order than that in which they were entered.
            if let Some(index) = entered.iter().rposition(|&number| number == id.into_u64()) {
                entered.remove(index);
            }
        });
    }

    /// Returns the span that the thread is in.
    pub fn current(&self) -> Current {
        match Self::entered().and_then(|number| Some((number, self.find(number)?))) {
            Some((number, span)) => Current::new(Id::from_u64(number), span.metadata),
            None => Current::none(),
        }
    }

    /// Returns the spans around an event, the outermost first, as a list in JSON; nothing if there are none.
    pub fn around_event(&self, event: &Event<'_>) -> String {
        let mut spans = Vec::new();
        let mut next = self.around(event.parent(), event.is_contextual());
        while let Some(span) = next {
            next = span.parent.clone();
            spans.push(span);
        }
        let mut text = String::new();
        for span in spans.iter().rev() {
            text.push_str(if text.is_empty() { "[{\"name\":" } else { ",{\"name\":" });
            quote(&mut text, span.metadata.name());
            text.push_str(",\"target\":");
            quote(&mut text, span.metadata.target());
            text.push_str(",\"fields\":");
            text.push_str(&locked(&span.fields).object());
            text.push('}');
        }
        if !text.is_empty() {
            text.push(']');
        }
        text
    }

    /// Returns the span that something is in: the one it names, or that of the thread.
    fn around(&self, named: Option<&Id>, is_contextual: bool) -> Option<Arc<Span>> {
        let number = named
            .map(Id::into_u64)
            .or_else(|| is_contextual.then(Self::entered).flatten())?;
        self.find(number)
    }

    fn entered() -> Option<u64> {
        ENTERED
            .try_with(|entered| entered.borrow().last().copied())
            .ok()
            .flatten()
    }

    fn find(&self, number: u64) -> Option<Arc<Span>> {
        locked(&self.all).spans.get(&number).map(|(span, _)| Arc::clone(span))
    }
}

/// The spans around one another end one after the other, as dropping the innermost would recurse otherwise.
impl Drop for Span {
    fn drop(&mut self) {
        let mut next = self.parent.take();
        while let Some(mut span) = next.and_then(Arc::into_inner) {
            next = span.parent.take();
        }
    }
}
