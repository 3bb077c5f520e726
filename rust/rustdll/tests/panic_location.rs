//! An index out of bounds is reported with its location in the user's code, not in this crate. The panic hook applies
//! to the whole process, so this test has a process of its own.

use std::panic;
use std::sync::Mutex;

use rustdll::PyVec;

#[test]
fn index_out_of_bounds_names_the_callers_line() {
    static SEEN: Mutex<Vec<(String, u32)>> = Mutex::new(Vec::new());
    panic::set_hook(Box::new(|info| {
        let at = info.location().expect("a panic has a location");
        SEEN.lock()
            .expect("no panic holds the lock")
            .push((at.file().to_owned(), at.line()));
    }));

    let mut data = [1, 2, 3];
    // SAFETY: `data` outlives the list, and only the list accesses it.
    let mut list = unsafe { PyVec::from_raw_parts(data.as_mut_ptr(), 3) };
    let line = line!();
    let read = panic::catch_unwind(|| list[3]);
    let range = panic::catch_unwind(|| list[2..5].len());
    let write = panic::catch_unwind(panic::AssertUnwindSafe(|| list[7] = 1));
    drop(panic::take_hook());

    assert!(read.is_err() && range.is_err() && write.is_err());
    let file = file!().to_owned();
    let seen = SEEN.lock().expect("no panic holds the lock");
    assert_eq!(
        *seen,
        [(file.clone(), line + 1), (file.clone(), line + 2), (file, line + 3)]
    );
}
