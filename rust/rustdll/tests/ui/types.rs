//! Types that have no form in JavaScript.

#![allow(unused)]

use std::collections::HashMap;

use rustdll::{export, PyVec, TypedArray};

struct NotDerived {
    value: f64,
}

struct NotAnError;

#[export]
fn takes_struct(value: NotDerived) {}

#[export]
fn takes_struct_inside(values: Vec<Option<NotDerived>>) {}

#[export]
fn takes_struct_by_reference(value: &NotDerived, values: &[NotDerived]) {}

#[export]
fn returns_struct() -> NotDerived {
    NotDerived { value: 1.0 }
}

#[export]
fn returns_struct_or_error() -> Result<NotDerived, String> {
    Err(String::new())
}

#[export]
fn returns_no_error() -> Result<f64, NotAnError> {
    Ok(1.0)
}

#[export]
fn takes_mutable(value: &mut f64) {}

#[export]
fn takes_mutable_strings(values: &mut [String]) {}

#[export]
fn takes_other_keys(map: HashMap<u32, f64>) {}

#[export]
fn takes_unit(unit: ()) {}

#[export]
fn takes_typed_bools(flags: TypedArray<bool>) {}

#[export]
fn takes_descriptor_inside(lists: Vec<&PyVec<f64>>) {}

#[export]
fn takes_descriptor_of_strings(list: &PyVec<String>) {}

#[export]
fn takes_option_of_option(value: Option<Option<i32>>, values: Vec<Option<Box<Option<f64>>>>) {}

#[export]
fn returns_option_of_option() -> Option<Option<i32>> {
    None
}

#[derive(rustdll::Record)]
struct TwiceOptional {
    value: Option<Option<String>>,
}

fn main() {}
