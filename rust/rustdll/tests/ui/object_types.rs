//! Objects where they cannot be.

use rustdll::{export, Object, Record};

#[derive(Object)]
struct Counter;

struct Plain;

#[export]
impl Plain {
    pub fn new() -> Self {
        Self
    }
}

#[export(Display)]
impl Counter {
    pub fn all() -> Vec<Counter> {
        Vec::new()
    }

    pub fn first() -> Option<Self> {
        None
    }

    pub fn this(&self) -> &Self {
        self
    }
}

#[export]
fn merge(counters: Vec<Counter>) {}

#[derive(Record)]
struct Pair {
    first: Counter,
}

fn main() {}
