//! Names that are the same or refused in `camelCase`, which the crate asks for.

#![allow(unused)]

use rustdll::{export, Enum, Object, Record};

rustdll::config!(rename_all = "camelCase");

#[export]
fn to_string() {}

#[derive(Record)]
struct TwoFields {
    first_name: String,
    #[rustdll(rename = "firstName")]
    name: String,
}

#[export]
fn takes_two(two: TwoFields) {}

#[derive(Enum)]
#[rustdll(tag = "theTag")]
enum TagAndField {
    A { the_tag: f64 },
}

#[export]
fn takes_tag(tag: TagAndField) {}

#[derive(Object)]
struct Members;

#[export]
impl Members {
    pub fn two_words(&self) {}

    #[export(name = "twoWords")]
    pub fn other(&self) {}
}

mod inner {
    rustdll::config!(rename_all = "camelCase");
}

fn main() {}
