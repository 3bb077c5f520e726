//! Times and dates. A point in time is a `Date`. What else is said by a text, in the form of ISO 8601: a `Date` has neither
//! an offset from UTC nor a zone, and is never a day or a time of day alone.

use crate::types::date::Milliseconds;
use crate::{Convert, Error};

/// Makes the error for a `Date` that a type does not represent.
fn too_distant(name: &str) -> Error {
    Error::range_error(format_args!("a {name} cannot represent so distant a time"))
}

/// Implements the conversion of types that are texts.
macro_rules! texts {
    ($($type:ty, $parse:expr, $print:expr;)*) => { $(
        impl Convert for $type {
            type As = String;

            fn from_as(text: String) -> Result<Self, Error> {
                let parse: fn(&str) -> Result<Self, _> = $parse;
                parse(&text).map_err(|error| Error::new(error.to_string()))
            }

            fn to_as(&self) -> Result<String, Error> {
                let print: fn(&Self) -> Result<String, Error> = $print;
                print(self)
            }
        }
    )* };
}

#[cfg(feature = "chrono")]
mod of_chrono {
    use chrono::{DateTime, FixedOffset, NaiveDate, NaiveDateTime, NaiveTime, Utc};

    use super::*;

    impl Convert for DateTime<Utc> {
        type As = Milliseconds;

        fn from_as(Milliseconds(milliseconds): Milliseconds) -> Result<Self, Error> {
            Self::from_timestamp_millis(milliseconds).ok_or_else(|| too_distant("chrono::DateTime"))
        }

        fn to_as(&self) -> Result<Milliseconds, Error> {
            Ok(Milliseconds(self.timestamp_millis()))
        }
    }

    // The forms of `Debug` are documented as those that `FromStr` reads.
    texts! {
        DateTime<FixedOffset>, |text| Self::parse_from_rfc3339(text), |time| Ok(time.to_rfc3339());
        NaiveDateTime, str::parse, |time| Ok(format!("{time:?}"));
        NaiveDate, str::parse, |date| Ok(format!("{date:?}"));
        NaiveTime, str::parse, |time| Ok(format!("{time:?}"));
    }
}

#[cfg(feature = "time")]
mod of_time {
    use time::format_description::well_known::{Iso8601, Rfc3339};
    use time::{Date, OffsetDateTime, PrimitiveDateTime, Time, UtcDateTime};

    use super::*;

    const NANOS: i128 = 1_000_000;

    impl Convert for UtcDateTime {
        type As = Milliseconds;

        fn from_as(Milliseconds(milliseconds): Milliseconds) -> Result<Self, Error> {
            Self::from_unix_timestamp_nanos(i128::from(milliseconds) * NANOS)
                .map_err(|_| too_distant("time::UtcDateTime"))
        }

        fn to_as(&self) -> Result<Milliseconds, Error> {
            Ok(Milliseconds(self.unix_timestamp_nanos().div_euclid(NANOS) as i64))
        }
    }

    texts! {
        OffsetDateTime, |text| Self::parse(text, &Rfc3339), |time| Ok(time.format(&Rfc3339)?);
        PrimitiveDateTime, |text| Self::parse(text, &Iso8601::DATE_TIME), |time| Ok(time.format(&Iso8601::DATE_TIME)?);
        Date, |text| Self::parse(text, &Iso8601::DATE), |date| Ok(date.format(&Iso8601::DATE)?);
        Time, |text| Self::parse(text, &Iso8601::TIME), |time| Ok(time.format(&Iso8601::TIME)?.trim_start_matches('T').to_owned());
    }
}

#[cfg(feature = "jiff")]
mod of_jiff {
    use jiff::civil::{Date, DateTime, Time};
    use jiff::{Span, Timestamp, Zoned};

    use super::*;

    impl Convert for Timestamp {
        type As = Milliseconds;

        fn from_as(Milliseconds(milliseconds): Milliseconds) -> Result<Self, Error> {
            Self::from_millisecond(milliseconds).map_err(|_| too_distant("jiff::Timestamp"))
        }

        fn to_as(&self) -> Result<Milliseconds, Error> {
            // `as_millisecond` cuts off towards the epoch.
            Ok(Milliseconds(self.as_nanosecond().div_euclid(1_000_000) as i64))
        }
    }

    texts! {
        Zoned, str::parse, |time| Ok(time.to_string());
        DateTime, str::parse, |time| Ok(time.to_string());
        Date, str::parse, |date| Ok(date.to_string());
        Time, str::parse, |time| Ok(time.to_string());
        Span, str::parse, |span| Ok(span.to_string());
    }
}
