//! With `RUST_BACKTRACE` the host gets the functions that led to a panic. The variable applies to the whole process, so
//! this test has a process of its own.

mod host;

use std::{env, panic, thread};

use host::{Library, Outcome};
use rustdll::export;
use serde_json::json;

#[inline(never)]
fn inner(index: usize) -> usize {
    [0, 1][index]
}

#[export]
fn outer(index: usize) -> usize {
    inner(index) + 1
}

#[export]
fn passed_on() {
    let panicked = thread::spawn(|| inner(7)).join();
    panic::resume_unwind(panicked.expect_err("it has panicked"));
}

#[export]
fn resumed() {
    panic::resume_unwind(Box::new("resumed"));
}

#[test]
fn the_functions_from_the_panic_to_the_exported_one_are_told() {
    env::set_var("RUST_BACKTRACE", "1");
    let library = Library::load();
    let names = |name: &str, arguments: &[serde_json::Value]| {
        let outcome = library.call(name, arguments);
        assert!(matches!(outcome, Outcome::Panic(..)), "{outcome:?}");
        let frames = library.frames.take();
        frames.into_iter().map(|(name, _)| name).collect::<Vec<_>>()
    };
    let of_outer = names("outer", &[json!(2)]);
    assert_eq!(of_outer, ["backtraces::inner", "backtraces::outer"], "{of_outer:?}");
    // The frames end with the thread's first function, as nothing in Rust has called it.
    let of_thread = names("passed_on", &[]);
    assert_eq!(of_thread[0], "backtraces::inner");
    assert!(
        of_thread
            .iter()
            .all(|name| !name.contains("rustdll") && !name.contains("__rust")),
        "{of_thread:?}"
    );
    assert_eq!(names("resumed", &[]), [""; 0]);
    assert_eq!(library.value("outer", &[json!(1)]), json!(2));
}
