//! The subscriber of the crate `tracing`.

use std::error::Error;
use std::fmt::{self, Debug};

use tracing_core::field::{Field, Visit};
use tracing_core::span::{Attributes, Current, Id, Record as Values};
use tracing_core::{callsite, dispatcher, Dispatch, Event, Level, LevelFilter, Metadata, Subscriber};

use super::fields::{text_of, Fields};
use super::listener::{is_heard, most, publish};
use super::record::{now, Record};
use super::span::Spans;

/// Passes events on, with the spans that they are in.
#[derive(Default)]
struct Events {
    spans: Spans,
}

/// Makes it the subscriber of the library.
pub(super) fn set() -> Result<(), &'static str> {
    dispatcher::set_global_default(Dispatch::new(Events::default()))
        .map_err(|_| "the library has set a subscriber of its own for the crate `tracing`")
}

/// Has the places that make events ask again whether somebody listens.
pub(super) fn limit() {
    callsite::rebuild_interest_cache();
}

/// Returns the number of a level.
fn number(level: &Level) -> u8 {
    match *level {
        Level::ERROR => 1,
        Level::WARN => 2,
        Level::INFO => 3,
        Level::DEBUG => 4,
        Level::TRACE => 5,
    }
}

impl Subscriber for Events {
    fn enabled(&self, metadata: &Metadata<'_>) -> bool {
        // A span that nobody listens to is none for those inside of it.
        is_heard(number(metadata.level()))
    }

    fn max_level_hint(&self) -> Option<LevelFilter> {
        Some(match most() {
            0 => LevelFilter::OFF,
            1 => LevelFilter::ERROR,
            2 => LevelFilter::WARN,
            3 => LevelFilter::INFO,
            4 => LevelFilter::DEBUG,
            _ => LevelFilter::TRACE,
        })
    }

    fn event(&self, event: &Event<'_>) {
        let mut parts = Parts::default();
        // The program's own code runs here, which may panic or log.
        event.record(&mut parts);
        let metadata = event.metadata();
        publish(&Record {
            level: number(metadata.level()),
            target: metadata.target(),
            message: &parts.message,
            file: metadata.file(),
            line: metadata.line(),
            timestamp: now(),
            fields: &parts.fields.finish(),
            spans: &self.spans.around_event(event),
        });
    }

    fn new_span(&self, attributes: &Attributes<'_>) -> Id {
        self.spans.add(attributes)
    }

    fn record(&self, id: &Id, values: &Values<'_>) {
        self.spans.record(id, values);
    }

    fn record_follows_from(&self, _: &Id, _: &Id) {}

    fn enter(&self, id: &Id) {
        Spans::enter(id);
    }

    fn exit(&self, id: &Id) {
        Spans::exit(id);
    }

    fn clone_span(&self, id: &Id) -> Id {
        self.spans.retain(id);
        id.clone()
    }

    fn try_close(&self, id: Id) -> bool {
        self.spans.release(&id)
    }

    fn current_span(&self) -> Current {
        self.spans.current()
    }
}

/// The message of an event, and its other fields. A span has no message, but may have a field of that name.
#[derive(Default)]
pub(super) struct Parts {
    message: String,
    fields: Fields,
}

/// The field of an event that is its message.
const MESSAGE: &str = "message";

impl Parts {
    /// Returns the fields of a span.
    pub(super) fn into_fields(mut self) -> Fields {
        if !self.message.is_empty() {
            self.fields.text(MESSAGE, &self.message);
        }
        self.fields
    }
}

impl Visit for Parts {
    fn record_debug(&mut self, field: &Field, value: &dyn Debug) {
        let text = text_of(Shown(value));
        self.record_str(field, &text);
    }

    fn record_str(&mut self, field: &Field, value: &str) {
        if field.name() == MESSAGE {
            value.clone_into(&mut self.message);
        } else {
            self.fields.text(field.name(), value);
        }
    }

    fn record_f64(&mut self, field: &Field, value: f64) {
        self.fields.number(field.name(), value);
    }

    fn record_i64(&mut self, field: &Field, value: i64) {
        self.fields.integer(field.name(), value.into());
    }

    fn record_u64(&mut self, field: &Field, value: u64) {
        self.fields.integer(field.name(), value.into());
    }

    fn record_i128(&mut self, field: &Field, value: i128) {
        self.fields.integer(field.name(), value);
    }

    fn record_u128(&mut self, field: &Field, value: u128) {
        match i128::try_from(value) {
            Ok(value) => self.fields.integer(field.name(), value),
            Err(_) => self.fields.display(field.name(), value),
        }
    }

    fn record_bool(&mut self, field: &Field, value: bool) {
        self.fields.flag(field.name(), Some(value));
    }

    fn record_error(&mut self, field: &Field, value: &(dyn Error + 'static)) {
        let text = text_of(value);
        self.record_str(field, &text);
    }
}

/// Displays what a value prints for debugging.
struct Shown<'a>(&'a dyn Debug);

impl fmt::Display for Shown<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}
