//! Options inside of other types, which are no options themselves.

use rustdll::{export, Record};

type Maybe<T> = Option<T>;

#[derive(Record)]
struct Holder {
    value: Maybe<Vec<Maybe<i32>>>,
}

#[export]
fn options(value: Maybe<Holder>, pair: Maybe<(Maybe<i32>, Maybe<bool>)>) -> Maybe<[Maybe<i32>; 2]> {
    let first = value.and_then(|holder| holder.value?.first().copied()?);
    Some([first, pair.and_then(|(number, _)| number)])
}

fn main() {}
