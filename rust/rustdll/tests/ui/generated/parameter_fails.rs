//! An option of an option, as an alias writes it.

use rustdll::export;

type Maybe<T> = Option<T>;

#[export]
fn takes(_value: Maybe<Option<i32>>) {}

fn main() {}
