//! The table of a library's functions and their signatures.

use std::sync::OnceLock;

use crate::describe::{Catalogue, Type};
use crate::frame::Frame;
use crate::json;

/// What `#[export]` tells about a function.
#[derive(Clone, Copy, Debug)]
pub struct Entry {
    /// Its name in JavaScript.
    pub name: &'static str,
    /// Its documentation.
    pub doc: &'static str,
    /// The path of the module it is in.
    pub module: &'static str,
    /// Whether its 64- and 128-bit integers become bigints.
    pub bigint: bool,
    /// Describes its types.
    pub signature: fn(&mut Catalogue) -> Signature,
    /// Calls it.
    pub function: extern "C" fn(&mut Frame) -> u32,
}

/// The types of a function.
#[derive(Clone, Debug)]
pub struct Signature {
    /// The names of the parameters and their types.
    pub parameters: Vec<(&'static str, Type)>,
    /// The type of the result, of a `Result` that of the value.
    pub result: Type,
    /// Whether it may return an error.
    pub throws: bool,
}

/// Where `#[export]` puts its entries, in this crate and in all that depend on it.
#[linkme::distributed_slice]
#[doc(hidden)]
pub static RUSTDLL_FUNCTIONS: [Entry];

/// The functions, sorted by name.
pub(crate) fn functions() -> &'static [Entry] {
    static FUNCTIONS: OnceLock<Vec<Entry>> = OnceLock::new();
    FUNCTIONS.get_or_init(|| {
        let mut functions = RUSTDLL_FUNCTIONS.to_vec();
        functions.sort_by_key(|entry| (entry.name, entry.module));
        functions
    })
}

/// The table as JSON, or why there is none.
pub(crate) fn table(functions: &[Entry]) -> Result<String, String> {
    for pair in functions.windows(2) {
        if pair[0].name == pair[1].name {
            return Err(format!(
                "two functions are exported as {}: one in {} and one in {}",
                pair[0].name, pair[0].module, pair[1].module
            ));
        }
    }
    Ok(json::table(functions))
}

impl Entry {
    /// The hash of the signature: of the name and the types, with all that their records and enums consist of.
    pub fn hash(&self) -> u64 {
        let mut hash = 0xcbf2_9ce4_8422_2325_u64;
        for byte in json::canonical(self).bytes() {
            hash = (hash ^ u64::from(byte)).wrapping_mul(0x0000_0100_0000_01b3);
        }
        hash
    }
}
