//! Tests of the operations on lists and strings that a function gets as arguments.

use std::borrow::Cow;
use std::mem::size_of;
use std::ptr::{self, NonNull};
use std::thread;

use rustdll::{PyStr, PyVec};

/// Lends `data` for the duration of one call, as JavaScript does.
fn lend<T, R>(data: &mut [T], call: impl FnOnce(&mut PyVec<T>) -> R) -> R {
    let len = u32::try_from(data.len()).expect("a list has at most u32::MAX elements");
    // SAFETY: `data` is borrowed mutably until `call` returns, and no test swaps lists of different calls of this
    // function.
    let mut list = unsafe { PyVec::from_raw_parts(data.as_mut_ptr(), len) };
    call(&mut list)
}

#[test]
fn it_is_the_c_struct_of_a_pointer_and_a_length() {
    let mut data = [7_u16, 8, 9];
    let expected = data.as_mut_ptr();
    lend(&mut data, |list| {
        let base = ptr::from_ref(list).cast::<u8>();
        // SAFETY: both fields are initialised, and the layout guarantees these offsets.
        let (pointer, len) = unsafe { (base.cast::<*mut u16>().read(), base.add(8).cast::<u32>().read()) };
        assert_eq!(pointer, expected);
        assert_eq!(len, 3);
    });
}

#[test]
fn it_reads_like_a_slice() {
    let mut data = [3_i64, 1, 2];
    let address = data.as_ptr();
    lend(&mut data, |list| {
        assert_eq!(list.as_ptr(), address);
        assert_eq!(list.as_mut_ptr().cast_const(), address);
        assert_eq!(list.len(), 3);
        assert!(!list.is_empty());
        assert_eq!(list[0], 3);
        assert_eq!(list[1..], [1, 2]);
        assert_eq!(list[..=1], [3, 1]);
        assert_eq!(list[..], *list.as_slice());
        assert_eq!(list.first(), Some(&3));
        assert_eq!(list.get(3), None);
        assert_eq!(list.iter().max(), Some(&3));
        assert_eq!(list.as_ref(), [3, 1, 2]);
        assert_eq!(list.to_vec(), vec![3, 1, 2]);
        assert_eq!(format!("{list:?}"), "[3, 1, 2]");
    });
}

#[test]
fn what_is_written_to_it_is_written_to_the_memory_lent() {
    let mut data = [3_i64, 1, 2];
    lend(&mut data, |list| {
        list[0] = 30;
        list[1..].fill(5);
        list.as_mut_slice()[2] += 1;
        list.swap(0, 1);
    });
    assert_eq!(data, [5, 30, 6]);
}

#[test]
fn it_is_iterated_both_ways() {
    let mut data = [1_u8, 2, 3];
    lend(&mut data, |list| {
        let shared: &PyVec<u8> = list;
        let mut seen = Vec::new();
        for x in shared {
            seen.push(*x);
        }
        assert_eq!(seen, [1, 2, 3]);
        assert_eq!(shared.into_iter().rev().copied().collect::<Vec<_>>(), [3, 2, 1]);
        assert_eq!(shared.into_iter().len(), 3);

        for x in &mut *list {
            *x *= 10;
        }
        let mut both = list.into_iter();
        assert_eq!(both.len(), 3);
        assert_eq!((both.next(), both.next_back()), (Some(&mut 10), Some(&mut 30)));
        assert_eq!((both.next(), both.next_back()), (Some(&mut 20), None));
    });
}

#[test]
fn an_empty_list_may_have_any_pointer() {
    for pointer in [
        ptr::null_mut(),
        NonNull::<f64>::dangling().as_ptr(),
        ptr::null_mut::<u8>().wrapping_add(3).cast(),
    ] {
        // SAFETY: the pointer of an empty list is never used.
        let mut list: PyVec<f64> = unsafe { PyVec::from_raw_parts(pointer, 0) };
        assert!(list.is_empty());
        assert_eq!(list.as_ptr(), pointer.cast_const());
        assert!(list.as_slice().is_empty());
        assert!(list.as_mut_slice().is_empty());
        assert_eq!(list.iter().count(), 0);
        assert_eq!(list.to_vec(), Vec::<f64>::new());
        assert_eq!(format!("{list:?}"), "[]");
    }
}

#[test]
fn text_is_checked_utf8() {
    let mut data = "Grüße, 世界\0!".to_owned().into_bytes();
    lend(&mut data, |text: &mut PyStr| {
        assert_eq!(text.as_str(), Ok("Grüße, 世界\0!"));
        assert!(matches!(text.to_string_lossy(), Cow::Borrowed("Grüße, 世界\0!")));
        // SAFETY: these are the bytes of a string.
        assert_eq!(unsafe { text.as_str_unchecked() }, "Grüße, 世界\0!");
    });

    let mut data = *b"ab\xff\xed\xa0\x80";
    lend(&mut data, |text: &mut PyStr| {
        assert_eq!(text.as_str().map_err(|error| error.valid_up_to()), Err(2));
        assert!(text.to_string_lossy().starts_with("ab\u{fffd}"));
    });

    lend(&mut [], |text: &mut PyStr| assert_eq!(text.as_str(), Ok("")));
}

#[test]
fn lists_of_references_nest() {
    fn add_row_numbers(rows: &mut PyVec<&mut PyVec<i64>>) {
        for (i, row) in rows.iter_mut().enumerate() {
            for x in &mut **row {
                *x += i as i64;
            }
        }
    }

    fn total(words: &PyVec<&PyStr>) -> usize {
        words.iter().map(|word| word.len()).sum()
    }

    let (mut a, mut b) = ([1, 2], [3]);
    lend(&mut a, |a| {
        lend(&mut b, |b| lend(&mut [a, b], |rows| add_row_numbers(rows)))
    });
    assert_eq!((a, b), ([1, 2], [4]));

    let (mut a, mut b) = (*b"one", *b"three");
    let total = lend(&mut a, |a| {
        lend(&mut b, |b| lend(&mut [&*a, &*b], |words| total(words)))
    });
    assert_eq!(total, 8);
}

#[test]
fn lists_of_lists_nest_inline() {
    fn double(rows: &mut PyVec<PyVec<f64>>) {
        for x in rows.iter_mut().flatten() {
            *x *= 2.0;
        }
    }

    let (mut a, mut b) = ([1.5], [2.5, 3.5]);
    // SAFETY: the arrays outlive the lists, and only the lists access them.
    let mut rows = unsafe {
        [
            PyVec::from_raw_parts(a.as_mut_ptr(), 1),
            PyVec::from_raw_parts(b.as_mut_ptr(), 2),
        ]
    };
    lend(&mut rows, |rows| {
        double(rows);
        assert_eq!(format!("{rows:?}"), "[[3.0], [5.0, 7.0]]");
    });
    assert_eq!((a, b), ([3.0], [5.0, 7.0]));
}

#[test]
fn none_is_a_null_pointer() {
    extern "C" fn len(list: Option<&PyVec<i64>>) -> i64 {
        list.map_or(-1, |list| list.len() as i64)
    }

    assert_eq!(len(None), -1);
    lend(&mut [1, 2], |list| assert_eq!(len(Some(list)), 2));
    assert_eq!(size_of::<Option<&PyStr>>(), size_of::<*const PyStr>());
    // SAFETY: a null pointer is the `None` of an `Option` of a reference.
    assert!(unsafe { std::mem::transmute::<*const PyStr, Option<&PyStr>>(ptr::null()) }.is_none());
}

#[test]
fn threads_share_it_as_they_share_a_slice() {
    let mut data = [1_i64, 2, 3, 4];
    lend(&mut data, |list| {
        let shared: &PyVec<i64> = list;
        let sums = thread::scope(|scope| {
            let halves = [0, 2].map(|from| scope.spawn(move || shared[from..from + 2].iter().sum::<i64>()));
            halves.map(|half| half.join().expect("no half panics"))
        });
        assert_eq!(sums, [3, 7]);

        thread::scope(|scope| {
            for half in list.chunks_mut(2) {
                scope.spawn(move || half.reverse());
            }
        });
        thread::scope(|scope| scope.spawn(move || list[0] = 20).join()).expect("the thread does not panic");
    });
    assert_eq!(data, [20, 1, 4, 3]);
}

/// Does not compile if a list is `Send` and its elements are not: both implementations would apply, and `_` would be
/// ambiguous.
#[test]
fn it_is_send_and_sync_only_if_its_elements_are() {
    trait AmbiguousIfSend<A> {
        fn check() {}
    }
    impl<T> AmbiguousIfSend<()> for T {}
    impl<T: Send> AmbiguousIfSend<u8> for T {}
    trait AmbiguousIfSync<A> {
        fn check() {}
    }
    impl<T> AmbiguousIfSync<()> for T {}
    impl<T: Sync> AmbiguousIfSync<u8> for T {}

    <PyVec<std::rc::Rc<u8>> as AmbiguousIfSend<_>>::check();
    <PyVec<std::cell::Cell<u8>> as AmbiguousIfSync<_>>::check();
}
