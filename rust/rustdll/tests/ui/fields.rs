//! Fields of types that have no form in JavaScript.

#![allow(unused)]

use rustdll::{Enum, PyVec, Record};

struct NotDerived;

#[derive(Record)]
struct Outer<'a> {
    inner: NotDerived,
    list: &'a PyVec<f64>,
}

#[derive(Enum)]
enum Choice {
    A(NotDerived),
    B { inner: Vec<NotDerived> },
}

fn main() {}
