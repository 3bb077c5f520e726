//! There is nothing to build. A package with `links` has a build script, and `links` is what makes Cargo refuse two
//! versions of the crate in one library, both by name: each would define the symbols that a host looks for.

fn main() {
    println!("cargo::rerun-if-changed=build.rs");
}
