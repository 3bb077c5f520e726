//! Points in time: `Date`s in JavaScript, as milliseconds since the epoch.
//!
//! What is less than a millisecond is cut off towards the past: a point in time becomes the millisecond that contains
//! it, before the epoch as after it, so the order of points in time stays.

use std::time::{Duration, SystemTime, UNIX_EPOCH};

use super::shape::{Catalogue, Describe, Shape};
use super::{Decode, Encode};
use crate::frame::{Fault, Reader, Writer};

/// The most milliseconds before or after the epoch of a `Date`, by the specification of JavaScript.
const MAX_MILLISECONDS: f64 = 8.64e15;

/// Describes a point in time.
pub(super) fn describe() -> Shape {
    Shape::Plain("date")
}

/// Reads the milliseconds from the epoch to a point in time.
#[inline]
pub(super) fn read(reader: &mut Reader<'_>) -> Result<i64, Fault> {
    let milliseconds = f64::from_bits(reader.word()?);
    // This is false for NaN too.
    if milliseconds.abs() <= MAX_MILLISECONDS && milliseconds.fract() == 0.0 {
        Ok(milliseconds as i64)
    } else {
        Err(Fault::Arguments(
            "a point in time is not a number of milliseconds that a Date represents",
        ))
    }
}

/// Writes the milliseconds from the epoch to a point in time. The host refuses one that no `Date` represents.
#[inline]
pub(super) fn write(writer: &mut Writer, milliseconds: i128) {
    writer.word((milliseconds as f64).to_bits());
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
fn since_epoch(time: SystemTime) -> i128 {
    match time.duration_since(UNIX_EPOCH) {
        Ok(after) => after.as_millis() as i128,
        Err(before) => -(before.duration().as_nanos().div_ceil(1_000_000) as i128),
    }
}

impl Describe for SystemTime {
    fn describe(_: &mut Catalogue) -> Shape {
        describe()
    }
}

impl<'a> Decode<'a> for SystemTime {
    #[inline]
    fn decode(reader: &mut Reader<'a>) -> Result<Self, Fault> {
        after_epoch(read(reader)?).ok_or(Fault::Arguments(
            "the system cannot represent a point in time so far away",
        ))
    }
}

impl Encode for SystemTime {
    #[inline]
    fn encode(&self, writer: &mut Writer) {
        write(writer, since_epoch(*self));
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
            assert_eq!(since_epoch(time), i128::from(milliseconds));
        }
    }
}
