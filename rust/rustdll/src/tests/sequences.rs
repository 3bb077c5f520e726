//! Iterators, futures and streams.

use std::future::poll_fn;
use std::task::Poll;

use serde_json::{json, Value};

use super::host::{self, Outcome};
use super::{entry, library, signature};
use crate::call::{enter, Status};
use crate::frame::Frame;
use crate::future::{enter_future, settle, work};
use crate::table::Parameter;
use crate::types::shape::{Describe, Shape};
use crate::types::{Argument, Decode, Encode};

extern "C" fn iterate(frame: &mut Frame) -> u32 {
    enter(
        frame,
        &"iterate",
        || 0,
        |arguments, output| {
            let text = String::argument(arguments, 0)?;
            arguments.finish()?;
            let words: Vec<String> = text.split(' ').map(str::to_owned).collect();
            let words = words.into_iter().map(|word| match word.as_str() {
                "panic" => panic!("the word is {word}"),
                "err" => Err(crate::Error::new("the word is err")),
                _ => Ok(word),
            });
            Encode::give(vec![crate::Iter::fallible(words)], output).map(|()| Status::DONE)
        },
    )
}

extern "C" fn take_items(frame: &mut Frame) -> u32 {
    crate::object::enter_take(frame, &"take", || 0)
}

#[test]
fn items_are_taken_from_iterators_that_fail_or_are_released() {
    let library = library(vec![
        entry(
            "iterate",
            |catalogue| {
                signature(
                    vec![Parameter::new("text", Shape::Plain("string"))],
                    <Vec<crate::Iter<String>> as Describe<_>>::describe(catalogue),
                )
            },
            iterate,
        ),
        entry(
            "take",
            |catalogue| {
                let parameters = vec![
                    Parameter::new("iterator", Shape::Plain("u64")),
                    Parameter::new("most", Shape::Plain("u64")),
                ];
                let items = <(Vec<String>, bool) as Describe<_>>::describe(catalogue);
                signature(parameters, items)
            },
            take_items,
        ),
    ]);
    let iterate = |text: &str| library.value("iterate", &[json!(text)])[0].clone();
    let take = |iterator: &Value, most: u32| library.call("take", &[iterator.clone(), json!(most)]);
    let release = |iterator: &Value| {
        let reference = iterator.as_u64().expect("an address") as *mut host::Reference;
        // SAFETY: the test releases each reference that it has got once.
        assert_eq!(unsafe { ((*reference).release)(reference, std::ptr::null_mut()) }, 0);
    };
    for (last, status) in [("c", 0), ("err", 1), ("panic", 2)] {
        let iterator = iterate(&format!("a é {last}"));
        assert_eq!(take(&iterator, 1), Outcome::Value(json!([["a"], false])));
        if status == 0 {
            assert_eq!(take(&iterator, 9), Outcome::Value(json!([["é", "c"], true])));
        } else {
            assert_eq!(take(&iterator, 9), Outcome::Value(json!([["é"], false])));
            assert!(!matches!(take(&iterator, 9), Outcome::Value(_)));
        }
        assert_eq!(take(&iterator, 9), Outcome::Value(json!([[], true])));
        release(&iterator);
    }
    // One that is in the middle.
    let iterator = iterate("a b c");
    take(&iterator, 2);
    release(&iterator);
}

/// Waits as often as the second argument says, and returns the first one, which it borrows.
extern "C" fn echo_later(frame: &mut Frame) -> u32 {
    enter_future(
        frame,
        &"echo_later",
        || 0,
        |arguments| {
            let text = <&str as Argument<'_, _>>::take(arguments, 0)?;
            let mut times = u32::argument(arguments, 1)?;
            arguments.finish()?;
            Ok(work(async move {
                poll_fn(|context| {
                    if times == 0 {
                        return Poll::Ready(());
                    }
                    times -= 1;
                    let waker = context.waker().clone();
                    std::thread::spawn(move || waker.wake());
                    Poll::Pending
                })
                .await;
                settle(text, |text, output| {
                    Encode::give(text.to_owned(), output).map(|()| Status::DONE)
                })
            }))
        },
    )
}

extern "C" fn stream_words(frame: &mut Frame) -> u32 {
    enter(
        frame,
        &"stream_words",
        || 0,
        |arguments, output| {
            let text = String::argument(arguments, 0)?;
            arguments.finish()?;
            let (sender, stream) = crate::Stream::channel(2);
            std::thread::spawn(move || {
                for word in text.split(' ') {
                    if sender.blocking_send(word.to_owned()).is_err() {
                        return;
                    }
                }
                sender.fail(crate::Error::new("no more words"));
            });
            Encode::give(vec![stream], output).map(|()| Status::DONE)
        },
    )
}

#[test]
fn futures_are_awaited_and_items_of_streams_too() {
    let library = library(vec![
        entry(
            "echo_later",
            |_| {
                signature(
                    vec![
                        Parameter::new("text", Shape::Plain("string")),
                        Parameter::new("times", Shape::Plain("u32")),
                    ],
                    Shape::Plain("string"),
                )
            },
            echo_later,
        ),
        entry(
            "stream_words",
            |catalogue| {
                signature(
                    vec![Parameter::new("text", Shape::Plain("string"))],
                    <Vec<crate::Stream<String>> as Describe<_>>::describe(catalogue),
                )
            },
            stream_words,
        ),
        entry(
            "take",
            |catalogue| {
                let parameters = vec![
                    Parameter::new("stream", Shape::Plain("u64")),
                    Parameter::new("most", Shape::Plain("u64")),
                ];
                signature(parameters, <(Vec<String>, bool) as Describe<_>>::describe(catalogue))
            },
            take_items,
        ),
    ]);
    for times in [0, 1, 5] {
        assert_eq!(
            library.call("echo_later", &[json!("é"), json!(times)]),
            Outcome::Value(json!("é"))
        );
    }
    let stream = library.value("stream_words", &[json!("a é b c")])[0].clone();
    let mut words = Vec::new();
    let end = loop {
        match library.call("take", &[stream.clone(), json!(2)]) {
            Outcome::Value(taken) => words.extend(taken[0].as_array().expect("a list").clone()),
            end => break end,
        }
    };
    assert_eq!(
        (json!(words), end),
        (
            json!(["a", "é", "b", "c"]),
            Outcome::Error(None, vec!["no more words".to_owned()])
        )
    );
    let unused = library.value("stream_words", &[json!("a b c d e f")])[0].clone();
    for stream in [stream, unused] {
        let reference = stream.as_u64().expect("an address") as *mut host::Reference;
        // SAFETY: the test releases each reference that it has got once.
        assert_eq!(unsafe { ((*reference).release)(reference, std::ptr::null_mut()) }, 0);
    }
}
