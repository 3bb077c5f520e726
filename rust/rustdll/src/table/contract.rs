//! The symbols of a library that a host looks up by name.

use std::ffi::c_void;
use std::mem::{align_of, size_of};
use std::ptr;

use super::entry::{functions, LISTEN, TAKE};
use super::table;
use crate::call::{enter, install_hook, Status};
use crate::frame::Frame;
use crate::types::Encode;

/// The version of the contract between a host and a library.
const VERSION: u32 = 2;

/// The data that a host reads before it calls any function.
#[repr(C, align(8))]
#[derive(Debug)]
pub struct Contract {
    magic: [u8; 8],
    version: u32,
    /// Bit 0: a panic aborts the process.
    flags: u32,
}

const _: () = assert!(size_of::<Contract>() == 16 && align_of::<Contract>() == 8);

/// The contract that this library follows.
#[export_name = "rustdll_contract"]
pub static CONTRACT: Contract = Contract {
    magic: *b"RUSTDLL\0",
    version: VERSION,
    flags: if cfg!(panic = "abort") { 1 } else { 0 },
};

/// Returns the signatures of the exported functions as JSON. It is a framed function without parameters.
///
/// A host calls it before any other function.
#[export_name = "rustdll_table"]
pub extern "C" fn rustdll_table(frame: &mut Frame) -> u32 {
    install_hook();
    enter(
        frame,
        &"rustdll_table",
        || 0,
        |arguments, output| {
            arguments.finish()?;
            match table(VERSION, functions()) {
                Ok(table) => table.give(output).map(|()| Status::DONE),
                Err(message) => {
                    output.message(&message);
                    Ok(Status::INEXPRESSIBLE)
                }
            }
        },
    )
}

/// Returns the address of a function by its index in the table, or null. Behind the last one are that which takes from
/// iterators and that with which a host listens to logging.
#[export_name = "rustdll_function"]
pub extern "C" fn rustdll_function(index: u64) -> *const c_void {
    let functions = functions();
    let function = match usize::try_from(index) {
        Ok(index) if index == functions.len() => Some(&TAKE),
        Ok(index) if index == functions.len() + 1 => LISTEN,
        Ok(index) => functions.get(index),
        Err(_) => None,
    };
    function.map_or(ptr::null(), |entry| entry.function as *const c_void)
}
