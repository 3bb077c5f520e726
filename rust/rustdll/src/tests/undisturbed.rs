//! Objects of calls that their host does not disturb, beside other threads that own them too.

use std::hint;
use std::thread;

use super::host::RawFrame;
use crate::call::{enter, Status};
use crate::frame::{Frame, UNDISTURBED};
use crate::object::{Reference, References};
use crate::types::{Encode, Lend, LendMut};
use crate::Handle;

#[derive(rustdll::Object)]
struct Tally {
    count: u64,
}

impl Tally {
    /// Counts, for so long that another thread would do so too if it could.
    fn raise(&mut self) {
        let count = self.count;
        for _ in 0..if cfg!(miri) { 0 } else { 5 } {
            hint::spin_loop();
        }
        self.count = count + 1;
    }
}

extern "C" fn raise(frame: &mut Frame) -> u32 {
    enter(
        frame,
        &"raise",
        || 0,
        |arguments, output| {
            let mut tally = <Tally as LendMut<'_>>::hold(arguments, 0)?;
            arguments.finish()?;
            <Tally as LendMut<'_>>::lend(&mut tally).raise();
            Encode::give((), output).map(|()| Status::DONE)
        },
    )
}

/// Reads the object that it is passed twice.
extern "C" fn read(frame: &mut Frame) -> u32 {
    enter(
        frame,
        &"read",
        || 0,
        |arguments, output| {
            let one = <Tally as Lend<'_, _>>::hold(arguments, 0)?;
            let same = <Tally as Lend<'_, _>>::hold(arguments, 1)?;
            arguments.finish()?;
            Encode::give(one.count.max(same.count), output).map(|()| Status::DONE)
        },
    )
}

fn call(function: extern "C" fn(&mut Frame) -> u32, reference: u64) -> (u32, u64) {
    let mut frame = RawFrame::new(0);
    frame.flags = UNDISTURBED;
    frame.args[..2].copy_from_slice(&[reference; 2]);
    // SAFETY: the frame has the layout of one, and the arguments of these functions.
    let status = function(unsafe { &mut *frame.pointer().cast() });
    let result = frame.result;
    frame.release();
    (status, result)
}

/// Makes a reference of the host's, and returns its address.
fn reference_to(handle: Handle<Tally>) -> u64 {
    let mut references = References::new();
    let reference = references.add(handle);
    references.hand_over();
    reference
}

fn release(reference: u64) {
    let reference = reference as *mut Reference;
    // SAFETY: the host holds it once.
    assert_eq!(unsafe { Reference::release(reference) }, 0);
}

#[test]
fn calls_and_owners_on_other_threads_take_turns() {
    const TIMES: u64 = if cfg!(miri) { 40 } else { 1_000_000 };
    let handle = Handle::new(Tally { count: 0 });
    let reference = reference_to(handle.clone());
    let owners = [handle.clone(), handle].map(|handle| {
        thread::spawn(move || {
            let mut raised = 0;
            let mut last = 0;
            for _ in 0..TIMES {
                if let Ok(tally) = handle.borrow() {
                    assert!(tally.count >= last);
                    last = tally.count;
                }
                if let Ok(mut tally) = handle.borrow_mut() {
                    tally.raise();
                    raised += 1;
                }
            }
            raised
        })
    });
    let mut raised = 0;
    let mut counts = Vec::new();
    // The owners give the object up meanwhile.
    while owners.iter().any(|owner| !owner.is_finished()) || counts.len() < 20 {
        match call(raise, reference) {
            (0, _) => raised += 1,
            (status, _) => assert_eq!(status, 9),
        }
        if let (0, count) = call(read, reference) {
            counts.push(count);
        }
    }
    raised += owners
        .map(|owner| owner.join().expect("it does not panic"))
        .iter()
        .sum::<u64>();
    assert!(counts.is_sorted());
    assert_eq!(call(raise, reference).0, 0);
    assert_eq!(call(read, reference), (0, raised + 1));
    release(reference);
}

#[test]
fn an_object_that_is_borrowed_is_refused() {
    let handle = Handle::new(Tally { count: 0 });
    let reference = reference_to(handle.clone());
    let borrowed = handle.borrow().expect("it is free");
    assert_eq!(call(raise, reference).0, 9);
    assert_eq!(call(read, reference), (0, 0));
    drop(borrowed);
    assert_eq!(call(raise, reference).0, 0);
    drop(handle);
    assert_eq!(call(raise, reference).0, 0);
    assert_eq!(call(read, reference), (0, 2));
    release(reference);
}
