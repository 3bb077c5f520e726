//! Structs that cannot be records.

#![allow(unused)]

use rustdll::Record;

#[derive(Record)]
struct Tuple(f64, f64);

#[derive(Record)]
struct Unit;

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
struct Generic<T, const N: usize> {
    value: [T; N],
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
    #[rustdll(skip)]
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

fn main() {}
