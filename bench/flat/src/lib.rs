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

/// Returns the sum of the first and the last byte.
///
/// # Safety
///
/// `data` points to `length` bytes, of which there is at least one.
#[no_mangle]
pub unsafe extern "C" fn ends(data: *const u8, length: usize) -> u32 {
    // SAFETY: the caller's promise.
    unsafe { u32::from(*data) + u32::from(*data.add(length - 1)) }
}

/// Divides two integers, and gives quotient and remainder; false if that is not possible.
///
/// # Safety
///
/// `quotient` and `rest` can be written to.
#[no_mangle]
pub unsafe extern "C" fn divide(a: i64, b: i64, quotient: *mut i64, rest: *mut i64) -> bool {
    let (Some(q), Some(r)) = (a.checked_div(b), a.checked_rem(b)) else {
        return false;
    };
    // SAFETY: the caller's promise.
    unsafe {
        *quotient = q;
        *rest = r;
    }
    true
}

/// A counter of the library's own.
pub struct Counter(i64);

/// Makes a counter, which is never freed.
#[no_mangle]
pub extern "C" fn counter_new(start: i64) -> *mut Counter {
    Box::into_raw(Box::new(Counter(start)))
}

/// Returns the next number.
///
/// # Safety
///
/// `counter` is one of `counter_new`.
#[no_mangle]
pub unsafe extern "C" fn counter_next(counter: *mut Counter) -> i64 {
    // SAFETY: the caller's promise.
    let Counter(value) = unsafe { &mut *counter };
    *value = (*value + 1) % 1000;
    *value
}

/// A point in the plane.
#[repr(C)]
pub struct Point {
    x: f64,
    y: f64,
}

/// Returns the square of the distance from the origin.
#[no_mangle]
pub extern "C" fn norm(Point { x, y }: Point) -> f64 {
    x * x + y * y
}

/// Returns a text of the library's own, of 41 characters.
#[no_mangle]
pub extern "C" fn motto() -> *const c_char {
    c"The quick brown fox jumps over a lazy dog".as_ptr()
}
