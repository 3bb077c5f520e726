//! The frame: the memory through which a host and an exported function exchange arguments and results.

mod arguments;
mod context;
mod fault;
mod output;
mod reader;
mod stack;
#[cfg(test)]
mod tests;
mod writer;

use std::alloc::{dealloc, Layout};
use std::mem::{align_of, offset_of, size_of, ManuallyDrop};
use std::ptr;

use crate::object::Reference;

pub use arguments::Arguments;
pub(crate) use context::{CallContext, Context, Host, CANCELLED, LISTENS, UNKNOWN_TOTAL};
pub use fault::{at, of_parameter, within, Fault};
pub(crate) use fault::{Refusal, Step};
pub use output::Output;
pub use reader::Reader;
pub(crate) use stack::{on_large_stack, Floors};
pub(crate) use writer::{located, Sample, Written};
pub use writer::{Content, Writer};

/// The most parameters of an exported function.
pub(crate) const MAX_PARAMETERS: usize = 32;

/// The flag of a frame whose call nobody disturbs: as long as it runs, and the host holds a reference to an object among the
/// arguments only once, no other thread uses that reference; and the host holds one once more on this thread alone.
pub(crate) const UNDISTURBED: u32 = 1;

/// The operation for the hash of a function. Others that no function knows are the same.
pub(crate) const HASH: u32 = 1;

/// The arguments of a call and the place for its result. The layout is part of the contract with the host, which makes
/// one for each call and uses it for that call alone.
///
/// A frame cannot be made in Rust, so code with a `&mut Frame` has it from a host, and may rely on what the host
/// guarantees:
///
/// - `in_words` points to `in_count` words and `in_text` to `in_bytes` bytes of UTF-8, of `in_units` UTF-16 units.
///   Either may be null if there are none. Nobody writes to them during the call.
/// - `out_words` points to room for `out_room` words, which nobody else uses during the call, or `out_room` is 0.
/// - `context` is null, or points to a context that lives as long as the call.
/// - `flags` is 0 or `UNDISTURBED`.
/// - A slot of `args` whose parameter is a string or a list is the address of a descriptor that fits its type and lives
///   as long as the call.
#[repr(C)]
#[derive(Debug)]
pub struct Frame {
    pub(crate) input: Input,
    pub(crate) room: Room,
    pub(crate) operation: u32,
    pub(crate) flags: u32,
    pub(crate) answer: Answer,
    pub(crate) context: *const Context,
    pub(crate) args: [u64; MAX_PARAMETERS],
    pub(crate) objects: *mut Reference,
}

/// The stream of arguments and its text.
#[repr(C)]
#[derive(Debug)]
pub(crate) struct Input {
    pub in_words: *const u64,
    pub in_count: u64,
    pub in_text: *const u8,
    pub in_bytes: u64,
    pub in_units: u64,
}

/// The host's room for a result.
#[repr(C)]
#[derive(Clone, Copy, Debug)]
pub(crate) struct Room {
    pub out_words: *mut u64,
    pub out_room: u64,
}

/// The part of the frame that the library fills.
#[repr(C)]
#[derive(Debug)]
pub(crate) struct Answer {
    pub result: u64,
    pub words: Owned,
    pub text: Owned,
    pub text_units: u64,
    pub release: Option<extern "C" fn(&mut Owned)>,
}

/// Memory allocated by the library that the host owns after a call, until it frees it with `release`.
#[repr(C)]
#[derive(Debug)]
pub(crate) struct Owned {
    ptr: *mut u8,
    bytes: u64,
    capacity: u64,
    align: u64,
}

// These offsets are part of the contract with hosts.
const _: () = {
    assert!(size_of::<Frame>() == 424 && align_of::<Frame>() == 8 && size_of::<Owned>() == 32);
    assert!(offset_of!(Frame, input) == 0 && offset_of!(Input, in_words) == 0 && offset_of!(Input, in_count) == 8);
    assert!(offset_of!(Input, in_text) == 16 && offset_of!(Input, in_bytes) == 24 && offset_of!(Input, in_units) == 32);
    assert!(offset_of!(Frame, room) == 40 && offset_of!(Room, out_words) == 0 && offset_of!(Room, out_room) == 8);
    assert!(
        offset_of!(Frame, operation) == 56
            && offset_of!(Frame, flags) == 60
            && offset_of!(Frame, answer) == 64
            && offset_of!(Answer, result) == 0
    );
    assert!(offset_of!(Answer, words) == 8 && offset_of!(Answer, text) == 40 && offset_of!(Answer, text_units) == 72);
    assert!(offset_of!(Answer, release) == 80 && offset_of!(Frame, context) == 152 && offset_of!(Frame, args) == 160);
    assert!(offset_of!(Frame, objects) == 416);
    assert!(offset_of!(Owned, ptr) == 0 && offset_of!(Owned, bytes) == 8);
    assert!(offset_of!(Owned, capacity) == 16 && offset_of!(Owned, align) == 24);
};

impl Owned {
    /// Nothing.
    pub(crate) const fn none() -> Self {
        Self {
            ptr: ptr::null_mut(),
            bytes: 0,
            capacity: 0,
            align: 0,
        }
    }

    pub(crate) fn is_null(&self) -> bool {
        self.ptr.is_null()
    }

    pub(crate) fn as_ptr(&self) -> *const u8 {
        self.ptr
    }

    /// The size in bytes.
    pub(crate) fn len(&self) -> u64 {
        self.bytes
    }

    /// Passes the buffer of a list to the host, without a copy. A list without a buffer passes nothing.
    pub(crate) fn hand_over<T: Copy>(&mut self, list: Vec<T>) {
        let mut list = ManuallyDrop::new(list);
        if list.capacity() == 0 || size_of::<T>() == 0 {
            return;
        }
        self.ptr = list.as_mut_ptr().cast();
        self.bytes = (list.len() * size_of::<T>()) as u64;
        self.capacity = (list.capacity() * size_of::<T>()) as u64;
        self.align = align_of::<T>() as u64;
    }
}

/// Frees memory that a call has passed to the host, and clears the pointer. The host calls it once for each pointer.
pub(crate) extern "C" fn release(owned: &mut Owned) {
    if owned.ptr.is_null() {
        return;
    }
    // SAFETY: only `hand_over` fills an `Owned`, from a `Vec` with the same global allocator, size and alignment; the
    // host does not change it, and the pointer is null after the first release.
    unsafe {
        let layout = Layout::from_size_align_unchecked(owned.capacity as usize, owned.align as usize);
        dealloc(owned.ptr, layout);
    }
    *owned = Owned::none();
}
