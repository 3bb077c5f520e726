//! Calls of functions of a host that is the test's own, which exchanges memory with this library. They run under Miri as
//! well: `npm run check:miri`.

use std::mem::{align_of, size_of};
use std::ptr;
use std::slice;
use std::sync::atomic::{AtomicU32, Ordering};
use std::sync::Mutex;

use super::{call, post, CallError, Held, FOREVER};
use crate::frame::Writer;
use crate::types::{Decode, Encode};

/// The functions of a host, as docs/abi.md has them.
#[repr(C)]
struct RawHost {
    size: u32,
    reserved: u32,
    progress: unsafe extern "C" fn(),
    retain: unsafe extern "C" fn(*const Function),
    release: unsafe extern "C" fn(*const Function),
    call: unsafe extern "C" fn(*const Function, *mut RawInvocation, *const (), u64) -> u32,
    post: unsafe extern "C" fn(*const Function, *const RawInvocation, u64) -> u32,
    others: [unsafe extern "C" fn(); 5],
}

#[repr(C)]
struct RawOwned {
    ptr: *mut u8,
    bytes: u64,
    capacity: u64,
    align: u64,
}

#[repr(C)]
struct RawInvocation {
    words: *const u64,
    count: u64,
    text: *const u8,
    bytes: u64,
    units: u64,
    objects: *mut (),
    out_words: *mut u64,
    out_room: u64,
    result: u64,
    out: RawOwned,
    out_text: RawOwned,
    out_units: u64,
    release: Option<unsafe extern "C" fn(*mut RawOwned)>,
    thrown: *const Function,
}

/// A function of the host: what it returns for its arguments, the words and the text; or what it throws.
#[repr(C)]
struct Function {
    host: *const RawHost,
    owners: AtomicU32,
    answer: fn(&[u64], &str) -> Answer,
    posted: Mutex<Vec<(Vec<u64>, String)>>,
}

enum Answer {
    Returned(Vec<u64>, &'static str),
    Threw(Vec<u64>, &'static str),
    Closed,
}

unsafe extern "C" fn unused() {
    panic!("it is not called");
}

/// # Safety
///
/// The caller owns the function.
unsafe extern "C" fn retain(function: *const Function) {
    // SAFETY: the caller guarantees it.
    unsafe { &(*function).owners }.fetch_add(1, Ordering::SeqCst);
}

/// # Safety
///
/// As for `retain`, and the caller owns it once less afterwards.
unsafe extern "C" fn release(function: *const Function) {
    // SAFETY: the caller guarantees it.
    if unsafe { &(*function).owners }.fetch_sub(1, Ordering::SeqCst) == 1 {
        // SAFETY: `made` has made it of a box, and nobody owns it any more.
        drop(unsafe { Box::from_raw(function.cast_mut()) });
    }
}

/// # Safety
///
/// The words and the text of the invocation are readable.
unsafe fn arguments(invocation: &RawInvocation) -> (Vec<u64>, String) {
    let RawInvocation {
        words,
        count,
        text,
        bytes,
        ..
    } = *invocation;
    let words = if count == 0 {
        &[][..]
    } else {
        // SAFETY: the caller guarantees so many words.
        unsafe { slice::from_raw_parts(words, count as usize) }
    };
    let text = if bytes == 0 {
        &[][..]
    } else {
        // SAFETY: the caller guarantees so many bytes.
        unsafe { slice::from_raw_parts(text, bytes as usize) }
    };
    (words.to_vec(), String::from_utf8(text.to_vec()).expect("it is UTF-8"))
}

fn owned<T>(values: Vec<T>) -> RawOwned {
    let bytes = (values.len() * size_of::<T>()) as u64;
    RawOwned {
        ptr: Box::into_raw(values.into_boxed_slice()).cast(),
        bytes,
        capacity: bytes,
        align: align_of::<T>() as u64,
    }
}

/// # Safety
///
/// `owned` has made it, or it is empty.
unsafe extern "C" fn free(owned: *mut RawOwned) {
    // SAFETY: the caller guarantees it.
    let owned = unsafe { &mut *owned };
    let bytes = owned.bytes as usize;
    if owned.ptr.is_null() {
        return;
    }
    if owned.align == 8 {
        // SAFETY: `owned` has made it of so many words.
        drop(unsafe { Box::from_raw(ptr::slice_from_raw_parts_mut(owned.ptr.cast::<u64>(), bytes / 8)) });
    } else {
        // SAFETY: or of so many bytes.
        drop(unsafe { Box::from_raw(ptr::slice_from_raw_parts_mut(owned.ptr, bytes)) });
    }
    owned.ptr = ptr::null_mut();
}

/// # Safety
///
/// The caller owns the function, and the invocation is as the contract says.
unsafe extern "C" fn call_function(
    function: *const Function,
    invocation: *mut RawInvocation,
    _: *const (),
    patience: u64,
) -> u32 {
    assert_eq!(patience, FOREVER);
    // SAFETY: the caller guarantees both.
    let (function, invocation) = unsafe { (&*function, &mut *invocation) };
    // SAFETY: as above.
    let (words, text) = unsafe { arguments(invocation) };
    let (words, text, status) = match (function.answer)(&words, &text) {
        Answer::Returned(words, text) => (words, text, 0),
        Answer::Threw(words, text) => (words, text, 1),
        Answer::Closed => return 2,
    };
    invocation.result = words.len() as u64;
    if words.len() as u64 <= invocation.out_room {
        // SAFETY: the library has so much room.
        unsafe { ptr::copy_nonoverlapping(words.as_ptr(), invocation.out_words, words.len()) };
    } else {
        invocation.out = owned(words);
    }
    invocation.out_units = text.encode_utf16().count() as u64;
    if !text.is_empty() {
        invocation.out_text = owned(text.as_bytes().to_vec());
    }
    invocation.release = Some(free);
    if status == 1 {
        invocation.thrown = Box::into_raw(function_that(|_, _| Answer::Closed));
    }
    status
}

/// # Safety
///
/// As for `call_function`.
unsafe extern "C" fn post_function(function: *const Function, invocation: *const RawInvocation, _: u64) -> u32 {
    // SAFETY: the caller guarantees both.
    let (function, invocation) = unsafe { (&*function, &*invocation) };
    // SAFETY: as above.
    function
        .posted
        .lock()
        .expect("nobody panics")
        .push(unsafe { arguments(invocation) });
    0
}

static HOST: RawHost = RawHost {
    size: size_of::<RawHost>() as u32,
    reserved: 0,
    progress: unused,
    retain,
    release,
    call: call_function,
    post: post_function,
    others: [unused; 5],
};

fn function_that(answer: fn(&[u64], &str) -> Answer) -> Box<Function> {
    Box::new(Function {
        host: &HOST,
        owners: AtomicU32::new(1),
        answer,
        posted: Mutex::default(),
    })
}

/// Makes a function, of which the test and the library are the owners.
fn made(answer: fn(&[u64], &str) -> Answer) -> (*const Function, Held) {
    let function = Box::into_raw(function_that(answer)).cast_const();
    // SAFETY: there is the function, which the test has as well.
    let held = unsafe { Held::retained(function as u64) }.expect("its address is aligned");
    (function, held)
}

/// Gives up what the test has of a function, which the library does not have any more.
fn given_up(function: *const Function) {
    // SAFETY: the test owns it until now.
    unsafe {
        assert_eq!((*function).owners.load(Ordering::SeqCst), 1);
        release(function);
    }
}

#[test]
fn arguments_and_results_that_need_no_memory() {
    let (function, held) = made(|words, text| {
        assert_eq!((words, text), (&[1.5_f64.to_bits(), 5, 2][..], "größe"));
        Answer::Returned(vec![2.5_f64.to_bits(), 2], "ä!")
    });
    let write = |writer: &mut Writer| {
        1.5_f64.encode(writer);
        "größe".encode(writer);
        2_u64.encode(writer);
    };
    let read = call(&held, ptr::null(), FOREVER, &write, |reader| {
        Ok((f64::decode(reader)?, String::decode(reader)?))
    });
    assert_eq!(read.expect("it returns"), (2.5, "ä!".to_owned()));
    drop(held);
    given_up(function);
}

#[test]
fn a_result_is_read_and_freed() {
    let (function, held) = made(|words, text| {
        assert_eq!((words.len(), text), (101, ""));
        Answer::Returned((0..=200).map(|k| if k == 0 { 200 } else { k }).collect(), "")
    });
    let list: Vec<Option<u32>> = vec![None; 100];
    let write = |writer: &mut Writer| list.encode(writer);
    let read = call(&held, ptr::null(), FOREVER, &write, |reader| {
        let count = reader.word()?;
        (0..count).map(|_| reader.word()).collect::<Result<Vec<_>, _>>()
    });
    assert_eq!(read.expect("it can be read"), (1..=200).collect::<Vec<_>>());
    // One that does not fit is an error.
    let short = call(&held, ptr::null(), FOREVER, &write, |reader| reader.word());
    assert!(matches!(short, Err(CallError::Thrown(_))));
    drop(held);
    given_up(function);
}

#[test]
fn what_is_thrown_is_held_until_the_error_is_dropped() {
    let (function, held) = made(|_, _| Answer::Threw(vec![9, 4, 1, 6], "TypeErrormineE_MINE"));
    let error = call(&held, ptr::null(), FOREVER, &|_: &mut Writer| (), |_| Ok(())).expect_err("it throws");
    let CallError::Thrown(thrown) = &error else {
        panic!("{error}");
    };
    assert_eq!(
        (thrown.name(), thrown.message(), thrown.code()),
        ("TypeError", "mine", Some("E_MINE"))
    );
    let copy = thrown.clone();
    drop(error);
    // Miri tells if it is freed too early, or never.
    assert!(copy.held().is_some());
    drop((copy, held));
    given_up(function);
}

#[test]
fn a_closed_environment_and_posts() {
    let (function, held) = made(|_, _| Answer::Closed);
    let closed = call(&held, ptr::null(), FOREVER, &|_: &mut Writer| (), |_| Ok(()));
    assert!(matches!(closed, Err(CallError::Closed)));
    let other = held.clone();
    for text in ["a", "größer", ""] {
        post(&other, 0, &|writer: &mut Writer| text.encode(writer)).expect("there is room");
    }
    // SAFETY: the test owns the function.
    let posted = std::mem::take(&mut *unsafe { &(*function).posted }.lock().expect("nobody panics"));
    let expected = [(1, "a"), (6, "größer"), (0, "")].map(|(units, text)| (vec![units], text.to_owned()));
    assert_eq!(posted, expected);
    drop((held, other));
    given_up(function);
}
