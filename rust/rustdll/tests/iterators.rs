//! Tests of iterators: a host takes their items.

#![allow(
    clippy::cloned_ref_to_slice_refs,
    reason = "a list of one argument is written as any other"
)]

mod host;

use std::cell::Cell;

use host::{Function, Library, RawFrame, Reference};
use rustdll::{export, Error, Iter};
use serde_json::{json, Value};

thread_local! {
    /// The number of iterators that were dropped on the thread of the test.
    static DROPPED: Cell<usize> = const { Cell::new(0) };
}

struct Counted(u32);

impl Drop for Counted {
    fn drop(&mut self) {
        DROPPED.set(DROPPED.get() + 1);
    }
}

impl Iterator for Counted {
    type Item = u32;

    fn next(&mut self) -> Option<u32> {
        self.0 = self.0.checked_sub(1)?;
        Some(self.0)
    }
}

#[export]
fn down(from: u32) -> Iter<u32> {
    Iter::new(Counted(from))
}

#[export]
fn one_at_a_time(from: u32) -> Iter<String> {
    Iter::new(Counted(from).map(|number| format!("é{number}"))).unbuffered()
}

#[export]
fn failing(from: u32) -> Iter<u32> {
    Iter::fallible(Counted(from).map(|number| {
        let number = number
            .checked_sub(2)
            .ok_or_else(|| Error::new("it is 1").with_code("ONE"))?;
        assert_ne!(number, 5, "it is 7");
        Ok::<_, Error>(number)
    }))
}

extern "C" {
    fn rustdll_function(index: u64) -> *const std::ffi::c_void;
}

/// Returns the function that takes items.
fn taking(library: &Library) -> Function {
    let count = library.table["functions"]
        .as_array()
        .expect("there are functions")
        .len();
    // SAFETY: the index is the one behind the last function, whose address is that of a framed function.
    unsafe { std::mem::transmute(rustdll_function(count as u64)) }
}

/// Takes items. Returns the status and the words of the result, or its text.
fn take(library: &Library, iterator: &Value, most: u64) -> (u32, Vec<u64>, String) {
    let mut frame = RawFrame::new(16);
    frame.args[..2].copy_from_slice(&[address(iterator) as u64, most]);
    // SAFETY: the frame has the arguments of the function.
    let status = unsafe { taking(library)(frame.pointer()) };
    let words = match status {
        0 => frame
            .bytes(frame.result as usize * 8)
            .chunks(8)
            .map(|word| u64::from_le_bytes(word.try_into().expect("8 bytes")))
            .collect(),
        _ => Vec::new(),
    };
    let text = frame.text();
    frame.release();
    (status, words, text)
}

fn address(value: &Value) -> *mut Reference {
    value.as_u64().expect("an address") as *mut Reference
}

fn release(value: &Value) {
    // SAFETY: the test releases each reference once.
    unsafe { ((*address(value)).release)(address(value), std::ptr::null_mut()) };
}

#[test]
fn items_are_taken_until_there_are_no_more() {
    let library = Library::load();
    let iterator = library.value("down", &[json!(5)]);
    let before = DROPPED.get();
    assert_eq!(take(&library, &iterator, 1).1, [1, 4, 0]);
    assert_eq!(take(&library, &iterator, 3).1, [3, 3, 2, 1, 0]);
    assert_eq!(DROPPED.get(), before);
    // It is dropped at its end, and not only when it is released.
    assert_eq!(take(&library, &iterator, 3).1, [1, 0, 1]);
    assert_eq!(DROPPED.get(), before + 1);
    assert_eq!(take(&library, &iterator, 3).1, [0, 1]);
    release(&iterator);
    assert_eq!(DROPPED.get(), before + 1);
    let other = library.value("down", &[json!(5)]);
    release(&other);
    assert_eq!(DROPPED.get(), before + 2);
}

#[test]
fn one_item_is_taken_at_a_time() {
    let library = Library::load();
    let iterator = library.value("one_at_a_time", &[json!(2)]);
    for (words, text) in [(vec![1, 2, 0], "é1"), (vec![1, 2, 0], "é0"), (vec![0, 1], "")] {
        assert_eq!(take(&library, &iterator, 100), (0, words, text.to_owned()));
    }
    release(&iterator);
}

#[test]
fn the_items_before_a_failure_come_first() {
    let library = Library::load();
    let iterator = library.value("failing", &[json!(5)]);
    assert_eq!(take(&library, &iterator, 100).1, [3, 2, 1, 0, 0]);
    let (status, _, text) = take(&library, &iterator, 100);
    assert_eq!((status, text.as_str()), (1, "ONEit is 1"));
    assert_eq!(take(&library, &iterator, 100).1, [0, 1]);
    release(&iterator);

    let before = DROPPED.get();
    let iterator = library.value("failing", &[json!(10)]);
    assert_eq!(take(&library, &iterator, 100).1, [2, 7, 6, 0]);
    assert_eq!(DROPPED.get(), before + 1);
    let (status, _, text) = take(&library, &iterator, 100);
    // The second of the two is that with frames, which RUST_BACKTRACE asks for.
    assert!(matches!(status, 2 | 8));
    assert!(text.contains("it is 7"), "{text}");
    assert_eq!(take(&library, &iterator, 100).1, [0, 1]);
    release(&iterator);
}

#[test]
fn what_is_no_iterator_is_refused() {
    let library = Library::load();
    for wrong in [0, 1, 12] {
        assert_eq!(take(&library, &json!(wrong), 1).0, 4);
    }
}

#[test]
fn the_table_says_that_there_are_iterators() {
    let library = Library::load();
    assert_eq!(library.function("down").0["result"], json!(["iter", "u32"]));
    let mut frame = RawFrame::new(0);
    frame.operation = 1;
    // SAFETY: the frame asks for the hash.
    assert_eq!(unsafe { taking(&library)(frame.pointer()) }, 0);
    assert_eq!(library.table["take"], json!(format!("{:016x}", frame.result)));
}
