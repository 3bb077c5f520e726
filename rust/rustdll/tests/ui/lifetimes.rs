//! What JavaScript passes cannot be kept.

#![allow(unused)]

use rustdll::{export, Record};

type Text = &'static str;

#[export]
fn keeps_alias(text: Text) {}

#[export]
fn keeps_bound<'a: 'static>(text: &'a str) {}

#[derive(Record)]
struct Version {
    name: &'static str,
}

#[export]
fn takes_static_record(version: Version) {}

fn main() {}
