//! An option of an option, as an alias writes it in a field.

use rustdll::{export, Record};

type Maybe<T> = Option<T>;

#[derive(Record)]
struct Holder {
    values: Vec<Maybe<Box<Maybe<String>>>>,
}

#[export]
fn returns() -> Holder {
    Holder { values: Vec::new() }
}

fn main() {}
