//! Types of the standard library that are passed as others.

use std::cmp::Ordering;
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr, SocketAddrV4, SocketAddrV6};
use std::num::NonZero;
use std::time::Duration;

use super::Convert;
use crate::Error;

/// Returns a number as JavaScript writes it, for messages.
pub(crate) fn number_text(number: f64) -> String {
    match number {
        f64::INFINITY => "Infinity".to_owned(),
        f64::NEG_INFINITY => "-Infinity".to_owned(),
        _ if number.abs() >= 1e21 => format!("{number:e}").replace('e', "e+"),
        _ => number.to_string(),
    }
}

/// A number of milliseconds, as JavaScript's timers take and its clocks tell them. It has a fraction, which is exact to
/// the nanosecond for durations of up to 49 days.
impl Convert for Duration {
    type As = f64;

    fn from_as(milliseconds: f64) -> Result<Self, Error> {
        // This is false for NaN too. A `Duration` has less than 2^64 seconds.
        if !(0.0..1000.0 * 2_f64.powi(64)).contains(&milliseconds) {
            return Err(Error::range_error(format_args!(
                "{} is not the number of milliseconds of a duration",
                number_text(milliseconds)
            )));
        }
        let whole = milliseconds.trunc() as u128;
        let fraction = (milliseconds.fract() * 1e6).round() as u64;
        let seconds = Duration::from_secs((whole / 1000) as u64);
        // The rest is at most 1000 ms, which are 10^9 ns.
        let rest = Duration::from_nanos((whole % 1000) as u64 * 1_000_000 + fraction);
        Ok(seconds.saturating_add(rest))
    }

    fn to_as(&self) -> Result<f64, Error> {
        let nanoseconds = self.as_nanos();
        // A quotient of exact numbers is rounded once.
        if nanoseconds < 1 << 53 {
            return Ok(nanoseconds as f64 / 1e6);
        }
        Ok(self.as_millis() as f64 + f64::from(self.subsec_nanos() % 1_000_000) / 1e6)
    }
}

/// -1, 0 or 1, as the functions return with which JavaScript sorts.
impl Convert for Ordering {
    type As = i8;

    fn from_as(number: i8) -> Result<Self, Error> {
        match number {
            -1 => Ok(Ordering::Less),
            0 => Ok(Ordering::Equal),
            1 => Ok(Ordering::Greater),
            _ => Err(Error::range_error(format_args!("{number} is not -1, 0 or 1"))),
        }
    }

    fn to_as(&self) -> Result<i8, Error> {
        Ok(*self as i8)
    }
}

macro_rules! non_zero {
    ($($integer:ident)*) => { $(
        impl Convert for NonZero<$integer> {
            type As = $integer;

            fn from_as(number: $integer) -> Result<Self, Error> {
                NonZero::new(number).ok_or_else(|| Error::range_error("0 is not an integer other than 0"))
            }

            fn to_as(&self) -> Result<$integer, Error> {
                Ok(self.get())
            }
        }
    )* };
}

non_zero!(i8 i16 i32 i64 i128 isize u8 u16 u32 u64 u128 usize);

macro_rules! addresses {
    ($($address:ident, $what:literal;)*) => { $(
        impl Convert for $address {
            type As = String;

            fn from_as(text: String) -> Result<Self, Error> {
                text.parse()
                    .map_err(|_| Error::new(format_args!(concat!("expected ", $what, ", got string {:?}"), text)))
            }

            fn to_as(&self) -> Result<String, Error> {
                Ok(self.to_string())
            }
        }
    )* };
}

addresses! {
    IpAddr, "an IP address";
    Ipv4Addr, "an IPv4 address";
    Ipv6Addr, "an IPv6 address";
    SocketAddr, "an IP address with a port";
    SocketAddrV4, "an IPv4 address with a port";
    SocketAddrV6, "an IPv6 address with a port";
}
