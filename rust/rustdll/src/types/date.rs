//! Points in time: `Date`s in JavaScript, as milliseconds since the epoch.
//!
//! What is less than a millisecond is cut off towards the past: a point in time becomes the millisecond that contains
//! it, before the epoch as after it, so the order of points in time stays.

use std::time::{Duration, SystemTime, UNIX_EPOCH};

use super::shape::{Catalogue, Describe, Shape};
use super::{Decode, Encode};
use crate::error::Error;
use crate::frame::{Arguments, Fault, Output, Reader, Writer};

/// The most milliseconds before or after the epoch of a `Date`, by the specification of JavaScript.
const MAX_MILLISECONDS: f64 = 8.64e15;

/// Returns the milliseconds from the epoch to the point in time that a word of the stream, or a slot, holds.
#[inline]
fn from_word(word: u64) -> Result<i64, Fault> {
    let milliseconds = f64::from_bits(word);
    // This is false for NaN too.
    if milliseconds.abs() <= MAX_MILLISECONDS && milliseconds.fract() == 0.0 {
        Ok(milliseconds as i64)
    } else {
        Err(Fault::Arguments(
            "a point in time is not a number of milliseconds that a Date represents",
        ))
    }
}

/// Returns the word for the point in time so many milliseconds from the epoch, if a `Date` represents it.
#[inline]
fn to_word(milliseconds: i64) -> Result<u64, Fault> {
    if milliseconds.unsigned_abs() <= MAX_MILLISECONDS as u64 {
        Ok((milliseconds as f64).to_bits())
    } else {
        Err(too_far(milliseconds))
    }
}

#[cold]
fn too_far(milliseconds: i64) -> Fault {
    Fault::refused(Error::range_error(format_args!(
        "a point in time {milliseconds} ms from the epoch, which no Date represents"
    )))
}

/// Writes the point in time so many milliseconds from the epoch.
#[inline]
fn write(milliseconds: i64, writer: &mut Writer) {
    match to_word(milliseconds) {
        Ok(word) => writer.word(word),
        Err(fault) => writer.fail(fault),
    }
}

/// Writes it as the result.
#[inline]
fn give(milliseconds: i64, output: &mut Output<'_>) -> Result<(), Fault> {
    output.scalar(to_word(milliseconds)?);
    Ok(())
}

/// The point in time after, or before if `milliseconds` are negative, the epoch; none if the system cannot represent it.
fn after_epoch(milliseconds: i64) -> Option<SystemTime> {
    let distance = Duration::from_millis(milliseconds.unsigned_abs());
    if milliseconds < 0 {
        UNIX_EPOCH.checked_sub(distance)
    } else {
        UNIX_EPOCH.checked_add(distance)
    }
}

/// The milliseconds from the epoch to the one that contains `time`.
fn since_epoch(time: SystemTime) -> i64 {
    // No system counts seconds by more than 64 bits, so their number only overflows far beyond the years of a `Date`.
    let milliseconds = |distance: Duration| (distance.as_secs() as i64).saturating_mul(1000);
    match time.duration_since(UNIX_EPOCH) {
        Ok(after) => milliseconds(after).saturating_add(i64::from(after.subsec_millis())),
        Err(before) => {
            let before = before.duration();
            -milliseconds(before).saturating_add(i64::from(before.subsec_nanos().div_ceil(1_000_000)))
        }
    }
}

impl Describe for SystemTime {
    fn describe(_: &mut Catalogue) -> Shape {
        Shape::Plain("date")
    }
}

/// Makes the point in time so many milliseconds after the epoch, if the system can represent it.
fn from_milliseconds(milliseconds: i64) -> Result<SystemTime, Fault> {
    // Windows' times end in the year 30828.
    after_epoch(milliseconds)
        .ok_or_else(|| Fault::refused(Error::range_error("the system cannot represent so distant a time")))
}

impl<'a> Decode<'a> for SystemTime {
    #[inline]
    fn decode(reader: &mut Reader<'a>) -> Result<Self, Fault> {
        from_milliseconds(from_word(reader.word()?)?)
    }

    #[inline]
    fn argument(arguments: &mut Arguments<'a>, index: usize) -> Result<Self, Fault> {
        from_milliseconds(from_word(arguments.slot(index))?)
    }
}

impl Encode for SystemTime {
    #[inline]
    fn encode(&self, writer: &mut Writer) {
        write(since_epoch(*self), writer);
    }

    #[inline]
    fn give_ref(&self, output: &mut Output<'_>) -> Result<(), Fault> {
        give(since_epoch(*self), output)
    }
}

/// The milliseconds since the epoch of a point in time, as which the types of other crates are passed.
#[cfg(any(feature = "chrono", feature = "jiff", feature = "time"))]
#[derive(Clone, Copy, Debug)]
pub struct Milliseconds(pub(super) i64);

#[cfg(any(feature = "chrono", feature = "jiff", feature = "time"))]
impl Describe for Milliseconds {
    fn describe(_: &mut Catalogue) -> Shape {
        Shape::Plain("date")
    }
}

#[cfg(any(feature = "chrono", feature = "jiff", feature = "time"))]
impl<'a> Decode<'a> for Milliseconds {
    #[inline]
    fn decode(reader: &mut Reader<'a>) -> Result<Self, Fault> {
        from_word(reader.word()?).map(Self)
    }

    #[inline]
    fn argument(arguments: &mut Arguments<'a>, index: usize) -> Result<Self, Fault> {
        from_word(arguments.slot(index)).map(Self)
    }
}

#[cfg(any(feature = "chrono", feature = "jiff", feature = "time"))]
impl Encode for Milliseconds {
    #[inline]
    fn encode(&self, writer: &mut Writer) {
        write(self.0, writer);
    }

    #[inline]
    fn give_ref(&self, output: &mut Output<'_>) -> Result<(), Fault> {
        give(self.0, output)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_less_than_a_millisecond_is_cut_off_towards_the_past() {
        let nanos = |n: i64| match n {
            ..0 => UNIX_EPOCH - Duration::from_nanos(n.unsigned_abs()),
            0.. => UNIX_EPOCH + Duration::from_nanos(n.unsigned_abs()),
        };
        // Windows counts in steps of 100 ns.
        for (time, milliseconds) in [
            (0, 0),
            (100, 0),
            (999_900, 0),
            (1_000_000, 1),
            (1_999_900, 1),
            (-100, -1),
            (-999_900, -1),
            (-1_000_000, -1),
            (-1_000_100, -2),
        ] {
            assert_eq!(since_epoch(nanos(time)), milliseconds, "{time} ns");
        }
    }

    #[test]
    fn a_point_in_time_is_as_far_from_the_epoch_as_it_was() {
        for milliseconds in [0, 1, -1, 1_700_000_000_123, -11_644_473_600_000, 253_402_300_800_000] {
            let time = after_epoch(milliseconds).expect("every system represents it");
            assert_eq!(since_epoch(time), milliseconds);
        }
    }
}
