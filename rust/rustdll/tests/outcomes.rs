//! Tests of errors, and of results that cannot be represented in JavaScript.

mod host;

use std::error::Error as StdError;
use std::fmt;
use std::num::ParseIntError;
use std::panic;
use std::sync::Arc;

use host::{Library, Outcome, RawFrame};
use rustdll::{export, Enum, Error, Record};
use serde_json::json;

#[derive(Debug)]
struct Chained(&'static str, Option<Box<dyn StdError + Send + Sync>>);

impl fmt::Display for Chained {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.0)
    }
}

impl StdError for Chained {
    fn source(&self) -> Option<&(dyn StdError + 'static)> {
        self.1.as_deref().map(|source| source as _)
    }
}

fn chained() -> Chained {
    Chained("outer", Some(Box::new(Chained("middle", Some("inner".into())))))
}

struct OnlyDisplay<'a>(&'a str);

impl fmt::Display for OnlyDisplay<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "displayed {}", self.0)
    }
}

#[derive(Debug)]
struct Endless;

impl fmt::Display for Endless {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("again")
    }
}

impl StdError for Endless {
    fn source(&self) -> Option<&(dyn StdError + 'static)> {
        Some(self)
    }
}

type Parsed<T> = Result<T, ParseIntError>;

#[export]
fn plain_error() -> Result<(), Chained> {
    Err(chained())
}

#[export]
fn boxed() -> Result<(), Box<dyn StdError>> {
    Err(Box::new(chained()))
}

#[export]
fn boxed_send() -> Result<(), Box<dyn StdError + Send>> {
    Err(Box::new(chained()))
}

#[export]
fn boxed_send_sync() -> Result<(), Box<dyn StdError + Send + Sync>> {
    Err(Box::new(chained()))
}

#[export]
fn boxed_sized() -> Result<(), Box<Chained>> {
    Err(Box::new(chained()))
}

#[export]
fn shared() -> Result<(), Arc<dyn StdError + Send + Sync>> {
    Err(Arc::new(chained()))
}

#[export]
fn any_error() -> anyhow::Result<()> {
    Err(anyhow::Error::new(chained()))
}

#[export]
fn any_error_with_code() -> anyhow::Result<f64> {
    Err(anyhow::Error::new(Error::new("inner").with_code("E_ANY").into_std()).context("outer"))
}

#[export]
fn string() -> Result<(), String> {
    Err("\u{1f980}".to_owned())
}

#[export]
fn string_slice() -> Result<f64, &'static str> {
    Err("")
}

#[export]
fn displayed(text: &str) -> Result<&str, OnlyDisplay<'_>> {
    if text == "fine" {
        return Ok(text);
    }
    Err(OnlyDisplay(text))
}

#[export]
fn parse(text: &str) -> Parsed<i64> {
    text.parse()
}

#[export]
fn code() -> Result<(), Error> {
    Err(Error::new("message").with_code("E_CODE").with_source(chained()))
}

#[export]
fn code_in_a_box() -> Result<(), Box<dyn StdError>> {
    Err(Error::new("boxed").with_code("E_BOXED").into())
}

#[export]
fn code_of_the_source() -> Result<(), Chained> {
    Err(Chained("outer", Some(Error::new("inner").with_code("E_INNER").into())))
}

#[export]
fn any_kind(text: &str) -> Result<u8, Error> {
    let text = std::str::from_utf8(text.as_bytes())?;
    if text == "chained" {
        return Err(chained().into());
    }
    if text == "boxed" {
        return Err(Error::from_boxed(Box::new(chained())).with_code("E_BOXED"));
    }
    if text == "anyhow" {
        let error = anyhow::Error::new(chained()).context("outermost");
        return Err(Error::from_boxed(error.into()));
    }
    if text == "twice" {
        // Conversion to a box and back preserves the error.
        let boxed: Box<dyn StdError + Send + Sync> = Error::new("twice").with_code("E_TWICE").into();
        return Err(Error::from_boxed(boxed));
    }
    let number: u32 = text.parse()?;
    Ok(u8::try_from(number)?)
}

#[export]
fn codes() -> Result<(), Error> {
    let innermost = Chained("middle", Some(Error::new("inner").with_code("E_INNER").into()));
    Err(Error::new("outer").with_code("E_OUTER").with_source(innermost))
}

#[export]
fn endless() -> Result<(), Endless> {
    Err(Endless)
}

#[test]
fn an_error_comes_with_its_causes_and_its_code() {
    let library = Library::load();
    let error = |name: &str, code: Option<&str>, messages: &[&str]| {
        let expected = Outcome::Error(
            code.map(str::to_owned),
            messages.iter().map(|&message| message.to_owned()).collect(),
        );
        assert_eq!(library.call(name, &[]), expected, "{name}");
    };
    let functions = [
        "plain_error",
        "boxed",
        "boxed_send",
        "boxed_send_sync",
        "boxed_sized",
        "shared",
        "any_error",
    ];
    for name in functions {
        error(name, None, &["outer", "middle", "inner"]);
    }
    error("string", None, &["\u{1f980}"]);
    error("string_slice", None, &[""]);
    error("code", Some("E_CODE"), &["message", "outer", "middle", "inner"]);
    error("code_in_a_box", Some("E_BOXED"), &["boxed"]);
    let with_codes = |name: &str, errors: &[(Option<&str>, &str)]| {
        let errors = errors
            .iter()
            .map(|(code, message)| (code.map(str::to_owned), (*message).to_owned()));
        assert_eq!(library.call(name, &[]), Outcome::Errors(errors.collect()), "{name}");
    };
    with_codes("any_error_with_code", &[(None, "outer"), (Some("E_ANY"), "inner")]);
    with_codes("code_of_the_source", &[(None, "outer"), (Some("E_INNER"), "inner")]);
    with_codes(
        "codes",
        &[(Some("E_OUTER"), "outer"), (None, "middle"), (Some("E_INNER"), "inner")],
    );
    for (text, code, messages) in [
        ("x", None, &["invalid digit found in string"][..]),
        ("256", None, &["out of range integral type conversion attempted"]),
        ("chained", None, &["outer", "middle", "inner"]),
        ("boxed", Some("E_BOXED"), &["outer", "middle", "inner"]),
        ("anyhow", None, &["outermost", "outer", "middle", "inner"]),
        ("twice", Some("E_TWICE"), &["twice"]),
    ] {
        let messages = messages.iter().map(|&message| message.to_owned()).collect();
        let expected = Outcome::Error(code.map(str::to_owned), messages);
        assert_eq!(library.call("any_kind", &[json!(text)]), expected, "{text}");
    }
    assert_eq!(library.value("any_kind", &[json!("255")]), json!(255));
    error("endless", None, &["again"; 65]);
    assert_eq!(library.value("displayed", &[json!("fine")]), json!("fine"));
    assert_eq!(
        library.call("displayed", &[json!("it")]),
        Outcome::Error(None, vec!["displayed it".to_owned()])
    );
    assert_eq!(library.value("parse", &[json!("-7")]), json!(-7));
    assert_eq!(
        library.call("parse", &[json!("seven")]),
        Outcome::Error(None, vec!["invalid digit found in string".to_owned()])
    );
}

/// An error as people write it, with `thiserror`.
#[derive(Debug, thiserror::Error, Enum)]
#[rustdll(rename_all = "SCREAMING_SNAKE_CASE")]
enum AppError {
    #[error("there is no file {path}")]
    NotFound { path: String },
    #[error("line {0}, column {1}")]
    Syntax(u32, u32),
    #[error("no access")]
    Denied,
    #[error("not a tree")]
    NoTree(#[source] Cause),
}

#[derive(Debug, thiserror::Error, Record)]
#[error("because of {why}")]
struct Cause {
    why: String,
}

#[derive(Record)]
struct WithoutWords {
    line: u32,
}

#[derive(Debug, Enum)]
enum Signal {
    Stop,
    Go,
}

impl fmt::Display for Signal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "the signal is {self:?}")
    }
}

fn app_error(which: u32) -> AppError {
    match which {
        0 => AppError::NotFound {
            path: "a/\u{fc}".to_owned(),
        },
        1 => AppError::Syntax(3, 7),
        2 => AppError::Denied,
        _ => AppError::NoTree(Cause { why: "wood".to_owned() }),
    }
}

#[export]
fn with_data(which: u32) -> Result<f64, AppError> {
    Err(app_error(which))
}

#[export]
fn with_data_in_a_box(which: u32) -> Result<String, Box<AppError>> {
    Err(Box::new(app_error(which)))
}

#[export]
fn with_data_of_a_record() -> Result<(), Cause> {
    Err(Cause { why: "rain".to_owned() })
}

#[export]
fn with_data_alone(line: u32) -> Result<u32, WithoutWords> {
    if line == 0 {
        return Ok(line);
    }
    Err(WithoutWords { line })
}

#[export]
fn with_data_and_message(go: bool) -> Result<(), Signal> {
    Err(if go { Signal::Go } else { Signal::Stop })
}

#[export]
fn with_deep_data(depth: u32) -> Result<(), Tree> {
    Err(tree(depth))
}

#[export]
fn with_data_that_is_no_text() -> Result<(), Cause> {
    Err(Cause { why: not_text(b"\xff") })
}

#[export]
fn of_class(which: u32) -> Result<(), Error> {
    Err(match which {
        0 => Error::type_error("no number"),
        1 => Error::range_error("too large").with_code("E_LARGE"),
        2 => Error::type_error("no number").with_source(chained()),
        _ => Error::new("outer").with_source(Error::type_error("inner")),
    })
}

#[export]
fn of_class_in_a_box() -> Result<(), Box<dyn StdError>> {
    Err(Error::range_error("boxed").into())
}

#[test]
fn an_error_that_is_a_record_or_an_enum_comes_with_its_data() {
    let library = Library::load();
    let errors = |errors: &[(Option<&str>, &str)]| -> Vec<(Option<String>, String)> {
        let owned = |&(code, message): &(Option<&str>, &str)| (code.map(str::to_owned), message.to_owned());
        errors.iter().map(owned).collect()
    };
    let cases = [
        (
            errors(&[(Some("NOT_FOUND"), "there is no file a/\u{fc}")]),
            json!({"type": "NOT_FOUND", "path": "a/\u{fc}"}),
        ),
        (
            errors(&[(Some("SYNTAX"), "line 3, column 7")]),
            json!({"type": "SYNTAX", "value": [3, 7]}),
        ),
        (errors(&[(Some("DENIED"), "no access")]), json!({"type": "DENIED"})),
        (
            errors(&[(Some("NO_TREE"), "not a tree"), (None, "because of wood")]),
            json!({"type": "NO_TREE", "value": {"why": "wood"}}),
        ),
    ];
    for (which, (errors, data)) in cases.into_iter().enumerate() {
        for name in ["with_data", "with_data_in_a_box"] {
            let expected = Outcome::ErrorWithData(errors.clone(), data.clone());
            assert_eq!(library.call(name, &[json!(which)]), expected, "{name}");
        }
    }
    let call = |name: &str, arguments: &[serde_json::Value], expected: &[(Option<&str>, &str)], data| {
        let expected = Outcome::ErrorWithData(errors(expected), data);
        assert_eq!(library.call(name, arguments), expected, "{name}");
    };
    call(
        "with_data_of_a_record",
        &[],
        &[(None, "because of rain")],
        json!({"why": "rain"}),
    );
    call(
        "with_data_alone",
        &[json!(7)],
        &[(None, "WithoutWords")],
        json!({"line": 7}),
    );
    assert_eq!(library.value("with_data_alone", &[json!(0)]), json!(0));
    call(
        "with_data_and_message",
        &[json!(true)],
        &[(Some("Go"), "the signal is Go")],
        json!("Go"),
    );
    call(
        "with_deep_data",
        &[json!(2)],
        &[(None, "Tree")],
        json!({"children": [{"children": []}]}),
    );
    let expected = Outcome::None(5, "the result has text that is not UTF-8".to_owned());
    assert_eq!(library.call("with_data_that_is_no_text", &[]), expected);
    for (name, which, status, expected) in [
        ("of_class", 0, 13, errors(&[(None, "no number")])),
        ("of_class", 1, 14, errors(&[(Some("E_LARGE"), "too large")])),
        (
            "of_class",
            2,
            13,
            errors(&[(None, "no number"), (None, "outer"), (None, "middle"), (None, "inner")]),
        ),
    ] {
        let expected = Outcome::ErrorOfClass(status, expected);
        assert_eq!(library.call(name, &[json!(which)]), expected, "{which}");
    }
    let expected = Outcome::ErrorOfClass(14, errors(&[(None, "boxed")]));
    assert_eq!(library.call("of_class_in_a_box", &[]), expected);
    let expected = Outcome::Error(None, vec!["outer".to_owned(), "inner".to_owned()]);
    assert_eq!(library.call("of_class", &[json!(3)]), expected);
}

#[test]
#[cfg_attr(miri, ignore)]
fn the_data_of_an_error_is_as_deep_as_a_stack_of_its_own_allows() {
    let library = Library::load();
    let (_, function) = library.function("with_deep_data");
    for (depth, expected) in [(20_000, 12), (3_000_000, 5)] {
        let mut frame = RawFrame::new(8);
        frame.args[0] = depth;
        // SAFETY: its argument is a `u32`.
        assert_eq!(unsafe { function(frame.pointer()) }, expected);
        frame.release();
    }
}

#[derive(Record)]
struct Tree {
    children: Vec<Tree>,
}

#[derive(Enum)]
enum List {
    End,
    Next(Box<List>),
}

#[export]
fn tree(depth: u32) -> Tree {
    let mut tree = Tree { children: Vec::new() };
    for _ in 1..depth {
        tree = Tree { children: vec![tree] };
    }
    tree
}

#[export]
fn tree_depth(tree: &Tree) -> u32 {
    1 + tree.children.iter().map(tree_depth).max().unwrap_or(0)
}

#[export]
fn list_length(list: &List) -> u32 {
    match list {
        List::End => 1,
        List::Next(next) => 1 + list_length(next),
    }
}

#[export]
fn panic_far_down(tree: Tree) -> u32 {
    match tree.children.into_iter().next() {
        Some(child) => 1 + panic_far_down(child),
        None => panic!("the end"),
    }
}

/// Calls a function with a value of this depth. In the stream it is a 1 for each level, and then a 0.
fn call_deep(name: &str, depth: usize) -> (u32, Box<RawFrame>) {
    let mut words = vec![1; depth];
    words[depth - 1] = 0;
    let mut frame = RawFrame::new(8);
    frame.in_words = words.as_ptr();
    frame.in_count = words.len() as u64;
    let library = Library::load();
    let (_, function) = library.function(name);
    // SAFETY: these words are a `Tree` with one child per node, or a `List`, and there is no text.
    let status = unsafe { function(frame.pointer()) };
    (status, frame)
}

/// A deep value is handled on a small stack, and after a panic on another one.
#[test]
#[cfg_attr(miri, ignore)]
fn values_are_as_deep_as_a_stack_of_their_own_allows() {
    let test = || {
        for depth in [1, 255, 256, 257, 1_000, 10_000, 20_000] {
            for name in ["tree_depth", "list_length"] {
                let (status, frame) = call_deep(name, depth);
                assert_eq!((status, frame.result), (0, depth as u64), "{name}");
            }
            let (status, mut frame) = call_deep("panic_far_down", depth);
            // With RUST_BACKTRACE=1 a panic has frames, and another status.
            assert!(matches!(status, 2 | 8), "{status}");
            assert_eq!(frame.text().get(..7), Some("the end"));
            assert!(frame.text().contains("outcomes.rs:"), "{}", frame.text());
            frame.release();
        }
        for name in ["tree_depth", "list_length", "panic_far_down"] {
            let (status, mut frame) = call_deep(name, 2_000_000);
            let message = "an argument has more values inside one another than the stack has room for";
            assert_eq!((status, frame.text().as_str()), (5, message), "{name}");
            frame.release();
        }
    };
    let thread = std::thread::Builder::new().stack_size(256 << 10).spawn(test);
    thread.expect("a thread").join().expect("no panic");
}

#[test]
#[cfg_attr(miri, ignore)]
fn results_are_as_deep_as_a_stack_of_their_own_allows() {
    let library = Library::load();
    let (_, tree) = library.function("tree");
    for depth in [1, 255, 256, 257, 1_000, 10_000, 20_000] {
        let mut frame = RawFrame::new(8);
        frame.args[0] = depth;
        // SAFETY: its argument is a `u32`.
        assert_eq!(unsafe { tree(frame.pointer()) }, 0);
        assert_eq!(frame.result, depth);
        let words: Vec<_> = frame.bytes(8 * depth as usize).chunks(8).map(|word| word[0]).collect();
        assert!(words.iter().rev().skip(1).all(|&word| word == 1) && words.last() == Some(&0));
        frame.release();
    }
    let message = "the result has more values inside one another than the stack has room for".to_owned();
    assert_eq!(library.call("tree", &[json!(3_000_000)]), Outcome::None(5, message));
    assert_eq!(library.value("tree", &[json!(1)]), json!({"children": []}));
}

fn not_text(bytes: &[u8]) -> String {
    // SAFETY: the string is invalid, which the test is about. Only the crate accesses it, and only its bytes.
    unsafe { String::from_utf8_unchecked(bytes.to_vec()) }
}

#[export]
fn bad_text() -> String {
    not_text(b"\xff")
}

#[export]
fn bad_texts() -> Vec<String> {
    vec!["good".to_owned(), not_text(b"\xed\xa0\x80")]
}

#[export]
fn bad_halves() -> Vec<String> {
    vec![not_text(b"\xc3"), not_text(b"\xa9")]
}

#[export]
fn bad_error() -> Result<(), String> {
    Err(not_text(b"\xc3"))
}

#[export]
fn bad_panic() {
    panic::panic_any(not_text(b"\xf0\x9f"));
}

#[test]
fn text_that_is_not_utf8_is_no_result() {
    let library = Library::load();
    for name in ["bad_text", "bad_texts", "bad_error", "bad_panic"] {
        let expected = Outcome::None(5, "the result has text that is not UTF-8".to_owned());
        assert_eq!(library.call(name, &[]), expected, "{name}");
    }
    // The text is validated as a whole, and the host divides it in the same way.
    assert_eq!(library.value("bad_halves", &[]), json!(["\u{e9}", ""]));
}
