//! A library with two functions of the same name has no table.

mod host;

use host::{rustdll_table, RawFrame};
use rustdll::export;

mod first {
    #[rustdll::export]
    fn twice() {}
}

#[export(name = "twice")]
fn second() {}

#[test]
fn two_functions_of_one_name_are_an_error_that_says_where_they_are() {
    let mut frame = RawFrame::new(0);
    // SAFETY: it is a framed function without arguments.
    let status = unsafe { rustdll_table(frame.pointer().cast()) };
    assert_eq!(status, 5);
    assert_eq!(
        frame.text(),
        "two functions are exported as twice: one in duplicates and one in duplicates::first"
    );
    frame.release();
}
