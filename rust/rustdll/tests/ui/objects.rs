//! Objects that cannot be.

use std::fmt;
use std::sync::Arc;

use rustdll::{export, Object};

#[derive(Object)]
struct Generic<T>(T);

#[derive(Object)]
struct Borrowing<'a>(&'a str);

#[derive(Object)]
union Either {
    a: u8,
    b: i8,
}

#[derive(Object)]
#[rustdll(rename = "no name", tag = "x")]
struct Named;

#[derive(Object)]
#[rustdll(Display)]
struct Shown;

struct Counter;

#[export]
impl fmt::Display for Counter {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("counter")
    }
}

#[export]
impl<T> Generic<T> {
    pub fn new() {}
}

#[export]
impl [u8] {
    pub fn sum() {}
}

#[export(bigint, Display, Display)]
impl Counter {
    pub fn new() -> Self {
        Self
    }
}

#[export]
impl Counter {
    pub fn shared(self: Arc<Self>) {}

    #[export(getter)]
    pub fn at(&self, place: usize) -> usize {
        place
    }

    #[export(setter)]
    pub fn set_at(&mut self) {}

    #[export(constructor)]
    pub fn make(&self) -> Self {
        Self
    }

    #[export(getter, setter)]
    pub fn both(&self) -> u8 {
        0
    }

    #[export(crate = rustdll)]
    pub fn elsewhere(&self) {}

    #[export(gettter)]
    pub fn misspelt(&self) {}

    #[export(name = "twice")]
    pub fn once(&self) {}

    pub fn twice(&self) {}

    pub fn then(&self) {}

    pub fn generic<T>(&self, value: T) {}

    #[export(sync)]
    pub async fn later(&self) {}

    #[export(constructor)]
    pub async fn begin() -> Self {
        Self
    }

    pub fn chained(&mut self) -> &mut Self {
        self
    }

    #[export(getter)]
    pub async fn size(&self) -> u8 {
        0
    }
}

fn main() {}
