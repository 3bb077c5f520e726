//! The fields of records, which may be those of another record.

use super::convert::Standard;
use super::shape::{Catalogue, Field};

/// A record: a struct with named fields and `#[derive(Record)]`.
#[diagnostic::on_unimplemented(
    message = "the fields of a `{Self}` cannot be put into another type",
    label = "not a record",
    note = "`flatten` is for a field whose type is a struct with named fields and `#[derive(rustdll::Record)]`"
)]
pub trait Fields<By = Standard> {
    /// The names of the fields, by which the compiler finds two of one name.
    const NAMES: &'static [FieldName];

    /// Describes the fields.
    fn fields(catalogue: &mut Catalogue) -> Vec<Field>;
}

/// The name of a field.
#[derive(Debug)]
pub enum FieldName {
    /// A field.
    Own(&'static str),
    /// The fields of another record.
    Flat(&'static [FieldName]),
}

/// True if no two of these fields have the same name.
pub const fn are_distinct(names: &[FieldName]) -> bool {
    let mut index = 0;
    while index < names.len() {
        let (others, rest) = names.split_at(index);
        if !is_apart(&rest[0], others) {
            return false;
        }
        index += 1;
    }
    true
}

/// True if none of the fields that a name stands for is among the others.
const fn is_apart(name: &FieldName, others: &[FieldName]) -> bool {
    match name {
        FieldName::Own(name) => !has(others, name),
        FieldName::Flat(names) => {
            let mut index = 0;
            while index < names.len() {
                if !is_apart(&names[index], others) {
                    return false;
                }
                index += 1;
            }
            true
        }
    }
}

const fn has(names: &[FieldName], wanted: &str) -> bool {
    let mut index = 0;
    while index < names.len() {
        let found = match &names[index] {
            FieldName::Own(name) => is_same(name.as_bytes(), wanted.as_bytes()),
            FieldName::Flat(names) => has(names, wanted),
        };
        if found {
            return true;
        }
        index += 1;
    }
    false
}

const fn is_same(a: &[u8], b: &[u8]) -> bool {
    if a.len() != b.len() {
        return false;
    }
    let mut index = 0;
    while index < a.len() {
        if a[index] != b[index] {
            return false;
        }
        index += 1;
    }
    true
}
