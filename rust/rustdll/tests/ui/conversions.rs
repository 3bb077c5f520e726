//! Attributes that say as what a type is passed.

use rustdll::{Enum, Record};

#[derive(Record)]
#[rustdll(as = "f64")]
struct Number(f64);

#[derive(Record)]
#[rustdll(as = "String", transparent)]
struct Both(String);

#[derive(Record)]
#[rustdll(try_from = "String")]
struct OneWay(String);

#[derive(Record)]
#[rustdll(try_from = "String", into = "&'static str")]
struct TwoTypes(String);

#[derive(Record)]
#[rustdll(try_from = "String", from = "String", into = "String")]
struct TwoWays(String);

#[derive(Record)]
#[rustdll(transparent)]
struct TwoFields(String, String);

#[derive(Record)]
#[rustdll(transparent, rename = "Other")]
struct Renamed(String);

#[derive(Record)]
#[rustdll(transparent = "yes")]
struct WithValue(String);

#[derive(Enum)]
#[rustdll(transparent)]
enum Level {
    High,
}

#[derive(Record)]
struct Fields {
    #[rustdll(as = "String", with = "module")]
    both: u32,
    #[rustdll(as = "u8")]
    number: u32,
    #[rustdll(with = "not a path")]
    module: u32,
}

/// It has neither `FromStr` nor `Display`.
#[derive(Record)]
#[rustdll(as = "String")]
struct NoText;

fn main() {}
