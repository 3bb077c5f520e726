//! Options of `#[export]` that are wrong, and names that no function can have.

#![allow(unused)]

use rustdll::export;

#[export(rename = "other")]
fn unknown() {}

#[export(name = "a", name = "b")]
fn name_twice() {}

#[export(bigint, bigint)]
fn bigint_twice() {}

#[export(bigint = true)]
fn bigint_with_value() {}

#[export(async, async)]
fn async_twice() {}

#[export(async, sync)]
fn async_and_sync() {}

#[export(sync = true)]
fn sync_with_value() {}

#[export(name)]
fn name_without_value() {}

#[export(name = 1)]
fn name_is_a_number() {}

#[export(name = "")]
fn name_is_empty() {}

#[export(name = "a b")]
fn name_is_no_identifier() {}

#[export(name = "$a")]
fn name_with_dollar() {}

#[export(name = "then")]
fn name_is_reserved() {}

#[export]
#[allow(non_snake_case)]
fn toJSON() {}

#[export]
fn constructor() {}

#[export(rename_all = "Camel")]
fn wrong_case() {}

#[export(rename_all)]
fn no_case() {}

#[export(rename_all = "camelCase", rename_all = "camelCase")]
fn cases() {}

#[export(rename_all = "camelCase")]
fn to_string() {}

fn main() {}
