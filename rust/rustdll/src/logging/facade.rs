//! The logger of the crate `log`.

use ::log::kv::{Error, Key, Value, VisitSource, VisitValue};
use ::log::{LevelFilter, Log, Metadata, Record as LogRecord};

use super::fields::{text_of, Fields};
use super::listener::{is_heard, most, publish};
use super::record::{now, Record};

struct Logger;

/// Makes it the logger of the library.
pub(super) fn set() -> Result<(), &'static str> {
    ::log::set_logger(&Logger).map_err(|_| "the library has set a logger of its own for the crate `log`")
}

/// Sets the most detailed level of records that are made at all.
pub(super) fn limit() {
    ::log::set_max_level(match most() {
        0 => LevelFilter::Off,
        1 => LevelFilter::Error,
        2 => LevelFilter::Warn,
        3 => LevelFilter::Info,
        4 => LevelFilter::Debug,
        _ => LevelFilter::Trace,
    });
}

impl Log for Logger {
    fn enabled(&self, metadata: &Metadata<'_>) -> bool {
        is_heard(metadata.level() as u8)
    }

    fn log(&self, record: &LogRecord<'_>) {
        if !self.enabled(record.metadata()) {
            return;
        }
        let mut fields = Fields::default();
        // What a source fails to tell is left out.
        let _ = record.key_values().visit(&mut fields);
        // The program's own code runs here, which may panic or log.
        let message = text_of(record.args());
        publish(&Record {
            level: record.level() as u8,
            target: record.target(),
            message: &message,
            file: record.file(),
            line: record.line(),
            timestamp: now(),
            fields: &fields.finish(),
            spans: "",
        });
    }

    fn flush(&self) {}
}

impl<'kvs> VisitSource<'kvs> for Fields {
    fn visit_pair(&mut self, key: Key<'kvs>, value: Value<'kvs>) -> Result<(), Error> {
        value.visit(Field {
            fields: self,
            key: key.as_str(),
        })
    }
}

/// The place of a field's value.
struct Field<'a> {
    fields: &'a mut Fields,
    key: &'a str,
}

impl<'v> VisitValue<'v> for Field<'_> {
    fn visit_any(&mut self, value: Value<'_>) -> Result<(), Error> {
        self.fields.display(self.key, value);
        Ok(())
    }

    fn visit_null(&mut self) -> Result<(), Error> {
        self.fields.flag(self.key, None);
        Ok(())
    }

    fn visit_u64(&mut self, value: u64) -> Result<(), Error> {
        self.fields.integer(self.key, value.into());
        Ok(())
    }

    fn visit_i64(&mut self, value: i64) -> Result<(), Error> {
        self.fields.integer(self.key, value.into());
        Ok(())
    }

    fn visit_f64(&mut self, value: f64) -> Result<(), Error> {
        self.fields.number(self.key, value);
        Ok(())
    }

    fn visit_bool(&mut self, value: bool) -> Result<(), Error> {
        self.fields.flag(self.key, Some(value));
        Ok(())
    }

    fn visit_str(&mut self, value: &str) -> Result<(), Error> {
        self.fields.text(self.key, value);
        Ok(())
    }
}
