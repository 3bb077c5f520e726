//! Frames from a host that keeps to the contract of memory and to nothing else: streams that are cut, too long, or any
//! numbers at all. Whatever they are, reading ends in a value or a fault, and Miri sees no access beyond them.

use std::collections::HashMap;
use std::ptr;
use std::slice;

use crate::object::Borrows;

use super::MAX_PARAMETERS;
use super::{on_large_stack, release, Answer, Arguments, Fault, Floors, Input, Output, Owned, Reader, Room, Writer};
use crate::types::{Decode, Encode};
use crate::PyVec;

/// Makes the input of a stream and its text, which must outlive it.
fn input(words: &[u64], text: &str) -> Input {
    Input {
        in_words: words.as_ptr(),
        in_count: words.len() as u64,
        in_text: text.as_ptr(),
        in_bytes: text.len() as u64,
        in_units: text.encode_utf16().count() as u64,
    }
}

/// Reads the whole of a stream.
fn read<'a, T: Decode<'a, By>, By>(input: &'a Input) -> Result<T, Fault> {
    let mut reader = Reader::new(input, &"test", 0, &Borrows::default());
    let value = T::decode(&mut reader)?;
    reader.finish().map(|()| value)
}

/// Returns the output of a value if the host has room for so many words.
fn written<By>(value: &impl Encode<By>, room: usize) -> (Vec<u64>, String) {
    const UNTOUCHED: u64 = 0x5555_5555_5555_5555;
    let mut host = vec![UNTOUCHED; room + 1];
    // SAFETY: the vector has that much room, and is not used before the writer is done.
    let mut writer = unsafe { Writer::new(host.as_mut_ptr(), room, 0) };
    value.encode(&mut writer);
    let written = writer.finish().expect("nothing is nested");
    assert_eq!(host[room], UNTOUCHED, "beyond the room");
    let words = written.own.unwrap_or_else(|| host[..written.words].to_vec());
    let text = String::from_utf8(written.text).expect("text is UTF-8");
    assert_eq!(words.len(), written.words);
    assert_eq!(written.units, text.encode_utf16().count() as u64);
    assert_eq!(written.ascii, text.is_ascii());
    (words, text)
}

/// A long list has room for all of its elements once some of them have been written, whatever the others are like.
#[test]
fn long_lists() {
    let texts = |length: usize, size: fn(usize) -> usize| -> Vec<Option<String>> {
        (0..length).map(|k| (k % 3 > 0).then(|| "é".repeat(size(k)))).collect()
    };
    let sizes: [fn(usize) -> usize; 4] = [|k| 400 / (k + 1), |_| 0, |_| 3, |k| k / 400];
    // Miri takes a thousand times as long.
    let (lengths, sizes) = if cfg!(miri) {
        (&[1024][..], &sizes[..1])
    } else {
        (&[1023, 1024, 1025, 5000][..], &sizes[..])
    };
    for &length in lengths {
        for list in sizes.iter().map(|&size| texts(length, size)) {
            let (words, text) = written(&list, 0);
            assert_eq!(
                read::<Vec<Option<String>>, _>(&input(&words, &text)).as_ref(),
                Ok(&list)
            );
            let rooms = [64, 1, length / 16, length, words.len() - 1, words.len()];
            for &room in if cfg!(miri) { &rooms[..1] } else { &rooms } {
                assert_eq!(
                    written(&list, room),
                    (words.clone(), text.clone()),
                    "with room for {room} words"
                );
            }
            if cfg!(miri) {
                continue;
            }
            let nested = vec![list.clone(), Vec::new(), list];
            let (words, text) = written(&nested, 0);
            assert_eq!(read::<Vec<Vec<Option<String>>>, _>(&input(&words, &text)), Ok(nested));
        }
    }

    // SAFETY: there is no room.
    let mut writer = unsafe { Writer::new(ptr::null_mut(), 0, 0) };
    texts(if cfg!(miri) { 2_000 } else { 100_000 }, |_| 3).encode(&mut writer);
    let written = writer.finish().expect("nothing is nested");
    let room = written.own.expect("there was no room").capacity();
    assert!(room < written.words + written.words / 8, "room for {room} words");
}

/// A stream that has been written is read as the same value, and cut anywhere or with something after it as none.
fn goes_round<T, By>(value: &T)
where
    T: Encode<By> + for<'a> Decode<'a, By> + PartialEq + std::fmt::Debug,
{
    let (words, text) = written(value, 0);
    for room in 0..=words.len() + 1 {
        assert_eq!(
            written(value, room),
            (words.clone(), text.clone()),
            "with room for {room} words"
        );
    }
    assert_eq!(read::<T, By>(&input(&words, &text)).as_ref(), Ok(value));
    for end in 0..words.len() {
        assert!(
            read::<T, By>(&input(&words[..end], &text)).is_err(),
            "{end} words of {words:?}"
        );
    }
    for (end, _) in text.char_indices() {
        assert!(
            read::<T, By>(&input(&words, &text[..end])).is_err(),
            "{end} bytes of {text:?}"
        );
    }
    let more: Vec<u64> = words.iter().copied().chain([0]).collect();
    assert!(read::<T, By>(&input(&more, &text)).is_err(), "a word after {words:?}");
    assert!(
        read::<T, By>(&input(&words, &format!("{text}a"))).is_err(),
        "a letter after {text:?}"
    );
}

#[test]
fn streams_go_round_and_end_where_they_must() {
    goes_round(&(7u8, -1i64, true, '\u{1f980}', u128::MAX));
    goes_round(&vec![
        "".to_owned(),
        "\u{fc}\u{4e09}\u{1f980}".to_owned(),
        "ASCII".to_owned(),
    ]);
    goes_round(&vec![vec![1u16, 2, 3, 4, 5], vec![], vec![6]]);
    goes_round(&vec![Some(0.5f64), None]);
    goes_round(&[[1u8, 2, 3], [4, 5, 6]]);
    goes_round(&HashMap::from([("a".to_owned(), vec![Some("\u{e9}".to_owned())])]));
}

/// Numbers that look like something: counts, flags, code points, and the limits of each.
const SUSPECTS: [u64; 16] = [
    0,
    1,
    2,
    3,
    4,
    7,
    8,
    0xff,
    0xd800,
    0x11_0000,
    1 << 16,
    1 << 31,
    u32::MAX as u64,
    1 << 32,
    i64::MAX as u64,
    u64::MAX,
];

/// A stream of the suspects, another one for each seed.
fn suspects(seed: u64) -> Vec<u64> {
    // Xorshift; any generator does.
    let mut state = seed.wrapping_mul(0x9e37_79b9_7f4a_7c15) | 1;
    let mut next = || {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        state
    };
    (0..next() % 12)
        .map(|_| {
            // The small ones are likelier, since the others end the reading.
            let choice = next();
            SUSPECTS[(choice >> 8) as usize % if choice % 4 == 0 { SUSPECTS.len() } else { 5 }]
        })
        .collect()
}

/// Reads streams of suspects. Those that are some value are counted; written, they are as long as before, and read as
/// the same again. They may differ from before, since of a narrow scalar's word only the low bits count.
fn reads_anything<T: Encode<By> + for<'a> Decode<'a, By>, By>(seeds: u64) -> usize {
    const TEXTS: [&str; 4] = ["", "a", "ASCII only", "\u{1f980}\u{fc}a\u{1f980}"];
    let values = (0..seeds).filter(|&seed| {
        let words = suspects(seed);
        let text = TEXTS[seed as usize % TEXTS.len()];
        match read::<T, By>(&input(&words, text)) {
            Ok(value) => {
                let (own, own_text) = written(&value, 4);
                assert_eq!((own.len(), own_text.as_str()), (words.len(), text), "seed {seed}");
                let again = read::<T, By>(&input(&own, text)).expect("it was written as this type");
                assert_eq!(written(&again, 0), (own, own_text), "seed {seed}");
                true
            }
            Err(_) => false,
        }
    });
    values.count()
}

#[test]
fn any_stream_is_a_value_or_a_fault() {
    // Miri is some hundred times slower.
    let seeds = if cfg!(miri) { 300 } else { 100_000 };
    assert!(reads_anything::<Vec<String>, _>(seeds) > 0);
    assert!(reads_anything::<Option<Vec<u64>>, _>(seeds) > 0);
    assert!(reads_anything::<Vec<Option<bool>>, _>(seeds) > 0);
    assert!(reads_anything::<Vec<(char, String)>, _>(seeds) > 0);
    assert!(reads_anything::<Vec<Vec<i64>>, _>(seeds) > 0);
    reads_anything::<(bool, Vec<char>), _>(seeds);
    reads_anything::<Vec<[u64; 2]>, _>(seeds);
}

#[test]
fn strings_end_where_characters_do() {
    for text in ["", "ASCII", "\u{e9}a", "\u{4e09}\u{1f980}b", "\u{1f980}\u{1f980}"] {
        let units: Vec<u16> = text.encode_utf16().collect();
        for end in 0..=units.len() + 1 {
            // Two strings, cut there.
            let words = [end as u64, (units.len() as u64).wrapping_sub(end as u64)];
            let found = read::<(String, String), _>(&input(&words, text));
            let parts = units
                .get(..end)
                .map(|first| (String::from_utf16(first), String::from_utf16(&units[end..])));
            match parts {
                Some((Ok(first), Ok(second))) => assert_eq!(found, Ok((first, second))),
                Some(_) => assert_eq!(found, Err(Fault::SplitSurrogate)),
                None => assert!(found.is_err(), "{end} units of {text:?}"),
            }
        }
    }
}

#[test]
fn nothing_is_nested_too_deep() {
    fn down(reader: &mut Reader<'_>, levels: u32) -> Result<(), Fault> {
        if levels == 0 {
            return Ok(());
        }
        reader.nested(|reader| down(reader, levels - 1))
    }
    fn down_writing(writer: &mut Writer, levels: u32) {
        if levels > 0 {
            writer.nested(|writer| down_writing(writer, levels - 1));
        }
    }
    let empty = input(&[], "");
    // At the limit of the stack, even one level is too many.
    let end = usize::MAX;
    assert_eq!(
        down(&mut Reader::new(&empty, &"test", 0, &Borrows::default()), 300),
        Ok(())
    );
    assert_eq!(
        down(&mut Reader::new(&empty, &"test", end, &Borrows::default()), 0),
        Ok(())
    );
    assert_eq!(
        down(&mut Reader::new(&empty, &"test", end, &Borrows::default()), 1),
        Err(Fault::DeepArguments)
    );
    for (floor, levels, fault) in [(0, 300, None), (end, 0, None), (end, 1, Some(Fault::DeepResult))] {
        // SAFETY: there is no room.
        let mut writer = unsafe { Writer::new(ptr::null_mut(), 0, floor) };
        down_writing(&mut writer, levels);
        assert_eq!(writer.finish().err(), fault);
    }
    // A call that needs more than its stack starts anew on a large one.
    if !cfg!(miri) {
        let floors = Floors::below();
        assert_eq!(
            down(
                &mut Reader::new(&empty, &"test", floors.reading, &Borrows::default()),
                100_000
            ),
            Err(Fault::DeepArguments)
        );
        let large = on_large_stack(|floors| {
            down(
                &mut Reader::new(&empty, &"test", floors.reading, &Borrows::default()),
                100_000,
            )
        });
        assert_eq!(large, Some(Ok(())));
    }
}

#[test]
fn descriptors_are_looked_at_before_they_are_used() {
    let empty = input(&[], "");
    let mut values = [1u64, 2, 3];
    let address = values.as_mut_ptr() as u64;
    // A descriptor is two words: the address and the length, in its low half.
    let descriptors = [[address, 3], [0, 0], [0, 3], [address + 1, 3], [8, 0]];
    let ask = |slot: u64| {
        let slots = [slot; MAX_PARAMETERS];
        let arguments = Arguments::new(
            &empty,
            &slots,
            ptr::null(),
            false,
            &"test",
            Floors::below(),
            &Borrows::default(),
        );
        // SAFETY: what is at the address is a descriptor, or a fault is what it is looked at for.
        unsafe { arguments.list::<u64>(31) }.map(|(ptr, len)| (ptr as u64, len))
    };
    let at = |index: usize| ask(ptr::from_ref::<[u64; 2]>(&descriptors[index]) as u64);
    assert_eq!(at(0), Ok((address, 3)));
    assert_eq!(at(1).map(|(_, len)| len), Ok(0));
    assert_eq!(at(4).map(|(_, len)| len), Ok(0));
    for index in [2, 3] {
        assert!(
            matches!(at(index), Err(Fault::Arguments(_))),
            "{:?}",
            descriptors[index]
        );
    }
    assert!(matches!(ask(0), Err(Fault::Arguments(_))));
    assert!(matches!(
        ask(ptr::from_ref(&descriptors[0]) as u64 + 4),
        Err(Fault::Arguments(_))
    ));
    assert_eq!(size_of_val(&descriptors[0]), size_of::<PyVec<u64>>());
}

fn nothing() -> Owned {
    Owned {
        ptr: ptr::null_mut(),
        bytes: 0,
        capacity: 0,
        align: 0,
    }
}

#[test]
fn results_are_in_the_room_or_handed_over_and_freed_once() {
    for room in 0..4 {
        let mut host = [7u64; 4];
        let mut answer = Answer {
            result: 0,
            words: nothing(),
            text: nothing(),
            text_units: 0,
            release: None,
        };
        let out = Room {
            out_words: if room == 0 { ptr::null_mut() } else { host.as_mut_ptr() },
            out_room: room,
        };
        // Nine bytes take two words.
        let list: Vec<u8> = (1..=9).collect();
        Output::new(out, &mut answer, &mut ptr::null_mut(), Floors::below()).list(list.clone());
        assert_eq!(answer.result, 9);
        let handed = room < 2;
        assert_eq!(answer.words.ptr.is_null(), !handed);
        let (ptr, bytes) = if handed {
            (answer.words.ptr.cast_const(), answer.words.bytes)
        } else {
            (host.as_ptr().cast(), 9)
        };
        // SAFETY: the list has been written to one of them.
        assert_eq!(unsafe { slice::from_raw_parts(ptr, bytes as usize) }, list);
        // A result takes the place of another one, which is freed.
        Output::new(out, &mut answer, &mut ptr::null_mut(), Floors::below()).clear();
        let texts = vec!["\u{1f980}".to_owned(), "a".to_owned()];
        texts
            .give(&mut Output::new(
                out,
                &mut answer,
                &mut ptr::null_mut(),
                Floors::below(),
            ))
            .expect("it is UTF-8");
        assert_eq!((answer.result, answer.text.bytes, answer.text_units), (3, 5, 3));
        for _ in 0..2 {
            release(&mut answer.words);
            release(&mut answer.text);
            assert!(answer.words.ptr.is_null() && answer.text.ptr.is_null());
        }
        assert_eq!(host[room as usize], 7, "beyond the room");
    }
}
