//! Arguments that no correct host passes are refused before the function is called.

mod host;

use std::cell::Cell;
use std::collections::{BTreeMap, HashMap};

use host::{Library, RawFrame};
use rustdll::{export, Enum, PyVec, Record};

thread_local! {
    /// The number of calls.
    static CALLED: Cell<u32> = const { Cell::new(0) };
}

#[derive(Record)]
struct Empty {}

#[derive(Record)]
struct Node {
    name: String,
    letter: char,
    flags: Vec<bool>,
    next: Option<Box<Node>>,
}

#[derive(Enum)]
enum Choice {
    One,
    Two(f64),
}

macro_rules! takes {
    ($($name:ident: $type:ty;)*) => { $(
        #[export]
        fn $name(value: $type) {
            let _ = &value;
            CALLED.set(CALLED.get() + 1);
        }
    )* };
}

takes! {
    take_i8: i8;
    take_u32: u32;
    take_bool: bool;
    take_char: char;
    take_strings: Vec<String>;
    take_lists: Vec<Vec<u16>>;
    take_bools: Vec<&[bool]>;
    take_chars: Vec<&[char]>;
    take_option: Option<f64>;
    take_array: [u8; 3];
    take_tuple: (f64, f64);
    take_choice: Choice;
    take_empties: Vec<Empty>;
    take_node: Node;
    take_map: HashMap<String, Vec<f64>>;
    take_sorted: BTreeMap<String, Choice>;
}

#[export]
fn take_list(value: &[f64]) -> usize {
    value.len()
}

#[export]
fn take_flags(value: &mut [bool]) -> usize {
    value.len()
}

#[export]
fn take_seed(value: &PyVec<i64>) -> usize {
    value.len()
}

/// Calls a function with these slots and this stream. Returns the status.
fn call(library: &Library, name: &str, slots: &[u64], words: &[u64], text: &str) -> u32 {
    let mut frame = RawFrame::new(0);
    frame.args[..slots.len()].copy_from_slice(slots);
    frame.in_words = words.as_ptr();
    frame.in_count = words.len() as u64;
    frame.in_text = text.as_ptr();
    frame.in_bytes = text.len() as u64;
    frame.in_units = text.encode_utf16().count() as u64;
    let function = library.function(name).1;
    // SAFETY: the pointers are valid for the lengths beside them. The function has to detect everything else.
    let status = unsafe { function(frame.pointer()) };
    assert!(status == 0 || !frame.text().is_empty(), "it says why");
    frame.release();
    status
}

#[test]
fn a_stream_has_to_fit() {
    let library = Library::load();
    let crab = "\u{1f980}";
    let calls_before = CALLED.get();
    let cases: &[(&str, &[u64], &str)] = &[
        ("take_strings", &[], ""),
        ("take_strings", &[1], ""),
        ("take_strings", &[1, 1], ""),
        ("take_strings", &[1, u64::MAX], "a"),
        ("take_strings", &[u64::MAX], ""),
        ("take_strings", &[u64::from(u32::MAX), 0], ""),
        ("take_strings", &[1, 0, 0], ""),
        ("take_strings", &[1, 0], "a"),
        ("take_strings", &[1, 3], crab),
        ("take_lists", &[1, 5, 0], ""),
        ("take_lists", &[1, u64::from(u32::MAX)], ""),
        ("take_lists", &[1, u64::MAX], ""),
        ("take_bools", &[1, 2, 0x0201], ""),
        ("take_chars", &[1, 1, 0xd800], ""),
        ("take_chars", &[1, 1, 0x11_0000], ""),
        ("take_option", &[2], ""),
        ("take_option", &[1], ""),
        ("take_array", &[2, 0], ""),
        ("take_array", &[4, 0], ""),
        ("take_tuple", &[0], ""),
        ("take_tuple", &[0, 0, 0], ""),
        ("take_choice", &[2], ""),
        ("take_choice", &[1], ""),
        ("take_choice", &[u64::MAX], ""),
        ("take_empties", &[u64::MAX], ""),
        ("take_node", &[0, 0xd800, 0, 0], ""),
        ("take_map", &[1, 1, 1], "a"),
        ("take_sorted", &[2, 1, 0, 1, 2], "ab"),
    ];
    for (name, words, text) in cases {
        assert_eq!(call(&library, name, &[], words, text), 4, "{name} {words:?} {text:?}");
    }
    // Half of a surrogate pair.
    assert_eq!(call(&library, "take_strings", &[], &[2, 1, 1], crab), 3);
    assert_eq!(call(&library, "take_node", &[], &[2, 0, 0, 0], "a\u{1f980}"), 3);
    assert_eq!(CALLED.get(), calls_before);

    assert_eq!(call(&library, "take_strings", &[], &[2, 2, 1], "\u{1f980}a"), 0);
    assert_eq!(call(&library, "take_empties", &[], &[1000], ""), 0);
    assert_eq!(
        call(&library, "take_node", &[], &[1, 0x1f980, 2, 0x0100, 1, 0, 0, 0, 0], "a"),
        0
    );
    assert_eq!(call(&library, "take_sorted", &[], &[2, 1, 0, 1, 1, 0], "ba"), 0);
    assert_eq!(CALLED.get(), calls_before + 4);
}

#[test]
fn a_slot_has_to_fit() {
    let library = Library::load();
    let refused = |name: &str, slot: u64| assert_eq!(call(&library, name, &[slot], &[], ""), 4, "{name} {slot:#x}");
    refused("take_i8", 0x80);
    refused("take_i8", 0xff);
    refused("take_u32", 1 << 32);
    refused("take_bool", 2);
    refused("take_char", 0xd800);
    refused("take_char", 0x11_0000);
    refused("take_list", 0);
    refused("take_seed", 0);
    let mut data = [2_u64, 0];
    let misaligned = [data.as_mut_ptr() as u64 + 1, 1];
    refused("take_list", misaligned.as_ptr() as u64);
    refused("take_list", misaligned.as_ptr() as u64 + 4);
    refused("take_list", [0_u64, 1].as_ptr() as u64);
    refused("take_flags", [data.as_mut_ptr() as u64, 8].as_ptr() as u64);
    // The address of an empty list does not matter.
    assert_eq!(call(&library, "take_list", &[[0_u64, 0].as_ptr() as u64], &[], ""), 0);
    assert_eq!(call(&library, "take_flags", &[[1_u64, 0].as_ptr() as u64], &[], ""), 0);
    assert_eq!(
        call(
            &library,
            "take_flags",
            &[[data.as_mut_ptr() as u64 + 4, 4].as_ptr() as u64],
            &[],
            ""
        ),
        0
    );
}

#[test]
fn no_stream_does_harm() {
    let library = Library::load();
    let names: Vec<_> = library.table["functions"]
        .as_array()
        .expect("functions")
        .iter()
        .collect();
    let streamed: Vec<_> = names
        .into_iter()
        .filter(|function| function["parameters"][0]["type"].is_array() && function["parameters"][0]["type"][0] != "py")
        .filter_map(|function| function["name"].as_str())
        // A list of values without words may have any length.
        .filter(|name| !["take_list", "take_flags", "take_empties"].contains(name))
        .collect();
    assert_eq!(streamed.len(), 11);
    // A linear congruential generator makes the same cases in every run.
    let mut seed = 1_u64;
    let mut next = |below: u64| {
        seed = seed
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        (seed >> 33) % below
    };
    let texts = ["", "abc", "\u{fc}\u{1f980}\u{4e09}a", "\u{1f980}\u{1f980}\u{1f980}"];
    let (mut done, mut refused) = (0, 0);
    for _ in 0..20_000 {
        let name = streamed[next(streamed.len() as u64) as usize];
        let words: Vec<u64> = (0..next(8))
            .map(|_| if next(20) == 0 { u64::MAX >> next(64) } else { next(4) })
            .collect();
        match call(&library, name, &[], &words, texts[next(4) as usize]) {
            0 => done += 1,
            3 | 4 => refused += 1,
            status => panic!("{name} {words:?}: {status}"),
        }
    }
    assert!(done > 100 && refused > 10_000, "{done} {refused}");
}
