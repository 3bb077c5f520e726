//! Structs that cannot be records.

#![allow(unused)]

use rustdll::Record;

#[derive(Record)]
struct Single(f64);

#[derive(Record)]
struct NoValues();

#[derive(Record)]
union Union {
    a: u32,
    b: f32,
}

#[derive(Record)]
enum Choice {
    A,
}

#[derive(Record)]
#[rustdll(tag = "type")]
struct Tagged {
    value: f64,
}

#[derive(Record)]
#[rustdll(rename_all = "Camel", rename = "no name")]
struct UnknownCase {
    value: f64,
}

#[derive(Record)]
struct Attributes {
    #[rustdll(skipped)]
    a: f64,
    #[rustdll(rename = "x", rename = "y")]
    b: f64,
    #[rustdll(rename)]
    c: f64,
    #[rustdll(rename = "")]
    d: f64,
    #[rustdll(rename = "__proto__")]
    e: f64,
}

#[derive(Record)]
#[rustdll(rename_all = "camelCase")]
struct Twice {
    first_name: String,
    #[rustdll(rename = "firstName")]
    other: String,
    #[allow(non_snake_case)]
    firstName: String,
}

#[derive(Record)]
struct Nul {
    #[rustdll(rename = "a\0b")]
    field: f64,
}

#[derive(Record, Default)]
#[rustdll(default = 1)]
struct Valued {
    field: f64,
}

#[derive(Record, Default)]
#[rustdll(default)]
struct Pair(f64, f64);

#[derive(Record, Default)]
#[rustdll(default, transparent)]
struct Wrapped {
    field: f64,
}

#[derive(Record)]
#[rustdll(default)]
struct NoDefault {
    field: f64,
}

fn main() {}
