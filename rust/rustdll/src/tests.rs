//! The unsafe parts with the memory of a host. These tests need no table that the linker puts together, so that they run
//! under Miri as well: `npm run check:miri`.

#[path = "../tests/host/mod.rs"]
mod host;
mod sequences;
mod undisturbed;

use std::borrow::Cow;
use std::collections::{BTreeMap, HashMap, HashSet, VecDeque};
use std::mem;
use std::rc::Rc;
use std::slice;

use host::{Function, Library, Outcome, RawFrame};
use serde_json::{json, Value};

use crate::call::{enter, Status};
use crate::frame::{Fault, Frame, Reader, Writer};
use crate::table::{table, Entry, Parameter, Signature};
use crate::types::shape::{Catalogue, DefinitionKind, Describe, Field, Shape};
use crate::types::{Argument, Decode, Encode, Lend, LendMut};
use crate::{PyStr, PyVec, TypedArray};

type Entrance = extern "C" fn(&mut Frame) -> u32;
type Described = fn(&mut Catalogue) -> Signature;

fn entry(name: &'static str, signature: Described, function: Entrance) -> Entry {
    Entry {
        name,
        doc: "",
        module: "",
        bigint: false,
        is_async: false,
        background: true,
        is_constant: false,
        member: None,
        signature,
        function,
    }
}

/// A function that returns what it is given, of a type that may borrow: a macro, as no bound can say that.
macro_rules! echo {
    ($name:literal: $type:ty) => {{
        extern "C" fn function(frame: &mut Frame) -> u32 {
            enter(
                frame,
                &$name,
                || 0,
                |arguments, output| {
                    let value = <$type as Decode<'_, _>>::argument(arguments, 0)?;
                    arguments.finish()?;
                    value.give(output).map(|()| Status::DONE)
                },
            )
        }
        let signature: Described = |catalogue| Signature {
            parameters: vec![Parameter::new("value", <$type as Describe<_>>::describe(catalogue))],
            result: <$type as Describe<_>>::describe(catalogue),
            throws: false,
            error: None,
        };
        entry($name, signature, function)
    }};
}

/// A function that returns what it is lent.
macro_rules! lent {
    ($name:literal: $type:ty) => {{
        extern "C" fn function(frame: &mut Frame) -> u32 {
            enter(
                frame,
                &$name,
                || 0,
                |arguments, output| {
                    let held = <$type as Lend<'_, _>>::hold(arguments, 0)?;
                    arguments.finish()?;
                    <$type as Lend<'_, _>>::lend(&held)
                        .give_ref(output)
                        .map(|()| Status::DONE)
                },
            )
        }
        let signature: Described = |catalogue| Signature {
            parameters: vec![Parameter::new("value", <$type as Lend<'_, _>>::describe(catalogue))],
            result: <$type as Describe<_>>::describe(catalogue),
            throws: false,
            error: None,
        };
        entry($name, signature, function)
    }};
}

/// A function that does something to its parameter and returns nothing.
macro_rules! change {
    ($name:literal: $type:ty, $change:expr) => {{
        extern "C" fn function(frame: &mut Frame) -> u32 {
            enter(
                frame,
                &$name,
                || 0,
                |arguments, _| {
                    let value = <$type as Argument<'_, _>>::take(arguments, 0)?;
                    arguments.finish()?;
                    let change: fn($type) = $change;
                    change(value);
                    Ok(Status::DONE)
                },
            )
        }
        let signature: Described = |catalogue| Signature {
            parameters: vec![Parameter::new("value", <$type as Argument<'_, _>>::describe(catalogue))],
            result: Shape::Plain("unit"),
            throws: false,
            error: None,
        };
        entry($name, signature, function)
    }};
}

fn library(mut entries: Vec<Entry>) -> Library {
    entries.sort_by_key(|entry| entry.name);
    let table: Value = serde_json::from_str(&table(1, &entries).expect("the names differ")).expect("the table is JSON");
    // SAFETY: a frame is passed as a pointer either way.
    let function = |entry: &Entry| unsafe { mem::transmute::<Entrance, Function>(entry.function) };
    Library::new(table, entries.iter().map(function).collect())
}

/// A record as `#[derive(Record)]` implements it.
struct Node<'a> {
    name: &'a str,
    next: Option<Box<Node<'a>>>,
}

impl Describe for Node<'_> {
    fn describe(catalogue: &mut Catalogue) -> Shape {
        struct Key;
        catalogue.definition::<Key>("Node", Vec::new(), module_path!(), "", |catalogue| {
            let fields = vec![
                Field {
                    name: "name",
                    doc: "",
                    shape: <&str as Describe<_>>::describe(catalogue),
                },
                Field {
                    name: "next",
                    doc: "",
                    shape: <Option<Box<Node>> as Describe<_>>::describe(catalogue),
                },
            ];
            DefinitionKind::Record { fields, open: false }
        })
    }
}

impl<'c: 'a, 'a> Decode<'c> for Node<'a> {
    fn decode(reader: &mut Reader<'c>) -> Result<Self, Fault> {
        reader.nested(|reader| {
            Ok(Self {
                name: Decode::decode(reader)?,
                next: Decode::decode(reader)?,
            })
        })
    }
}

impl Encode for Node<'_> {
    fn encode(&self, writer: &mut Writer) {
        writer.nested(|writer| {
            self.name.encode(writer);
            self.next.encode(writer);
        });
    }
}

#[test]
fn values_go_in_and_come_out_as_they_are() {
    let mut library = library(vec![
        echo!("i8": i8),
        echo!("char": char),
        echo!("u128": u128),
        echo!("string": String),
        echo!("str": &str),
        echo!("cow": Cow<'_, [i16]>),
        echo!("f64s": Vec<f64>),
        echo!("bools": &[bool]),
        echo!("chars": Box<[char]>),
        echo!("typed": TypedArray<u32>),
        echo!("deque": VecDeque<i64>),
        echo!("set": HashSet<u8>),
        echo!("array": [u16; 3]),
        echo!("strings": Vec<String>),
        echo!("slices": Vec<&[u8]>),
        echo!("lists": Vec<Vec<i64>>),
        echo!("option": Option<Rc<str>>),
        echo!("tuple": (bool, f32, Vec<&str>)),
        echo!("map": BTreeMap<String, HashMap<&str, i128>>),
        echo!("node": Node<'_>),
        lent!("lent_slice": [f64]),
        lent!("lent_strings": [&str]),
        lent!("lent_str": str),
        lent!("lent_vec": Vec<i32>),
    ]);
    let text = "\u{fc}\u{4e09}\u{1f980}\0a";
    let cases = [
        ("i8", json!(-128)),
        ("char", json!("\u{1f980}")),
        ("u128", json!(u128::MAX.to_string())),
        ("string", json!(text)),
        ("string", json!("")),
        ("str", json!("ASCII")),
        ("cow", json!([-1, 2, 3, 4, 5])),
        ("f64s", json!([0.5, 1.5])),
        ("f64s", json!([])),
        ("bools", json!([true, false, true])),
        ("chars", json!(["a", "\u{1f980}"])),
        ("typed", json!([u32::MAX, 1, 2])),
        ("deque", json!([1, 2, 3])),
        ("set", json!([7])),
        ("array", json!([1, 2, 3])),
        ("strings", json!([text, "", "ASCII", text])),
        ("slices", json!([[1, 2, 3], [], [4]])),
        ("lists", json!(vec![vec![-1; 3]; 20])),
        ("option", json!(null)),
        ("option", json!(text)),
        ("tuple", json!([true, 0.5, ["a", text]])),
        ("map", json!({"a": {"b": "-1"}, "\u{1f980}": {}})),
        ("node", json!({"name": text, "next": {"name": "", "next": null}})),
        ("lent_slice", json!([0.5])),
        ("lent_strings", json!(["a", text])),
        ("lent_str", json!(text)),
        ("lent_vec", json!([1, 2, 3])),
    ];
    for room in [100, 2, 0] {
        library.room = room;
        for (name, value) in &cases {
            assert_eq!(library.value(name, slice::from_ref(value)), *value, "{name}");
        }
    }
}

#[test]
fn lists_are_changed_where_they_are() {
    let library = library(vec![
        change!("slice": &mut [u16], |list| list.reverse()),
        change!("bools": &mut [bool], |list| list.iter_mut().for_each(|flag| *flag = !*flag)),
        change!("descriptor": &mut PyVec<i64>, |list| list[1..].fill(7)),
        change!("maybe": Option<&mut PyVec<f32>>, |list| list.expect("a list").fill(0.5)),
        change!("nested": &mut PyVec<&mut PyVec<f64>>, |lists| lists.iter_mut().for_each(|list| list.fill(1.0))),
        change!("text": &PyStr, |text| assert_eq!(text.as_str(), Ok("\u{1f980}"))),
        change!("nothing": Option<&PyStr>, |text| assert!(text.is_none())),
    ]);
    let after = |name: &str, value: Value| {
        let (outcome, mut after) = library.call_in_place(name, &[value]);
        assert_eq!(outcome, Outcome::Value(Value::Null), "{name}");
        after.remove(0)
    };
    assert_eq!(after("slice", json!([1, 2, 3])), json!([3, 2, 1]));
    assert_eq!(after("slice", json!([])), json!([]));
    assert_eq!(after("bools", json!([true, false])), json!([false, true]));
    assert_eq!(after("descriptor", json!([1, 2, 3])), json!([1, 7, 7]));
    after("maybe", json!([1.0]));
    after("nested", json!([[1.0], [], [2.0, 3.0]]));
    after("text", json!("\u{1f980}"));
    after("nothing", json!(null));
}

#[test]
fn what_cannot_be_leaves_nothing_behind() {
    extern "C" fn panics(frame: &mut Frame) -> u32 {
        enter(
            frame,
            &"test",
            || 7,
            |arguments, output| {
                // Something is in the frame already when it panics.
                String::argument(arguments, 0)?.give(output)?;
                panic!("panicked");
            },
        )
    }
    extern "C" fn bad_text(frame: &mut Frame) -> u32 {
        enter(
            frame,
            &"test",
            || 7,
            |_, output| {
                // SAFETY: there is none, which is what this is about. Nothing looks at the string but the crate, at its bytes.
                let bad = unsafe { String::from_utf8_unchecked(b"\xff".to_vec()) };
                let texts = vec!["good".to_owned(), bad];
                texts.give(output).map(|()| Status::DONE)
            },
        )
    }
    let unit: Described = |_| Signature {
        parameters: vec![],
        result: Shape::Plain("unit"),
        throws: false,
        error: None,
    };
    let text: Described = |catalogue| Signature {
        parameters: vec![Parameter::new("text", <str as Describe<_>>::describe(catalogue))],
        result: Shape::Plain("unit"),
        throws: false,
        error: None,
    };
    let mut library = library(vec![
        entry("panics", text, panics),
        entry("bad_text", unit, bad_text),
        echo!("strings": Vec<String>),
    ]);
    library.room = 0;
    let Outcome::Panic(message, _) = library.call("panics", &[json!("given")]) else {
        panic!("it panics")
    };
    assert_eq!(message, "panicked");
    assert!(matches!(library.call("bad_text", &[]), Outcome::None(5, _)));

    let status = |words: &[u64], text: &str| {
        let mut frame = RawFrame::new(0);
        frame.in_words = words.as_ptr();
        frame.in_count = words.len() as u64;
        frame.in_text = text.as_ptr();
        frame.in_bytes = text.len() as u64;
        frame.in_units = text.encode_utf16().count() as u64;
        // SAFETY: what the frame points to is still there.
        let status = unsafe { library.function("strings").1(frame.pointer()) };
        frame.release();
        status
    };
    assert_eq!(status(&[2, 1, 1], "\u{1f980}"), 3);
    assert_eq!(status(&[2, 1, 1], "a"), 4);
    assert_eq!(status(&[u64::MAX], ""), 4);
    assert_eq!(status(&[1], ""), 4);
    assert_eq!(status(&[1, u64::MAX], "a"), 4);
    assert_eq!(status(&[2, 0, 2], "\u{1f980}"), 0);

    let mut frame = RawFrame::new(0);
    frame.operation = 1;
    // SAFETY: with this operation there are no arguments.
    assert_eq!(unsafe { library.function("panics").1(frame.pointer()) }, 0);
    assert_eq!(frame.result, 7);
}

/// An object, whose memory Miri watches.
#[derive(rustdll::Object)]
struct Pile {
    items: Vec<String>,
}

extern "C" fn make_pile(frame: &mut Frame) -> u32 {
    enter(
        frame,
        &"make",
        || 0,
        |arguments, output| {
            let first = String::argument(arguments, 0)?;
            arguments.finish()?;
            crate::types::Give::give(Pile { items: vec![first] }, output).map(|()| Status::DONE)
        },
    )
}

extern "C" fn add_to_pile(frame: &mut Frame) -> u32 {
    enter(
        frame,
        &"add",
        || 0,
        |arguments, output| {
            let mut pile = <Pile as LendMut<'_>>::hold(arguments, 0)?;
            let item = String::argument(arguments, 1)?;
            let others = <Vec<&Pile> as Decode<'_, _>>::argument(arguments, 2)?;
            arguments.finish()?;
            let pile = <Pile as LendMut<'_>>::lend(&mut pile);
            pile.items.push(item);
            pile.items.extend(others.iter().flat_map(|other| other.items.clone()));
            Encode::give(pile.items.clone(), output).map(|()| Status::DONE)
        },
    )
}

extern "C" fn share_pile(frame: &mut Frame) -> u32 {
    enter(
        frame,
        &"share",
        || 0,
        |arguments, output| {
            let pile = <crate::Handle<Pile> as Decode<'_, _>>::argument(arguments, 0)?;
            arguments.finish()?;
            Encode::give(vec![pile.clone(), pile], output).map(|()| Status::DONE)
        },
    )
}

extern "C" fn take_pile(frame: &mut Frame) -> u32 {
    enter(
        frame,
        &"take",
        || 0,
        |arguments, output| {
            let pile = <Pile as Argument<'_, _>>::take(arguments, 0)?;
            arguments.finish()?;
            Encode::give(pile.items, output).map(|()| Status::DONE)
        },
    )
}

fn signature(parameters: Vec<Parameter>, result: Shape) -> Signature {
    Signature {
        parameters,
        result,
        throws: false,
        error: None,
    }
}

#[test]
fn objects_are_referred_to_borrowed_taken_and_released() {
    let library = library(vec![
        entry(
            "make",
            |catalogue| {
                signature(
                    vec![Parameter::new("first", Shape::Plain("string"))],
                    <Pile as Describe<_>>::describe(catalogue),
                )
            },
            make_pile,
        ),
        entry(
            "add",
            |catalogue| {
                let parameters = vec![
                    Parameter::new("pile", <Pile as LendMut<'_>>::describe(catalogue)),
                    Parameter::new("item", Shape::Plain("string")),
                    Parameter::new("others", <Vec<&Pile> as Describe<_>>::describe(catalogue)),
                ];
                signature(parameters, <Vec<String> as Describe<_>>::describe(catalogue))
            },
            add_to_pile,
        ),
        entry(
            "share",
            |catalogue| {
                let result = <Vec<crate::Handle<Pile>> as Describe<_>>::describe(catalogue);
                signature(
                    vec![Parameter::new("pile", <Pile as Describe<_>>::describe(catalogue))],
                    result,
                )
            },
            share_pile,
        ),
        entry(
            "take",
            |catalogue| {
                let parameters = vec![Parameter::new("pile", <Pile as Argument<'_, _>>::describe(catalogue))];
                signature(parameters, <Vec<String> as Describe<_>>::describe(catalogue))
            },
            take_pile,
        ),
    ]);
    let release = |pile: &Value| {
        let reference = pile.as_u64().expect("an address") as *mut host::Reference;
        // SAFETY: the test releases each reference that it has got once.
        assert_eq!(unsafe { ((*reference).release)(reference, std::ptr::null_mut()) }, 0);
    };
    let one = library.value("make", &[json!("a")]);
    let two = library.value("make", &[json!("é")]);
    let added = library.value("add", &[one.clone(), json!("b"), json!([two, two])]);
    assert_eq!(added, json!(["a", "b", "é", "é"]));
    let busy = library.call("add", &[one.clone(), json!("c"), json!([two, one])]);
    assert_eq!(busy, Outcome::None(9, "the Pile is in use by add".into()));
    let shared = library.value("share", std::slice::from_ref(&one));
    assert_eq!(library.references.borrow().len(), 2);
    release(&one);
    assert_eq!(library.value("take", &[shared[0].clone()]), json!(["a", "b", "é", "é"]));
    let taken = library.call("take", &[shared[1].clone()]);
    assert_eq!(taken, Outcome::None(10, "the Pile has been given away".into()));
    [&shared[0], &shared[1], &two].into_iter().for_each(release);
}
