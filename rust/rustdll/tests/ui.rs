//! Tests that faults are reported at their places, with the supported alternative.
//!
//! The compiler's part of the messages is not the same from version to version, nor with features, whose types it names.

#![cfg(not(feature = "serde"))]

#[rustversion::attr(not(stable(1.95)), ignore = "the messages are those of Rust 1.95")]
#[test]
#[cfg_attr(miri, ignore)]
fn mistakes_are_reported_where_they_are() {
    trybuild::TestCases::new().compile_fail("tests/ui/*.rs");
}

#[rustversion::attr(not(stable(1.95)), ignore = "the messages are those of Rust 1.95")]
#[test]
#[cfg_attr(miri, ignore)]
fn mistakes_are_reported_when_code_is_generated() {
    let cases = trybuild::TestCases::new();
    cases.compile_fail("tests/ui/generated/*_fails.rs");
    // Because this program compiles, code is generated for the others too.
    cases.pass("tests/ui/generated/compiles.rs");
}
