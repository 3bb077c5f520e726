//! The table of a library's functions and their signatures, and the symbols by which a host finds it.

mod contract;
mod entry;
mod json;

#[cfg(any(test, feature = "log", feature = "tracing"))]
pub(crate) use entry::Parameter;
pub use entry::{Entry, Member, ParameterEntry, Role, Signature, RUSTDLL_FUNCTIONS};
pub use json::hash;
pub(crate) use json::quote;

/// The table as JSON, or why there is none. `contract` is the version of the contract.
pub(crate) fn table(contract: u32, functions: &[Entry]) -> Result<String, String> {
    for pair in functions.windows(2) {
        // The functions of one class have names that differ, and two classes may have the same name.
        if pair[0].name == pair[1].name && pair.iter().all(|entry| entry.member.is_none()) {
            return Err(format!(
                "two functions are exported as {}: one in {} and one in {}",
                pair[0].name, pair[0].module, pair[1].module
            ));
        }
    }
    Ok(json::table(contract, functions))
}
