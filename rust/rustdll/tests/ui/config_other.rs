//! A convention that is none of a whole crate.

rustdll::config!(rename_all = "kebab-case");

fn main() {}
