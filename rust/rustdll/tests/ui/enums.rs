//! Enums that have no form in JavaScript.

#![allow(unused)]

use rustdll::Enum;

#[derive(Enum)]
enum Never {}

#[derive(Enum)]
struct Struct {
    value: f64,
}

#[derive(Enum)]
union Union {
    a: u32,
    b: f32,
}

#[derive(Enum)]
enum FieldIsTag {
    A { r#type: f64 },
    B {
        #[rustdll(rename = "type")]
        value: f64,
    },
}

#[derive(Enum)]
#[rustdll(tag = "kind")]
enum UnitsOnly {
    A,
    B,
}

#[derive(Enum)]
#[rustdll(tag = "value")]
enum TagIsValue {
    A(f64),
}

#[derive(Enum)]
#[rustdll(tag = "")]
enum TagIsEmpty {
    A { a: f64 },
}

#[derive(Enum)]
#[rustdll(rename_all = "lowercase")]
enum Twice {
    Ab,
    AB,
    #[rustdll(rename = "ab")]
    C,
}

#[derive(Enum)]
enum Attributes {
    #[rustdll(tag = "kind")]
    A { a: f64 },
    B(#[rustdll(rename = "b")] f64),
}

#[derive(Enum)]
#[rustdll(tag = "\0")]
enum Nul {
    #[rustdll(rename = "\0a")]
    A(f64),
}

fn main() {}
