//! The entries of the table, which `#[export]` generates and the linker collects.

use std::sync::OnceLock;

use crate::frame::Frame;
use crate::types::shape::{Catalogue, Shape};

/// The description of a function that `#[export]` generates.
#[derive(Clone, Copy, Debug)]
pub struct Entry {
    /// Its name in JavaScript.
    pub name: &'static str,
    /// Its documentation.
    pub doc: &'static str,
    /// The path of its module.
    pub module: &'static str,
    /// True if its 64- and 128-bit integers become bigints.
    pub bigint: bool,
    /// True if JavaScript is to get a promise from the function itself.
    pub is_async: bool,
    /// True if it has a background form.
    pub background: bool,
    /// Describes its types.
    pub signature: fn(&mut Catalogue) -> Signature,
    /// Calls it.
    pub function: extern "C" fn(&mut Frame) -> u32,
}

/// The types of a function.
#[derive(Clone, Debug)]
pub struct Signature {
    /// The names of the parameters and their types.
    pub parameters: Vec<(&'static str, Shape)>,
    /// The type of the result; for a `Result`, that of its value.
    pub result: Shape,
    /// True if the function may return an error.
    pub throws: bool,
}

/// The slice to which `#[export]` adds its entries, in this crate and in all that depend on it.
#[linkme::distributed_slice]
#[doc(hidden)]
pub static RUSTDLL_FUNCTIONS: [Entry];

/// Returns the functions, sorted by name.
pub(crate) fn functions() -> &'static [Entry] {
    static FUNCTIONS: OnceLock<Vec<Entry>> = OnceLock::new();
    FUNCTIONS.get_or_init(|| {
        let mut functions = RUSTDLL_FUNCTIONS.to_vec();
        functions.sort_by_key(|entry| (entry.name, entry.module));
        functions
    })
}
