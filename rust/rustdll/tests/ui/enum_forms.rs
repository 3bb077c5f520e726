//! Enums whose values are not told by a tag, or are numbers, and that cannot be so.

#![allow(unused)]

use std::net::IpAddr;

use rustdll::{Enum, Record};

#[derive(Enum)]
#[rustdll(untagged)]
enum TextFirst {
    Text(String),
    Letter(char),
    Address(IpAddr),
    #[rustdll(rename = "Other")]
    Parsed(#[rustdll(as = "String")] u8),
}

#[derive(Enum)]
#[rustdll(untagged)]
enum FloatFirst {
    Number(f64),
    Small(u8),
    Large(u64),
}

#[derive(Enum)]
#[rustdll(untagged)]
enum NothingTwice {
    Maybe(Option<String>),
    Nothing,
}

#[derive(Enum)]
enum Level {
    Low,
}

#[derive(Enum)]
#[rustdll(untagged)]
enum NameFirst {
    Text(Box<str>),
    Level(Level),
}

#[derive(Enum)]
#[rustdll(untagged)]
enum SameForm {
    A { x: f64, y: f64 },
    B { x: f64, y: f64 },
    C(Vec<u8>),
    D(Vec<u8>),
    E,
    F,
}

#[derive(Enum)]
#[rustdll(untagged = true)]
enum Value {
    A(f64),
}

#[derive(Enum)]
#[rustdll(untagged, tag = "kind", content = "body")]
enum Both {
    A(f64),
}

#[derive(Enum)]
#[rustdll(content = "type")]
enum SameProperty {
    A(f64),
}

#[derive(Enum)]
#[rustdll(content = "body")]
enum NoContent {
    A,
}

#[derive(Enum)]
#[rustdll(as = "number", tag = "kind", untagged)]
enum NumberWithTag {
    A,
}

#[derive(Enum)]
#[rustdll(as = "number")]
enum NumberWithData {
    A(f64),
}

#[derive(Enum)]
#[rustdll(as = "number")]
#[repr(u64)]
enum LargeNumber {
    A = 1 << 53,
}

#[derive(Enum)]
#[rustdll(as = "integer")]
enum NoNumber {
    A,
}

#[derive(Record)]
#[rustdll(as = "number")]
struct NumberRecord {
    a: f64,
}

fn main() {}
