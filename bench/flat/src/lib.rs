//! The work of the tests' kernels behind the signatures that C libraries have: for koffi and ffi-rs, so that each is
//! called in the way that suits it best.

use std::ffi::c_char;
use std::slice;

/// Adds one to every element; integers wrap around.
///
/// # Safety
///
/// `v` points to `n` elements that nothing else uses during the call.
#[no_mangle]
pub unsafe extern "C" fn add_one_i64(v: *mut i64, n: u32) {
    // SAFETY: the caller's promise.
    for x in unsafe { slice::from_raw_parts_mut(v, n as usize) } {
        *x = x.wrapping_add(1);
    }
}

/// Adds one to every element.
///
/// # Safety
///
/// `v` points to `n` elements that nothing else uses during the call.
#[no_mangle]
pub unsafe extern "C" fn add_one_f64(v: *mut f64, n: u32) {
    // SAFETY: the caller's promise.
    for x in unsafe { slice::from_raw_parts_mut(v, n as usize) } {
        *x += 1.0;
    }
}

/// Returns the byte at 40, the last of 41: the call passes a string, and does not even search for its end.
///
/// # Safety
///
/// `s` points to 41 bytes or more.
#[no_mangle]
pub unsafe extern "C" fn byte_40(s: *const c_char) -> u32 {
    // SAFETY: the caller's promise.
    u32::from(unsafe { *s.cast::<u8>().add(40) })
}

/// Returns the sum, rounded towards 0: an integer, since a guessed call returns integers only.
#[no_mangle]
pub extern "C" fn whole_sum(a: f64, b: f64) -> i64 {
    (a + b) as i64
}
