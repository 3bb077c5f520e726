//! The functions with their arguments as a list in JSON, and their result in JSON.

use rustdll::{export, Error};
use serde::{de::DeserializeOwned, Serialize};

/// Reads the arguments, calls `function` and writes its result.
fn call<A: DeserializeOwned, R: Serialize>(arguments: &str, function: impl FnOnce(A) -> R) -> Result<String, Error> {
    let arguments = serde_json::from_str(arguments).map_err(|error| Error::new(error.to_string()))?;
    serde_json::to_string(&function(arguments)).map_err(|error| Error::new(error.to_string()))
}

/// `add`.
#[export]
pub fn add_json(arguments: &str) -> Result<String, Error> {
    call(arguments, |(a, b)| crate::add(a, b))
}

/// `add_floats`.
#[export]
pub fn add_floats_json(arguments: &str) -> Result<String, Error> {
    call(arguments, |(a, b)| crate::add_floats(a, b))
}

/// `divide`; the result is `{"Ok":1.5}` or `{"Err":"message"}`.
#[export]
pub fn divide_json(arguments: &str) -> Result<String, Error> {
    call(arguments, |(a, b)| {
        crate::divide(a, b).map_err(|error| error.to_string())
    })
}

/// `shout`.
#[export]
pub fn shout_json(arguments: &str) -> Result<String, Error> {
    call(arguments, |(text,)| crate::shout(text))
}

/// `total`.
#[export]
pub fn total_json(arguments: &str) -> Result<String, Error> {
    call(arguments, |(values,)| crate::total(values))
}

/// `increase`.
#[export]
pub fn increase_json(arguments: &str) -> Result<String, Error> {
    call(arguments, |(values,)| crate::increase(values))
}

/// `names`.
#[export]
pub fn names_json(arguments: &str) -> Result<String, Error> {
    call(arguments, |(count,)| crate::names(count))
}

/// `shout_all`.
#[export]
pub fn shout_all_json(arguments: &str) -> Result<String, Error> {
    call(arguments, |(texts,)| crate::shout_all(texts))
}

/// `measure`.
#[export]
pub fn measure_json(arguments: &str) -> Result<String, Error> {
    call(arguments, |(points,)| crate::measure(points))
}

/// `moved`.
#[export]
pub fn moved_json(arguments: &str) -> Result<String, Error> {
    call(arguments, |(points,)| crate::moved(points))
}

/// `total_of_lists`.
#[export]
pub fn total_of_lists_json(arguments: &str) -> Result<String, Error> {
    call(arguments, |(lists,)| crate::total_of_lists(lists))
}

/// `increase_lists`.
#[export]
pub fn increase_lists_json(arguments: &str) -> Result<String, Error> {
    call(arguments, |(lists,)| crate::increase_lists(lists))
}

/// `prices`.
#[export]
pub fn prices_json(arguments: &str) -> Result<String, Error> {
    call(arguments, |(count,)| crate::prices(count))
}

/// `total_of_prices`.
#[export]
pub fn total_of_prices_json(arguments: &str) -> Result<String, Error> {
    call(arguments, |(maps,)| crate::total_of_prices(maps))
}

/// `table`.
#[export]
pub fn table_json(arguments: &str) -> Result<String, Error> {
    call(arguments, |(rows,)| crate::table(rows))
}

/// `total_of_table`.
#[export]
pub fn total_of_table_json(arguments: &str) -> Result<String, Error> {
    call(arguments, |(table,)| crate::total_of_table(table))
}
