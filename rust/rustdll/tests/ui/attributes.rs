//! Attributes of fields and parameters that are misused.

#![allow(unused)]

use std::collections::HashMap;

use rustdll::{export, Cancel, Enum, Record};

struct NoDefault;

#[derive(Record)]
struct Flags {
    #[rustdll(skip = true)]
    a: f64,
    #[rustdll(flatten = "b")]
    b: Other,
    #[rustdll(bigint = 1, bigint)]
    c: u64,
    #[rustdll(default, default = 2)]
    d: u64,
}

#[derive(Record)]
struct Other {
    x: f64,
}

#[derive(Record)]
struct Together {
    #[rustdll(skip, rename = "b")]
    a: f64,
    #[rustdll(flatten, default)]
    b: Other,
    #[rustdll(skip, bigint)]
    c: u64,
}

#[derive(Record)]
struct WrongDefaults {
    #[rustdll(default = "one")]
    number: f64,
    #[rustdll(default)]
    none: Needed,
}

#[derive(Record)]
struct Needed {
    x: f64,
}

#[derive(Record)]
struct FlatMap {
    #[rustdll(flatten)]
    rest: HashMap<String, f64>,
}

#[derive(Record)]
struct TwoOfOneName {
    x: f64,
    #[rustdll(flatten)]
    other: Other,
}

#[derive(Enum)]
#[rustdll(tag = "x")]
enum TagInside {
    A {
        #[rustdll(flatten)]
        other: Other,
    },
}

#[derive(Record)]
#[rustdll(allow_unknown = true)]
struct Open {
    x: f64,
}

#[derive(Record)]
#[rustdll(allow_unknown)]
struct OpenTuple(f64, f64);

#[derive(Record)]
struct NoName(f64, #[rustdll(default = 1.0)] f64);

#[derive(Enum)]
enum NoNames {
    A(#[rustdll(default)] f64),
    B(#[rustdll(flatten)] Other),
}

#[derive(Record)]
struct Skipped {
    x: f64,
    #[rustdll(skip)]
    rest: NoDefaultValue,
}

struct NoDefaultValue;

#[export]
fn takes_skipped(skipped: Skipped) {}

#[export]
fn changes(#[rustdll(default = &mut [])] list: &mut [f64]) {}

#[export]
fn cancels(#[rustdll(default)] cancel: &Cancel) {}

#[export]
fn skips(#[rustdll(skip)] number: u32) {}

#[export]
fn wrong(#[rustdll(default = "one")] number: u32) {}

fn main() {}
