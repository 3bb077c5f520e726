//! The host gets the message and the location of a panic, and the panic has no other effects. The hook applies to the
//! whole process, so there is one test.

mod host;

use std::fmt;
use std::panic;
use std::sync::atomic::{AtomicU32, Ordering};
use std::thread;

use host::{Library, Outcome};
use rayon::prelude::*;
use rustdll::export;
use serde_json::{json, Value};

struct DropPanics;

impl Drop for DropPanics {
    fn drop(&mut self) {
        panic::panic_any(DropPanics);
    }
}

struct DisplayPanics;

impl fmt::Display for DisplayPanics {
    fn fmt(&self, _: &mut fmt::Formatter<'_>) -> fmt::Result {
        panic!("no words");
    }
}

/// The number of panics that reached the previous hook.
static REPORTED: AtomicU32 = AtomicU32::new(0);

const LINE: u32 = line!() + 3;
#[export]
fn panic_slice() {
    panic!("a slice");
}

#[export]
fn panic_string(text: String) -> f64 {
    panic!("{text}");
}

#[export]
fn panic_other() {
    panic::panic_any(7_u32);
}

#[export]
fn panic_drop() {
    panic::panic_any(DropPanics);
}

#[export]
fn panic_later() -> Result<(), DisplayPanics> {
    Err(DisplayPanics)
}

#[export]
fn panic_resumed() {
    panic::resume_unwind(Box::new("resumed"));
}

#[export]
fn panic_caught() -> bool {
    panic::catch_unwind(|| panic!("caught")).is_err()
}

#[export]
fn panic_in_thread() -> bool {
    thread::spawn(|| panic!("in a thread")).join().is_err()
}

#[export]
fn panic_passed_on(text: String) {
    let panicked = thread::spawn(move || panic!("{text}")).join();
    panic::resume_unwind(panicked.expect_err("it has panicked"));
}

#[export]
fn panic_passed_on_other() {
    let panicked = thread::spawn(|| panic::panic_any(7_u32)).join();
    panic::resume_unwind(panicked.expect_err("it has panicked"));
}

#[export]
fn panic_caught_and_another_resumed() {
    assert!(panic::catch_unwind(|| panic!("caught")).is_err());
    panic::resume_unwind(Box::new("resumed"));
}

/// All threads panic, and one of the panics is passed on.
#[export]
fn panic_in_pool(count: usize) -> usize {
    (0..count)
        .into_par_iter()
        .map(|index| usize::from(index > count) + in_pool(index))
        .sum()
}

fn in_pool(index: usize) -> usize {
    panic!("at {index}");
}

#[export]
extern "C" fn panic_extern(index: usize) -> f64 {
    [0.0][index]
}

#[test]
fn a_panic_comes_with_its_place_and_prints_nothing() {
    panic::set_hook(Box::new(|_| {
        REPORTED.fetch_add(1, Ordering::Relaxed);
    }));
    let library = Library::load();
    let panicked = |name: &str, arguments: &[Value]| match library.call(name, arguments) {
        Outcome::Panic(message, location) => (message, location),
        other => panic!("{name}: {other:?}"),
    };
    let here = format!("{}:{LINE}:5", file!());
    assert_eq!(panicked("panic_slice", &[]), ("a slice".to_owned(), Some(here)));
    let (message, location) = panicked("panic_string", &[json!("\u{1f980}")]);
    assert_eq!(message, "\u{1f980}");
    assert!(location.is_some_and(|location| location.starts_with(file!())));
    assert_eq!(panicked("panic_other", &[]).0, "Box<dyn Any>");
    assert_eq!(panicked("panic_drop", &[]).0, "Box<dyn Any>");
    assert_eq!(panicked("panic_later", &[]).0, "no words");
    assert!(panicked("panic_extern", &[json!(1)]).0.contains("index out of bounds"));
    // The location of a panic that was caught must not be that of the next one.
    assert_eq!(library.value("panic_caught", &[]), json!(true));
    assert_eq!(panicked("panic_resumed", &[]), ("resumed".to_owned(), None));
    assert_eq!(REPORTED.load(Ordering::Relaxed), 0);

    assert_eq!(
        panicked("panic_caught_and_another_resumed", &[]),
        ("resumed".to_owned(), None)
    );

    // A panic that is passed on from another thread has its location there.
    let line = |text: &str| {
        let index = include_str!("panics.rs").lines().position(|line| line.contains(text));
        format!("{}:{}:", file!(), index.expect("it is there") + 1)
    };
    let is_at = |location: Option<String>, text: &str| {
        assert!(
            location
                .as_ref()
                .is_some_and(|location| location.starts_with(&line(text))),
            "{location:?}"
        );
    };
    for text in ["", "passed on", "\u{1f980}"] {
        let (message, location) = panicked("panic_passed_on", &[json!(text)]);
        assert_eq!(message, text);
        is_at(location, "thread::spawn(move || panic!(");
    }
    is_at(
        panicked("panic_passed_on_other", &[]).1,
        "thread::spawn(|| panic::panic_any",
    );
    for _ in 0..5 {
        let (message, location) = panicked("panic_in_pool", &[json!(2000)]);
        assert!(message.starts_with("at "), "{message}");
        is_at(location, "panic!(\"at {index}\")");
    }
    // A panic that ends no call is printed, but not by the previous hook, which would have to be called at once.
    assert_eq!(library.value("panic_in_thread", &[]), json!(true));
    assert_eq!(REPORTED.load(Ordering::Relaxed), 0);

    // The crate does not handle panics outside of calls, on this thread or on others.
    assert!(thread::spawn(|| panic!("in a thread of its own")).join().is_err());
    assert_eq!(REPORTED.load(Ordering::Relaxed), 1);
    assert!(panic::catch_unwind(|| panic!("outside")).is_err());
    assert_eq!(REPORTED.load(Ordering::Relaxed), 2);
}
