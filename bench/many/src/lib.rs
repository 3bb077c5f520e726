//! 400 exported functions: 50 of each kind that `build.rs` has, each of its own name.

use rustdll::{export, Error, Record};

include!(concat!(env!("OUT_DIR"), "/functions.rs"));
